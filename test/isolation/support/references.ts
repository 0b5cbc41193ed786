import type { TestClient } from '@accord/testkit';
import { QUESTIONS } from './reference-operation.js';
import type { Scene } from './scene.js';
import { everyField } from './selection.js';
import { COURT, JUNIPERFIELD, TENANT, TENANTS, type TenantName } from './world.js';

const IDS = { provider: 'id', home: 'id', borough: 'id', requestedBy: 'id' };
export const REFERENCE = everyField('Reference', IDS);
export const REQUEST = `query($id: ID!) { referenceRequest(id: $id) { ${everyField('ReferenceRequest', { ...IDS, received: REFERENCE })} } }`;
export const ASK =
  'mutation($input: AskForReferencesInput!) { askForReferences(input: $input) { request { id state required dueOn received { id } } } }';

export interface SeenReference {
  readonly id: string;
  readonly borough: { readonly id: string };
  readonly [field: string]: unknown;
}

export interface SeenRequest {
  readonly referenceRequest: { readonly received: SeenReference[]; readonly [field: string]: unknown };
}

export interface Asked {
  readonly askForReferences: { readonly request: { readonly id: string; readonly [field: string]: unknown } };
}

/** Somebody of a tenant who may read references and, in a borough, ask and answer. */
export const officer = (scene: Scene, tenant: TenantName): Promise<TestClient> =>
  scene.caller(tenant === 'alliance' ? 'alliance ALLIANCE_SAFEGUARDING_LEAD' : `${tenant} PLACEMENTS`);

export const newQuestion = (home: string | null = COURT, providerId = JUNIPERFIELD) => ({
  providerId,
  homeId: home,
  questions: QUESTIONS,
  purpose: 'PLACEMENT_DECISION',
  idempotencyKey: crypto.randomUUID(),
});

/** The tenants of whom somebody was told of a request, by kind of event. */
export async function toldOf(scene: Scene, requestId: string, kind: string): Promise<TenantName[]> {
  await scene.settled();
  const rows = await scene.sql<{ id: string }>(
    'select distinct tenant_id as id from notification where reference_request_id = $1 and kind = $2',
    [requestId, kind],
  );
  return TENANTS.filter((tenant) => rows.some(({ id }) => id === TENANT[tenant]));
}

/** Takes all of it away: the example world has a request of Brent's, too. */
export async function clearReferences(scene: Scene): Promise<void> {
  for (const table of ['borough_reference', 'reference_request', 'reference_setting'])
    await scene.sql(`delete from ${table}`);
}
