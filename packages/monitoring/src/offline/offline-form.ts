import { badInput, fingerprint } from '@accord/kernel';

/** The kind and version of an offline form: what does not say so is none. */
const FORMAT = 'accord-visit-form';
const FORMAT_VERSION = 1;

/** What an answer says, without where it stands. */
export interface AnswerWords {
  readonly value: string | null;
  readonly dates: readonly (string | null)[];
  readonly evidence: string | null;
  readonly comment: string | null;
  readonly checkedBy: string | null;
}

/** An answer of an offline form: what stands there now, and how it was when the form was taken along. */
export interface OfflineAnswer extends AnswerWords {
  readonly code: string;
  readonly entry: number;
  /** The version of the visit that had written it; 0 for an item that was not answered. */
  readonly revision: number;
  /** What it said then, as a fingerprint: whether somebody wrote in it since is told by this. */
  readonly asTaken: string;
}

export interface OfflineForm {
  readonly visitId: string;
  readonly answers: readonly OfflineAnswer[];
}

export const sameWords = (one: AnswerWords, other: AnswerWords): boolean => printOf(one) === printOf(other);

/** The fingerprint of what an answer says. */
export function printOf({ value, dates, evidence, comment, checkedBy }: AnswerWords): string {
  const words = [value, evidence, comment, checkedBy].map((text) => (text ?? '').trim());
  // Dates that nobody gave at the end are as good as none.
  const given = dates.map((date) => date ?? '');
  while (given.at(-1) === '') given.pop();
  return fingerprint([words, given]);
}

/** An offline form, beside what a client shows of its items. */
export const offlineForm = (form: OfflineForm, more: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ format: FORMAT, formatVersion: FORMAT_VERSION, ...more, ...form }, null, 2);

/**
 * An offline form that was sent back. Whether its answers are such as the items take is for whoever writes them.
 * @throws AccordError `BAD_USER_INPUT` with the place of the first thing that is not as such a form has it.
 */
export function readOfflineForm(content: string): OfflineForm {
  const form = record('input.content', parse(content));
  if (form['format'] !== FORMAT || form['formatVersion'] !== FORMAT_VERSION)
    throw badInput('input.content', 'This is no form that Accord gave out for work without a connection.');
  const answers = form['answers'];
  if (!Array.isArray(answers)) throw badInput('input.content.answers', 'The form has no list of answers.');
  return {
    visitId: text('input.content.visitId', form['visitId']) ?? '',
    answers: answers.map((answer, index) => readAnswer(`input.content.answers.${index}`, answer)),
  };
}

function readAnswer(path: string, answer: unknown): OfflineAnswer {
  const fields = record(path, answer);
  const dates = fields['dates'] ?? [];
  if (!Array.isArray(dates)) throw badInput(`${path}.dates`, 'This is no list of dates.');
  return {
    code: text(`${path}.code`, fields['code']) ?? '',
    entry: whole(`${path}.entry`, fields['entry']),
    revision: whole(`${path}.revision`, fields['revision']),
    asTaken: text(`${path}.asTaken`, fields['asTaken']) ?? '',
    value: text(`${path}.value`, fields['value']),
    dates: dates.map((date, index) => text(`${path}.dates.${index}`, date)),
    evidence: text(`${path}.evidence`, fields['evidence']),
    comment: text(`${path}.comment`, fields['comment']),
    checkedBy: text(`${path}.checkedBy`, fields['checkedBy']),
  };
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    throw badInput('input.content', 'This is no JSON: send the file as it was given out, with the answers in it.');
  }
}

function record(path: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badInput(path, 'Something else stands where the form has an object.');
  return value as Record<string, unknown>;
}

function text(path: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string') throw badInput(path, 'Write it as text.');
  return value;
}

function whole(path: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 2_000_000_000)
    throw badInput(path, 'This is no whole number.');
  return value;
}
