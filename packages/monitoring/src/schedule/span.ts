import { calendarDaysAfter, WORKING_DAYS, type Deadline } from '@accord/kernel';

export enum SpanUnit {
  DAYS = 'DAYS',
  WORKING_DAYS = 'WORKING_DAYS',
  WEEKS = 'WEEKS',
  MONTHS = 'MONTHS',
}

/** A length of time as the field's guidance gives it: "12 weeks", "a month". */
export interface Span {
  readonly count: number;
  readonly unit: SpanUnit;
}

/**
 * The day that is so long after another. A month later is the same day of that month, or its last where it has no such
 * day. Days are London's; what the clocks do in the night between two of them changes nothing.
 * @param day `YYYY-MM-DD`.
 * @returns `isCertain` is false for working days past the last year whose bank holidays are known.
 */
export function spanAfter(day: string, { count, unit }: Span): Deadline {
  if (unit === SpanUnit.WORKING_DAYS) return WORKING_DAYS.after(day, count);
  if (unit === SpanUnit.MONTHS) return { day: monthsAfter(day, count), isCertain: true };
  return { day: calendarDaysAfter(day, unit === SpanUnit.WEEKS ? count * 7 : count), isCertain: true };
}

function monthsAfter(day: string, count: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + count, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(first.getTime() + (Math.min(date, days) - 1) * 86_400_000).toISOString().slice(0, 10);
}
