import { calendarDaysAfter, WORKING_DAYS } from '@accord/kernel';

/** A visit to a home that somebody has to plan. */
export interface ToPlan {
  /** Tells it from others. */
  readonly key: string;
  /** Who visits: visits of the same are not spread. */
  readonly visitor: string;
  /** The first day on which it counts. */
  readonly from: string;
  readonly dueOn: string;
}

/** A visit to the same home that was made, or is a colleague's. */
export interface Made {
  readonly visitor: string;
  readonly on: string;
}

export interface Planned {
  /** The last working day to plan it for; null where the bank holidays of that year are not known yet: no guess. */
  readonly planBy: string | null;
  /** Whether another professional comes in the same week, as no week is left. */
  readonly clashes: boolean;
}

/** The Monday of a day's week. */
export function weekOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return calendarDaysAfter(day, -((weekday + 6) % 7));
}

/**
 * Spreads visits of different professionals to one home: not two in a week (Kent, line 237). Each is planned for the
 * latest week before it is due that nobody else has; the deadline itself never moves.
 * @param today a visit that is overdue is planned for this week, whoever else comes.
 */
export function spread(visits: readonly ToPlan[], made: readonly Made[], today: string): Map<string, Planned> {
  const taken = new Map<string, Set<string>>();
  const take = (week: string, visitor: string) => taken.set(week, (taken.get(week) ?? new Set()).add(visitor));
  const isFree = (week: string, visitor: string) => [...(taken.get(week) ?? [])].every((other) => other === visitor);
  for (const { visitor, on } of made) take(weekOf(on), visitor);
  const planned = new Map<string, Planned>();
  // The earlier it is due, the less choice there is.
  const inOrder = visits.toSorted((a, b) => compare([a.dueOn, a.key], [b.dueOn, b.key]));
  for (const { key, visitor, from, dueOn } of inOrder) {
    const earliest = from > today ? from : today;
    const latest = dueOn > earliest ? dueOn : earliest;
    const week = latestFree(weekOf(earliest), weekOf(latest), (each) => isFree(each, visitor));
    const chosen = week ?? weekOf(latest);
    take(chosen, visitor);
    const end = calendarDaysAfter(chosen, 6);
    planned.set(key, {
      planBy: lastWorkingDay(earliest > chosen ? earliest : chosen, end < latest ? end : latest),
      clashes: week === null,
    });
  }
  return planned;
}

function latestFree(first: string, last: string, isFree: (week: string) => boolean): string | null {
  for (let week = last; week >= first; week = calendarDaysAfter(week, -7)) if (isFree(week)) return week;
  return null;
}

/** The last working day between two, or the last day where there is none: a weekend before a Monday's deadline. */
function lastWorkingDay(first: string, last: string): string | null {
  if (Number(last.slice(0, 4)) > WORKING_DAYS.lastKnownYear) return null;
  for (let day = last; day >= first; day = calendarDaysAfter(day, -1)) if (WORKING_DAYS.isWorkingDay(day)) return day;
  return last;
}

function compare(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((each, index) => each !== b[index]);
  return at < 0 ? 0 : (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}
