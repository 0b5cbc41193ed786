import { setImmediate } from 'node:timers/promises';
import { badInput, isId, londonDate, notFound } from '@accord/kernel';
import { once, Paging, type Connection, type Operation, type PageArgs } from '@accord/access';
import { examineOfstedFile, type ColumnMeaning, type ImportCount } from '@accord/providers';
import type { EntityManager } from '@mikro-orm/postgresql';
import { RegulatorFinding, RegulatorImport, RegulatorImportChange } from './import.entity.js';
import { storeImport, type NewImport } from './import-store.js';
import type { ImportRegulatorFileInput } from './inputs.js';
import { RegulatorImportKind, RegulatorImportOutcome, type RegulatorFindingKind } from './vocabulary.js';

const PIECE_BYTES = 65_536;

/** The alliance's imports of the regulator's files. */
export class ImportService {
  constructor(private readonly op: Operation) {}

  /**
   * Looks at a file, keeps it and queues its import. What is another file or damaged is refused here, and leaves
   * nothing.
   */
  async queue(input: ImportRegulatorFileInput): Promise<RegulatorImport> {
    const { file, asAt, dryRun, columns, idempotencyKey } = input;
    const told = { file: { name: file.name, hash: file.hash }, asAt, dryRun, columns, idempotencyKey };
    const id = await once(this.op, 'importRegulatorFile', told, async (importId) => {
      const { displayName } = await this.op.caller();
      const brought: BroughtFile = {
        fileName: file.name,
        content: file.content,
        meanings: (columns ?? []).map(({ name, meaning }) => ({ name, meaning: meaning ?? null })),
        asAt: asAt ?? null,
        dryRun: dryRun ?? false,
        requestedBy: displayName,
      };
      await prepareImport(this.op.em, importId, brought, 'input.');
      this.op.wake('imports');
    });
    return this.one(id);
  }

  /** @throws `NOT_FOUND` for an id that is none, too. */
  async one(id: string): Promise<RegulatorImport> {
    const found = isId(id) ? await this.op.em.findOne(RegulatorImport, id) : null;
    if (!found) throw notFound('import');
    return found;
  }

  async list({ first, after }: PageArgs): Promise<Connection<RegulatorImport>> {
    const { paging, size, place } = await this.#paging('regulator imports', null, first, after);
    const [at, id] = place;
    const before = new Date(String(at));
    const beyond =
      at === undefined || id === undefined
        ? {}
        : { $or: [{ requestedAt: { $lt: before } }, { requestedAt: before, id: { $lt: String(id) } }] };
    const rows = await this.op.em.find(RegulatorImport, beyond, {
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

  /** What is wrong with the file's rows, in its order. */
  async findings(
    importId: string,
    kind: RegulatorFindingKind | null,
    { first, after }: PageArgs,
  ): Promise<Connection<RegulatorFinding>> {
    const { paging, size, place } = await this.#paging('regulator findings', { importId, kind }, first, after);
    const [line, number] = place;
    const rows = await this.op.em.find(
      RegulatorFinding,
      {
        importId,
        ...(kind !== null && { kind }),
        ...(line !== undefined &&
          number !== undefined && {
            $or: [{ line: { $gt: Number(line) } }, { line: Number(line), number: { $gt: String(number) } }],
          }),
      },
      { orderBy: { line: 'asc', number: 'asc' }, limit: size + 1 },
    );
    return paging.page(
      rows,
      size,
      (row) => [row.line, String(row.number)],
      (row) => row,
    );
  }

  /** What an import added and changed. */
  async changes(
    importId: string,
    kind: RegulatorImportKind | null,
    { first, after }: PageArgs,
  ): Promise<Connection<RegulatorImportChange>> {
    const { paging, size, place } = await this.#paging('regulator changes', { importId, kind }, first, after);
    const [afterKind, afterKey] = place.map(String) as [RegulatorImportKind?, string?];
    const rows = await this.op.em.find(
      RegulatorImportChange,
      {
        importId,
        outcome: { $ne: RegulatorImportOutcome.UNCHANGED },
        ...(kind !== null && { kind }),
        ...(afterKind !== undefined &&
          afterKey !== undefined && {
            $and: [{ $or: [{ kind: { $gt: afterKind } }, { kind: afterKind, key: { $gt: afterKey } }] }],
          }),
      },
      { orderBy: { kind: 'asc', key: 'asc' }, limit: size + 1 },
    );
    return paging.page(
      rows,
      size,
      (row) => [row.kind, row.key],
      (row) => row,
    );
  }

  async #paging(list: string, filter: unknown, first: number, after: string | null | undefined) {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, list, filter);
    return { paging, size: paging.size(first), place: paging.after(after) ?? [] };
  }
}

/** How many of a kind an import has added, changed and left as they were, so far. */
export function countOf({ counts }: RegulatorImport, kind: RegulatorImportKind): ImportCount {
  const { ADDED: added = 0, CHANGED: changed = 0, UNCHANGED: unchanged = 0 } = counts[kind] ?? {};
  return { added, changed, unchanged };
}

/** What somebody brings; the day as of which it tells may be for the file to say. */
export interface BroughtFile extends Omit<NewImport, 'id' | 'asAt' | 'rows' | 'meanings'> {
  readonly meanings: readonly ColumnMeaning[];
  readonly asAt: string | null;
}

/**
 * Looks at a file to its end, and keeps it for its import.
 * @param path of the input, for errors.
 * @throws AccordError `BAD_USER_INPUT` on `file` or `asAt`.
 */
export async function prepareImport(
  em: EntityManager,
  id: string,
  brought: BroughtFile,
  path = '',
): Promise<NewImport> {
  const { content, meanings } = brought;
  const { rows, asAt: told } = await examineOfstedFile(pieces(content), { meanings });
  const asAt = brought.asAt ?? told;
  if (asAt === null) {
    throw badInput(
      `${path}asAt`,
      'The file does not say as of which day it tells: give that day. For the year 2019-20 it is 2020-03-31.',
    );
  }
  if (asAt > londonDate(new Date()))
    throw badInput(`${path}asAt`, `A file cannot tell as of ${asAt}, which is to come.`);
  const file = { ...brought, id, asAt, rows };
  await storeImport(em, file);
  return file;
}

/** A file a piece at a time, and others' requests between any two: reading all of a hostile one takes seconds. */
async function* pieces(content: Buffer): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < content.length; start += PIECE_BYTES) {
    yield content.subarray(start, start + PIECE_BYTES);
    await setImmediate();
  }
}
