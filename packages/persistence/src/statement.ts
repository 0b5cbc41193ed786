import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery, type ControlledTransaction, type DatabaseConnection } from 'kysely';
import type { ClientBase } from 'pg';
import { prepareValue } from 'pg/lib/utils.js';
import { prepareFromNowOn } from './preparing-client.js';

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

async function findConnection(transaction: ControlledTransaction<unknown>): Promise<DatabaseConnection> {
  const connection = await transaction.getExecutor().provideConnection((own) => Promise.resolve(own));
  connections.set(transaction, connection);
  return connection;
}

/** Has what is sent next in this transaction sent in the same breath. */
export async function willSend(em: EntityManager): Promise<void> {
  const transaction = em.getTransactionContext<ControlledTransaction<unknown>>();
  if (transaction && !connections.has(transaction)) await findConnection(transaction);
}

/** Transactions whose end is on its way: the query builder says so when it has been answered. */
const ending = new WeakSet<ControlledTransaction<unknown>>();

/** From here on nothing is sent in this transaction but its end. */
export function sendNoMore(em: EntityManager): void {
  const transaction = em.getTransactionContext<ControlledTransaction<unknown>>();
  if (transaction) ending.add(transaction);
}

async function send<T>(transaction: ControlledTransaction<unknown>, statements: readonly Select[]): Promise<T[][]> {
  const sender = connections.get(transaction) ?? (await findConnection(transaction));
  // Looked at in the same breath: a connection that was given back may be another tenant's by now.
  if (ending.has(transaction) || transaction.isCommitted || transaction.isRolledBack)
    throw new Error('This transaction has ended.');
  const queries = readyToSend(statements);
  const sent = queries.map((query) => sender.executeQuery<T>(query));
  return (await Promise.all(sent)).map(({ rows }) => rows);
}

/** All of them before the first is sent: one that has a value which cannot be is sent not at all, nor what goes with it. */
const readyToSend = (statements: readonly Select[]): CompiledQuery[] =>
  statements.map(({ sql, values }) => ({ ...compiled(sql), parameters: values.map(prepareValue) }));

/**
 * Runs statements one after the other on a connection that nobody else has; what is sent on it in one turn of the event
 * loop, with the beginning and the end of a transaction, travels in one packet. @returns the rows of each.
 */
export async function sendOn<T extends object>(client: ClientBase, statements: readonly Select[]): Promise<T[][]> {
  const sent = readyToSend(statements).map(({ sql, parameters }) => client.query<T>(sql, [...parameters]));
  return (await Promise.all(sent)).map(({ rows }) => rows);
}

/** SQL with its bound values. */
export interface Select {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const compiledQueries = new Map<string, CompiledQuery>();

function compiled(sql: string): CompiledQuery {
  const known = compiledQueries.get(sql);
  if (known) return known;
  let count = 0;
  const query = CompiledQuery.raw(sql.replaceAll('?', () => `$${(count += 1)}`));
  if (prepareFromNowOn(query.sql)) compiledQueries.set(sql, query);
  return query;
}
