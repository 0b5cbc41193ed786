import { plainText } from '@accord/access';
import { badInput } from '@accord/kernel';
import { COUNT_BANDS, LONGEST_TEXT } from './figures.js';
import { QuestionKind } from './vocabulary.js';

/** What of a question says how it is answered. */
export interface Asked {
  readonly kind: QuestionKind;
  readonly isBanded: boolean;
  readonly choices: readonly string[];
  readonly holdsMonths: number | null;
}

/** What somebody answers, as it came. */
export interface Given {
  readonly value: string;
  readonly answeredOn: string;
  readonly validUntil: string | null;
}

/** An answer as it is kept. */
export interface Kept {
  readonly value: string;
  /** False of a document that the provider does not have. */
  readonly isHeld: boolean;
  readonly answeredOn: string;
  /** The last day on which it holds; null where it holds until somebody says otherwise. */
  readonly validUntil: string | null;
}

/** What is answered where there is no such document. */
export const NO_DOCUMENT = 'NONE';
const MOST = 1_000_000;

/**
 * An answer to a question, checked and in the one form in which it is kept.
 * @param path of the answer in the input, such as `input.answers.3`.
 * @param today London's day, `YYYY-MM-DD`.
 * @throws AccordError `BAD_USER_INPUT` for an answer of another kind and for days that are to come.
 */
export function keep(path: string, asked: Asked, given: Given, today: string): Kept {
  const { answeredOn } = given;
  notToCome(`${path}.answeredOn`, answeredOn, today);
  const value = valueOf(`${path}.value`, asked, given.value.trim(), today);
  const isHeld = asked.kind !== QuestionKind.DATED_DOCUMENT || value !== NO_DOCUMENT;
  const namesDay = asked.kind === QuestionKind.DATE || asked.kind === QuestionKind.DATED_DOCUMENT;
  const from = namesDay && isHeld ? value : answeredOn;
  const validUntil = untilOf(path, asked, given.validUntil, { isHeld, from });
  return { value, isHeld, answeredOn, validUntil };
}

function untilOf(
  path: string,
  asked: Asked,
  given: string | null,
  { isHeld, from }: { readonly isHeld: boolean; readonly from: string },
): string | null {
  if (given !== null) {
    const at = `${path}.validUntil`;
    if (asked.kind !== QuestionKind.DATED_DOCUMENT || !isHeld)
      throw badInput(at, 'Only a document says itself until when it holds: leave this out.');
    if (given < from) throw badInput(at, `A document of ${from} cannot hold until ${given}.`);
    return given;
  }
  return isHeld && asked.holdsMonths !== null ? monthsAfter(from, asked.holdsMonths) : null;
}

function valueOf(path: string, { kind, isBanded, choices }: Asked, value: string, today: string): string {
  switch (kind) {
    case QuestionKind.YES_NO:
      return oneOf(path, value, ['YES', 'NO']);
    case QuestionKind.CHOICE:
      return oneOf(path, value, choices);
    case QuestionKind.NUMBER:
      return isBanded ? bandOf(path, value) : String(numberOf(path, value));
    case QuestionKind.DATE:
      return dayOf(path, value, today);
    case QuestionKind.DATED_DOCUMENT:
      return value === NO_DOCUMENT ? value : dayOf(path, value, today);
    case QuestionKind.TEXT:
      return plainText(path, value, LONGEST_TEXT);
  }
}

function oneOf(path: string, value: string, choices: readonly string[]): string {
  if (choices.includes(value)) return value;
  throw badInput(path, `This question is answered with ${choices.join(', ')}.`);
}

function numberOf(path: string, value: string): number {
  const number = /^\d{1,7}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number <= MOST)) throw badInput(path, 'This question is answered with a whole number, 0 or more.');
  return number;
}

/** A count over twelve months is kept in its band, whoever gives a figure (rules 10). */
function bandOf(path: string, value: string): string {
  const [few, some, many] = COUNT_BANDS;
  if ((COUNT_BANDS as readonly string[]).includes(value)) return value;
  const number = numberOf(path, value);
  return number < 5 ? few : number < 10 ? some : many;
}

function dayOf(path: string, value: string, today: string): string {
  const at = new Date(`${value}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
  if (!isDay) throw badInput(path, 'This question is answered with a day, such as 2026-11-22.');
  return notToCome(path, value, today);
}

function notToCome(path: string, day: string, today: string): string {
  if (day > today) throw badInput(path, `${day} is to come: give a day that has been.`);
  return day;
}

/** The same day so many months later, or the last of that month where it has no such day. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}
