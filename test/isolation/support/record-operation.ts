import { fingerprint } from '@accord/kernel';
import { newProposal } from './accreditation-file.js';
import { newAnswer } from './due-diligence-rows.js';
import type { Hidden } from './hidden.js';
import { hiddenFrom, key, look, OWN, type OperationCase } from './operation-kit.js';
import { newSavedCheck } from './placement-operation.js';
import { newRequest, referenceOf } from './reference-operation.js';
import type { Scene } from './scene.js';
import { newVisit, type VisitFacts } from './visit-scene.js';
import { COURT, JUNIPERFIELD, TENANT } from './world.js';

type Row = Readonly<Record<string, unknown>>;

/** A day that is longer ago than anything is kept. */
export const LONG_AGO = '2019-05-01';
export const HELD_BECAUSE = 'Court proceedings.';

/** A hold of a borough's, and what is left of something that it deleted. */
export const recordRows = (id: string, borough: string): readonly (readonly [string, Row])[] => [
  [
    'record_hold',
    { owner_id: borough, record_id: id, kind: 'VISIT', reason: HELD_BECAUSE, held_by: 'Kept', held_on: '2026-11-01' },
  ],
  [
    'record_tombstone',
    {
      owner_id: borough,
      id,
      deletion_id: id,
      kind: 'VISIT',
      provider_id: JUNIPERFIELD,
      home_id: COURT,
      over_on: LONG_AGO,
      deleted_on: '2026-11-01',
      deleted_by: 'Kept',
      reason: 'Kept',
    },
  ],
];

/** A visit that was made so long ago that it is kept no longer. @returns its id. */
export async function oldVisit(scene: Scene, facts: VisitFacts = {}): Promise<string> {
  const { id } = await newVisit(scene, facts);
  await scene.sql('update visit set visited_on = $2 where id = $1', [id, LONG_AGO]);
  return id;
}

/** The token of a dry run in which there is something to delete. */
async function dueToken(scene: Scene): Promise<string> {
  await oldVisit(scene);
  const due = await scene.sql<{ id: string }>(
    `select id from visit v where owner_id = $1 and visited_on <= $2 and not exists (select from record_hold h where h.record_id = v.id)
     order by visited_on, id limit 200`,
    [TENANT.brent, LONG_AGO],
  );
  return fingerprint(due.map(({ id }) => id));
}

const GOVERNED = { owner: 'brent-ig', wrongRole: 'brent-placements' };
const EACH_ITS_OWN = { sharedWith: { none: 'each organisation keeps its own' }, notShared: OWN };

export const RECORD_OPERATIONS: readonly OperationCase[] = [
  { ...look('recordsDue', '{ token records { id kind } }'), ...GOVERNED, ...EACH_ITS_OWN },
  { ...look('heldRecords', '{ id kind holdReason }'), ...GOVERNED, ...EACH_ITS_OWN },
  {
    ...look('recordTombstones', '{ nodes { id kind reason } }', '', {}, '(first: 5)'),
    ...GOVERNED,
    ...EACH_ITS_OWN,
  },
  {
    field: 'Mutation.holdRecord',
    document: 'mutation($input: HoldRecordInput!) { holdRecord(input: $input) { record { id holdReason } } }',
    variables: async (scene) => ({
      input: { kind: 'VISIT', recordId: (await newVisit(scene)).id, reason: HELD_BECAUSE },
    }),
    ...GOVERNED,
    sharedWith: { who: 'barnet INFORMATION_GOVERNANCE', code: 'NOT_FOUND' },
    notShared: hiddenFrom('camden INFORMATION_GOVERNANCE'),
  },
  {
    field: 'Mutation.deleteDueRecords',
    document:
      'mutation($input: DeleteDueRecordsInput!) { deleteDueRecords(input: $input) { tombstones { id deletedOn } } }',
    variables: async (scene) => ({
      input: { token: await dueToken(scene), reason: 'Six years have passed.', idempotencyKey: key() },
    }),
    ...GOVERNED,
    ...EACH_ITS_OWN,
  },
];

export const RECORD_IDS: Readonly<Record<string, Hidden>> = {
  'Mutation.holdRecord(input.recordId)': {
    who: 'camden INFORMATION_GOVERNANCE',
    at: 'input.recordId',
    ids: async (scene) => [
      (await newVisit(scene)).id,
      (await newVisit(scene, { state: 'DRAFT' })).id,
      await newAnswer(scene),
      await referenceOf(scene, await newRequest(scene), 'brent'),
      await newProposal(scene),
      await newSavedCheck(scene),
      await scene.reliedCopy(),
    ],
  },
};
