import { describe, expect, it } from '@jest/globals';
import type { Logger } from '@accord/kernel';
import type { MikroORM } from '@mikro-orm/postgresql';
import { turnAll } from './clock-turn.js';

describe('a turn of all clocks', () => {
  it('goes on after one that fails, and says which', async () => {
    const lines: object[] = [];
    const note = (line: object) => lines.push(line);
    const logger = { error: note, info: note } as unknown as Logger;
    const turns = {
      first: () => Promise.reject(new Error('no table')),
      second: () => Promise.resolve({ told: 2, faults: [new Error('one borough')] }),
    };
    expect(await turnAll(turns, {} as MikroORM, new Date(), logger)).toBe(2);
    expect(lines).toEqual([
      { clock: 'first', reason: 'no table' },
      { clock: 'second', reason: 'one borough' },
      { clock: 'second', told: 2 },
    ]);
  });
});
