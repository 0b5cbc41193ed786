import { describe, expect, it } from '@jest/globals';
import { calendarDaysAfter } from '@accord/kernel';
import fc from 'fast-check';
import { dayAt, RANGES, slowPlan } from './slow-schedule.js';
import { SpanUnit } from './span.js';
import { planOf, type Cadence } from './visit-plan.js';

const day = fc.oneof(...RANGES.map(([min, max]) => fc.integer({ min, max }).map(dayAt)));
const spanOf = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 40 }), unit: fc.constant(SpanUnit.DAYS) }),
  fc.record({ count: fc.integer({ min: 1, max: 25 }), unit: fc.constant(SpanUnit.WORKING_DAYS) }),
  fc.record({ count: fc.integer({ min: 1, max: 13 }), unit: fc.constant(SpanUnit.WEEKS) }),
  fc.record({ count: fc.integer({ min: 1, max: 14 }), unit: fc.constant(SpanUnit.MONTHS) }),
);

const { DAYS, WEEKS, MONTHS } = SpanUnit;
const NONE: Cadence = {
  startsAfter: null,
  endsAfter: null,
  firstWithin: null,
  every: null,
  earlyDays: 0,
  toleranceDays: 0,
};
const due = (cadence: Partial<Cadence>, begin: string, visits: readonly string[], today = '2027-12-31') =>
  planOf({ ...NONE, ...cadence }, begin, visits, today);

const cadence: fc.Arbitrary<Cadence> = fc.record({
  startsAfter: fc.option(spanOf),
  endsAfter: fc.option(spanOf),
  firstWithin: fc.option(spanOf),
  every: fc.option(spanOf),
  earlyDays: fc.integer({ min: 0, max: 40 }),
  toleranceDays: fc.integer({ min: 0, max: 30 }),
});

describe('when somebody has to visit', () => {
  it('is what looking at every day makes it', () => {
    fc.assert(
      fc.property(
        cadence,
        day,
        fc.array(fc.integer({ min: -60, max: 500 }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 500 }),
        (rule, begin, offsets, until) => {
          const visits = offsets.map((offset) => calendarDaysAfter(begin, offset));
          const today = calendarDaysAfter(begin, until);
          const plan = planOf(rule, begin, visits, today);
          const slow = slowPlan(rule, begin, visits, today);
          expect(plan.done.map(({ dueOn, doneOn, wasLate }) => ({ dueOn, doneOn, wasLate }))).toEqual(slow.done);
          expect(plan.open?.dueOn ?? null).toBe(slow.openDueOn);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('does not depend on the order in which visits are told', () => {
    fc.assert(
      fc.property(cadence, day, fc.array(fc.integer({ min: 0, max: 300 })), (rule, begin, offsets) => {
        const visits = offsets.map((offset) => calendarDaysAfter(begin, offset));
        const today = calendarDaysAfter(begin, 300);
        expect(planOf(rule, begin, visits, today)).toEqual(planOf(rule, begin, [...visits].reverse(), today));
      }),
    );
  });

  it('is twice a year for Brent: six months after the home came into use, and after each visit', () => {
    const twice = { every: { count: 6, unit: MONTHS } };
    expect(due(twice, '2026-01-10', []).open).toMatchObject({ dueOn: '2026-07-10', doneOn: null });
    const { done, open } = due(twice, '2026-01-10', ['2026-06-30', '2027-01-05']);
    expect(done.map(({ dueOn, wasLate }) => [dueOn, wasLate])).toEqual([
      ['2026-07-10', false],
      ['2026-12-30', true],
    ]);
    expect(open?.dueOn).toBe('2027-07-05');
  });

  it('is weekly for six weeks and then monthly for Kent’s unregistered homes', () => {
    const weekly = { every: { count: 1, unit: WEEKS }, endsAfter: { count: 6, unit: WEEKS } };
    const monthly = { startsAfter: { count: 6, unit: WEEKS }, every: { count: 1, unit: MONTHS } };
    const begin = '2026-10-01';
    const weeks = [1, 2, 3, 4, 5, 6].map((week) => calendarDaysAfter(begin, week * 7));
    expect(due(weekly, begin, weeks).done).toHaveLength(6);
    expect(due(weekly, begin, weeks).open).toBeNull();
    expect(due(weekly, begin, weeks.slice(0, 5)).open?.dueOn).toBe(weeks[5]);
    // Sets in with the sixth week, so the first month ends with the second after it.
    expect(due(monthly, begin, weeks).open?.dueOn).toBe('2026-12-12');
    expect(due(monthly, begin, [...weeks, '2026-12-01']).open?.dueOn).toBe('2027-01-01');
    // One that was missed is made up for by one visit, and not by as many as were missed.
    const late = due(weekly, begin, ['2026-10-29']);
    expect([late.done.map(({ dueOn, wasLate }) => [dueOn, wasLate]), late.open?.dueOn]).toEqual([
      [['2026-10-08', true]],
      '2026-11-05',
    ]);
  });

  it('is before the move or within 24 hours of it, once', () => {
    const once = { firstWithin: { count: 1, unit: DAYS }, earlyDays: 31 };
    expect(due(once, '2026-10-24', []).open?.dueOn).toBe('2026-10-25');
    for (const visit of ['2026-09-23', '2026-10-24', '2026-10-25'])
      expect(due(once, '2026-10-24', [visit])).toMatchObject({ done: [{ doneOn: visit, wasLate: false }], open: null });
    // Longer ago it says nothing about how somebody will live there.
    expect(due(once, '2026-10-24', ['2026-09-22']).open?.dueOn).toBe('2026-10-25');
  });

  it('counts no visit that is to come', () => {
    const twice = { every: { count: 6, unit: MONTHS } };
    expect(due(twice, '2026-01-10', ['2026-06-30'], '2026-06-29').done).toEqual([]);
  });
});
