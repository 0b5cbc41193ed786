import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@accord/infra';

/** The regulator's genuine London rows. */
const SAMPLE_PATH = join(REPOSITORY, 'infra/data/ofsted-2023-24-london-sample.csv');
export const sample = (): string => readFileSync(SAMPLE_PATH, 'utf8');

/** Titles and header as they are in the genuine file; the header is its fourth line. */
const [title = '', note = '', blanks = '', header = ''] = sample().split('\r\n');
const COLUMNS = header.split(',');

/** The line of a row in the files that are made here: the first is 5. */
export const lineOf = (index: number): number => index + 5;

type Row = Readonly<Record<string, string>>;

/** A fictional children's home, with all that the regulator says of one. */
const HOME: Row = {
  'Web link': 'Ofsted Social Care Provider Webpage',
  URN: '9900001',
  'Provision type': "Children's home",
  'Registration date': '08/11/2021',
  'Registration status': 'Active',
  Name: 'REDACTED',
  'Address 1': 'REDACTED',
  'Address 2': 'REDACTED',
  Town: 'REDACTED',
  County: 'REDACTED',
  Postcode: 'REDACTED',
  'Local authority': 'Bexley',
  Sector: 'Private',
  Places: '4',
  'Organisation which owns the provider': 'Thistledown Homes Limited',
  'Inspection event type': 'Full inspection',
  'Inspection date': '27/06/2023',
  'Inspection publication date': '08/08/2023',
  'Inspection event number': '90000001',
  'Overall experiences and progress of children and young people': 'Good',
  'How well children and young people are helped and protected': 'Good',
  'The effectiveness of leaders and managers': 'Good',
};

/** What an agency's row has that a home's has not. */
export const AGENCY: Row = {
  'Provision type': 'Independent Fostering Agency',
  Name: 'Thistledown Fostering',
  'Address 1': '1 Example Road',
  'Address 2': ' ',
  Town: 'LONDON',
  County: '',
  Postcode: 'ZZ1 1TD',
  Places: '',
};

/** A file of rows, each a home that differs in these cells. */
export function regulatorFile(...changes: readonly Row[]): string {
  const rows = changes.map((change, index) => {
    const row = { ...HOME, 'Inspection event number': `9000000${index}`, ...change };
    const unknown = Object.keys(row).find((column) => !COLUMNS.includes(column));
    if (unknown !== undefined) throw new Error(`The regulator's file has no column ${unknown}.`);
    return COLUMNS.map((column) => quoted(row[column as keyof typeof row] ?? '')).join(',');
  });
  return [title, note, blanks, header, ...rows, ''].join('\r\n');
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** As many copies of the sample, under other numbers and other owners; sixteen are as many rows as England has in a year. */
export function copiesOfSample(number: number): string {
  const rows = sample().split('\r\n').slice(4, -1);
  const urns = [...new Set(rows.map(urnOf))];
  const copies = Array.from({ length: number }, (_, copy) =>
    rows.map((row) =>
      row
        .replace(urnOf(row), String(3_000_000 + copy * 10_000 + urns.indexOf(urnOf(row))))
        .replaceAll(/\b10(\d{6})\b/g, `${10 + copy}$1`)
        .replaceAll(/\b(Limited|Ltd|LTD|LIMITED)\b/g, `of copy ${Math.floor(copy / 4)} Limited`),
    ),
  );
  return [title, note, blanks, header, ...copies.flat(), ''].join('\r\n');
}

const urnOf = (row: string): string => row.split(',')[1] ?? '';
