import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayAt, LAST_KNOWN_YEAR, next, RANGES, slowSpanAfter } from './slow-schedule.js';
import { SpanUnit, spanAfter } from './span.js';

const day = fc.oneof(...RANGES.map(([min, max]) => fc.integer({ min, max }).map(dayAt)));
const spanOf = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 40 }), unit: fc.constant(SpanUnit.DAYS) }),
  fc.record({ count: fc.integer({ min: 1, max: 25 }), unit: fc.constant(SpanUnit.WORKING_DAYS) }),
  fc.record({ count: fc.integer({ min: 1, max: 13 }), unit: fc.constant(SpanUnit.WEEKS) }),
  fc.record({ count: fc.integer({ min: 1, max: 14 }), unit: fc.constant(SpanUnit.MONTHS) }),
);

const span = (count: number, unit: SpanUnit) => ({ count, unit });

describe('a length of time', () => {
  it.each([
    ['2024-01-31', span(1, SpanUnit.MONTHS), '2024-02-29'],
    ['2026-01-31', span(1, SpanUnit.MONTHS), '2026-02-28'],
    ['2024-02-29', span(12, SpanUnit.MONTHS), '2025-02-28'],
    ['2026-08-31', span(6, SpanUnit.MONTHS), '2027-02-28'],
    ['2026-11-30', span(3, SpanUnit.MONTHS), '2027-02-28'],
    // The clocks go forward on 29 March 2026 and back on 25 October.
    ['2026-03-28', span(1, SpanUnit.DAYS), '2026-03-29'],
    ['2026-03-28', span(2, SpanUnit.DAYS), '2026-03-30'],
    ['2026-10-24', span(1, SpanUnit.WEEKS), '2026-10-31'],
    // Good Friday and Easter Monday.
    ['2026-04-02', span(1, SpanUnit.WORKING_DAYS), '2026-04-07'],
  ])('from %s, %j later, is %s', (from, length, wanted) => {
    expect(spanAfter(from, length)).toEqual({ day: wanted, isCertain: true });
  });

  it('is what counting days one by one makes it, over holidays, leap years and changes of the clock', () => {
    fc.assert(
      fc.property(day, spanOf, (from, length) => {
        expect(spanAfter(from, length)).toEqual(slowSpanAfter(from, length));
      }),
      { numRuns: 500 },
    );
  });

  it('in working days is not certain past the last year whose holidays are known, and says so', () => {
    // A Thursday in 2028.
    const from = `${LAST_KNOWN_YEAR}-12-28`;
    expect(spanAfter(from, span(1, SpanUnit.WORKING_DAYS))).toEqual({ day: next(from), isCertain: true });
    expect(spanAfter(from, span(2, SpanUnit.WORKING_DAYS)).isCertain).toBe(false);
    expect(spanAfter(from, span(3, SpanUnit.DAYS)).isCertain).toBe(true);
  });
});
