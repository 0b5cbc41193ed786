import { AccordError, reasonOf } from '@accord/kernel';
import { execute, TenantTransaction } from '@accord/persistence';
import { IMPORT_LOCK, OfstedImport, readBatches, type BatchResult, type OfstedBatch } from '@accord/providers';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { BATCH_TRIES, MOST_TRIES } from './figures.js';
import {
  checkpoint,
  finish,
  keepResult,
  noteProgress,
  storedFile,
  takeInHand,
  type ImportInHand,
} from './import-store.js';
import { tellOf, type RaisedFlag } from './telling.js';

/** `deadlock_detected` and `serialization_failure`: nothing was written, and nothing is wrong. */
const WRITTEN_MEANWHILE: readonly unknown[] = ['40P01', '40001'];

export interface RunOptions {
  /** Wait for another import to end; else leave at once, for whoever asks again later. */
  readonly waits?: boolean;
  /** Is told after each batch how many rows have been gone through. What it tells of is committed. */
  readonly onProgress?: (rowsDone: number) => void;
  readonly now?: () => Date;
}

/**
 * Brings a kept file into the register, a batch at a time, each with its checkpoint in one transaction: killed at any
 * moment it is gone on with from there, and nobody is told twice. May be called again for an import that is done.
 *
 * @param orm of the gateway's or the worker's role, with two connections at least: one holds the lease.
 * @returns whether it had the lease: without it, somebody else is at work.
 */
export async function runImport(
  orm: MikroORM,
  allianceId: string,
  importId: string,
  { waits = false, onProgress = () => undefined, now = () => new Date() }: RunOptions = {},
): Promise<boolean> {
  const scope = { tenantId: allianceId, callerId: null };
  // Held by a transaction, which ends with the process: no lease outlives who had it.
  return TenantTransaction.run(orm, scope, 'write', async (lease) => {
    if (!(await take(lease, waits))) return false;
    const inHand = await TenantTransaction.run(orm, scope, 'write', (em) => takeInHand(em, importId));
    if (!inHand) return true;
    const end = (problem: string | null) =>
      TenantTransaction.run(orm, scope, 'write', (em) => finish(em, importId, problem));
    if (inHand.tries > MOST_TRIES) {
      await end(
        `Given up after ${MOST_TRIES} tries that got no further; what came in before stays. Import the file again; if that fails too, report it with this import’s id.`,
      );
      return true;
    }
    const run = new Run(orm, lease, allianceId, inHand, onProgress, now);
    try {
      await (inHand.dryRun ? run.rehearse() : run.perform());
    } catch (error) {
      if (!(error instanceof AccordError)) throw error;
      await end(reasonOf(error));
      return true;
    }
    await end(null);
    return true;
  });
}

async function take(em: EntityManager, waits: boolean): Promise<boolean> {
  const lock = waits ? 'pg_advisory_xact_lock' : 'pg_try_advisory_xact_lock';
  const [row] = await execute<{ held: unknown }>(em, `select ${lock}(hashtextextended(?, 0)) as held`, [IMPORT_LOCK]);
  return waits || row?.held === true;
}

class Run {
  readonly #import: OfstedImport;

  constructor(
    private readonly orm: MikroORM,
    private readonly lease: EntityManager,
    private readonly allianceId: string,
    private readonly inHand: ImportInHand,
    private readonly onProgress: (rowsDone: number) => void,
    private readonly now: () => Date,
  ) {
    this.#import = new OfstedImport(inHand.asAt, { locksProviders: !inHand.dryRun });
  }

  /** Writes batch by batch, from the checkpoint on. */
  async perform(): Promise<void> {
    let done = this.inHand.rowsDone;
    for await (const batch of this.#batches(done)) {
      const from = done;
      await this.#again(() =>
        this.#inTransaction(async (em) => {
          const { result, flags } = await this.#write(em, batch);
          await keepResult(em, this.inHand.id, batch, result, flags);
          await checkpoint(em, this.inHand.id, from, batch.rowsRead, batch.refusedRows + result.refusedRows);
        }),
      );
      done = batch.rowsRead;
      this.onProgress(done);
    }
  }

  /** Does all of it in the lease's transaction, takes it back, and keeps what it saw. */
  async rehearse(): Promise<void> {
    const seen: { batch: OfstedBatch; result: BatchResult; flags: RaisedFlag[] }[] = [];
    await execute(this.lease, 'savepoint rehearsal');
    for await (const batch of this.#batches(0)) {
      const { result, flags } = await this.#write(this.lease, batch);
      // What it will show, and not the rows themselves.
      seen.push({ batch: { ...batch, rows: [] }, result: { ...result, inspections: [], statuses: [] }, flags });
      await this.#inTransaction((em) => noteProgress(em, this.inHand.id, batch.rowsRead));
      this.onProgress(batch.rowsRead);
    }
    await execute(this.lease, 'rollback to savepoint rehearsal');
    await this.#inTransaction(async (em) => {
      await noteProgress(em, this.inHand.id, 0);
      let from = 0;
      for (const { batch, result, flags } of seen) {
        await keepResult(em, this.inHand.id, batch, result, flags);
        await checkpoint(em, this.inHand.id, from, batch.rowsRead, batch.refusedRows + result.refusedRows);
        from = batch.rowsRead;
      }
    });
  }

  async #write(em: EntityManager, batch: OfstedBatch): Promise<{ result: BatchResult; flags: RaisedFlag[] }> {
    const result = await this.#import.write(em, batch.rows);
    const { isFirstLoad, asAt } = this.inHand;
    return { result, flags: isFirstLoad ? [] : await tellOf(em, this.allianceId, result, asAt, this.now()) };
  }

  #batches(skipRows: number): AsyncGenerator<OfstedBatch> {
    const { id, meanings } = this.inHand;
    return readBatches(storedFile(this.lease, id), { meanings }, skipRows);
  }

  #inTransaction<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return TenantTransaction.run(this.orm, { tenantId: this.allianceId, callerId: null }, 'write', work);
  }

  /** A batch that came upon somebody else's writing is written again: it was rolled back whole. */
  async #again(work: () => Promise<void>): Promise<void> {
    for (let left = BATCH_TRIES; ; left--) {
      try {
        return await work();
      } catch (error) {
        if (left === 1 || !isCollision(error)) throw error;
      }
    }
  }
}

const isCollision = (error: unknown): boolean =>
  error instanceof AccordError
    ? error.code === 'CONFLICT'
    : error instanceof Error && 'code' in error && WRITTEN_MEANWHILE.includes(error.code);
