import { newId } from '@accord/kernel';
import { disclosureRow } from './agreement-rows.js';
import type { OperationCase } from './operation.js';
import type { Scene } from './scene.js';
import { JUNIPERFIELD, TENANT, type TenantName } from './world.js';

type Variables = Record<string, unknown>;

const PUBLIC = { none: 'agreements are open to every member of the alliance' };
const OWN = { none: 'it reaches nothing but the caller’s own' };

const FROM = '2025-01-01';
const NEVER = '2099-01-01';

/** An agreement of its own, with members and organisations that are asked. @returns its id. */
export async function newAgreement(
  scene: Scene,
  {
    members = [],
    invited = [],
  }: { readonly members?: readonly TenantName[]; readonly invited?: readonly TenantName[] },
): Promise<string> {
  const id = newId();
  await scene.insert('sharing_agreement', {
    id,
    name: 'An agreement of a test',
    classes: ['VISIT'],
    purpose: 'Safety',
    lawful_bases: ['PUBLIC_TASK'],
    dpia_reference: 'DPIA 7',
    in_force_from: FROM,
    review_on: NEVER,
  });
  for (const tenant of members)
    await scene.insert('agreement_member', { agreement_id: id, organisation_id: TENANT[tenant], member_from: FROM });
  for (const tenant of invited) await scene.insert('agreement_invitation', invitation(id, tenant));
  return id;
}

const invitation = (agreementId: string, tenant: TenantName): Variables => ({
  id: newId(),
  agreement_id: agreementId,
  organisation_id: TENANT[tenant],
  member_from: FROM,
  invited_at: new Date(),
});

/** A group of Brent's in which Barnet and Islington are. @returns its id. */
export async function newGroup(scene: Scene, hidesMembers = false): Promise<string> {
  const id = newId();
  await scene.insert('borough_group', {
    id,
    keeper_id: TENANT.brent,
    name: 'A group of a test',
    hides_members: hidesMembers,
  });
  for (const tenant of ['barnet', 'islington'] as const)
    await scene.insert('borough_group_member', {
      group_id: id,
      organisation_id: TENANT[tenant],
      member_from: FROM,
      keeper_id: TENANT.brent,
    });
  return id;
}

/** A flag of Brent's that was disclosed to Ealing. @returns the disclosure's id, which is the flag's. */
export async function newDisclosure(scene: Scene, anonymous = false): Promise<string> {
  const id = await scene.flag({ level: 'OWN_BOROUGH', anonymous });
  await scene.insert('urgent_disclosure', disclosureRow(id, TENANT.brent));
  await scene.insert('urgent_disclosure_recipient', {
    disclosure_id: id,
    organisation_id: TENANT.ealing,
    sharing_id: id,
    owner_id: TENANT.brent,
  });
  return id;
}

const act = (
  name: string,
  kind: string,
  answer: string,
  who: Pick<OperationCase, 'owner' | 'sharedWith' | 'notShared' | 'wrongRole'>,
  input: (scene: Scene) => Promise<Variables> | Variables,
): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${kind}!) { ${name}(input: $input) { ${answer} } }`,
  variables: async (scene) => ({ input: { ...(await input(scene)), idempotencyKey: newId() } }),
  ...who,
});

const AGREED = 'agreement { id version state members { organisation { id } part } }';
const KEEPS = {
  owner: 'alliance-admin',
  sharedWith: { who: 'brent-ig', code: 'FORBIDDEN' },
  notShared: PUBLIC,
  wrongRole: 'alliance-safeguarding',
} as const;
const ACCEPTS = {
  owner: 'brent-ig',
  sharedWith: 'barnet INFORMATION_GOVERNANCE',
  notShared: { who: 'camden INFORMATION_GOVERNANCE', code: 'CONFLICT' },
  wrongRole: 'brent-placements',
} as const;
const GROUPS = {
  owner: 'brent-ig',
  sharedWith: { who: 'barnet INFORMATION_GOVERNANCE', code: 'NOT_FOUND' },
  notShared: { who: 'camden INFORMATION_GOVERNANCE', code: 'NOT_FOUND' },
  wrongRole: 'brent-placements',
} as const;
const GROUP = 'group { id name version members { organisation { id } } }';
const DISCLOSED = 'disclosure { id fearedHarm outcome version }';

const terms = (purpose: string): Variables => ({
  classes: ['FLAG'],
  purpose,
  lawfulBases: ['PUBLIC_TASK'],
  dpiaReference: 'DPIA 7',
  inForceFrom: '2098-01-01',
  reviewOn: NEVER,
});

const reason = 'It is no longer needed.';

export const AGREEMENT_OPERATIONS: readonly OperationCase[] = [
  {
    field: 'Query.sharingAgreements',
    document: '{ sharingAgreements { id name members { organisation { id } part } } }',
    variables: () => ({}),
    owner: 'brent-placements',
    sharedWith: 'camden DASHBOARD',
    notShared: PUBLIC,
    wrongRole: 'brent CARE_EXPERIENCED_VISITOR',
  },
  act('draftSharingAgreement', 'DraftSharingAgreementInput', AGREED, KEEPS, () => ({
    name: 'Another',
    terms: terms('Safety'),
    members: [{ organisationId: TENANT.brent }],
  })),
  act('amendSharingAgreement', 'AmendSharingAgreementInput', AGREED, KEEPS, async (scene) => ({
    agreementId: await newAgreement(scene, { members: ['brent'] }),
    terms: terms('Safety and learning'),
  })),
  act('reviewSharingAgreement', 'ReviewSharingAgreementInput', AGREED, KEEPS, async (scene) => ({
    agreementId: await newAgreement(scene, {}),
    reviewOn: '2099-06-01',
    expectedReviewOn: NEVER,
  })),
  act('inviteToSharingAgreement', 'InviteToSharingAgreementInput', AGREED, KEEPS, async (scene) => ({
    agreementId: await newAgreement(scene, { members: ['brent'] }),
    members: [{ organisationId: TENANT.camden }],
  })),
  act('removeFromSharingAgreement', 'RemoveFromSharingAgreementInput', AGREED, KEEPS, async (scene) => ({
    agreementId: await newAgreement(scene, { members: ['brent'] }),
    organisationId: TENANT.brent,
    reason,
  })),
  act('endSharingAgreement', 'EndSharingAgreementInput', AGREED, KEEPS, async (scene) => ({
    agreementId: await newAgreement(scene, { members: ['brent', 'barnet'] }),
    reason,
  })),
  act('acceptSharingAgreement', 'AcceptSharingAgreementInput', AGREED, ACCEPTS, async (scene) => ({
    agreementId: await newAgreement(scene, { invited: ['brent', 'barnet'] }),
  })),
  act('leaveSharingAgreement', 'LeaveSharingAgreementInput', AGREED, ACCEPTS, async (scene) => ({
    agreementId: await newAgreement(scene, { members: ['brent', 'barnet'] }),
    reason,
  })),
  {
    field: 'Query.boroughGroups',
    document: '{ boroughGroups { id name members { organisation { id } } } }',
    variables: () => ({}),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: { none: 'a list leaves out what is hidden (agreements.test.ts)' },
    wrongRole: 'brent CARE_EXPERIENCED_VISITOR',
  },
  act(
    'createBoroughGroup',
    'CreateBoroughGroupInput',
    GROUP,
    { ...GROUPS, sharedWith: 'barnet INFORMATION_GOVERNANCE', notShared: OWN },
    () => ({ name: 'New', hidesMembers: true, members: [{ organisationId: TENANT.islington }] }),
  ),
  act('renameBoroughGroup', 'RenameBoroughGroupInput', GROUP, GROUPS, async (scene) => ({
    groupId: await newGroup(scene),
    expectedVersion: 1,
    name: 'Renamed',
  })),
  act('addToBoroughGroup', 'AddToBoroughGroupInput', GROUP, GROUPS, async (scene) => ({
    groupId: await newGroup(scene),
    expectedVersion: 1,
    members: [{ organisationId: TENANT.camden }],
  })),
  act('removeFromBoroughGroup', 'RemoveFromBoroughGroupInput', GROUP, GROUPS, async (scene) => ({
    groupId: await newGroup(scene),
    expectedVersion: 1,
    organisationId: TENANT.islington,
  })),
  act('retireBoroughGroup', 'RetireBoroughGroupInput', GROUP, GROUPS, async (scene) => ({
    groupId: await newGroup(scene),
    expectedVersion: 1,
  })),
  act(
    'urgentDisclosure',
    'UrgentDisclosureInput',
    DISCLOSED,
    {
      owner: 'brent-placements',
      sharedWith: { who: 'barnet-placements', code: 'FORBIDDEN' },
      notShared: { who: 'camden QUALITY', code: 'NOT_FOUND' },
      wrongRole: 'brent-ig',
    },
    async (scene) => ({
      sharedId: await scene.flag(),
      boroughIds: [TENANT.ealing],
      fearedHarm: 'A young person is to move in tomorrow morning.',
      reason: 'It is ten at night.',
    }),
  ),
  act(
    'reviewUrgentDisclosure',
    'ReviewUrgentDisclosureInput',
    DISCLOSED,
    {
      owner: 'brent-ig',
      sharedWith: { who: 'ealing INFORMATION_GOVERNANCE', code: 'FORBIDDEN' },
      notShared: { who: 'camden INFORMATION_GOVERNANCE', code: 'NOT_FOUND' },
      wrongRole: 'brent-placements',
    },
    async (scene) => ({
      disclosureId: await newDisclosure(scene),
      outcome: 'ENDED',
      reason: 'They know what they need.',
      expectedVersion: 1,
    }),
  ),
  {
    field: 'Query.urgentDisclosures',
    document: '{ urgentDisclosures(first: 5) { nodes { id fearedHarm } } }',
    variables: () => ({}),
    owner: 'brent-ig',
    sharedWith: 'ealing INFORMATION_GOVERNANCE',
    notShared: { none: 'a list leaves out what is hidden (agreements.test.ts)' },
    wrongRole: 'brent-placements',
  },
  act(
    'recordSharingRefusal',
    'RecordSharingRefusalInput',
    'refusal { id reason }',
    { owner: 'brent-placements', sharedWith: 'barnet-placements', notShared: OWN, wrongRole: 'brent-admin' },
    () => ({ askedBy: 'A newspaper', providerId: JUNIPERFIELD, about: 'Everything', reason: 'No need to know.' }),
  ),
  {
    field: 'Query.sharingRefusals',
    document: '{ sharingRefusals(first: 5) { nodes { id reason } } }',
    variables: () => ({}),
    owner: 'brent-ig',
    sharedWith: 'barnet INFORMATION_GOVERNANCE',
    notShared: OWN,
    wrongRole: 'brent-placements',
  },
];
