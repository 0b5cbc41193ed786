import { expect } from '@jest/globals';
import { newId } from '@accord/kernel';
import type { TestClient } from '@accord/testkit';
import pg from 'pg';
import type { Scene } from './scene.js';
import { TENANT, type TenantName } from './world.js';

export interface Kept {
  readonly id: string;
  readonly kind: string;
  readonly overOn: string;
}

/** SQL: six years ago today, and the day after: what was over then is due, and not yet. */
export const JUST = `((now() at time zone 'Europe/London')::date - interval '6 years')::date`;
export const NOT_YET = `(${JUST} + 1)`;

/** Whoever keeps an organisation's records, and what they do. */
export const governor = (scene: Scene, tenant: TenantName): Promise<TestClient> =>
  scene.caller(tenant === 'alliance' ? 'alliance-safeguarding' : `${tenant} INFORMATION_GOVERNANCE`);

export async function dueRecords(scene: Scene, tenant: TenantName): Promise<{ token: string; records: Kept[] }> {
  const { recordsDue } = await (
    await governor(scene, tenant)
  ).data<{ recordsDue: { token: string; records: Kept[] } }>('{ recordsDue { token records { id kind overOn } } }');
  return recordsDue;
}

/** Ids of what is due, in their order. */
export const dueIds = async (scene: Scene, tenant: TenantName): Promise<string[]> =>
  (await dueRecords(scene, tenant)).records.map(({ id }) => id).toSorted();

/** Puts a hold on a record, or lifts it where there is no reason. */
export const holdRecord = async (scene: Scene, tenant: TenantName, kind: string, recordId: string, reason?: string) =>
  (await governor(scene, tenant)).send<{ holdRecord: { record: { holdReason: string | null } } }>(
    'mutation($input: HoldRecordInput!) { holdRecord(input: $input) { record { id holdReason heldBy } } }',
    { input: { kind, recordId, reason } },
  );

export const deleteRecords = async (
  scene: Scene,
  tenant: TenantName,
  token: string,
  idempotencyKey: string = newId(),
) =>
  (await governor(scene, tenant)).send<{ deleteDueRecords: { tombstones: Kept[] } }>(
    'mutation($input: DeleteDueRecordsInput!) { deleteDueRecords(input: $input) { tombstones { id kind } } }',
    { input: { token, reason: 'Six years have passed.', idempotencyKey } },
  );

/** Deletes what is due, which is just what is expected. */
export async function removeDue(scene: Scene, tenant: TenantName, expected: readonly string[]): Promise<void> {
  const { token, records } = await dueRecords(scene, tenant);
  expect(records.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
  if (expected.length === 0) return;
  const { data } = await deleteRecords(scene, tenant, token);
  expect(data?.deleteDueRecords.tombstones.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
}

export async function countRows(scene: Scene, table: string, column: string, ids: readonly string[]): Promise<number> {
  const [row] = await scene.sql<{ n: number }>(
    `select count(*)::int as n from ${table} where ${column} = any($1::uuid[])`,
    [ids],
  );
  return row?.n ?? -1;
}

export const eventCount = async (scene: Scene): Promise<number> =>
  (await scene.sql<{ n: number }>('select count(*)::int as n from outbox_event'))[0]?.n ?? -1;

/** Statements that delete all of some tables, for whoever is to delete nothing of them: asked for no row, no reading policy helps. */
export const deletingAll = (tables: readonly string[]): Record<string, string> =>
  Object.fromEntries(tables.map((table) => [table, `delete from ${table}`]));

/** How many rows each of these deletes where all delete none. */
export const noneOf = (tables: readonly string[]): Record<string, number> =>
  Object.fromEntries(tables.map((table) => [table, 0]));

/** What statements of the gateway's role would do in a tenant's name, each by itself; nothing of it is kept. @returns how many rows each. */
export async function tryAsGateway(
  scene: Scene,
  tenant: TenantName,
  statements: Readonly<Record<string, string>>,
  values: readonly unknown[] = [],
): Promise<Record<string, number | null>> {
  const session = new pg.Client(scene.accord.database.urls.gateway);
  await session.connect();
  try {
    const touched: Record<string, number | null> = {};
    for (const [name, statement] of Object.entries(statements)) {
      await session.query('begin');
      await session.query(`select set_config('app.tenant', $1, true)`, [TENANT[tenant]]);
      touched[name] = (await session.query(statement, [...values])).rowCount;
      await session.query('rollback');
    }
    return touched;
  } finally {
    await session.end();
  }
}
