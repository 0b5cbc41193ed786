import { badInput } from '@accord/kernel';

/** What must not stand in a text that others may read (rules 12), and what to write instead. */
const INSTEAD = {
  'NHS number': 'Take it out: no child is named or described here, nor identified by a number.',
  'National Insurance number': 'Take it out: nobody is identified by a number here.',
  'date of birth': 'Take it out, or write an age band such as "16 or 17".',
  'personal e-mail address':
    'Take it out, or give the shared mailbox of a public body (…@….gov.uk, .nhs.uk, .police.uk).',
  'personal phone number': 'Take it out, or give the landline of an office.',
} as const;

export type PersonalDataKind = keyof typeof INSTEAD;

/** Where in a text something personal stands, in characters from its start. */
export interface PersonalData {
  readonly kind: PersonalDataKind;
  readonly start: number;
  readonly end: number;
}

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*';
const DATE = `(?:\\d{1,4}\\s?[-/.]\\s?\\d{1,2}\\s?[-/.]\\s?\\d{1,4}|\\d{1,2}(?:st|nd|rd|th)?(?:\\s+of)?[\\s-]+${MONTH}[\\s,-]*\\d{2,4}|${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{2,4})`;
const BIRTH = `\\b(?:d\\.?\\s?o\\.?\\s?b\\b\\.?|dates?\\s+of\\s+birth|birth\\s?da(?:te|y)s?|born)`;
/** What may stand between the label and the date. */
const BETWEEN = `(?:[\\s:=(,-]|\\bis\\b|\\bwas\\b|\\bon\\b|\\bthe\\b|\\bin\\b){0,12}`;

const PATTERNS: readonly { kind: PersonalDataKind; pattern: RegExp; holds?: (found: string) => boolean }[] = [
  { kind: 'NHS number', pattern: /(?<![\d])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g, holds: hasNhsCheckDigit },
  {
    kind: 'National Insurance number',
    pattern:
      /(?<![a-z\d])(?!bg|gb|kn|nk|nt|tn|zz)[a-ceghj-prtw-z][a-ceghj-nprtw-z](?:[ -]?\d{2}){3}[ -]?[a-d](?![a-z\d])/gi,
  },
  { kind: 'date of birth', pattern: new RegExp(`${BIRTH}${BETWEEN}${DATE}`, 'gi') },
  {
    kind: 'personal e-mail address',
    pattern: /[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(?:\.[a-z\d-]+)+/gi,
    holds: (found) => !/\.(?:gov\.uk|nhs\.uk|police\.uk)$/i.test(found),
  },
  {
    // Mobile and personal numbers (Ofcom's 07 range); a landline is an office's.
    kind: 'personal phone number',
    pattern: /(?<!\d)(?:(?:\+|00)\s?44[\s-]?(?:\(0\)[\s-]?)?|\(?0)7(?:[\s()-]{0,2}\d){9}(?!\d)/g,
  },
];

/** Everything personal that a text plainly holds, in its order. A name is not found by this: people read before they share. */
export function findPersonalData(text: string): PersonalData[] {
  const { plain, place } = plainOf(text);
  return PATTERNS.flatMap(({ kind, pattern, holds }) =>
    [...plain.matchAll(pattern)]
      .filter(([found]) => holds?.(found) ?? true)
      .map((match) => ({ kind, start: place(match.index), end: place(match.index + match[0].length - 1) + 1 })),
  ).toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * A text of the caller's, trimmed and looked through.
 * @param path of the input.
 * @throws AccordError `BAD_USER_INPUT` when it is empty, too long, or holds personal data, with the place of each.
 */
export function plainText(path: string, text: string, longest: number): string {
  const trimmed = text.trim();
  if (trimmed === '') throw badInput(path, 'Write something here: it cannot be empty.');
  if (trimmed.length > longest) {
    throw badInput(path, `Write at most ${longest} characters; this has ${trimmed.length}.`);
  }
  refusePersonalData(path, text);
  return trimmed;
}

/** The same for a text that may be left out. */
export function optionalText(path: string, text: string | null | undefined, longest: number): string | null {
  return text === null || text === undefined || text.trim() === '' ? null : plainText(path, text, longest);
}

function refusePersonalData(path: string, text: string): void {
  const found = findPersonalData(text);
  const [first] = found;
  if (!first) return;
  const where = first.end - first.start === text.length ? '' : `, characters ${first.start + 1} to ${first.end}`;
  throw badInput(
    path,
    `This holds what looks like ${first.kind === 'NHS number' ? 'an' : 'a'} ${first.kind}${where}. ${INSTEAD[first.kind]}`,
    {
      personalData: found,
    },
  );
}

/** Modulus 11, as every NHS number since 1996: the last digit is 11 less the remainder; 10 is never issued. */
function hasNhsCheckDigit(found: string): boolean {
  const digits = Array.from(found.replaceAll(/\D/g, ''), Number);
  const sum = digits.slice(0, 9).reduce((total, digit, index) => total + digit * (10 - index), 0);
  return (11 - (sum % 11)) % 11 === digits[9];
}

/** Characters that are not seen and would part a number in two. */
const UNSEEN = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]/u;

/** The text as it looks: full-width digits, unusual spaces and dashes in their plain form, and where each stood. */
function plainOf(text: string): { plain: string; place: (index: number) => number } {
  let plain = '';
  const places: number[] = [];
  let index = 0;
  for (const character of text) {
    const same = plainCharacter(character);
    for (let unit = 0; unit < same.length; unit += 1) places.push(index);
    plain += same;
    index += character.length;
  }
  return { plain, place: (at) => places[at] ?? text.length };
}

function plainCharacter(character: string): string {
  if (UNSEEN.test(character)) return '';
  if (/\p{Pd}|\u2212/u.test(character)) return '-';
  if (character !== '\n' && /\s/u.test(character)) return ' ';
  const digit = DIGITS.exec(character);
  if (digit) return String(digitValue(character));
  return character.normalize('NFKC');
}

const DIGITS = /\p{Nd}/u;

/** Decimal digits of every script stand in runs of ten, from nought on. */
function digitValue(character: string): number {
  let code = character.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && DIGITS.test(String.fromCodePoint(code - 1))) {
    code -= 1;
    value += 1;
  }
  return value;
}
