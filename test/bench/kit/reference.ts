import pg from 'pg';
import type { Reader } from './feed-statement.ts';

/** What the servers beside Accord's gateway are started with. */
export interface ReferenceSettings {
  readonly databaseUrl: string;
  readonly pool: number;
  readonly issuer: string;
  readonly audience: string;
  readonly port: number;
}

/** From the same variables as the gateway's. */
export function readSettings(): ReferenceSettings {
  const variable = (name: string): string => {
    const value = process.env[name];
    if (value === undefined) throw new Error(`${name} is not set: this server is started by the benchmark.`);
    return value;
  };
  return {
    databaseUrl: variable('DATABASE_URL'),
    pool: Number(variable('DATABASE_POOL')),
    issuer: variable('OIDC_ISSUER'),
    audience: variable('OIDC_AUDIENCE'),
    port: Number(variable('PORT')),
  };
}

export function bearerToken(authorization: string | undefined): string {
  const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Error('A request has no bearer token.');
  return token;
}

/** The ids of the tenants by the code that tokens carry: they never change, so they are read once. */
export async function findTenants({ databaseUrl }: ReferenceSettings): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Every member may read the organisations; any id makes a member of this session.
    await client.query(`select set_config('app.tenant', gen_random_uuid()::text, false)`);
    const { rows } = await client.query<{ code: string; id: string }>('select code, id from organisation');
    return new Map(rows.map(({ code, id }) => [code, id]));
  } finally {
    await client.end();
  }
}

/** Whoever is in the directory, by what their tokens say: tenant and subject. */
export async function findReaders(
  { databaseUrl }: ReferenceSettings,
  tenants: ReadonlyMap<string, string>,
): Promise<Map<string, Reader>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const readers = new Map<string, Reader>();
  try {
    for (const [code, tenantId] of tenants) {
      await client.query(`select set_config('app.tenant', $1, false)`, [tenantId]);
      const { rows } = await client.query<{ id: string; subject: string; name: string }>(
        'select id, subject, display_name as name from principal',
      );
      for (const { id, subject, name } of rows) readers.set(`${code} ${subject}`, { id, name, tenantId });
    }
    return readers;
  } finally {
    await client.end();
  }
}
