import { badInput } from '@accord/kernel';
import { cutOff, isBlank, readCsv, type CsvKind } from './csv-file.js';
import { OFSTED_OTHERS, refuseOtherText } from './other-file.js';
import { OfstedCells } from './ofsted-cells.js';
import {
  columnName,
  HEADER_MARK_NAMES,
  readHeader,
  type ColumnMeaning,
  type Header,
  type OfstedColumn,
} from './ofsted-column.js';

/** Title and notes above the header: three rows in 2024, none in 2020. */
const HEADER_WITHIN_ROWS = 50;
/** The national file of a year has less than two. */
export const MOST_MEGABYTES = 10;

const OFSTED_FILE: CsvKind = {
  mostMegabytes: MOST_MEGABYTES,
  // The national file has 4,200.
  mostRows: 20_000,
  usualSize: "Ofsted's of a year has about two",
  usualRows: "Ofsted's of a year has about 4,200",
  again: 'Download it again.',
  others: OFSTED_OTHERS,
};

export interface FileOptions {
  /** What columns mean that no year had before. */
  readonly meanings?: readonly ColumnMeaning[];
  readonly mostMegabytes?: number;
  /** Is told of each row above the header. */
  readonly onTitle?: (text: string) => void;
}

/**
 * The rows of the regulator's file as they stream in, those that are blank left out.
 * @param source the bytes of the file.
 * @throws AccordError `BAD_USER_INPUT` on `file` when it is not that file or is damaged: says what to do.
 */
export async function* readOfstedFile(
  source: AsyncIterable<Uint8Array>,
  { meanings = [], mostMegabytes = MOST_MEGABYTES, onTitle = () => undefined }: FileOptions = {},
): AsyncGenerator<OfstedCells> {
  const kind = { ...OFSTED_FILE, mostMegabytes };
  const end = { endsWithLine: true };
  let header: Header | undefined;
  let rows = 0;
  let rowsBelow = 0;
  let last: OfstedCells | undefined;
  for await (const row of readCsv(source, kind, end)) {
    rows++;
    if (header === undefined) {
      header = headerOf(row.cells, meanings);
      if (header !== undefined) continue;
      refuseOtherText(row.cells);
      onTitle(row.cells.join(' ').trim());
      if (rows === HEADER_WITHIN_ROWS) throw notTheFile();
    } else if (!isBlank(row)) {
      rowsBelow++;
      last = cellsOf(header, row.cells, row.line);
      yield last;
    }
  }
  if (header === undefined) throw notTheFile();
  if (rowsBelow === 0) throw badInput('file', 'The file has its header and no row below it: download it again.');
  if (last?.isShort === true && !end.endsWithLine) throw cutOff(last.line, kind);
}

function headerOf(record: readonly string[], meanings: readonly ColumnMeaning[]): Header | undefined {
  const header = readHeader(record, meanings);
  if (header === undefined) return undefined;
  const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
  if (header.missing.length > 0) {
    throw badInput(
      'file',
      `This looks like a file of Ofsted's, but like none of the years 2016-17 to 2023-24: it has no column ${quoted(header.missing.map(columnName))}. Import a file of one of those years${header.unseen.length > 0 ? `, or say what these columns mean: ${quoted(header.unseen)}` : ''}.`,
    );
  }
  if (header.unseen.length > 0) {
    throw badInput(
      'file',
      `This looks like a file of Ofsted's, with columns that none of the years 2016-17 to 2023-24 had: ${quoted(header.unseen)}. They may hold a judgement, so nothing was imported. Say of each what it means, or that it is to be passed over, and import the file again.`,
      { unseenColumns: header.unseen },
    );
  }
  return header;
}

function cellsOf(header: Header, record: readonly string[], line: number): OfstedCells {
  const cell = (column: OfstedColumn): string => record[header.places.get(column) ?? -1] ?? '';
  const cells = new OfstedCells(line, cell, (column) => header.names.get(column) ?? columnName(column));
  if (record.length < header.width) {
    const last = [...header.places].find(([, place]) => place === record.length - 1)?.[0] ?? 'urn';
    cells.isShort = true;
    cells.refuse(last, `the row ends here, after ${record.length} of ${header.width} cells.`);
  }
  return cells;
}

const notTheFile = () =>
  badInput(
    'file',
    `No row has the cells ${HEADER_MARK_NAMES}, so this is not Ofsted's provider-level list. Download "Children's social care data in England 2024: provider level in year 2023-24" from GOV.UK, as CSV.`,
  );
