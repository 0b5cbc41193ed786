import { ELSEWHERE_IN_THE_UNITED_KINGDOM, ENGLAND_AND_WALES } from './bank-holidays.js';

/** A deadline in working days: the calendar day on whose last minute it ends. */
export interface Deadline {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** False when it lies past the last year whose bank holidays are known: a holiday may still move it. */
  readonly isCertain: boolean;
}

const DAY_MS = 86_400_000;

/**
 * Working days: Monday to Friday but for bank holidays. The day of the event is day 0; the count begins with
 * the next working day.
 */
export class WorkingDays {
  readonly #holidays: ReadonlySet<string>;
  /** The last year whose holidays are known. */
  readonly lastKnownYear: number;

  constructor(holidays: readonly string[]) {
    this.#holidays = new Set(holidays);
    this.lastKnownYear = Math.max(...holidays.map((day) => Number(day.slice(0, 4))));
  }

  /** @param day YYYY-MM-DD. */
  isWorkingDay(day: string): boolean {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !this.#holidays.has(day);
  }

  /**
   * The day that is so many working days after another, which need not be a working day itself.
   * @param day YYYY-MM-DD, day 0. @param count 0 or more; 0 is the day itself.
   */
  after(day: string, count: number): Deadline {
    if (!Number.isInteger(count) || count < 0)
      throw new RangeError(`A number of working days is 0 or more, not ${count}.`);
    let current = day;
    for (let left = count; left > 0;) {
      current = nextDay(current);
      if (this.isWorkingDay(current)) left -= 1;
    }
    return { day: current, isCertain: Number(current.slice(0, 4)) <= this.lastKnownYear };
  }
}

export const WORKING_DAYS = new WorkingDays(ENGLAND_AND_WALES);

/** For freedom of information, a bank holiday anywhere in the United Kingdom is none (FOIA 2000 s10(6)). */
export const FOI_WORKING_DAYS = new WorkingDays([...ENGLAND_AND_WALES, ...ELSEWHERE_IN_THE_UNITED_KINGDOM]);

/** The day so many calendar days after another. */
export const calendarDaysAfter = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

const nextDay = (day: string): string => calendarDaysAfter(day, 1);

/** The last minute of a day in London: 23:59 Europe/London, as an instant. */
export function endOfDayInLondon(day: string): Date {
  const asIfUtc = new Date(`${day}T23:59:00Z`);
  // Clocks change at one in the morning, so the offset an hour away is that of the minute itself.
  const shown = LONDON_TIME.formatToParts(asIfUtc);
  const hour = Number(shown.find((part) => part.type === 'hour')?.value);
  return new Date(asIfUtc.getTime() - ((hour - 23 + 24) % 24) * 3_600_000);
}

const LONDON_TIME = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' });
