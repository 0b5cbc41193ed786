import { pipeline } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import { badInput } from '@accord/kernel';
import { CsvError, parse } from 'csv-parse';
import { refuseOtherKinds, type OtherKinds } from './other-file.js';

/** A row has about 1,000. A quote that is never closed would otherwise swallow the file. */
const LONGEST_ROW_CHARACTERS = 65_536;
const PIECE_BYTES = 65_536;
/** What a kind of file shows itself by, in its first bytes. */
const HEAD_BYTES = 8;

/** What is to be known of a kind of file before it is read. */
export interface CsvKind {
  readonly mostMegabytes: number;
  /** Lines that are blank count: a few bytes of them make very many rows. */
  readonly mostRows: number;
  /** What to say of one that is larger, after how much it may have. */
  readonly usualSize: string;
  readonly usualRows: string;
  /** How one comes by a whole file: "Download it again." */
  readonly again: string;
  /** What to say of files that are something else. */
  readonly others: OtherKinds;
}

export interface CsvRow {
  readonly cells: readonly string[];
  /** The line on which it begins, counted from 1. */
  readonly line: number;
}

/** What is known of a file once it has been read to its end. */
export interface CsvEnd {
  /** Whether its last line has an end: one that was cut off has none. */
  endsWithLine: boolean;
}

/**
 * The rows of a file as they stream in, of whatever length.
 * @param source the bytes of the file. @param end is filled in.
 * @throws AccordError `BAD_USER_INPUT` on `file` when it is something else, damaged or a bomb: says what to do.
 */
export async function* readCsv(
  source: AsyncIterable<Uint8Array>,
  kind: CsvKind,
  end: CsvEnd = { endsWithLine: true },
): AsyncGenerator<CsvRow> {
  const lines = new WeakMap<readonly string[], number>();
  let nextLine = 1;
  const parser = parse({
    relax_column_count: true,
    record_delimiter: '\n',
    max_record_size: LONGEST_ROW_CHARACTERS,
    // Called for each row at once, while those read below lag behind: an error shows the row after the last.
    on_record: (cells: string[], { lines: line, records }) => {
      // Here and not below: what has been read of a piece is all made before any of it is looked at.
      if (records > kind.mostRows) throw tooManyRows(kind);
      lines.set(cells, nextLine);
      nextLine = line + 1;
      return cells;
    },
  });
  // An error of the source ends the parser with it, and so the loop below.
  pipeline(plainLines(decoded(source, kind), end, kind), parser, () => undefined);
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      yield { cells, line: lines.get(cells) ?? nextLine };
    }
  } catch (error) {
    throw error instanceof CsvError ? damaged(error.code, nextLine, kind) : error;
  }
}

/** A file that is there whole, a piece at a time and others' requests between any two. */
export async function* inPieces(content: Buffer): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < content.length; start += PIECE_BYTES) {
    yield content.subarray(start, start + PIECE_BYTES);
    await setImmediate();
  }
}

export const isBlank = ({ cells }: CsvRow): boolean => cells.every((cell) => cell.trim() === '');

/** @param line of the row in whose middle the file ends. */
export const cutOff = (line: number, { again }: CsvKind) =>
  badInput('file', `The file ends in the middle of the row of line ${line}: it was cut off. ${again}`);

async function* decoded(source: AsyncIterable<Uint8Array>, kind: CsvKind): AsyncGenerator<string> {
  // Drops the byte order mark, too.
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let head = Buffer.alloc(0);
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > kind.mostMegabytes * 1_000_000) {
      throw badInput('file', `The file has more than ${kind.mostMegabytes} MB; ${kind.usualSize}.`);
    }
    if (head.length >= HEAD_BYTES) {
      yield decode(decoder, chunk, kind);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    refuseOtherKinds(head, kind.others);
    yield decode(decoder, head, kind);
  }
  if (head.length < HEAD_BYTES) {
    refuseOtherKinds(head, kind.others);
    const text = decode(decoder, head, kind);
    if (text.trim() === '') throw badInput('file', `The file is empty. ${kind.again}`);
    yield text;
  }
  yield decode(decoder, undefined, kind);
}

/**
 * Ends every line in the one way by which the parser counts them rightly inside cells, too.
 * @throws AccordError for a line without end: the parser counts what stands in cells, and of nothing but commas it
 *   would make millions.
 */
async function* plainLines(texts: AsyncIterable<string>, seen: CsvEnd, kind: CsvKind): AsyncGenerator<string> {
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
      if (length > LONGEST_ROW_CHARACTERS) throw damaged('CSV_MAX_RECORD_SIZE', line, kind);
    }
    yield plain;
  }
  if (held !== '') yield '\n';
}

/** @param bytes undefined at the end of the file, where half a character is an error. */
function decode(decoder: TextDecoder, bytes: Uint8Array | undefined, { again }: CsvKind): string {
  try {
    const text = bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    if (!text.includes('\0')) return text;
  } catch {
    // Falls through: the decoder's own words are about bytes.
  }
  throw badInput(
    'file',
    `The file is not text in UTF-8. Where a spreadsheet program has saved it, save it again as "CSV UTF-8"; otherwise ${again.charAt(0).toLowerCase()}${again.slice(1)}`,
  );
}

const tooManyRows = ({ mostRows, usualRows }: CsvKind) =>
  badInput('file', `The file has more than ${mostRows.toLocaleString('en-GB')} rows; ${usualRows}.`);

/** @param line where the row begins that the parser could not make out. */
function damaged(code: CsvError['code'], line: number, { again }: CsvKind): Error {
  const what =
    code === 'CSV_QUOTE_NOT_CLOSED'
      ? 'a quotation mark is never closed, as in a file that was cut off'
      : code === 'CSV_MAX_RECORD_SIZE'
        ? 'it does not end, as where a quotation mark is missing'
        : 'its quotation marks do not fit together';
  return badInput('file', `The file is damaged in the row of line ${line}: ${what}. Nothing was imported. ${again}`);
}
