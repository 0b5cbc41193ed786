import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * What tells a process from a later one with the same number: when it began. `undefined` when there is no
 * such process any more (one that has ended and was not yet collected by its parent counts as gone).
 */
export function processMark(pid: number): string | undefined {
  return process.platform === 'linux' ? linuxMark(pid) : psField(pid, 'lstart');
}

/** The folder a process works in where the system tells, and its command line. `undefined` for what it keeps to itself. */
export function processDetails(pid: number): { folder: string | undefined; command: string | undefined } {
  if (process.platform !== 'linux') return { folder: undefined, command: psField(pid, 'command') };
  return {
    folder: quietly(() => readlinkSync(`/proc/${pid}/cwd`)),
    command: quietly(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()),
  };
}

/** The number of the process that started this one, or of the one that looks after it since that ended. */
export function parentOf(pid: number): number | undefined {
  const parent = process.platform === 'linux' ? linuxFields(pid)?.[PARENT_FIELD] : psField(pid, 'ppid');
  return parent === undefined ? undefined : Number(parent);
}

const STATE_FIELD = 0;
const PARENT_FIELD = 1;
const START_TIME_FIELD = 19;

/** From the third field of `/proc/<pid>/stat` on. The second, the program's name, may hold spaces and brackets. */
function linuxFields(pid: number): string[] | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function linuxMark(pid: number): string | undefined {
  return quietly(() => {
    const fields = linuxFields(pid);
    if (fields === undefined) return undefined;
    if (fields[STATE_FIELD] === 'Z' || fields[STATE_FIELD] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${fields[START_TIME_FIELD]}`;
  });
}

function psField(pid: number, field: string): string | undefined {
  const { stdout } = spawnSync('ps', ['-o', `${field}=`, '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return stdout?.trim() || undefined;
}

/** A process can end, or belong to somebody else, at any moment between two looks at it. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
