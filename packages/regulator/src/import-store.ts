import { createHash } from 'node:crypto';
import { execute } from '@accord/persistence';
import type { BatchResult, ColumnMeaning, Imported, OfstedBatch } from '@accord/providers';
import type { EntityManager } from '@mikro-orm/postgresql';
import { PART_BYTES } from './figures.js';
import type { RaisedFlag } from './telling.js';
import { RegulatorFindingKind, RegulatorImportKind, RegulatorImportOutcome } from './vocabulary.js';

/** A file to be kept until it has come in. */
export interface NewImport {
  readonly id: string;
  readonly fileName: string;
  readonly content: Buffer;
  readonly meanings: readonly ColumnMeaning[];
  readonly asAt: string;
  readonly dryRun: boolean;
  readonly rows: number;
  readonly requestedBy: string;
}

/** What the worker needs to know of an import. */
export interface ImportInHand {
  readonly id: string;
  readonly meanings: readonly ColumnMeaning[];
  readonly asAt: string;
  readonly dryRun: boolean;
  readonly rowsDone: number;
  readonly isFirstLoad: boolean;
  readonly tries: number;
}

const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Keeps a file and queues its import, in the transaction of whoever brings it. @param em in the alliance's name. */
export async function storeImport(em: EntityManager, file: NewImport): Promise<void> {
  await execute(
    em,
    `insert into regulator_import (id, file_name, file_hash, meanings, as_at, dry_run, state, rows, rows_done,
       refused_rows, counts, tries, requested_by, requested_at)
     values (?, ?, ?, ?::jsonb, ?::date, ?, 'QUEUED', ?, 0, 0, '{}', 0, ?, now())`,
    [
      file.id,
      file.fileName,
      hashOf(file.content),
      JSON.stringify(file.meanings),
      file.asAt,
      file.dryRun,
      file.rows,
      file.requestedBy,
    ],
  );
  for (let number = 0; number * PART_BYTES < file.content.length; number++) {
    const part = file.content.subarray(number * PART_BYTES, (number + 1) * PART_BYTES);
    await execute(em, 'insert into regulator_import_part (import_id, number, content) values (?, ?, ?)', [
      file.id,
      number,
      part,
    ]);
  }
}

/** An import of the same file that was begun and not ended, to go on with. */
export async function unfinishedImport(
  em: EntityManager,
  content: Buffer,
  dryRun: boolean,
): Promise<{ readonly id: string; readonly rows: number } | undefined> {
  const [row] = await execute<{ id: string; rows: number }>(
    em,
    `select id, rows from regulator_import where state in ('QUEUED', 'RUNNING') and file_hash = ? and dry_run = ?
     order by requested_at limit 1`,
    [hashOf(content), dryRun],
  );
  return row;
}

/** The kept file, a piece at a time. */
export async function* storedFile(em: EntityManager, importId: string): AsyncGenerator<Uint8Array> {
  for (let number = 0; ; number++) {
    const [part] = await execute<{ content: Buffer }>(
      em,
      'select content from regulator_import_part where import_id = ? and number = ?',
      [importId, number],
    );
    if (!part) return;
    yield part.content;
  }
}

/**
 * Takes an import in hand: counts the try, and says from where to go on. A dry run keeps nothing and begins anew.
 * @returns undefined for one that is done, or was never there.
 */
export async function takeInHand(em: EntityManager, importId: string): Promise<ImportInHand | undefined> {
  const [row] = await execute<{
    meanings: readonly ColumnMeaning[];
    as_at: string;
    dry_run: boolean;
    rows_done: number;
    is_first_load: boolean;
    tries: number;
  }>(
    em,
    `update regulator_import set state = 'RUNNING', tries = tries + 1, started_at = coalesce(started_at, now()),
       rows_done = case when dry_run then 0 else rows_done end,
       is_first_load = coalesce(is_first_load, not exists (select from inspection where regulator = 'OFSTED'))
     where id = ? and state in ('QUEUED', 'RUNNING')
     returning meanings, as_at::text as as_at, dry_run, rows_done, is_first_load, tries`,
    [importId],
  );
  if (!row) return undefined;
  const { meanings, tries } = row;
  const [asAt, dryRun, rowsDone, isFirstLoad] = [row.as_at, row.dry_run, row.rows_done, row.is_first_load];
  return { id: importId, meanings, asAt, dryRun, rowsDone, isFirstLoad, tries };
}

/** Keeps what came of a batch. Called in the batch's own transaction, so that neither is there without the other. */
export async function keepResult(
  em: EntityManager,
  importId: string,
  batch: OfstedBatch,
  result: BatchResult,
  flags: readonly RaisedFlag[],
): Promise<void> {
  await keepFindings(em, importId, [
    ...[...batch.refusals, ...result.refusals].map((found) => ({ ...found, kind: RegulatorFindingKind.REFUSED })),
    ...result.remarks.map((found) => ({ ...found, kind: RegulatorFindingKind.TO_LOOK_AT })),
  ]);
  await keepChanges(em, importId, [...result.imported, ...flags.map(flagAsChange)]);
}

/** @throws Error when somebody else has gone on with the same import: nothing of this batch is kept then. */
export async function checkpoint(
  em: EntityManager,
  importId: string,
  from: number,
  to: number,
  refusedRows: number,
): Promise<void> {
  const moved = await execute<{ id: string }>(
    em,
    `update regulator_import set rows_done = ?, refused_rows = refused_rows + ?, tries = 0, counts = ${COUNTS}
     where id = ? and state = 'RUNNING' and rows_done = ? returning id`,
    [to, refusedRows, importId, from],
  );
  if (moved.length === 0) throw new Error('Another worker goes on with this import.');
}

/** Notes how far a dry run has come; it has nothing else to show before its end. */
export async function noteProgress(em: EntityManager, importId: string, rowsDone: number): Promise<void> {
  await execute(em, 'update regulator_import set rows_done = ? where id = ?', [rowsDone, importId]);
}

/** Ends an import: its file is let go, and what did not change is forgotten but for its number. */
export async function finish(em: EntityManager, importId: string, problem: string | null): Promise<void> {
  await execute(
    em,
    `update regulator_import set state = ?, problem = ?, finished_at = now() where id = ? and state in ('QUEUED', 'RUNNING')`,
    [problem === null ? 'DONE' : 'FAILED', problem, importId],
  );
  await execute(em, 'delete from regulator_import_part where import_id = ?', [importId]);
  await execute(
    em,
    `delete from regulator_import_change where import_id = ? and outcome = '${RegulatorImportOutcome.UNCHANGED}'`,
    [importId],
  );
}

const COUNTS = `coalesce((
  select jsonb_object_agg(kind, outcomes) from (
    select kind, jsonb_object_agg(outcome, n) as outcomes from (
      select kind, outcome, count(*) as n from regulator_import_change where import_id = regulator_import.id group by 1, 2
    ) counted group by kind
  ) kinds), '{}')`;

type Change = Omit<Imported, 'kind'> & { readonly kind: `${RegulatorImportKind}` };

const flagAsChange = ({ id, fact }: RaisedFlag): Change => ({
  kind: RegulatorImportKind.FLAG,
  key: id,
  outcome: RegulatorImportOutcome.ADDED,
  label: `${fact.severity} ${fact.summary}`,
  differences: [],
});

/** What is met again in a later batch was there before: it stays what it became first, unless that was nothing. */
async function keepChanges(em: EntityManager, importId: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  await execute(
    em,
    `insert into regulator_import_change (import_id, kind, key, outcome, label, differences)
     select ?::uuid, kind, key, outcome, label, differences
     from jsonb_to_recordset(?::jsonb) as v(kind text, key text, outcome text, label text, differences jsonb)
     on conflict (import_id, kind, key) do update
       set outcome = excluded.outcome, label = excluded.label, differences = excluded.differences
       where regulator_import_change.outcome = 'UNCHANGED' and excluded.outcome = 'CHANGED'`,
    [importId, JSON.stringify(changes)],
  );
}

interface Found {
  readonly kind: RegulatorFindingKind;
  readonly line: number;
  readonly column: string;
  readonly reason: string;
}

async function keepFindings(em: EntityManager, importId: string, findings: readonly Found[]): Promise<void> {
  if (findings.length === 0) return;
  await execute(
    em,
    `insert into regulator_import_finding (import_id, kind, line, column_name, reason)
     select ?::uuid, kind, line, "column", reason
     from jsonb_to_recordset(?::jsonb) as v(kind text, line int, "column" text, reason text)`,
    [importId, JSON.stringify(findings)],
  );
}
