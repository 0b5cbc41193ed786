import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery, type ControlledTransaction, type DatabaseConnection } from 'kysely';
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
  const transaction = em.getTransactionContext<ControlledTransaction<unknown>>();
  if (transaction === undefined) return em.execute<T[]>(sql, [...values]);
  const [rows = []] = await send<T>(transaction, [{ sql, values }]);
  return rows;
}

/**
 * Runs statements one after the other, with nothing else between them: resolvers side by side share a transaction.
 * @returns the rows of each.
 */
export async function executeInARow<T extends object>(
  em: EntityManager,
  statements: readonly Select[],
): Promise<T[][]> {
  const transaction = em.getTransactionContext<ControlledTransaction<unknown>>();
  if (transaction === undefined) throw new Error('Statements in a row need a transaction.');
  return send<T>(transaction, statements);
}

/** The connection of a transaction: the query builder would send one statement only when the one before is answered. */
const connections = new WeakMap<ControlledTransaction<unknown>, DatabaseConnection>();

async function send<T>(transaction: ControlledTransaction<unknown>, statements: readonly Select[]): Promise<T[][]> {
  let connection = connections.get(transaction);
  if (connection === undefined) {
    connection = await transaction.getExecutor().provideConnection((own) => Promise.resolve(own));
    connections.set(transaction, connection);
  }
  // Looked at in the same breath: a connection that was given back may be another tenant's by now.
  if (transaction.isCommitted || transaction.isRolledBack) throw new Error('This transaction has ended.');
  const sender = connection;
  const sent = statements.map(({ sql, values }) => sender.executeQuery<T>({ ...compiled(sql), parameters: values }));
  return (await Promise.all(sent)).map(({ rows }) => rows);
}

/** SQL with its bound values. */
export interface Select {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const compiledQueries = new Map<string, CompiledQuery>();
/** Texts that `execute` sends: they are few and come again, the ORM's own are not. */
const toPrepare = new Set<string>();

function compiled(sql: string): CompiledQuery {
  const known = compiledQueries.get(sql);
  if (known) return known;
  let count = 0;
  const query = CompiledQuery.raw(sql.replaceAll('?', () => `$${(count += 1)}`));
  if (toPrepare.size < MOST_PREPARED * 10) {
    compiledQueries.set(sql, query);
    toPrepare.add(query.sql);
  }
  return query;
}

type Query = (...all: unknown[]) => Promise<unknown>;

const BEGIN_READING = /^start transaction .*read only$/;

/**
 * A connection that prepares what `execute` sends, so that the server plans it once and not each time, and that
 * sends statements without waiting for the answers to those before them (they are answered in order).
 */
export class PreparingClient extends pg.Client {
  /** A switch of `pg`, which its types do not know. */
  declare pipeline: boolean;
  readonly #names = new Map<string, string>();
  readonly #send: Query;
  #isGathering = false;

  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.pipeline = true;
    this.#send = this.query.bind(this) as Query;
    const prepare: Query = (text, ...rest) => {
      this.#gather();
      if (typeof text === 'string' && BEGIN_READING.test(text)) return this.#beginReading(text);
      const name = typeof text === 'string' && toPrepare.has(text) ? this.#nameOf(text) : undefined;
      return name === undefined
        ? this.#send(text, ...rest)
        : this.#send({ name, text, values: rest[0] }, ...rest.slice(1));
    };
    this.query = prepare as typeof this.query;
  }

  /**
   * Begins a transaction without waiting for the answer: its first statement travels in the same packet. Only one
   * that reads. Were it refused, what follows would find no tenant, and so no row; and the connection is given up.
   */
  #beginReading(text: string): Promise<unknown> {
    this.#send(text).catch(() => this.connection.stream.destroy());
    return Promise.resolve({ command: 'START', rowCount: null, rows: [] });
  }

  /** Sends what is asked in one turn of the event loop in one packet: a packet costs more than most statements. */
  #gather(): void {
    if (this.#isGathering) return;
    const { stream } = this.connection;
    this.#isGathering = true;
    stream.cork();
    // After all that follows from what has just come in, and before anything else comes in.
    process.nextTick(() => {
      this.#isGathering = false;
      stream.uncork();
    });
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
