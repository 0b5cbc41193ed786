import { newId } from '@accord/kernel';
import { hiddenFrom, key, look, OWN, PUBLIC, type OperationCase } from './operation-kit.js';
import type { Scene } from './scene.js';
import { COURT, JUNIPERFIELD, TENANT, type TenantName } from './world.js';

const CHECK = { homeId: COURT, ageBand: 'AGED_18_PLUS', placementType: 'SUPPORTED_SHARED_OPEN', emergency: false };

interface CheckFacts {
  readonly tenant?: TenantName;
  readonly provider?: string;
  readonly home?: string;
  readonly daysAgo?: number;
  readonly overridden?: boolean;
}

/** A check that was saved, which something blocks that may be overridden. @returns its id. */
export async function newSavedCheck(
  scene: Scene,
  { tenant = 'brent', provider = JUNIPERFIELD, home = COURT, daysAgo = 0, overridden = false }: CheckFacts = {},
): Promise<string> {
  const id = newId();
  const at = new Date(Date.now() - daysAgo * 86_400_000);
  await scene.insert('placement_check', {
    id,
    tenant_id: TENANT[tenant],
    provider_id: provider,
    home_id: home,
    age_band: 'AGED_18_PLUS',
    placement_type: 'SUPPORTED_SHARED_OPEN',
    is_emergency: false,
    reference: 'P-17',
    checked_by: 'Officer who checked',
    checked_at: at,
    checked_on: at.toISOString().slice(0, 10),
    grounds: JSON.stringify([{ code: 'REFERENCES_SHORT', blocks: true, isAbsolute: false, asOf: null }]),
    seen: JSON.stringify([{ kind: 'FLAG', id: newId(), version: 1, hash: '00' }]),
    override_reason: overridden ? 'Nowhere else tonight.' : null,
    overridden_by: overridden ? 'Director' : null,
    overridden_at: overridden ? at : null,
  });
  return id;
}

const ofSaved = (name: string, answer: string): OperationCase => ({
  ...look(name, answer, '($id: ID!)', {}, '(id: $id)'),
  variables: async (scene) => ({ id: await newSavedCheck(scene) }),
  sharedWith: { none: 'what a borough checked is its own' },
  notShared: hiddenFrom('barnet-placements'),
  wrongRole: 'brent-admin',
});

const nomination = (name: string): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($id: ID!) { ${name}(principalId: $id) { nominations { nominatedBy officer { displayName } } } }`,
  variables: async (scene) => {
    const [row] = await scene.sql<{ id: string }>(`select id from principal where subject = 'brent-quality'`);
    return { id: row?.id };
  },
  owner: 'brent-director',
  sharedWith: { none: 'a directory is its own organisation’s' },
  notShared: hiddenFrom('barnet ASSISTANT_DIRECTOR'),
  wrongRole: 'brent-placements',
});

export const PLACEMENT_OPERATIONS: readonly OperationCase[] = [
  {
    ...look(
      'placementCheck',
      '{ noKnownBlocks blocks { code } warnings { code message } flags { id } holds { id } references { state } }',
      '($input: PlacementCheckInput!)',
      { input: CHECK },
      '(input: $input)',
    ),
    sharedWith: 'barnet-placements',
    notShared: PUBLIC,
    wrongRole: 'brent-ig',
  },
  {
    ...look('savedPlacementChecks', '{ nodes { id reference } }', '', {}, '(first: 5)'),
    sharedWith: 'barnet-placements',
    notShared: { none: 'a list leaves out what is hidden (placement-check.test.ts)' },
    wrongRole: 'brent-admin',
  },
  ofSaved('savedPlacementCheck', '{ saved { id reference seen { id } } now { noKnownBlocks } changed { id } }'),
  ofSaved('placementCheckPack', '{ name mediaType content }'),
  {
    ...look('placementNominations', '{ nominatedBy }'),
    sharedWith: { none: 'a directory is its own organisation’s' },
    notShared: OWN,
    wrongRole: 'brent-admin',
  },
  {
    field: 'Mutation.savePlacementCheck',
    document:
      'mutation($input: SavePlacementCheckInput!) { savePlacementCheck(input: $input) { check { id noKnownBlocks seen { id } } } }',
    variables: () => ({ input: { check: CHECK, reference: 'P-18', idempotencyKey: key() } }),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: PUBLIC,
    wrongRole: 'brent-ig',
  },
  {
    field: 'Mutation.overridePlacementCheck',
    document:
      'mutation($input: OverridePlacementCheckInput!) { overridePlacementCheck(input: $input) { check { id override { by reason } } } }',
    variables: async (scene) => ({
      input: { checkId: await newSavedCheck(scene), reason: 'Nowhere else tonight.', idempotencyKey: key() },
    }),
    owner: 'brent-director',
    sharedWith: { none: 'what a borough checked is its own' },
    notShared: hiddenFrom('barnet ASSISTANT_DIRECTOR'),
    wrongRole: 'brent-ig',
  },
  nomination('nominatePlacementOfficer'),
  nomination('endPlacementNomination'),
];
