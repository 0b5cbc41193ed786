import { execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Runs a statement over many rows that are sent as one value.
 * @param sql has `:rows` where it reads from, as `from :rows as v(id uuid, …)`.
 * @returns what the statement returns; nothing is sent for no rows.
 */
export async function overRows<T extends object>(
  em: EntityManager,
  sql: string,
  rows: readonly object[],
): Promise<T[]> {
  if (rows.length === 0) return [];
  return execute<T>(em, sql.replace(':rows', 'jsonb_to_recordset(?::jsonb)'), [JSON.stringify(rows)]);
}
