import type { Client } from 'pg';

/** Rows by table, each row by column name. What a row leaves out is null. */
export type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

const MOST_AT_ONCE = 5_000;

/** Writes the rows, table by table in the order given: a statement for some thousands at once. */
export async function insertRows(client: Client, tables: Rows): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) {
    // Table and column names are this folder's own; values are bound.
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].join(', ');
    for (let from = 0; from < rows.length; from += MOST_AT_ONCE) {
      await client.query(
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(rows.slice(from, from + MOST_AT_ONCE))],
      );
    }
  }
}
