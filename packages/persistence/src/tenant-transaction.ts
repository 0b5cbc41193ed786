import { setTimeout } from 'node:timers/promises';
import { IsolationLevel } from '@mikro-orm/core';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { PoolClient } from 'pg';
import { ROLE } from './roles.js';
import { execute, executeInARow, sendNoMore, sendOn, willSend, type Select } from './statement.js';

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
   * @param ask asks for more under the scope, which goes out in the same packet.
   */
  static async openReading<T extends object>(
    orm: MikroORM,
    scope: TenantScope,
    mode: TransactionMode,
    select: string,
    values: readonly unknown[],
    ask?: (transaction: TenantTransaction) => void,
  ): Promise<{ transaction: TenantTransaction; rows: T[] }> {
    const em = orm.em.fork();
    await em.begin(OPTIONS[mode]);
    const transaction = new TenantTransaction(em);
    try {
      await willSend(em);
      // `offset 0` keeps the planner from looking at anything inside before the scope is bound.
      const rows = execute<T>(
        em,
        `with bound as materialized (
           select set_config('app.tenant', ?, true) as tenant, set_config('app.caller', ?, true) as caller
         ) select seen.* from bound cross join lateral (${select} offset 0) seen`,
        [scope.tenantId, scope.callerId ?? '', ...values],
      );
      // Should `ask` throw, nobody waits for them.
      rows.catch(() => undefined);
      ask?.(transaction);
      return { transaction, rows: await rows };
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }

  /**
   * Runs `work` in a transaction of its own: committed or, where it only read, merely ended when it resolves; rolled back
   * when it rejects.
   */
  static async run<T>(
    orm: MikroORM,
    scope: TenantScope,
    mode: TransactionMode,
    work: (em: EntityManager) => Promise<T>,
  ): Promise<T> {
    const transaction = await TenantTransaction.open(orm, scope, mode);
    let result: T;
    try {
      result = await work(transaction.em);
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
    await (mode === 'write' ? transaction.commit() : transaction.rollback());
    return result;
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
   * @param last statements that are sent together with the end, in one packet. @returns the rows of each.
   * @throws Error when the database had already given the transaction up: PostgreSQL answers COMMIT with
   * ROLLBACK then, without an error, and a client would be told that its write was kept. Nothing stays open.
   */
  async commit(last: readonly Select[] = []): Promise<object[][]> {
    const isAlive = { sql: 'select 1', values: [] };
    await willSend(this.#em);
    const said = executeInARow(this.#em, [...last, isAlive]);
    sendNoMore(this.#em);
    const [alive, ended] = await Promise.allSettled([said, this.#em.commit()]);
    if (ended.status === 'rejected') await this.#em.rollback().catch(() => undefined);
    for (const each of [alive, ended]) if (each.status === 'rejected') throw each.reason;
    return said;
  }

  async rollback(): Promise<void> {
    sendNoMore(this.#em);
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
 * Runs statements one after the other as a transaction of their own, sent in one packet with its beginning and its end.
 * When one of them fails, nothing is kept. @returns the rows of each.
 */
export async function transact<T extends object>(orm: MikroORM, statements: readonly Select[]): Promise<T[][]> {
  const client = await connect(orm);
  try {
    const begun = client.query('begin');
    const sent = sendOn<T>(client, statements);
    const ended = client.query('commit');
    // The connection is let go of when all has been answered.
    await Promise.allSettled([begun, sent, ended]);
    await ended;
    return await sent;
  } finally {
    client.release();
  }
}

/** A connection without an entity manager: to open a transaction of one takes as long as to run what is to be run. */
export const connect = async (orm: MikroORM): Promise<PoolClient> =>
  (await orm.em.getConnection().getNativeClient()).connect();

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
  const [, rows = []] = await executeInARow<T>(em, [AS_AUDIENCE, { sql, values }, AS_ONESELF]);
  return rows;
}

/** From here on, and back: for whoever sends statements of their own with them, in one packet and nothing between. */
export const AS_AUDIENCE: Select = { sql: `set local role ${ROLE.audience}`, values: [] };
export const AS_SEQUENCER: Select = { sql: `set local role ${ROLE.sequencer}`, values: [] };
export const AS_ONESELF: Select = { sql: 'set local role none', values: [] };

/**
 * Locks a provider until the transaction ends, so that what happens to it is committed in the order in
 * which it is recorded. An advisory lock and not the row's: those who may flag a provider may not change it.
 */
export const lockProvider = (em: EntityManager, providerId: string): Promise<void> =>
  lockName(em, `provider ${providerId}`);

/** Locks many providers until the transaction ends, always in the same order: two who do so wait for one another in turn. */
export async function lockProviders(em: EntityManager, providerIds: readonly string[]): Promise<void> {
  if (providerIds.length === 0) return;
  await execute(
    em,
    `select pg_advisory_xact_lock(hashtextextended('provider ' || id, 0))
     from (select distinct value as id from jsonb_array_elements_text(?::jsonb) order by value) ids`,
    [JSON.stringify(providerIds)],
  );
}

/**
 * Locks a name until the transaction ends, unless somebody else goes on holding it: who only looks whether
 * there is work, or is just done with it, is waited for.
 * @param patience in milliseconds. @returns whether it is locked.
 */
export async function tryLockName(em: EntityManager, name: string, patience = 1000): Promise<boolean> {
  for (const until = Date.now() + patience; ; await setTimeout(50)) {
    const [row] = await execute<{ locked: boolean }>(
      em,
      'select pg_try_advisory_xact_lock(hashtextextended(?, 0)) as locked',
      [name],
    );
    if (row?.locked === true) return true;
    if (Date.now() >= until) return false;
  }
}

/** Locks a name until the transaction ends: whoever checks that it is free may then take it. */
export async function lockName(em: EntityManager, name: string): Promise<void> {
  await execute(em, 'select pg_advisory_xact_lock(hashtextextended(?, 0))', [name]);
}
