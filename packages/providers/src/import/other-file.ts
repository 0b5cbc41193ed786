import { badInput } from '@accord/kernel';

/** What to say of a file that is something else, by what it is. */
export interface OtherKinds {
  readonly workbook: string;
  readonly pdf: string;
  readonly compressed: string;
  readonly webPage: string;
}

export const OFSTED_OTHERS: OtherKinds = {
  workbook:
    'This is a spreadsheet program’s own file. Open it, go to the sheet "Provider level in year", save that as "CSV UTF-8", and import the result.',
  pdf: 'This is a PDF. The import reads the CSV file that GOV.UK offers beside it.',
  compressed: 'This file is compressed. Unpack it, and import the CSV file inside.',
  webPage: 'This is a web page and not the file behind its link. Download the CSV file itself.',
};

/** How a kind of file begins. */
const BEGINNINGS: readonly (readonly [begins: string, kind: keyof OtherKinds])[] = [
  ['PK\u0003\u0004', 'workbook'],
  ['\u00d0\u00cf\u0011\u00e0', 'workbook'],
  ['%PDF', 'pdf'],
  ['\u001f\u008b', 'compressed'],
  ['<', 'webPage'],
];

/** @throws AccordError `BAD_USER_INPUT` for a file that is something else, by its first bytes. */
export function refuseOtherKinds(head: Buffer, others: OtherKinds): void {
  const text = head.toString('latin1').trimStart();
  const [, kind] = BEGINNINGS.find(([begins]) => text.startsWith(begins)) ?? [];
  if (kind) throw badInput('file', others[kind]);
}

/** @throws AccordError `BAD_USER_INPUT` for a row of text that gives another file away. */
export function refuseOtherText(record: readonly string[]): void {
  const row = record.join(' ');
  if (/\bCQC (Location|Provider) ID\b|^CQC Locations data/.test(row)) {
    throw badInput('file', 'This is CQC’s directory. The import reads Ofsted’s provider-level file alone.');
  }
  const separator = [';', '\t'].find((sign) => record.length < 3 && row.split(sign).includes('URN'));
  if (separator !== undefined) {
    const name = separator === ';' ? 'semicolons' : 'tabs';
    throw badInput('file', `The cells of this file are separated by ${name}. Save it again with commas ("CSV UTF-8").`);
  }
}
