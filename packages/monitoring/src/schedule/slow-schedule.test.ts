import { describe, expect, it } from '@jest/globals';
import { before, isWorkingDay, mondayOf, next } from './slow-schedule.js';

describe('the slow reference', () => {
  it.each([
    ['2026-04-03', false],
    ['2026-04-04', false],
    ['2026-04-07', true],
    ['2026-12-28', false],
  ])('knows whether %s is a working day', (date, works) => {
    expect(isWorkingDay(date)).toBe(works);
  });

  it('walks over the changes of the clock and the leap day one day at a time', () => {
    expect([next('2026-03-28'), next('2026-03-29'), next('2026-10-24'), next('2026-10-25')]).toEqual([
      '2026-03-29',
      '2026-03-30',
      '2026-10-25',
      '2026-10-26',
    ]);
    expect([next('2024-02-28'), next('2026-02-28'), before('2024-03-01')]).toEqual([
      '2024-02-29',
      '2026-03-01',
      '2024-02-29',
    ]);
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
  });
});
