import { newId } from '@accord/kernel';
import type { TestClient } from '@accord/testkit';
import type { Scene } from './scene.js';
import type { TenantName } from './world.js';

export interface Kept {
  readonly id: string;
  readonly kind: string;
}

/** Whoever keeps an organisation's records, and what they do. */
export const governor = (scene: Scene, tenant: TenantName): Promise<TestClient> =>
  scene.caller(tenant === 'alliance' ? 'alliance-safeguarding' : `${tenant} INFORMATION_GOVERNANCE`);

export async function dueRecords(scene: Scene, tenant: TenantName): Promise<{ token: string; records: Kept[] }> {
  const { recordsDue } = await (
    await governor(scene, tenant)
  ).data<{ recordsDue: { token: string; records: Kept[] } }>('{ recordsDue { token records { id kind } } }');
  return recordsDue;
}

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
