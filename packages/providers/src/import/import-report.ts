import type { Refusal } from './refusal.js';

/** How many of one kind a file has, by what became of them. Each is counted once, however many rows speak of it. */
export interface ImportCount {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** What an import did, or would do. */
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

export type ImportedKind = 'PROVIDER' | 'HOME' | 'REGISTRATION' | 'INSPECTION';
export type ImportedOutcome = 'ADDED' | 'CHANGED' | 'UNCHANGED';

/** A field of a row that the file changed, before and after, in words. */
export interface Difference {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What became of one provider, home, registration or inspection. */
export interface Imported {
  readonly kind: ImportedKind;
  /** Tells it from others of its kind, in one import. */
  readonly key: string;
  readonly outcome: ImportedOutcome;
  /** How a person knows it. */
  readonly label: string;
  readonly differences: readonly Difference[];
}

/** Keeps what became of each by what happened first: what was added and then met again was added. */
export class Tally {
  readonly #imported = new Map<string, Imported>();

  constructor(private readonly kind: ImportedKind) {}

  meet(key: string, label: string): void {
    if (!this.#imported.has(key)) this.#keep(key, 'UNCHANGED', label, []);
  }

  add(key: string, label: string): void {
    this.#keep(key, 'ADDED', label, []);
  }

  change(key: string, label: string, differences: readonly Difference[]): void {
    if (this.#imported.get(key)?.outcome !== 'ADDED') this.#keep(key, 'CHANGED', label, differences);
  }

  /** Everything that was met since this was last called. */
  take(): Imported[] {
    const taken = [...this.#imported.values()];
    this.#imported.clear();
    return taken;
  }

  #keep(key: string, outcome: ImportedOutcome, label: string, differences: readonly Difference[]): void {
    this.#imported.set(key, { kind: this.kind, key, outcome, label, differences });
  }
}

/** A row as PostgreSQL gives it, as JSON. */
export type RowState = Readonly<Record<string, unknown>>;

/** Which of these fields differ. @param before null where the row was not there. */
export function differencesOf(before: RowState | null, after: RowState, fields: readonly string[]): Difference[] {
  return fields
    .map((field) => ({ field, before: inWords(before?.[field]), after: inWords(after[field]) }))
    .filter((difference) => difference.before !== difference.after);
}

function inWords(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((item) => inWords(item) ?? '').join(', ');
  if (typeof value === 'object' && 'aspect' in value && 'judgement' in value)
    return `${String(value.aspect)}: ${String(value.judgement)}`;
  return JSON.stringify(value);
}
