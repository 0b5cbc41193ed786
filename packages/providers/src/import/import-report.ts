import type { Refusal } from './refusal.js';

/** How many of one kind a file has, by what became of them. Each is counted once, however many rows speak of it. */
export interface ImportCount {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** What an import did. */
export interface ImportReport {
  /** Rows of data in the file. */
  readonly rows: number;
  /** Rows that did not come in. */
  readonly refusedRows: number;
  readonly providers: ImportCount;
  readonly homes: ImportCount;
  readonly registrations: ImportCount;
  readonly inspections: ImportCount;
  /** Why rows, or parts of them, did not come in. */
  readonly refusals: readonly Refusal[];
  /** What came in and should be looked at. */
  readonly remarks: readonly Refusal[];
}

type Outcome = keyof ImportCount;

/** Counts one kind by what happened first: what was added and then met again was added. */
export class Tally {
  readonly #outcomes = new Map<string, Outcome>();

  meet(key: string): void {
    if (!this.#outcomes.has(key)) this.#outcomes.set(key, 'unchanged');
  }

  add(key: string): void {
    this.#outcomes.set(key, 'added');
  }

  change(key: string): void {
    if (this.#outcomes.get(key) !== 'added') this.#outcomes.set(key, 'changed');
  }

  count(): ImportCount {
    const count = { added: 0, changed: 0, unchanged: 0 };
    for (const outcome of this.#outcomes.values()) count[outcome] += 1;
    return count;
  }
}
