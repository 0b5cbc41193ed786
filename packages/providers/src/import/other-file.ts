import { badInput } from '@accord/kernel';

interface Kind {
  readonly begins: string;
  readonly advice: string;
}

const WORKBOOK =
  'This is a spreadsheet program’s own file. Open it, go to the sheet "Provider level in year", save that as "CSV UTF-8", and import the result.';

const KINDS: readonly Kind[] = [
  { begins: 'PK\u0003\u0004', advice: WORKBOOK },
  { begins: '\u00d0\u00cf\u0011\u00e0', advice: WORKBOOK },
  { begins: '%PDF', advice: 'This is a PDF. The import reads the CSV file that GOV.UK offers beside it.' },
  { begins: '\u001f\u008b', advice: 'This file is compressed. Unpack it, and import the CSV file inside.' },
  {
    begins: '<',
    advice: 'This is a web page and not the file behind its link. Download the CSV file itself.',
  },
];

/** @throws AccordError `BAD_USER_INPUT` for a file that is something else, by its first bytes. */
export function refuseOtherKinds(head: Buffer): void {
  const text = head.toString('latin1');
  const kind = KINDS.find(({ begins }) => text.trimStart().startsWith(begins));
  if (kind) throw badInput('file', kind.advice);
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
