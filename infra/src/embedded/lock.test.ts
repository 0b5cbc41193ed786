import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { acquireLock } from './lock.js';
import { processMark } from './running-process.js';

const folder = mkdtempSync(join(tmpdir(), 'accord-lock-'));
const file = join(folder, 'accord.lock');
const children: ChildProcess[] = [];

afterEach(() => rmSync(file, { force: true }));
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Whether the folder can be had; gives it back at once. */
async function canBeHad(): Promise<boolean> {
  const lock = await acquireLock(file);
  const had = existsSync(file);
  lock.release();
  return had;
}

function otherProcess(): { child: ChildProcess; pid: number } {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  children.push(child);
  return { child, pid: child.pid ?? 0 };
}

const hold = (holder: Record<string, unknown>): void =>
  writeFileSync(file, JSON.stringify({ id: 'other', host: hostname(), ...holder }));

test('a second Accord is told which process holds the folder; after a release it may have it', async () => {
  const lock = await acquireLock(file);
  await expect(acquireLock(file)).rejects.toThrow(`process ${process.pid}`);
  lock.release();
  expect(existsSync(file)).toBe(false);
  await expect(canBeHad()).resolves.toBe(true);
});

test('the lock of a process that lives is respected, and that of a killed one taken over', async () => {
  const { child, pid } = otherProcess();
  hold({ pid, mark: processMark(pid) });
  await expect(acquireLock(file)).rejects.toThrow(`process ${pid}`);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await expect(canBeHad()).resolves.toBe(true);
});

test('a process number that has passed to another program does not hold the folder', async () => {
  hold({ pid: otherProcess().pid, mark: 'when an earlier process of this number began' });
  await expect(canBeHad()).resolves.toBe(true);
});

test('a lock from another machine is never taken over by guessing', async () => {
  hold({ pid: 1, mark: 'unknown here', host: 'another-machine' });
  await expect(acquireLock(file)).rejects.toThrow(`another-machine, process 1`);
  expect(readFileSync(file, 'utf8')).toContain('another-machine');
});

test('of many that take over a stale lock at once, one gets it', async () => {
  hold({ pid: otherProcess().pid, mark: 'stale' });
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => acquireLock(file)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a lock that a crash of the machine left empty is taken over', async () => {
  writeFileSync(file, '');
  await expect(canBeHad()).resolves.toBe(true);
});
