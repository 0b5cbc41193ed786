import { describe, expect, it } from '@jest/globals';
import { londonDate, pause } from './clock.js';

describe('londonDate', () => {
  it('is the date in London, not in UTC, in summer', () => {
    expect(londonDate(new Date('2026-06-30T23:30:00Z'))).toBe('2026-07-01');
  });

  it('is the same as in UTC in winter', () => {
    expect(londonDate(new Date('2026-12-31T23:59:59Z'))).toBe('2026-12-31');
  });
});

describe('pause', () => {
  it('ends at once when the signal fires', async () => {
    const stop = new AbortController();
    const began = performance.now();
    const paused = pause(60_000, stop.signal);
    stop.abort();
    await paused;
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
