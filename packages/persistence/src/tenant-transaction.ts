import { IsolationLevel } from '@mikro-orm/core';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { ROLE } from './roles.js';
import { execute, executeInARow, type Select } from './statement.js';

/** In whose name the database is asked. */
export interface TenantScope {
  readonly tenantId: string;
  /** The person or machine; what belongs to one of them (an inbox) is bound to it. Null where the tenant is enough. */
  readonly callerId: string | null;
}

export type TransactionMode =
  /** One snapshot for the whole of a query operation. */
  | 'read'
  /** Read committed: a mutation waits for whoever holds the provider and then sees what they did. */
  | 'write';

const OPTIONS = {
  read: { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true },
  write: { isolationLevel: IsolationLevel.READ_COMMITTED },
} as const;

/** An entity manager whose every statement is bound to the tenant; outside a transaction each has a short one of its own. */
export const tenantFork = (orm: MikroORM, { tenantId, callerId }: TenantScope): EntityManager =>
  orm.em.fork({ session: { variables: { 'app.tenant': tenantId, 'app.caller': callerId ?? '' } } });

/**
 * A transaction bound to one tenant: the row policies see it from the first statement to the last.
 * The settings are local to the transaction, so the pooled connection keeps nothing of it.
 */
export class TenantTransaction {
  readonly #em: EntityManager;

  private constructor(em: EntityManager) {
    this.#em = em;
  }

  static async open(orm: MikroORM, scope: TenantScope, mode: TransactionMode): Promise<TenantTransaction> {
    const em = tenantFork(orm, scope);
    await em.begin(OPTIONS[mode]);
    return new TenantTransaction(em);
  }

  /**
   * Opens a transaction whose first statement binds it and reads something in that scope: one way to the
   * server and back where `open` has two. Until it has run, the transaction finds no tenant and so no row.
   * @param select selects under the scope; it may ask `bound.tenant` and `bound.caller`, and binds `values`.
   */
  static async openReading<T extends object>(
    orm: MikroORM,
    scope: TenantScope,
    mode: TransactionMode,
    select: string,
    values: readonly unknown[],
  ): Promise<{ transaction: TenantTransaction; rows: T[] }> {
    const em = orm.em.fork();
    await em.begin(OPTIONS[mode]);
    const transaction = new TenantTransaction(em);
    try {
      // `offset 0` keeps the planner from looking at anything inside before the scope is bound.
      const rows = await execute<T>(
        em,
        `with bound as materialized (
           select set_config('app.tenant', ?, true) as tenant, set_config('app.caller', ?, true) as caller
         ) select seen.* from bound cross join lateral (${select} offset 0) seen`,
        [scope.tenantId, scope.callerId ?? '', ...values],
      );
      return { transaction, rows };
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }

  /** Runs `work` in a transaction of its own: committed when it resolves, rolled back when it rejects. */
  static async run<T>(
    orm: MikroORM,
    scope: TenantScope,
    mode: TransactionMode,
    work: (em: EntityManager) => Promise<T>,
  ): Promise<T> {
    const transaction = await TenantTransaction.open(orm, scope, mode);
    return transaction.ending(mode, () => work(transaction.em));
  }

  /** Does the last of the work: committed or, for what only read, merely ended when it resolves; rolled back when it rejects. */
  async ending<T>(mode: TransactionMode, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      await (mode === 'write' ? this.commit() : this.rollback());
      return result;
    } catch (error) {
      await this.rollback();
      throw error;
    }
  }

  get em(): EntityManager {
    return this.#em;
  }

  /** Runs `work` behind a savepoint: when it rejects, what it wrote is gone and the transaction goes on. */
  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    await execute(this.#em, 'savepoint root_field');
    try {
      const result = await work();
      await this.#em.flush();
      await execute(this.#em, 'release savepoint root_field');
      return result;
    } catch (error) {
      await execute(this.#em, 'rollback to savepoint root_field');
      this.#em.clear();
      throw error;
    }
  }

  /**
   * @throws Error when the database had already given the transaction up: PostgreSQL answers COMMIT with
   * ROLLBACK then, without an error, and a client would be told that its write was kept.
   */
  async commit(): Promise<void> {
    await execute(this.#em, 'select 1');
    await this.#em.commit();
  }

  async rollback(): Promise<void> {
    await this.#em.rollback();
  }
}

/**
 * Runs `work` in a transaction without a tenant: for what asks as the audience role, and for the worker.
 * (Not the ORM's `transactional`: it keeps its context in asynchronous local storage, and from the first use on
 * Node follows every promise of the process.)
 */
export async function inTransaction<T>(orm: MikroORM, work: (em: EntityManager) => Promise<T>): Promise<T> {
  const em = orm.em.fork();
  await em.begin();
  try {
    const result = await work(em);
    await em.commit();
    return result;
  } catch (error) {
    await em.rollback();
    throw error;
  }
}

/**
 * Runs one statement as the audience role, which sees ids, levels and dates of every tenant and no content: nothing
 * else of the transaction runs as that role. `em` must be inside a transaction.
 */
export async function asAudience<T extends object>(
  em: EntityManager,
  sql: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  // After a failed statement the transaction is over, and its role with it.
  const [, rows = []] = await executeInARow<T>(em, [
    { sql: `set local role ${ROLE.audience}`, values: [] },
    { sql, values },
    { sql: 'set local role none', values: [] },
  ]);
  return rows;
}

/**
 * Asks several things in a tenant's name with one statement, in a transaction of its own that only reads.
 * @returns the rows of each by its name, as JSON has them.
 */
export async function readTogether(
  orm: MikroORM,
  scope: TenantScope,
  parts: Readonly<Record<string, Select>>,
): Promise<<T extends object>(part: string) => T[]> {
  const { sql, values } = together(parts);
  const { transaction, rows } = await TenantTransaction.openReading<PartRow>(orm, scope, 'read', sql, values);
  // It wrote nothing: its end is not waited for.
  transaction.rollback().catch(() => undefined);
  return <T extends object>(part: string) => rows.flatMap((answer) => (answer.part === part ? [answer.row as T] : []));
}

interface PartRow {
  part: string;
  row: object;
}

/** Several questions as one statement: a row of any is `{ part, row }`, the row as JSON. */
function together(parts: Readonly<Record<string, Select>>): Select {
  const selects = Object.entries(parts);
  return {
    sql: selects
      .map(([part, { sql }]) => `select '${part}' as part, to_jsonb(x) as row from (${sql}) x`)
      .join(' union all '),
    values: selects.flatMap(([, { values }]) => values),
  };
}

/** Runs one statement as the audience role, in a transaction of its own that only reads. */
export async function readAsAudience<T extends object>(
  orm: MikroORM,
  sql: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  const em = orm.em.fork();
  await em.begin(OPTIONS.read);
  try {
    return await asAudience<T>(em, sql, values);
  } finally {
    // It wrote nothing: its end is not waited for. A connection on which it fails is cut off, and given up by the pool.
    em.rollback().catch(() => undefined);
  }
}

/**
 * Locks a provider until the transaction ends, so that what happens to it is committed in the order in
 * which it is recorded. An advisory lock and not the row's: those who may flag a provider may not change it.
 */
export const lockProvider = (em: EntityManager, providerId: string): Promise<void> =>
  lockName(em, `provider ${providerId}`);

/** Locks a name until the transaction ends: whoever checks that it is free may then take it. */
export async function lockName(em: EntityManager, name: string): Promise<void> {
  await execute(em, 'select pg_advisory_xact_lock(hashtextextended(?, 0))', [name]);
}
