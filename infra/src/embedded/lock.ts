import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { pause } from '@accord/kernel';
import { codeOf, Problem } from '../problem.js';
import { processMark } from './running-process.js';

interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly mark: string;
  readonly host: string;
}

export interface Lock {
  release(): void;
}

const SETTLE_MILLISECONDS = 50;

/**
 * Takes a data folder for this process: one Accord at a time.
 *
 * The lock is a file that names the process. One that a killed Accord left behind is taken over. Two starts
 * that take over the same one at the same moment are told apart by reading it again a little later; should
 * that ever fail, PostgreSQL's own lock on its folder still refuses the second.
 * @throws Problem naming the Accord that holds it.
 */
export async function acquireLock(file: string): Promise<Lock> {
  const mark = processMark(process.pid);
  if (mark === undefined) throw new Error('This system does not tell when a process began (is `ps` installed?).');
  const mine: Holder = { id: randomUUID(), pid: process.pid, mark, host: hostname() };
  const draft = `${file}.${mine.id}`;
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 });
  try {
    if (!linkIfAbsent(draft, file)) await takeOver(draft, file, mine);
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release: () => {
      if (readHolder(file)?.id === mine.id) rmSync(file, { force: true });
    },
  };
}

async function takeOver(draft: string, file: string, mine: Holder): Promise<void> {
  assertGone(readHolder(file), file);
  renameSync(draft, file);
  await pause(SETTLE_MILLISECONDS);
  const holder = readHolder(file);
  if (holder?.id !== mine.id) assertGone(holder, file);
  if (readHolder(file)?.id !== mine.id) throw new Problem('Another Accord is starting on this folder at this moment.');
}

function assertGone(holder: Holder | undefined, file: string): void {
  if (holder === undefined) return;
  if (holder.host !== hostname()) {
    throw new Problem(
      `This data folder was last used by an Accord on another machine or container (${holder.host}, process ` +
        `${holder.pid}), and whether that one still runs cannot be seen from here.\n` +
        `Stop it there; or, if it is gone for certain, delete ${file} and start again.`,
    );
  }
  if (processMark(holder.pid) !== holder.mark) return;
  throw new Problem(
    `Another Accord is running on this data folder: process ${holder.pid}.\n` +
      `Use that one, stop it (kill ${holder.pid}), or give this one a folder and a port of its own: ` +
      `ACCORD_DATA=/another/folder PORT=4001`,
  );
}

function linkIfAbsent(draft: string, file: string): boolean {
  try {
    // A link appears with its content or not at all, unlike a file that is created and then written.
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** `undefined` when there is no lock, or one that a crash of the machine left empty. */
function readHolder(file: string): Holder | undefined {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    const { id, pid, mark, host } = found;
    if (id === undefined || pid === undefined || mark === undefined || host === undefined) return undefined;
    return { id, pid, mark, host };
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
