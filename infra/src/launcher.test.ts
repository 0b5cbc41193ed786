import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { parentOf } from './embedded/running-process.js';
import { onEnd } from './launcher.js';

test('tells who started a process', async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  expect(parentOf(child.pid ?? 0)).toBe(process.pid);
  child.kill();
  await once(child, 'exit');
  expect(parentOf(child.pid ?? 0)).toBeUndefined();
});

test('calls back when a process ends, and not before', async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  let calls = 0;
  onEnd(child.pid ?? 0, () => calls++, 10);
  await wait(100);
  expect(calls).toBe(0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await wait(100);
  expect(calls).toBe(1);
});
