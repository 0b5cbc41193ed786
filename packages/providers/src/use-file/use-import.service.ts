import { badInput, isId, londonDate, notFound } from '@accord/kernel';
import { once, Paging, type Connection, type Operation, type PageArgs } from '@accord/access';
import { execute, lockProviders } from '@accord/persistence';
import { inPieces } from '../import/csv-file.js';
import { overRows } from '../import/recordset.js';
import { UseService } from '../use.service.js';
import { changesOf, keyOf, type KnownUse, type UseChange } from './use-change.js';
import { readUseFile, type UseFile } from './use-file.js';
import { UseImport, UseImportLine } from './use-import.entity.js';
import type { ImportUseFileInput } from './use-import.inputs.js';
import { matchRows } from './use-match.js';
import { UseImportOutcome } from './vocabulary.js';

/** A whole file that would end more than half of the homes in use is a wrong file more often than news. */
const FEW_ENDINGS = 3;

const WRITTEN: ReadonlySet<UseImportOutcome> = new Set([
  UseImportOutcome.ADDED,
  UseImportOutcome.CHANGED,
  UseImportOutcome.UNCHANGED,
  UseImportOutcome.ENDED,
]);

/** Brings in a borough's list of the homes that it uses (rules 20): people in numbers, as of a day. */
export class UseImportService {
  constructor(private readonly op: Operation) {}

  /** Once per key; the same file again changes nothing. @throws `BAD_USER_INPUT`, and then nothing of the file is there. */
  async import(input: ImportUseFileInput): Promise<UseImport> {
    const boroughId = await this.op.get(UseService).borough();
    const { file, idempotencyKey } = input;
    const [asAt, dryRun] = [input.asAt ?? null, input.dryRun ?? false];
    const endsMany = input.endsMany ?? false;
    const told = { file: { name: file.name, hash: file.hash }, asAt, dryRun, endsMany, idempotencyKey };
    const id = await once(this.op, 'importUseFile', told, async (importId) => {
      const read = await readUseFile(inPieces(file.content));
      const day = dayOf(read, asAt);
      await this.op.get(UseService).lock(boroughId);
      const changes = await this.#work(boroughId, read, day);
      if (!dryRun) {
        if (!endsMany) refuseManyEndings(changes);
        await this.#write(boroughId, changes, day);
      }
      await this.#keep(importId, boroughId, { file, day, dryRun }, read, changes);
    });
    return this.one(id);
  }

  /** @throws `NOT_FOUND` for an id that is none, and for another borough's. */
  async one(id: string): Promise<UseImport> {
    const found = isId(id) ? await this.op.em.findOne(UseImport, id) : null;
    if (!found) throw notFound('import');
    return found;
  }

  async list({ first, after }: PageArgs): Promise<Connection<UseImport>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'use imports', null);
    const size = paging.size(first);
    const [at, id] = paging.after(after) ?? [];
    const before = new Date(String(at));
    const beyond =
      at === undefined || id === undefined
        ? {}
        : { $or: [{ requestedAt: { $lt: before } }, { requestedAt: before, id: { $lt: String(id) } }] };
    const rows = await this.op.em.find(UseImport, beyond, {
      orderBy: { requestedAt: 'desc', id: 'desc' },
      limit: size + 1,
    });
    return paging.page(
      rows,
      size,
      (row) => [row.requestedAt.toISOString(), row.id],
      (row) => row,
    );
  }

  /** What became of each home and row, in the file's order; the homes that it does not name at the end. */
  async lines(
    importId: string,
    outcomes: readonly UseImportOutcome[] | null,
    { first, after }: PageArgs,
  ): Promise<Connection<UseImportLine>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'use import lines', { importId, outcomes });
    const size = paging.size(first);
    const [number] = paging.after(after) ?? [-1];
    const rows = await this.op.em.find(
      UseImportLine,
      { importId, number: { $gt: Number(number) }, ...(outcomes !== null && { outcome: { $in: [...outcomes] } }) },
      { orderBy: { number: 'asc' }, limit: size + 1 },
    );
    return paging.page(
      rows,
      size,
      (row) => [row.number],
      (row) => row,
    );
  }

  /** What the file does, with every provider locked that it is about: none is merged meanwhile. */
  async #work(boroughId: string, { rows, refusals, isComplete }: UseFile, asAt: string): Promise<UseChange[]> {
    const { em } = this.op;
    const about = [...(await matchRows(em, rows)).flatMap(({ found }) => found), ...(await this.#known(boroughId))];
    await lockProviders(em, [...new Set(about.map(({ providerId }) => providerId))]);
    // As they are under the locks.
    return changesOf(await matchRows(em, rows), refusals, await this.#known(boroughId), { asAt, isComplete });
  }

  async #known(boroughId: string): Promise<KnownUse[]> {
    const rows = await execute<{
      provider_id: string;
      home_id: string | null;
      label: string;
      young_people: number;
      as_at: string;
    }>(
      this.op.em,
      `select n.provider_id, n.home_id, coalesce(h.name, p.name) as label, n.young_people, n.as_at::text as as_at
       from placement_number n join provider p on p.id = n.provider_id left join home h on h.id = n.home_id
       where n.borough_id = ? order by coalesce(h.name, p.name), n.id`,
      [boroughId],
    );
    return rows.map((row) => ({
      providerId: row.provider_id,
      homeId: row.home_id,
      label: row.label,
      youngPeople: row.young_people,
      asAt: row.as_at,
    }));
  }

  async #write(boroughId: string, changes: readonly UseChange[], asAt: string): Promise<void> {
    const numbers = changes.flatMap(({ outcome, used, before, after }) =>
      // Nobody where nothing is recorded: there is nothing to say.
      used && WRITTEN.has(outcome) && (before !== null || after !== 0)
        ? [{ provider_id: used.providerId, home_id: used.homeId, young_people: after }]
        : [],
    );
    await this.op.get(UseService).writeNumbers(boroughId, numbers, asAt);
  }

  async #keep(
    id: string,
    boroughId: string,
    { file, day, dryRun }: { file: ImportUseFileInput['file']; day: string; dryRun: boolean },
    { rows, refusals, isComplete }: UseFile,
    changes: readonly UseChange[],
  ): Promise<void> {
    const { displayName } = await this.op.caller();
    const refusedLines = new Set(refusals.map(({ line }) => line));
    await this.op.em
      .persist(
        this.op.em.create(UseImport, {
          id,
          boroughId,
          fileName: file.name,
          fileHash: file.hash,
          asAt: day,
          dryRun,
          isComplete,
          rows: rows.length + refusedLines.size,
          counts: countsOf(changes),
          requestedBy: displayName,
          requestedAt: new Date(),
        }),
      )
      .flush();
    await overRows(
      this.op.em,
      `insert into use_import_line (import_id, number, borough_id, outcome, line, column_name, reason, label, home_id, before, after)
       select import_id, number, borough_id, outcome, line, column_name, reason, label, home_id, before, after
       from :rows as v(import_id uuid, number int, borough_id uuid, outcome text, line int, column_name text, reason text,
         label text, home_id uuid, before int, after int)`,
      changes.map(({ outcome, used, line, column, reason, before, after }, number) => ({
        import_id: id,
        number,
        borough_id: boroughId,
        outcome,
        line,
        column_name: column,
        reason,
        label: used?.label ?? null,
        home_id: used?.homeId ?? null,
        before,
        after,
      })),
    );
  }
}

function dayOf({ asAt: told }: UseFile, given: string | null): string {
  if (told !== null && given !== null && told !== given)
    throw badInput('input.asAt', `The file tells as of ${told}: leave this out, or send the file of ${given}.`);
  const day = told ?? given;
  if (day === null)
    throw badInput('input.asAt', 'The file has no column "As at": give the day as of which its numbers hold.');
  if (day > londonDate(new Date())) throw badInput('input.asAt', `A file cannot tell as of ${day}, which is to come.`);
  return day;
}

function refuseManyEndings(changes: readonly UseChange[]): void {
  const unnamed = changes.filter(({ outcome, line }) => outcome === UseImportOutcome.ENDED && line === null).length;
  const inUse = new Set(changes.flatMap(({ used, before }) => (used && (before ?? 0) > 0 ? [keyOf(used)] : []))).size;
  if (unnamed < FEW_ENDINGS || unnamed * 2 <= inUse) return;
  throw badInput(
    'input.endsMany',
    `This file would end ${unnamed} of the ${inUse} homes in use, whose warnings would no longer reach the borough. See in a dry run which; if that is right, send it again with endsMany.`,
  );
}

function countsOf(changes: readonly UseChange[]): Partial<Record<UseImportOutcome, number>> {
  const counts: Partial<Record<UseImportOutcome, number>> = {};
  for (const { outcome } of changes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
