import { calendarDaysAfter } from '@accord/kernel';
import { spanAfter, type Span } from './span.js';

/** When somebody has to visit, without who and where. Days are `YYYY-MM-DD`, London's. */
export interface Cadence {
  /** How long after the beginning it sets in; at once unless given. */
  readonly startsAfter: Span | null;
  /** How long after the beginning it ends: what would fall due later does not. Without end unless given. */
  readonly endsAfter: Span | null;
  /** By when the first visit is made, from when it sets in; as the following ones unless given. */
  readonly firstWithin: Span | null;
  /** How long after a visit the next one is due; none is unless given. */
  readonly every: Span | null;
  /** How many days before it sets in a visit counts for it already: one before a young person moves in. */
  readonly earlyDays: number;
  /** For how many days after it was due a visit is not yet overdue. */
  readonly toleranceDays: number;
}

/** One visit that is or was due. */
export interface Occurrence {
  /** The first day on which a visit counted for it. */
  readonly from: string;
  readonly dueOn: string;
  /** False where a bank holiday that is not yet known may move it. */
  readonly isCertain: boolean;
  readonly doneOn: string | null;
  readonly wasLate: boolean;
}

export interface Plan {
  readonly done: readonly Occurrence[];
  /** The one that is due next, or overdue; null when nothing is due any more. */
  readonly open: Occurrence | null;
}

/**
 * Which visits were due, and which is next. The next one is due so long after the last, so that whoever comes late
 * has one visit to make and not all those that they missed; and whoever comes early, another one the earlier.
 * @param begin the day on which the home came into use, or its registration became what the rule is about.
 * @param visits days of visits that count for it, in any order. @param today visits after it are none yet.
 */
export function planOf(cadence: Cadence, begin: string, visits: readonly string[], today: string): Plan {
  const { startsAfter, endsAfter, firstWithin, every, earlyDays } = cadence;
  const starts = startsAfter ? spanAfter(begin, startsAfter).day : begin;
  const ends = endsAfter ? spanAfter(begin, endsAfter).day : null;
  const first = firstWithin ?? every;
  const done: Occurrence[] = [];
  if (!first) return { done, open: null };
  let open = occurrence(calendarDaysAfter(starts, -earlyDays), spanAfter(starts, first), ends);
  for (const day of [...new Set(visits)].toSorted()) {
    if (open === null || day > today) break;
    if (day < open.from) continue;
    const wasLate = day > calendarDaysAfter(open.dueOn, cadence.toleranceDays);
    done.push({ ...open, doneOn: day, wasLate });
    // One before it set in was the first; the next is due from when it did.
    const last = day < starts ? starts : day;
    open = every ? occurrence(calendarDaysAfter(day, 1), spanAfter(last, every), ends) : null;
  }
  return { done, open };
}

function occurrence(
  from: string,
  due: { readonly day: string; readonly isCertain: boolean },
  ends: string | null,
): Occurrence | null {
  if (ends !== null && due.day > ends) return null;
  return { from, dueOn: due.day, isCertain: due.isCertain, doneOn: null, wasLate: false };
}

/** Whether it is past its day, and past what is tolerated. */
export const isOverdue = ({ dueOn }: Occurrence, { toleranceDays }: Cadence, today: string): boolean =>
  today > calendarDaysAfter(dueOn, toleranceDays);
