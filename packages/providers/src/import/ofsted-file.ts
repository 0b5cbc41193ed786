import { pipeline } from 'node:stream';
import { TextDecoder } from 'node:util';
import { badInput } from '@accord/kernel';
import { CsvError, parse } from 'csv-parse';
import { refuseOtherKinds, refuseOtherText } from './other-file.js';
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
/** A row has about 1,000. A quote that is never closed would otherwise swallow the file. */
const LONGEST_ROW_CHARACTERS = 65_536;
/** The national file of a year has less than two. */
export const MOST_MEGABYTES = 10;
/** The national file has 4,200. Lines that are blank count: a few bytes of them make very many rows. */
const MOST_ROWS = 20_000;
/** What a kind of file shows itself by, in its first bytes. */
const HEAD_BYTES = 8;

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
  const lines = new WeakMap<readonly string[], number>();
  let nextLine = 1;
  const parser = parse({
    relax_column_count: true,
    record_delimiter: '\n',
    max_record_size: LONGEST_ROW_CHARACTERS,
    // Called for each row at once, while those read below lag behind: an error shows the row after the last.
    on_record: (cells: string[], { lines: line, records }) => {
      // Here and not below: what has been read of a piece is all made before any of it is looked at.
      if (records > MOST_ROWS) throw tooManyRows();
      lines.set(cells, nextLine);
      nextLine = line + 1;
      return cells;
    },
  });
  const text = { endsWithLine: true };
  // An error of the source ends the parser with it, and so the loop below.
  pipeline(plainLines(decoded(source, mostMegabytes), text), parser, () => undefined);
  let header: Header | undefined;
  let rows = 0;
  let rowsBelow = 0;
  let last: OfstedCells | undefined;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      rows++;
      if (header === undefined) {
        header = headerOf(cells, meanings);
        if (header !== undefined) continue;
        refuseOtherText(cells);
        onTitle(cells.join(' ').trim());
        if (rows === HEADER_WITHIN_ROWS) throw notTheFile();
      } else if (cells.some((cell) => cell.trim() !== '')) {
        rowsBelow++;
        last = cellsOf(header, cells, lines.get(cells) ?? nextLine);
        yield last;
      }
    }
  } catch (error) {
    throw error instanceof CsvError ? damaged(error.code, nextLine) : error;
  }
  if (header === undefined) throw notTheFile();
  if (rowsBelow === 0) throw badInput('file', 'The file has its header and no row below it: download it again.');
  if (last?.isShort === true && !text.endsWithLine) throw cutOff(last.line);
}

async function* decoded(source: AsyncIterable<Uint8Array>, mostMegabytes: number): AsyncGenerator<string> {
  // Drops the byte order mark, too.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let head = Buffer.alloc(0);
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > mostMegabytes * 1_000_000) {
      throw badInput('file', `The file has more than ${mostMegabytes} MB; Ofsted's of a year has about two.`);
    }
    if (head.length >= HEAD_BYTES) {
      yield decode(decoder, chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    refuseOtherKinds(head);
    yield decode(decoder, head);
  }
  if (head.length < HEAD_BYTES) {
    refuseOtherKinds(head);
    const text = decode(decoder, head);
    if (text.trim() === '') throw badInput('file', 'The file is empty. Download it again.');
    yield text;
  }
  yield decode(decoder, undefined);
}

/**
 * Ends every line in the one way by which the parser counts them rightly inside cells, too.
 * @throws AccordError for a line without end: the parser counts what stands in cells, and of nothing but commas it
 *   would make millions.
 */
async function* plainLines(texts: AsyncIterable<string>, seen: { endsWithLine: boolean }): AsyncGenerator<string> {
  let held = '';
  let line = 1;
  let length = 0;
  for await (const text of texts) {
    const all = held + text;
    if (text !== '') seen.endsWithLine = /[\r\n]$/.test(text);
    // Half of a line's end, it may be.
    held = all.endsWith('\r') ? '\r' : '';
    const plain = all.slice(0, all.length - held.length).replaceAll(/\r\n?/g, '\n');
    for (const [index, part] of plain.split('\n').entries()) {
      if (index > 0) [line, length] = [line + 1, 0];
      length += part.length;
      if (length > LONGEST_ROW_CHARACTERS) throw damaged('CSV_MAX_RECORD_SIZE', line);
    }
    yield plain;
  }
  if (held !== '') yield '\n';
}

/** @param bytes undefined at the end of the file, where half a character is an error. */
function decode(decoder: TextDecoder, bytes: Uint8Array | undefined): string {
  try {
    const text = bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    if (!text.includes('\0')) return text;
  } catch {
    // Falls through: the decoder's own words are about bytes.
  }
  throw badInput(
    'file',
    'The file is not text in UTF-8. Where a spreadsheet program has saved it, save it again as "CSV UTF-8"; otherwise download it again.',
  );
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

const tooManyRows = () =>
  badInput(
    'file',
    `The file has more than ${MOST_ROWS.toLocaleString('en-GB')} rows; Ofsted's of a year has about 4,200.`,
  );

const cutOff = (line: number) =>
  badInput('file', `The file ends in the middle of the row of line ${line}: it was cut off. Download it again.`);

/** @param line where the row begins that the parser could not make out. */
function damaged(code: CsvError['code'], line: number): Error {
  const what =
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quotation mark is never closed, as in a file that was cut off'
      : code === 'CSV_MAX_RECORD_SIZE'
        ? 'it does not end, as where a quotation mark is missing'
        : 'its quotation marks do not fit together';
  return badInput(
    'file',
    `The file is damaged in the row of line ${line}: ${what}. Nothing was imported. Download it again.`,
  );
}
