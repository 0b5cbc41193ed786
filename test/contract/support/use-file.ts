import { randomUUID } from 'node:crypto';
import { homeId, organisationId, providerId } from '@accord/infra';
import type { Answer, TestAccord, TestClient } from '@accord/testkit';
import type pg from 'pg';

export const BRENT = organisationId('E09000005');
export const COPPERBEECH = homeId('Copperbeech House');
export const LODGE = homeId('Tidewell Lodge');
const IMPORT = `mutation($input: ImportUseFileInput!) { importUseFile(input: $input) { import {
  id asAt dryRun isComplete rows counts { outcome count }
  lines(first: 50) { nodes { outcome line column reason label before after home { id } } }
} } }`;

export interface Line {
  readonly outcome: string;
  readonly line: number | null;
  readonly column: string | null;
  readonly reason: string | null;
  readonly label: string | null;
  readonly before: number | null;
  readonly after: number | null;
}

export interface Imported {
  readonly importUseFile: {
    readonly import: {
      readonly id: string;
      readonly asAt: string;
      readonly isComplete: boolean;
      readonly rows: number;
      readonly counts: readonly { readonly outcome: string; readonly count: number }[];
      readonly lines: { readonly nodes: readonly Line[] };
    };
  } | null;
}

export const send = (
  client: TestClient,
  content: string | Buffer,
  input: Readonly<Record<string, unknown>> = {},
): Promise<Answer<Imported>> => {
  const file = new File([content], 'homes.csv', { type: 'text/csv' });
  return client.send<Imported>(IMPORT, { input: { file, idempotencyKey: randomUUID(), ...input } });
};

export async function bring(client: TestClient, content: string, input: Readonly<Record<string, unknown>> = {}) {
  const { data, errors } = await send(client, content, input);
  if (!data?.importUseFile) throw new Error(`The file was refused: ${JSON.stringify(errors)}`);
  return data.importUseFile.import;
}

/** A file of lines. */
export const csv = (...lines: string[]): string => [...lines, ''].join('\r\n');
export const HEADER = 'URN,Home,Postcode,Home id,Young people,As at';
export const row = (home: string, number: number | string, day = '20/11/2026') => `,,,${home},${number},${day}`;

/** Every row that there is, and job that was ever queued. */
export async function footprint(accord: TestAccord, superuser: pg.Client): Promise<unknown> {
  // Of what was done before somebody may still be being told.
  await accord.settled(superuser);
  const { rows } = await superuser.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  const { rows: counts } = await superuser.query(
    rows
      .map(({ name }) => `select '${name}' as name, count(*), coalesce(sum(xmin::text::bigint), 0) from ${name}`)
      .join(' union all ')
      // Looked at side by side, they come in any order.
      .concat(' order by name'),
  );
  return counts;
}

/** Brent as every case finds it: two at Copperbeech House, one at Tidewell Lodge, on 1 November. */
export async function beginAnew(superuser: pg.Client): Promise<void> {
  await superuser.query('delete from placement_number where borough_id = $1', [BRENT]);
  await superuser.query('delete from declared_use where borough_id = $1', [BRENT]);
  for (const [home, provider, young] of [
    [COPPERBEECH, providerId('Lanternfield Supported Living Ltd'), 2],
    [LODGE, providerId('Tidewell Care Ltd'), 1],
  ] as const)
    await superuser.query(
      `insert into placement_number (id, borough_id, provider_id, home_id, young_people, as_at) values ($1, $2, $3, $4, $5, '2026-11-01')`,
      [randomUUID(), BRENT, provider, home, young],
    );
}
