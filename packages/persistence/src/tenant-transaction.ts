import { execute } from './statement.js';
import { IsolationLevel } from '@mikro-orm/core';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { ROLE } from './roles.js';

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

/** An entity manager whose every statement is bound to the tenant; outside a transaction each has a short one of its own. */
export const tenantFork = (orm: MikroORM, { tenantId, callerId }: TenantScope): EntityManager =>
  orm.em.fork({ session: { variables: { 'app.tenant': tenantId, 'app.caller': callerId ?? '' } } });

/**
 * A transaction bound to one tenant: the row policies see it from the first statement to the last.
 * The settings are local to the transaction, so the pooled connection keeps nothing of it.
 */
export class TenantTransaction {
  #em: EntityManager;

  private constructor(em: EntityManager) {
    this.#em = em;
  }

  static async open(orm: MikroORM, scope: TenantScope, mode: TransactionMode): Promise<TenantTransaction> {
    const em = tenantFork(orm, scope);
    await em.begin(
      mode === 'read'
        ? { isolationLevel: IsolationLevel.REPEATABLE_READ, readOnly: true }
        : { isolationLevel: IsolationLevel.READ_COMMITTED },
    );
    return new TenantTransaction(em);
  }

  /** Runs `work` in a transaction of its own: committed when it resolves, rolled back when it rejects. */
  static async run<T>(
    orm: MikroORM,
    scope: TenantScope,
    mode: TransactionMode,
    work: (em: EntityManager) => Promise<T>,
  ): Promise<T> {
    const transaction = await TenantTransaction.open(orm, scope, mode);
    try {
      const result = await work(transaction.em);
      await transaction.commit();
      return result;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }

  get em(): EntityManager {
    return this.#em;
  }

  /** Runs `work` behind a savepoint: when it rejects, what it wrote is gone and the transaction goes on. */
  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const outer = this.#em;
    try {
      return await outer.transactional((inner) => {
        this.#em = inner;
        return work();
      });
    } finally {
      this.#em = outer;
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
 * Runs one statement as the audience role, which sees ids, levels and dates of every tenant and no
 * content, and comes back to the caller's role. `em` must be inside a transaction.
 */
export async function asAudience<T>(em: EntityManager, read: () => Promise<T>): Promise<T> {
  await execute(em, `set local role ${ROLE.audience}`);
  const result = await read();
  // Not in a `finally`: after a failed statement the transaction is over, and its role with it.
  await execute(em, 'set local role none');
  return result;
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
