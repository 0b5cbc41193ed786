import { badInput, isId } from '@accord/kernel';
import { findColumns, refuseOthers, textAt, titlesOf } from '../import/csv-columns.js';
import { cutOff, isBlank, readCsv, type CsvKind, type CsvRow } from '../import/csv-file.js';
import type { Refusal } from '../import/refusal.js';

/** A borough uses some hundred homes. */
const USE_FILE: CsvKind = {
  mostMegabytes: 1,
  mostRows: 5_000,
  usualSize: 'a list of the homes that one borough uses has some kilobytes',
  usualRows: 'a borough uses some hundred homes',
  again: 'Export it again.',
  others: {
    workbook:
      'This is a spreadsheet program’s own file. Save the sheet with the homes as "CSV UTF-8", and send the result.',
    pdf: 'This is a PDF. Export the list of homes as CSV.',
    compressed: 'This file is compressed. Unpack it, and send the CSV file inside.',
    webPage: 'This is a web page, as where a sign-in had ended. Export the list of homes again, as CSV.',
  },
};

/** The columns that a file may have, and the names they go by. */
export const COLUMNS = {
  homeId: { title: 'Home id', names: ['home id'] },
  reference: { title: 'URN', names: ['urn', 'registration'] },
  home: { title: 'Home', names: ['home', 'home name'] },
  postcode: { title: 'Postcode', names: ['postcode'] },
  provider: { title: 'Provider', names: ['provider', 'provider name'] },
  youngPeople: { title: 'Young people', names: ['young people', 'number of young people'] },
  asAt: { title: 'As at', names: ['as at'] },
} as const;

type Column = keyof typeof COLUMNS;

/** The first cell of the line by which a file says that it is whole: `COMPLETE,12`. */
const COMPLETE = 'complete';
const MOST_YOUNG_PEOPLE = 999;

/** A row that can be read; which home it is about is for the register to say. */
export interface UseRow {
  readonly line: number;
  readonly homeId: string | null;
  /** Upper case, without spaces. */
  readonly reference: string | null;
  /** Lower case, one space between words. */
  readonly home: string | null;
  /** Upper case, without spaces. */
  readonly postcode: string | null;
  readonly youngPeople: number;
}

export interface UseFile {
  readonly rows: readonly UseRow[];
  readonly refusals: readonly Refusal[];
  /** The day as of which it tells, `YYYY-MM-DD`; null where it does not say. */
  readonly asAt: string | null;
  /** Whether it says that it names every home in use. */
  readonly isComplete: boolean;
}

/**
 * Reads a borough's list of the homes that it uses, whole.
 *
 * Nothing of a cell is ever repeated in what is said of it: what stands in the wrong column may be about a child.
 * @param source the bytes of the file.
 * @throws AccordError `BAD_USER_INPUT` on `file` for what is something else, damaged, cut off, too large, or has a
 *   column that Accord does not take: then nothing of it is read.
 */
export async function readUseFile(source: AsyncIterable<Uint8Array>): Promise<UseFile> {
  const end = { endsWithLine: true };
  const reading = new Reading();
  for await (const row of readCsv(source, USE_FILE, end)) if (!isBlank(row)) reading.take(row);
  return reading.finish(end.endsWithLine);
}

class Reading {
  #places: ReadonlyMap<Column, number> | undefined;
  #asAt: string | null = null;
  #completeRows: number | undefined;
  #rowsRead = 0;
  #last: CsvRow | undefined;
  readonly #rows: UseRow[] = [];
  readonly #refusals: Refusal[] = [];

  take(row: CsvRow): void {
    if (this.#places === undefined) {
      this.#places = placesOf(row.cells);
      return;
    }
    if (this.#completeRows !== undefined)
      throw badInput('file', `Line ${row.line} comes after the line "COMPLETE", which is the last. Export it again.`);
    if (row.cells[0]?.trim().toLowerCase() === COMPLETE) {
      this.#completeRows = countOf(row);
      return;
    }
    this.#last = row;
    this.#rowsRead += 1;
    const read = new Cells(row, this.#places);
    this.#agreeOnDay(read);
    const useRow = read.row();
    if (useRow) this.#rows.push(useRow);
    this.#refusals.push(...read.refusals);
  }

  finish(endsWithLine: boolean): UseFile {
    if (this.#places === undefined) throw badInput('file', 'The file is empty. Export it again.');
    const isComplete = this.#completeRows !== undefined;
    if (this.#rowsRead === 0 && !isComplete)
      throw badInput('file', 'The file has its header and no row below it. Export it again.');
    const width = Math.max(...this.#places.values()) + 1;
    // Its last line has an end, and it is short all the same: that row is refused by itself.
    if (!isComplete && !endsWithLine && this.#last && this.#last.cells.length < width)
      throw cutOff(this.#last.line, USE_FILE);
    if (isComplete && this.#completeRows !== this.#rowsRead) {
      throw badInput(
        'file',
        `The file says that it has ${this.#completeRows} rows, and has ${this.#rowsRead}: a part of it is lost. Export it again.`,
      );
    }
    return { rows: this.#rows, refusals: this.#refusals, asAt: this.#asAt, isComplete };
  }

  /** One file tells as of one day. */
  #agreeOnDay(cells: Cells): void {
    const day = cells.day();
    if (day === null) return;
    if (this.#asAt !== null && this.#asAt !== day)
      cells.refuse('asAt', `tells of another day than the rows before it (${this.#asAt}): send a file for each day.`);
    this.#asAt ??= day;
  }
}

/** @throws AccordError `BAD_USER_INPUT` for another file, and for a column that Accord does not take. */
function placesOf(cells: readonly string[]): ReadonlyMap<Column, number> {
  const found = findColumns(cells, COLUMNS);
  const { places } = found;
  if (!places.has('youngPeople')) {
    throw badInput(
      'file',
      `This is no list of the homes that a borough uses: its first line has no column "${COLUMNS.youngPeople.title}". It has of ${titlesOf(COLUMNS)} what there is.`,
    );
  }
  refuseOthers(found, COLUMNS);
  if (!places.has('homeId') && !places.has('reference') && !(places.has('home') && places.has('postcode'))) {
    throw badInput(
      'file',
      `The file does not say which homes it is about: give a column "${COLUMNS.homeId.title}" or "${COLUMNS.reference.title}", or "${COLUMNS.home.title}" and "${COLUMNS.postcode.title}".`,
    );
  }
  return places;
}

function countOf({ cells, line }: CsvRow): number {
  const count = cells[1]?.trim() ?? '';
  if (!/^\d+$/.test(count))
    throw badInput('file', `Line ${line} says that the file is whole, and not how many rows it has: "COMPLETE,12".`);
  return Number(count);
}

/** The cells of one row; all that is wrong with them is told at once. */
class Cells {
  readonly refusals: Refusal[] = [];

  constructor(
    private readonly own: CsvRow,
    private readonly places: ReadonlyMap<Column, number>,
  ) {}

  row(): UseRow | null {
    const row = {
      line: this.own.line,
      homeId: this.#id(),
      reference: bare(this.#text('reference')),
      home: this.#text('home')?.toLowerCase() ?? null,
      postcode: bare(this.#text('postcode')),
      youngPeople: this.#youngPeople(),
    };
    const isNamed = row.homeId !== null || row.reference !== null || (row.home !== null && row.postcode !== null);
    if (!isNamed && this.refusals.length === 0)
      this.refuse(this.places.has('reference') ? 'reference' : 'home', 'does not say which home it is.');
    return this.refusals.length > 0 ? null : row;
  }

  refuse(column: Column, reason: string): null {
    this.refusals.push({ line: this.own.line, column: COLUMNS[column].title, reason });
    return null;
  }

  /** `YYYY-MM-DD`, from that or 31/03/2026; null where it is blank or no day. */
  day(): string | null {
    const text = this.#text('asAt');
    if (text === null) return null;
    const [, day = '', month = '', year = ''] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text) ?? [];
    const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : `${year}-${month}-${day}`;
    // A day that a month does not have becomes another date.
    const isReal = date >= '2000' && new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date) === true;
    return isReal ? date : this.refuse('asAt', 'is no day: one looks like 31/03/2026 or 2026-03-31.');
  }

  #youngPeople(): number {
    const text = this.#text('youngPeople');
    if (text === null) this.refuse('youngPeople', 'is empty: give 0 where nobody is left.');
    else if (!/^\d{1,6}$/.test(text)) this.refuse('youngPeople', 'is no number of people: a whole number, 0 or more.');
    else if (Number(text) > MOST_YOUNG_PEOPLE) this.refuse('youngPeople', `is more than ${MOST_YOUNG_PEOPLE}.`);
    return Number(text);
  }

  #id(): string | null {
    const text = this.#text('homeId')?.toLowerCase() ?? null;
    return text === null || isId(text) ? text : this.refuse('homeId', 'is no id of a home in Accord.');
  }

  #text(column: Column): string | null {
    return textAt(this.own.cells, this.places.get(column));
  }
}

const bare = (text: string | null): string | null => text?.replaceAll(' ', '').toUpperCase() ?? null;
