import { badInput } from '@accord/kernel';
import type { FormItem } from '../form/form.entity.js';
import { AnswerKind, Assessment } from '../form/vocabulary.js';
import { LONGEST_TEXT } from './text.js';
import type { VisitAnswerInput } from './visit.inputs.js';

const LONGEST_CHECKED_BY = 200;

/** How often an item that repeats is answered at most. */
const MOST_ENTRIES = 100;

/** An answer that its item can have, as it is kept. */
export interface CheckedAnswer {
  readonly templateId: string;
  readonly code: string;
  readonly entry: number;
  readonly staysInBorough: boolean;
  readonly value: string | null;
  readonly dates: readonly (string | null)[];
  readonly evidence: string | null;
  readonly comment: string | null;
  readonly checkedBy: string | null;
}

export const isEmpty = ({ value, dates, evidence, comment, checkedBy }: CheckedAnswer): boolean =>
  [value, evidence, comment, checkedBy, ...dates].every((part) => part === null);

/**
 * Answers as the forms allow them. Nothing is written here.
 * @param items of the forms that the visit is made with. @param today a day of London, after which nothing has happened
 * yet. @param at where in the input the answers stand.
 * @throws AccordError `BAD_USER_INPUT` with the place of the first that is wrong.
 */
export function checkAnswers(
  answers: readonly VisitAnswerInput[],
  items: readonly FormItem[],
  today: string,
  at = 'input.answers',
): CheckedAnswer[] {
  const byCode = new Map(items.map((item) => [item.code, item]));
  const seen = new Set<string>();
  return answers.map((answer, index) => {
    const path = `${at}.${index}`;
    const item = byCode.get(answer.code);
    if (!item) throw badInput(`${path}.code`, `The visit’s form has no item ${answer.code}.`);
    const checked = checkAnswer(path, answer, item, today);
    const key = `${checked.code} ${checked.entry}`;
    if (seen.has(key)) throw badInput(`${path}.code`, 'This item is answered twice here: send one answer.');
    seen.add(key);
    return checked;
  });
}

function checkAnswer(path: string, answer: VisitAnswerInput, item: FormItem, today: string): CheckedAnswer {
  if (item.filledFrom !== null)
    throw badInput(
      `${path}.code`,
      'The visit itself answers this item: save it there (visitedOn, reason, visitorIds …).',
    );
  const entry = answer.entry ?? 1;
  if (entry < 1 || entry > (item.repeats ? MOST_ENTRIES : 1))
    throw badInput(`${path}.entry`, item.repeats ? `Count from 1 to ${MOST_ENTRIES}.` : 'This item is answered once.');
  return {
    templateId: item.templateId,
    code: item.code,
    entry,
    staysInBorough: item.staysBecause !== null,
    value: checkValue(`${path}.value`, words(`${path}.value`, answer.value), item, today),
    dates: checkDates(`${path}.dates`, answer.dates ?? [], item, today),
    evidence: taken(`${path}.evidence`, answer.evidence, item.takesEvidence),
    comment: taken(`${path}.comment`, answer.comment, item.takesComment),
    checkedBy: taken(`${path}.checkedBy`, answer.checkedBy, item.takesCheckedBy, LONGEST_CHECKED_BY),
  };
}

const FORMS: Partial<Record<AnswerKind, { readonly pattern: RegExp; readonly words: string }>> = {
  [AnswerKind.YES_NO]: { pattern: /^(?:yes|no)$/, words: 'Write "yes" or "no".' },
  [AnswerKind.NUMBER]: { pattern: /^\d{1,6}$/, words: 'Write a whole number.' },
  [AnswerKind.MONEY]: { pattern: /^\d{1,7}(?:\.\d{2})?$/, words: 'Write pounds and pence, such as 1250.00.' },
  [AnswerKind.DATE]: { pattern: /^\d{4}-\d{2}-\d{2}$/, words: 'Write a date such as 2026-11-22.' },
  [AnswerKind.NONE]: { pattern: /^$/, words: 'This item has no value: write evidence, a comment or dates.' },
};

function checkValue(path: string, value: string | null, item: FormItem, today: string): string | null {
  if (value === null) return null;
  const form = FORMS[item.kind];
  if (form && !form.pattern.test(value)) throw badInput(path, form.words);
  if (item.kind === AnswerKind.DATE) return notToCome(path, existing(path, value), item, today);
  const choices = item.kind === AnswerKind.ASSESSMENT ? Object.values(Assessment) : item.options;
  if (choices.length > 0 && !(choices as readonly string[]).includes(value))
    throw badInput(path, `Choose one of: ${choices.join(', ')}.`);
  return value;
}

function checkDates(path: string, dates: readonly (string | null)[], item: FormItem, today: string): (string | null)[] {
  if (dates.length > item.dateLabels.length)
    throw badInput(
      path,
      item.dateLabels.length === 0 ? 'This item has no dates.' : `It has ${item.dateLabels.length}.`,
    );
  return dates.map((date, index) =>
    date === null ? null : notToCome(`${path}.${index}`, existing(`${path}.${index}`, date), item, today),
  );
}

function existing(path: string, day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(day))
    throw badInput(path, 'There is no such day.');
  return day;
}

function notToCome(path: string, day: string, { looksAhead }: FormItem, today: string): string {
  if (!looksAhead && day > today) throw badInput(path, 'This day is still to come.');
  return day;
}

function taken(path: string, text: string | null | undefined, takes: boolean, longest?: number): string | null {
  const written = words(path, text, longest);
  if (written !== null && !takes) throw badInput(path, 'This item does not take it.');
  return written;
}

/** A text, or null where there is none. A draft is its borough's own: it is looked through when it is shared. */
function words(path: string, text: string | null | undefined, longest = LONGEST_TEXT): string | null {
  const trimmed = (text ?? '').trim();
  if (trimmed.length > longest)
    throw badInput(path, `Write at most ${longest} characters; this has ${trimmed.length}.`);
  return trimmed === '' ? null : trimmed;
}
