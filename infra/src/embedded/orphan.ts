import { existsSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '@accord/kernel';
import { Problem } from '../problem.js';
import type { Report } from '../progress.js';
import { processDetails, processMark } from './running-process.js';

const FAST_STOP_MILLISECONDS = 10_000;
const IMMEDIATE_STOP_MILLISECONDS = 5_000;
const POLL_MILLISECONDS = 20;

/** The process that PostgreSQL's own pid file names, whether or not it is there; its port, and whether it takes connections. */
export function readPidFile(cluster: string): { pid: number; port: number; ready: boolean } | undefined {
  const file = pidFile(cluster);
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/**
 * Stops the database that a killed Accord left running on these files, so that this one can start its own.
 * Stopped and not adopted: its port, its log and its version are those of an earlier start.
 *
 * Call it only while holding the data folder's lock.
 * @throws Problem when it does not stop.
 */
export async function stopOrphan(cluster: string, report: Report): Promise<void> {
  const found = readPidFile(cluster);
  if (found === undefined || processMark(found.pid) === undefined) return;
  if (!isServerOf(cluster, found.pid)) {
    // The number has passed to another program. PostgreSQL would take that one for itself and refuse to start.
    rmSync(pidFile(cluster), { force: true });
    return;
  }
  report(`an Accord that was killed left its database running (process ${found.pid}): stopping it`);
  // Fast: ends sessions and saves everything. Immediate: as after a power cut; nothing committed is lost either.
  if (await stopsAfter(found.pid, 'SIGINT', FAST_STOP_MILLISECONDS)) return;
  if (await stopsAfter(found.pid, 'SIGQUIT', IMMEDIATE_STOP_MILLISECONDS)) return;
  throw new Problem(
    `The database that an earlier Accord left running does not stop (process ${found.pid}).\n` +
      `End it (kill -QUIT ${found.pid}) and start again.`,
  );
}

/** Whether that process is a PostgreSQL server on exactly these files. */
function isServerOf(cluster: string, pid: number): boolean {
  const path = realpathSync(cluster);
  const { folder, command } = processDetails(pid);
  if (folder !== undefined) return folder === path && (command === undefined || command.includes('postgres'));
  return (
    command !== undefined && command.includes('postgres') && [path, cluster].some((name) => command.includes(name))
  );
}

async function stopsAfter(pid: number, signal: NodeJS.Signals, milliseconds: number): Promise<boolean> {
  const mark = processMark(pid);
  if (mark === undefined) return true;
  process.kill(pid, signal);
  for (const end = performance.now() + milliseconds; performance.now() < end; await pause(POLL_MILLISECONDS)) {
    if (processMark(pid) !== mark) return true;
  }
  return false;
}

const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid');
