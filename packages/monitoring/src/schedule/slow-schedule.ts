import { ENGLAND_AND_WALES } from '@accord/kernel';
import { SpanUnit, type Span } from './span.js';
import type { Cadence } from './visit-plan.js';

/**
 * For tests alone. The schedule as slowly and plainly as it can be said, to compare the other with: day after day, in the calendar of
 * London, without any arithmetic of months and weeks.
 */

const LONDON = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' });
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', weekday: 'short' });
const DAY_MS = 86_400_000;

/** Noon of a day: no change of the clocks comes near it. */
const noon = (date: string): number => Date.parse(`${date}T12:00:00Z`);
export const next = (date: string): string => LONDON.format(noon(date) + DAY_MS);
export const before = (date: string): string => LONDON.format(noon(date) - DAY_MS);

export const LAST_KNOWN_YEAR = Number(ENGLAND_AND_WALES.at(-1)?.slice(0, 4));

/** As the newspaper has it: no Saturday, no Sunday, no bank holiday. */
export const isWorkingDay = (date: string): boolean =>
  !['Sat', 'Sun'].includes(WEEKDAY.format(noon(date))) && !ENGLAND_AND_WALES.includes(date);

/** The Monday of its week, by walking back to it. */
export function mondayOf(date: string): string {
  let found = date;
  while (WEEKDAY.format(noon(found)) !== 'Mon') found = before(found);
  return found;
}

export function slowSpanAfter(from: string, { count, unit }: Span): { day: string; isCertain: boolean } {
  let current = from;
  if (unit === SpanUnit.WORKING_DAYS) {
    for (let left = count; left > 0;) {
      current = next(current);
      if (isWorkingDay(current)) left -= 1;
    }
    return { day: current, isCertain: Number(current.slice(0, 4)) <= LAST_KNOWN_YEAR };
  }
  if (unit === SpanUnit.MONTHS) {
    for (let turns = 0; turns < count;) {
      current = next(current);
      if (current.endsWith('-01')) turns += 1;
    }
    // In the right month, at its first day: on to the same day, or to the last that it has.
    while (current.slice(8) < from.slice(8) && next(current).slice(5, 7) === current.slice(5, 7))
      current = next(current);
    return { day: current, isCertain: true };
  }
  for (let left = unit === SpanUnit.WEEKS ? count * 7 : count; left > 0; left -= 1) current = next(current);
  return { day: current, isCertain: true };
}

interface SlowVisit {
  readonly dueOn: string;
  readonly doneOn: string | null;
  readonly wasLate: boolean;
}

/** Every day from long before the beginning until today: is one waited for, and was somebody there? */
export function slowPlan(cadence: Cadence, begin: string, visits: readonly string[], today: string) {
  const starts = cadence.startsAfter ? slowSpanAfter(begin, cadence.startsAfter).day : begin;
  const ends = cadence.endsAfter ? slowSpanAfter(begin, cadence.endsAfter).day : '9999-12-31';
  const first = cadence.firstWithin ?? cadence.every;
  const done: SlowVisit[] = [];
  let waitedFor = first ? slowSpanAfter(starts, first).day : null;
  if (waitedFor !== null && waitedFor > ends) waitedFor = null;
  let counts = starts;
  for (let early = cadence.earlyDays; early > 0; early -= 1) counts = before(counts);
  for (let date = counts; date <= today; date = next(date)) {
    if (waitedFor === null || !visits.includes(date)) continue;
    let tolerated = waitedFor;
    for (let left = cadence.toleranceDays; left > 0; left -= 1) tolerated = next(tolerated);
    done.push({ dueOn: waitedFor, doneOn: date, wasLate: date > tolerated });
    const from = date < starts ? starts : date;
    waitedFor = cadence.every ? slowSpanAfter(from, cadence.every).day : null;
    if (waitedFor !== null && waitedFor > ends) waitedFor = null;
  }
  return { done, openDueOn: waitedFor };
}

/** Moments around leap years, changes of the clock and the end of the known holidays: from, until. */
export const RANGES: readonly (readonly [min: number, max: number])[] = [
  [noon('2023-12-01'), noon(`${LAST_KNOWN_YEAR + 1}-06-30`)],
  [noon('2024-02-20'), noon('2024-04-05')],
  [noon('2026-03-20'), noon('2026-04-10')],
  [noon('2026-10-20'), noon('2027-01-06')],
  [noon(`${LAST_KNOWN_YEAR}-12-10`), noon(`${LAST_KNOWN_YEAR + 1}-01-10`)],
];

/** The day in London at a moment. */
export const dayAt = (moment: number): string => LONDON.format(moment);
