import type { TestClient } from '@accord/testkit';
import { hiddenFrom, key, look, OWN, type OperationCase } from './operation-kit.js';
import { ADD_PHOTO, OPEN_PHOTO, photo, REMOVE_PHOTO } from './photo-file.js';
import type { Scene } from './scene.js';
import { newVisit } from './visit-scene.js';
import { TENANT } from './world.js';

/** Every care-experienced visitor of Brent's has made it, machines of these suites too. */
async function visitOfAll(scene: Scene): Promise<string> {
  const { id } = await newVisit(scene, { state: 'DRAFT' });
  await scene.sql(
    `insert into visit_visitor (visit_id, principal_id, owner_id, name, is_care_experienced, named_to_others)
     select $1, id, tenant_id, display_name, true, false from principal
     where tenant_id = $2 and 'CARE_EXPERIENCED_VISITOR' = any(roles) on conflict do nothing`,
    [id, TENANT.brent],
  );
  await scene.sql('delete from visitor_part where visit_id = $1', [id]);
  return id;
}

/** A photo of the caller's own, or of Brent's care-experienced visitor. */
async function photoOf(scene: Scene, caller: TestClient | undefined): Promise<string> {
  const visitId = await visitOfAll(scene);
  const { shown } = await newVisit(scene);
  const whose = caller ? (await caller.data<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id : null;
  await scene.sql('update visitor_photo set visit_id = $2, principal_id = coalesce($3, principal_id) where id = $1', [
    shown,
    visitId,
    whose,
  ]);
  return shown;
}

/** What care-experienced visitors do, and how their photos are opened. */
export const VISITOR_OPERATIONS: readonly OperationCase[] = [
  {
    ...look('myVisits', '{ visitId words { question } }'),
    owner: 'brent-visitor',
    sharedWith: 'barnet CARE_EXPERIENCED_VISITOR',
    notShared: OWN,
    wrongRole: 'brent-placements',
  },
  {
    field: 'Mutation.writeVisitorPart',
    document:
      'mutation($input: WriteVisitorPartInput!) { writeVisitorPart(input: $input) { visit { visitId version } } }',
    variables: async (scene) => ({
      input: { visitId: await visitOfAll(scene), words: [{ code: 'CEV.1', words: 'Kind.' }], expectedVersion: 0 },
    }),
    owner: 'brent-visitor',
    sharedWith: { none: 'each writes their own part' },
    notShared: hiddenFrom('barnet CARE_EXPERIENCED_VISITOR'),
    wrongRole: 'brent-quality',
  },
  {
    field: 'Mutation.addVisitorPhoto',
    document: ADD_PHOTO,
    variables: async (scene) => ({
      input: { visitId: await visitOfAll(scene), file: photo(), nobodyIsRecognisable: true, idempotencyKey: key() },
    }),
    owner: 'brent-visitor',
    sharedWith: { none: 'each adds to their own part' },
    notShared: hiddenFrom('barnet CARE_EXPERIENCED_VISITOR'),
    wrongRole: 'brent-quality',
  },
  {
    field: 'Mutation.removeVisitorPhoto',
    document: REMOVE_PHOTO,
    variables: async (scene, _facts, caller) => ({ input: { photoId: await photoOf(scene, caller) } }),
    owner: 'brent-visitor',
    sharedWith: { none: 'each removes of their own part' },
    notShared: hiddenFrom('barnet CARE_EXPERIENCED_VISITOR'),
    wrongRole: 'brent-quality',
  },
  {
    field: 'Mutation.openVisitorPhoto',
    document: OPEN_PHOTO,
    variables: async (scene) => ({ input: { photoId: (await newVisit(scene)).shown, purpose: 'MONITORING' } }),
    owner: 'brent-practitioner',
    sharedWith: 'barnet-placements',
    notShared: hiddenFrom('camden QUALITY'),
    wrongRole: 'brent DASHBOARD',
  },
];
