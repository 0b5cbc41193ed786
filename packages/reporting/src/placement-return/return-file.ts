import { badInput } from '@accord/kernel';
import {
  cutOff,
  findColumns,
  isBlank,
  PlacementType,
  readCsv,
  refuseOthers,
  textAt,
  titlesOf,
  type CsvColumns,
  type CsvKind,
  type CsvRow,
  type Refusal,
} from '@accord/providers';
import { PLACEMENT_TYPES } from '../categories.js';
import { faultsOf, type ReturnLine } from './return-line.js';

/** There are fourteen placement types. */
const RETURN_FILE: CsvKind = {
  mostMegabytes: 1,
  mostRows: 1_000,
  usualSize: 'a month’s return has some hundred bytes',
  usualRows: 'a return has one for each placement type',
  again: 'Export it again.',
  others: {
    workbook: 'This is a spreadsheet program’s own file. Save the sheet with the return as "CSV UTF-8", and send that.',
    pdf: 'This is a PDF. Export the return as CSV.',
    compressed: 'This file is compressed. Unpack it, and send the CSV file inside.',
    webPage: 'This is a web page, as where a sign-in had ended. Export the return again, as CSV.',
  },
};

const COLUMNS: CsvColumns<keyof ReturnLine> = {
  placementType: { title: 'Placement type', names: ['placement type'] },
  sought: { title: 'Sought', names: ['sought'] },
  matched: { title: 'Matched', names: ['matched'] },
  weeklySpend: { title: 'Weekly spend', names: ['weekly spend'] },
};

/** Spelling aside: capitals and the kind of apostrophe. */
const keyOf = (text: string): string => text.replaceAll('’', "'").toLowerCase();

const TYPE_OF: ReadonlyMap<string, PlacementType> = new Map(
  Object.values(PlacementType).flatMap((type) => [
    [keyOf(type), type],
    [keyOf(PLACEMENT_TYPES[type]), type],
  ]),
);

export interface ReturnFile {
  readonly lines: readonly ReturnLine[];
  /** What cannot be right, row by row: then there is no return. */
  readonly refusals: readonly Refusal[];
}

/**
 * Reads a month's return, whole. Nothing of a cell is ever repeated: what stands in the wrong column may be about a child.
 * @throws AccordError `BAD_USER_INPUT` on `file` for what is something else, damaged, cut off, too large, or has a
 *   column that Accord does not take or lacks one.
 */
export async function readReturnFile(source: AsyncIterable<Uint8Array>): Promise<ReturnFile> {
  const end = { endsWithLine: true };
  const rows: CsvRow[] = [];
  for await (const row of readCsv(source, RETURN_FILE, end)) if (!isBlank(row)) rows.push(row);
  const [header, ...body] = rows;
  const places = placesOf(header?.cells ?? []);
  const last = body.at(-1);
  if (last && !end.endsWithLine && last.cells.length < places.size) throw cutOff(last.line, RETURN_FILE);
  const read = body.map((row) => readRow(row, places));
  const good = read.flatMap(({ row, line }) => (line ? [{ row, line }] : []));
  const faults = faultsOf(good.map(({ line }) => line)).map(({ at, field, reason }) => ({
    line: good[at]?.row.line ?? 0,
    column: COLUMNS[field].title,
    reason,
  }));
  return {
    lines: good.map(({ line }) => line),
    refusals: [...read.flatMap(({ refusals }) => refusals), ...faults].toSorted((a, b) => a.line - b.line),
  };
}

function placesOf(cells: readonly string[]): ReadonlyMap<keyof ReturnLine, number> {
  const found = findColumns(cells, COLUMNS);
  refuseOthers(found, COLUMNS);
  if (found.places.size < Object.keys(COLUMNS).length)
    throw badInput(
      'file',
      `This is no return of placement searches: its first line has not all of ${titlesOf(COLUMNS)}.`,
    );
  return found.places;
}

interface ReadRow {
  readonly row: CsvRow;
  readonly line: ReturnLine | null;
  readonly refusals: readonly Refusal[];
}

function readRow(row: CsvRow, places: ReadonlyMap<keyof ReturnLine, number>): ReadRow {
  const refusals: Refusal[] = [];
  const refuse = (column: keyof ReturnLine, reason: string) =>
    refusals.push({ line: row.line, column: COLUMNS[column].title, reason });
  const number = (column: keyof ReturnLine): number => {
    const text = textAt(row.cells, places.get(column));
    if (text === null) refuse(column, 'is empty: give 0 where there is none.');
    else if (!/^-?\d{1,9}$/.test(text)) refuse(column, 'is no whole number: digits alone, without signs or commas.');
    return Number(text);
  };
  const placementType = TYPE_OF.get(keyOf(textAt(row.cells, places.get('placementType')) ?? ''));
  if (placementType === undefined) refuse('placementType', `is none of ${Object.values(PLACEMENT_TYPES).join('; ')}.`);
  const numbers = { sought: number('sought'), matched: number('matched'), weeklySpend: number('weeklySpend') };
  const line = placementType === undefined || refusals.length > 0 ? null : { placementType, ...numbers };
  return { row, line, refusals };
}
