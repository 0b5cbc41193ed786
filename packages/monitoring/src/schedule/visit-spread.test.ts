import { describe, expect, it } from '@jest/globals';
import { calendarDaysAfter } from '@accord/kernel';
import fc from 'fast-check';
import { before, dayAt, isWorkingDay, LAST_KNOWN_YEAR, mondayOf, next, RANGES } from './slow-schedule.js';
import { spread, weekOf, type Made, type ToPlan } from './visit-spread.js';

const day = fc.oneof(...RANGES.map(([min, max]) => fc.integer({ min, max }).map(dayAt)));

const visitor = fc.constantFrom('COMMISSIONING', 'SOCIAL_WORKER', 'IRO', 'SERVICE_MANAGER');

const scene = fc
  .tuple(
    day,
    fc.array(fc.tuple(visitor, fc.integer({ min: -60, max: 60 }), fc.integer({ min: 0, max: 90 })), { maxLength: 8 }),
    fc.array(fc.tuple(visitor, fc.integer({ min: -30, max: 0 })), { maxLength: 4 }),
  )
  .map(([today, due, were]) => ({
    today,
    visits: due.map(([who, from, length], index): ToPlan => ({
      key: `rule ${index}`,
      visitor: who,
      from: calendarDaysAfter(today, from),
      dueOn: calendarDaysAfter(today, from + length),
    })),
    made: were.map(([who, ago]): Made => ({ visitor: who, on: calendarDaysAfter(today, ago) })),
  }));

/** Every week in which a visit may be made, by walking there. */
function weeksOf({ from, dueOn }: ToPlan, today: string): string[] {
  const earliest = from > today ? from : today;
  const latest = dueOn > earliest ? dueOn : earliest;
  const weeks = new Set<string>();
  for (let date = earliest; date <= latest; date = next(date)) weeks.add(mondayOf(date));
  return [...weeks];
}

const latestOf = (...days: string[]): string => days.reduce((latest, date) => (date > latest ? date : latest));

const inOrder = (visits: readonly ToPlan[]): ToPlan[] =>
  [...visits].sort((a, b) => (`${a.dueOn} ${a.key}` < `${b.dueOn} ${b.key}` ? -1 : 1));

describe('visits of different professionals', () => {
  it('have weeks of their own, in time, on working days; and clash only where no week was left', () => {
    fc.assert(
      fc.property(scene, ({ today, visits, made }) => {
        const planned = spread(visits, made, today);
        const weeksTaken: [visitor: string, week: string, key: string][] = made.map(({ visitor: who, on }) => [
          who,
          mondayOf(on),
          '',
        ]);
        for (const visit of inOrder(visits)) {
          const { planBy, clashes } = planned.get(visit.key) ?? { planBy: null, clashes: false };
          const weeks = weeksOf(visit, today);
          const free = weeks.filter((week) =>
            weeksTaken.every(([who, taken]) => taken !== week || who === visit.visitor),
          );
          // It clashes if, and only if, every week is another's.
          expect(clashes).toBe(free.length === 0);
          const week = free.at(-1) ?? weeks.at(-1) ?? '';
          weeksTaken.push([visit.visitor, week, visit.key]);
          if (planBy === null) continue;
          expect(mondayOf(planBy)).toBe(week);
          expect(planBy >= today && planBy >= visit.from).toBe(true);
          expect(visit.dueOn < today || planBy <= visit.dueOn).toBe(true);
          // The last working day of what is left of that week; any day where there is none.
          let wanted =
            visit.dueOn > today && visit.dueOn > visit.from ? visit.dueOn : visit.from > today ? visit.from : today;
          while (mondayOf(wanted) > week) wanted = before(wanted);
          const last = wanted;
          const first = latestOf(week, today, visit.from);
          while (!isWorkingDay(wanted) && wanted > first) wanted = before(wanted);
          expect(planBy).toBe(isWorkingDay(wanted) ? wanted : last);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are not planned past the last year whose bank holidays are known: no guess', () => {
    const at = (dueOn: string) =>
      spread(
        [{ key: 'a', visitor: 'IRO', from: `${LAST_KNOWN_YEAR}-11-01`, dueOn }],
        [],
        `${LAST_KNOWN_YEAR}-11-01`,
      ).get('a')?.planBy;
    expect(at(`${LAST_KNOWN_YEAR}-12-31`)).toBe(`${LAST_KNOWN_YEAR}-12-29`);
    expect(at(`${LAST_KNOWN_YEAR + 1}-01-31`)).toBeNull();
  });

  it('move to the week before, and keep their deadlines, where two are due in one', () => {
    const visits = [
      { key: 'a', visitor: 'COMMISSIONING', from: '2026-10-01', dueOn: '2026-11-18' },
      { key: 'b', visitor: 'SOCIAL_WORKER', from: '2026-10-01', dueOn: '2026-11-20' },
      { key: 'c', visitor: 'SOCIAL_WORKER', from: '2026-10-01', dueOn: '2026-11-20' },
    ];
    const planned = spread(visits, [{ visitor: 'IRO', on: '2026-11-10' }], '2026-11-01');
    expect(Object.fromEntries(planned)).toEqual({
      a: { planBy: '2026-11-18', clashes: false },
      // The reviewing officer was there in the week of 9 November; the week of the 2nd is free.
      b: { planBy: '2026-11-06', clashes: false },
      // The same professional may do both at once.
      c: { planBy: '2026-11-06', clashes: false },
    });
  });

  it('have weeks that begin on a Monday', () => {
    fc.assert(fc.property(day, (date) => expect(weekOf(date)).toBe(mondayOf(date))));
  });
});
