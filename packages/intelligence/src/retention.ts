/** How long intelligence is kept (rules 8): reviewed, deleted unless re-evidenced, and never kept beyond. */
export const REVIEW_AFTER_DAYS = 90;
export const DELETED_AFTER_MONTHS = 12;
export const KEPT_AT_MOST_MONTHS = 24;

/** The same day of the month so many months later, or that month's last where it has no such day. */
export function addMonths(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  const dayOfMonth = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(dayOfMonth, last));
  return date.toISOString().slice(0, 10);
}
