import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery, type Transaction } from 'kysely';
import pg from 'pg';

/** Statements that a connection keeps prepared. Each keeps its plan in the server: beyond these they are planned anew. */
const MOST_PREPARED = 200;

/**
 * Runs SQL of our own with its values bound, `?` in order, and gives the rows.
 *
 * The ORM writes values into the text, so that every statement is planned anew; a statement behind the
 * audience's policy takes some ten times as long to plan as to run. Bound values keep the text the same, and
 * `PreparingClient` then plans it once per connection.
 * @param em in a transaction; outside of one it is left to the ORM, which opens a short one for the statement.
 */
export async function execute<T extends object>(
  em: EntityManager,
  sql: string,
  values: readonly unknown[] = [],
): Promise<T[]> {
  const transaction = em.getTransactionContext<Transaction<unknown>>();
  if (transaction === undefined) return em.execute<T[]>(sql, [...values]);
  const bound = [...values];
  toPrepare.add(bound);
  const { rows } = await transaction.executeQuery<T>(CompiledQuery.raw(numbered(sql), bound));
  return rows;
}

/** Runs statements of our own one after another with nobody else's in between. `em` must be inside a transaction. */
export async function executeTogether(
  em: EntityManager,
  statements: readonly (readonly [sql: string, values: readonly unknown[]])[],
): Promise<object[][]> {
  const transaction = em.getTransactionContext<Transaction<unknown>>();
  if (transaction === undefined) throw new Error('Statements that belong together need a transaction.');
  return transaction.getExecutor().provideConnection(async (connection) => {
    const results: object[][] = [];
    for (const [sql, values] of statements) {
      const bound = [...values];
      toPrepare.add(bound);
      const { rows } = await connection.executeQuery<object>(CompiledQuery.raw(numbered(sql), bound));
      results.push(rows);
    }
    return results;
  });
}

/** The values of statements that `execute` sends: their texts are few and come again, the ORM's own are not. */
const toPrepare = new WeakSet<object>();

const numberedTexts = new Map<string, string>();

function numbered(sql: string): string {
  let text = numberedTexts.get(sql);
  if (text === undefined) {
    let count = 0;
    text = sql.replaceAll('?', () => `$${(count += 1)}`);
    if (numberedTexts.size < MOST_PREPARED * 10) numberedTexts.set(sql, text);
  }
  return text;
}

type Query = (...all: unknown[]) => unknown;

/** A connection that prepares what `execute` sends: the server then plans it once and not each time. */
export class PreparingClient extends pg.Client {
  readonly #names = new Map<string, string>();

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as Query;
    const prepare: Query = (text, values, ...rest) => {
      const name =
        typeof text === 'string' && Array.isArray(values) && values.length > 0 ? this.#nameOf(text) : undefined;
      return name === undefined ? query(text, values, ...rest) : query({ name, text, values }, ...rest);
    };
    this.query = prepare as typeof this.query;
  }

  #nameOf(text: string): string | undefined {
    let name = this.#names.get(text);
    if (name === undefined && this.#names.size < MOST_PREPARED) {
      name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
      this.#names.set(text, name);
    }
    return name;
  }
}
