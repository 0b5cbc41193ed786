import type { Refusal } from '../import/refusal.js';
import { COLUMNS, type UseRow } from './use-file.js';
import { UseImportOutcome } from './vocabulary.js';

/** A home, or a provider that has none (fostering): what a number of young people is about. */
export interface Used {
  readonly providerId: string;
  readonly homeId: string | null;
  readonly label: string;
}

/** What a borough has recorded already. */
export interface KnownUse extends Used {
  readonly youngPeople: number;
  /** `YYYY-MM-DD`. */
  readonly asAt: string;
}

/** A row, and what the register knows by what stands in it: one, none or several. */
export interface MatchedRow {
  readonly row: UseRow;
  readonly found: readonly Used[];
}

/** What becomes of one home, or of one row that is about none. */
export interface UseChange {
  readonly outcome: UseImportOutcome;
  readonly used: Used | null;
  readonly line: number | null;
  readonly column: string | null;
  readonly reason: string | null;
  readonly before: number | null;
  readonly after: number | null;
}

/** @returns what tells one home, or provider without homes, from another. */
export const keyOf = ({ providerId, homeId }: Used): string => homeId ?? providerId;

/**
 * What a file does to a borough's numbers. Nothing is written here.
 *
 * - What is known as of a later day stays: an older file never undoes a newer one.
 * - A row that is refused changes nothing, and the home that it is about is not missing.
 * - Homes in use that the file does not name are ended only where it says that it is whole, and then only if of every
 *   row it is known which home it is about: one that is not could be about any of them.
 */
export function changesOf(
  rows: readonly MatchedRow[],
  unread: readonly Refusal[],
  known: readonly KnownUse[],
  file: { readonly asAt: string; readonly isComplete: boolean },
): UseChange[] {
  const matched = rows.map((row) => ({ ...row, used: row.found.length === 1 ? (row.found[0] ?? null) : null }));
  const linesOf = Map.groupBy(
    matched.flatMap(({ row, used }) => (used ? [{ line: row.line, key: keyOf(used) }] : [])),
    ({ key }) => key,
  );
  const knownBy = new Map(known.map((use) => [keyOf(use), use]));
  const changes = matched.map(({ row, found, used }): UseChange => {
    if (!used) return refused(row.line, ...unmatched(row, found.length));
    const lines = (linesOf.get(keyOf(used)) ?? []).map(({ line }) => line);
    if (lines.length > 1) {
      const others = lines.filter((line) => line !== row.line).join(', ');
      return {
        ...refused(row.line, COLUMNS.youngPeople.title, `This home is on line ${others}, too: give one number.`),
        used,
      };
    }
    return settle(row, used, knownBy.get(keyOf(used)), file.asAt);
  });
  const unreadChanges = unread.map(({ line, column, reason }) => refused(line, column, reason));
  const isSure = unread.length === 0 && matched.every(({ used }) => used !== null);
  const missing = known
    .filter((use) => use.youngPeople > 0 && use.asAt <= file.asAt && !linesOf.has(keyOf(use)))
    .map((use): UseChange => {
      const ends = file.isComplete && isSure;
      return {
        outcome: ends ? UseImportOutcome.ENDED : UseImportOutcome.MISSING,
        used: use,
        line: null,
        column: null,
        reason: ends ? null : file.isComplete ? NOT_SURE : NOT_WHOLE,
        before: use.youngPeople,
        after: ends ? 0 : use.youngPeople,
      };
    });
  const inFile = [...changes, ...unreadChanges].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return [...inFile, ...missing];
}

const NOT_WHOLE = 'The file does not name it, and does not say that it is whole ("COMPLETE" and its number of rows).';
const NOT_SURE =
  'The file does not name it; but of some row it is not known which home it is about. Put that right first.';

function settle(row: UseRow, used: Used, before: KnownUse | undefined, asAt: string): UseChange {
  const was = before?.youngPeople ?? 0;
  const told = { used, line: row.line, column: null, reason: null, before: before?.youngPeople ?? null };
  if (before && before.asAt > asAt) {
    const reason = `is known as of ${before.asAt}, which is later: it stays.`;
    return { ...told, outcome: UseImportOutcome.OLDER, column: COLUMNS.youngPeople.title, reason, after: was };
  }
  return { ...told, outcome: outcomeOf(was, row.youngPeople), after: row.youngPeople };
}

function outcomeOf(before: number, after: number): UseImportOutcome {
  if (before === after) return UseImportOutcome.UNCHANGED;
  if (before === 0) return UseImportOutcome.ADDED;
  return after === 0 ? UseImportOutcome.ENDED : UseImportOutcome.CHANGED;
}

const refused = (line: number, column: string, reason: string): UseChange => ({
  outcome: UseImportOutcome.REFUSED,
  used: null,
  line,
  column,
  reason,
  before: null,
  after: null,
});

function unmatched(row: UseRow, found: number): [column: string, reason: string] {
  const column =
    row.homeId !== null ? COLUMNS.homeId.title : row.reference !== null ? COLUMNS.reference.title : COLUMNS.home.title;
  if (found > 1) return [column, `is that of ${found} homes: give their "${COLUMNS.homeId.title}".`];
  return [column, 'is not in the register. Look it up, or ask the alliance’s accreditation officer to add it.'];
}
