import { badInput } from '@accord/kernel';
import { readOfstedFile, type FileOptions } from './ofsted-file.js';
import { PREVIOUS_LEFT_OUT, refusal } from './ofsted-import.js';
import { readRow, type OfstedRow } from './ofsted-row.js';
import type { Refusal } from './refusal.js';

const BATCH_ROWS = 500;

/** Rows that come in together. */
export interface OfstedBatch {
  readonly rows: readonly OfstedRow[];
  readonly refusals: readonly Refusal[];
  readonly refusedRows: number;
  /** Rows of the file that have been read with this batch: where to go on after it. */
  readonly rowsRead: number;
}

/** What a look at a whole file shows. */
export interface OfstedFileFacts {
  readonly rows: number;
  /** The day as of which it tells, where its titles say so. */
  readonly asAt: string | null;
}

/**
 * Reads a file to its end without keeping it, so that one that is something else or damaged is refused before
 * anything is written or queued.
 * @throws AccordError `BAD_USER_INPUT` on `file`.
 */
export async function examineOfstedFile(
  source: AsyncIterable<Uint8Array>,
  options: FileOptions = {},
): Promise<OfstedFileFacts> {
  let rows = 0;
  let refused = 0;
  let asAt: string | null = null;
  const onTitle = (text: string): void => void (asAt ??= dayOf(text));
  for await (const cells of readOfstedFile(source, { ...options, onTitle })) {
    rows += 1;
    if (!readRow(cells)) refused += 1;
  }
  if (refused === rows) {
    throw badInput(
      'file',
      'No row of this file can be read: its columns are Ofsted’s, but not what stands in them. Download it again.',
    );
  }
  return { rows, asAt };
}

/**
 * The rows of a file in batches.
 * @param skipRows have come in before: they are read again, so that an event that stands there twice is known, and left out.
 */
export async function* readBatches(
  source: AsyncIterable<Uint8Array>,
  options: FileOptions,
  skipRows: number,
): AsyncGenerator<OfstedBatch> {
  const gathering = new Gathering();
  for await (const cells of readOfstedFile(source, options)) {
    gathering.take(readRow(cells), cells.refusals);
    if (gathering.rowsRead === skipRows) gathering.batch();
    else if (gathering.rowsRead > skipRows && gathering.size === BATCH_ROWS) yield gathering.batch();
  }
  if (gathering.rowsRead > skipRows && gathering.size > 0) yield gathering.batch();
}

class Gathering {
  rowsRead = 0;
  /** Rows taken since the last batch, refused ones included. */
  size = 0;
  #rows: OfstedRow[] = [];
  #refusals: Refusal[] = [];
  #refusedRows = 0;
  /** The line on which each event was first met. */
  readonly #eventLines = new Map<string, number>();

  take(row: OfstedRow | undefined, refusals: readonly Refusal[]): void {
    this.rowsRead += 1;
    this.size += 1;
    if (!row) {
      this.#refuse(refusals);
      return;
    }
    this.#refusals.push(...refusals.map((each) => ({ ...each, reason: `${each.reason} ${PREVIOUS_LEFT_OUT}` })));
    const { eventNumber } = row.inspection;
    const earlier = this.#eventLines.get(eventNumber);
    if (earlier !== undefined) {
      this.#refuse([refusal(row.line, 'eventNumber', `${eventNumber} is on line ${earlier} already.`)]);
      return;
    }
    this.#eventLines.set(eventNumber, row.line);
    this.#rows.push(row);
  }

  batch(): OfstedBatch {
    const batch = {
      rows: this.#rows,
      refusals: this.#refusals,
      refusedRows: this.#refusedRows,
      rowsRead: this.rowsRead,
    };
    [this.#rows, this.#refusals, this.#refusedRows, this.size] = [[], [], 0, 0];
    return batch;
  }

  #refuse(refusals: readonly Refusal[]): void {
    this.#refusals.push(...refusals);
    this.#refusedRows += 1;
  }
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** "as at 31 August 2026", or a year as the regulator counts it: "in year 2023-24" ends on 31 March 2024. */
function dayOf(title: string): string | null {
  const [, day, month = '', year] = /as at (\d{1,2}) (\p{L}+) (\d{4})/iu.exec(title) ?? [];
  const number = MONTHS.findIndex((name) => name.toLowerCase() === month.toLowerCase()) + 1;
  if (day !== undefined && number > 0) return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
  const [, begins] = /in year (20\d\d)[-–]\d\d/.exec(title) ?? [];
  return begins === undefined ? null : `${Number(begins) + 1}-03-31`;
}
