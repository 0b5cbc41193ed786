import type { EntityManager } from '@mikro-orm/postgresql';
import { execute } from './statement.js';

/** How many there are of each category; one that is not named has none. */
export type Tally = Readonly<Record<string, number>>;

/** Runs SQL that gives a row of `category` and `number` for each category of which there are any. */
export async function readTally(em: EntityManager, sql: string, values: readonly unknown[]): Promise<Tally> {
  const rows = await execute<{ category: string; number: number }>(em, sql, values);
  return Object.fromEntries(rows.map(({ category, number }) => [category, number]));
}
