import { expect, it } from '@jest/globals';
import { Turns } from './turns.js';

it('lets so many work at once, the others in their order, also after one that failed', async () => {
  const turns = new Turns(2);
  const log: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string, fails = false) =>
    turns.take(async () => {
      log.push(name);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (fails) throw new Error(name);
      return name;
    });
  const all = [work('first', true), work('second'), work('third'), work('fourth')];
  const settled = Promise.allSettled(all);
  expect(log).toEqual(['first', 'second']);
  for (let ended = 0; ended < all.length; ended += 1) {
    ends[ended]?.();
    await new Promise(setImmediate);
    expect(log).toHaveLength(Math.min(ended + 3, all.length));
  }
  expect(log).toEqual(['first', 'second', 'third', 'fourth']);
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});
