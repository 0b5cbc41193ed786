import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ELSEWHERE_IN_THE_UNITED_KINGDOM, ENGLAND_AND_WALES } from './bank-holidays.js';
import { calendarDaysAfter, endOfDayInLondon, FOI_WORKING_DAYS, WORKING_DAYS } from './working-days.js';

const dates = fc
  .integer({ min: Date.UTC(2012, 0, 1) / 86_400_000, max: Date.UTC(2028, 10, 1) / 86_400_000 })
  .map((day) => new Date(day * 86_400_000));

/** Slow and obvious: walks day by day with a date's own words for weekdays. */
function reference(start: Date, count: number, holidays: readonly string[]): string {
  const date = new Date(start);
  let counted = 0;
  while (counted < count) {
    date.setUTCDate(date.getUTCDate() + 1);
    const isWeekend = ['Saturday', 'Sunday'].includes(
      date.toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' }),
    );
    if (!isWeekend && !holidays.some((holiday) => holiday === date.toISOString().slice(0, 10))) counted += 1;
  }
  return date.toISOString().slice(0, 10);
}

describe('working days', () => {
  test('agree with the slow reference for any day and count', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 30 }), (start, count) => {
        const day = start.toISOString().slice(0, 10);
        expect(WORKING_DAYS.after(day, count).day).toBe(reference(start, count, ENGLAND_AND_WALES));
        const anywhere = [...ENGLAND_AND_WALES, ...ELSEWHERE_IN_THE_UNITED_KINGDOM];
        expect(FOI_WORKING_DAYS.after(day, count).day).toBe(reference(start, count, anywhere));
      }),
      { numRuns: 300 },
    );
  });

  test('what is published the day before a bank holiday weekend is due after it', () => {
    // Friday 28 August 2026; Monday 31 is the summer bank holiday.
    expect(WORKING_DAYS.after('2026-08-28', 1).day).toBe('2026-09-01');
    expect(WORKING_DAYS.after('2026-08-28', 5).day).toBe('2026-09-07');
  });

  test('a Scottish holiday stops the clock of freedom of information alone', () => {
    expect(WORKING_DAYS.after('2026-11-27', 1).day).toBe('2026-11-30');
    expect(FOI_WORKING_DAYS.after('2026-11-27', 1).day).toBe('2026-12-01');
  });

  test('past the last known year a deadline says that it is uncertain', () => {
    expect(WORKING_DAYS.after('2028-12-28', 1)).toEqual({ day: '2028-12-29', isCertain: true });
    expect(WORKING_DAYS.after('2028-12-29', 1)).toEqual({ day: '2029-01-01', isCertain: false });
  });

  test('a count that is none is refused', () => {
    for (const count of [-1, 1.5, Number.NaN])
      expect(() => WORKING_DAYS.after('2026-01-01', count)).toThrow(RangeError);
  });

  test.each([
    ['2026-01-15', '2026-01-15T23:59:00.000Z'],
    ['2026-07-15', '2026-07-15T22:59:00.000Z'],
    // The days on which the clocks change.
    ['2026-03-29', '2026-03-29T22:59:00.000Z'],
    ['2026-10-25', '2026-10-25T23:59:00.000Z'],
  ])('%s ends in London at %s', (day, instant) => {
    expect(endOfDayInLondon(day).toISOString()).toBe(instant);
  });
});

test.each([
  ['2026-11-22', 90, '2027-02-20'],
  ['2026-03-28', 2, '2026-03-30'],
])('%s and %i days is %s', (day, days, then) => {
  expect(calendarDaysAfter(day, days)).toBe(then);
});
