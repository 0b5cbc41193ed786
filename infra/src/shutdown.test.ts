import { expect, test } from '@jest/globals';
import { Shutdown } from './shutdown.js';

test('ends in the reverse order of the beginning, and goes on past what hangs or fails', async () => {
  const done: string[] = [];
  const told: string[] = [];
  const shutdown = new Shutdown();
  shutdown.add('database', 1000, () => void done.push('database'));
  shutdown.add('sign-in', 1000, () => Promise.reject(new Error('it was gone')));
  shutdown.add('gateway', 20, () => new Promise(() => undefined));
  shutdown.add('worker', 1000, async () => void done.push('worker'));
  await shutdown.run((line) => told.push(line));
  expect(done).toEqual(['worker', 'database']);
  expect(told).toEqual([
    'gateway did not stop in order: it took more than 20 ms',
    'sign-in did not stop in order: it was gone',
  ]);
});

test('ends everything once', async () => {
  let times = 0;
  const shutdown = new Shutdown();
  shutdown.add('database', 1000, () => void times++);
  await shutdown.run(() => undefined);
  await shutdown.run(() => undefined);
  expect(times).toBe(1);
});
