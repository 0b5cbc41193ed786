import { createHash } from 'node:crypto';
import type { Client } from 'pg';

/** The ids of the example world are the same in every database, so that documentation and tests can name them. */
export function exampleId(kind: string, name: string): string {
  const hex = createHash('sha256').update(`${kind}:${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const organisationId = (code: string): string => exampleId('organisation', code);
export const providerId = (name: string): string => exampleId('provider', name);
export const homeId = (name: string): string => exampleId('home', name);

/** Column names are those of the files beside this one; values are bound. */
export async function insert(client: Client, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  await client.query(`insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`, Object.values(row));
}
