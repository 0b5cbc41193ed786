import { AccordError } from '@accord/kernel';
import { columnName, type OfstedColumn } from './ofsted-column.js';
import type { Refusal } from './refusal.js';

/** What the regulator writes where it withholds a name or an address. */
const WITHHELD = 'REDACTED';

const LONGEST_TEXT = 500;
const MOST_PLACES = 9999;
const DATE = /^(\d{2})\/(\d{2})\/(\d{4})$/;

/** The cells of one row, read by column; what is wrong with them is collected, so that all of it is told at once. */
export class OfstedCells {
  readonly refusals: Refusal[] = [];
  /** Whether the row has fewer cells than its header. */
  isShort = false;

  /**
   * @param cell the raw text of a column; empty where the file has no such column.
   * @param nameOf the column's name in this file.
   */
  constructor(
    readonly line: number,
    private readonly cell: (column: OfstedColumn) => string,
    readonly nameOf: (column: OfstedColumn) => string = columnName,
  ) {}

  refuse(column: OfstedColumn, reason: string): null {
    this.refusals.push({ line: this.line, column: this.nameOf(column), reason });
    return null;
  }

  /** Null for the blanks of the regulator: empty, spaces, `NULL`. */
  text(column: OfstedColumn): string | null {
    const text = this.cell(column).replaceAll(/\s+/g, ' ').trim();
    if (text === '' || text === 'NULL') return null;
    if (text.length > LONGEST_TEXT)
      return this.refuse(column, `has ${text.length} characters; ${LONGEST_TEXT} at most.`);
    return text;
  }

  /** Null where it is blank, and where the regulator withholds it. */
  openText(column: OfstedColumn): string | null {
    const text = this.text(column);
    return text?.toUpperCase() === WITHHELD ? null : text;
  }

  required(column: OfstedColumn): string | null {
    return this.text(column) ?? this.refuse(column, 'is empty.');
  }

  /** `YYYY-MM-DD`. */
  date(column: OfstedColumn): string | null {
    const text = this.text(column);
    if (text === null) return null;
    const [, day = '', month = '', year = ''] = DATE.exec(text) ?? [];
    const date = `${year}-${month}-${day}`;
    // A day that a month does not have becomes another date.
    const real = year >= '1900' && new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date) === true;
    return real ? date : this.refuse(column, `"${text}" is no date: one looks like 31/03/2024 (day/month/year).`);
  }

  places(column: OfstedColumn): number | null {
    const text = this.text(column);
    if (text === null) return null;
    // "6.00", as a spreadsheet program saved it in 2022.
    const places = /^\d+(\.0+)?$/.test(text) ? Number(text) : undefined;
    return places !== undefined && places <= MOST_PLACES
      ? places
      : this.refuse(column, `"${text}" is no number of places.`);
  }

  /** A word of a list. */
  word<T>(column: OfstedColumn, meaning: (word: string) => T | undefined, known: string): T | null {
    const text = this.required(column);
    if (text === null) return null;
    return meaning(text) ?? this.refuse(column, `"${text}" is not known; these are: ${known}.`);
  }

  /** What `check` makes of the text; its refusal becomes this cell's. */
  checked(column: OfstedColumn, text: string | null, check: (path: string, text: string) => string): string | null {
    if (text === null) return null;
    try {
      return check(this.nameOf(column), text);
    } catch (error) {
      if (!(error instanceof AccordError)) throw error;
      return this.refuse(column, error.message);
    }
  }
}
