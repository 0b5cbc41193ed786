import { exampleId } from '@accord/infra';
import { AGREEMENT_OPERATIONS } from './agreement-operation.js';
import { DUE_DILIGENCE_OPERATIONS } from './due-diligence-operation.js';
import { ACCREDITATION_OPERATIONS } from './accreditation-operation.js';
import { HOLD_OPERATIONS } from './hold-operation.js';
import { MERGE_OPERATIONS } from './merge-operation.js';
import { INTELLIGENCE_OPERATIONS } from './operation-intelligence.js';
import {
  hiddenFrom,
  key,
  look,
  notTheOwners,
  OWN,
  own,
  provider,
  PUBLIC,
  type OperationCase,
  type Variables,
} from './operation-kit.js';
import type { Scene } from './scene.js';
import { sharingInput } from './standing.js';
import { PLACEMENT_OPERATIONS } from './placement-operation.js';
import { REFERENCE_OPERATIONS } from './reference-operation.js';
import { REGULATOR_OPERATIONS } from './regulator-operation.js';
import { RECORD_OPERATIONS } from './record-operation.js';
import { PLACEMENT_RETURN_OPERATIONS } from './placement-return-operation.js';
import { REPORT_OPERATIONS } from './report-operation.js';
import { SCHEDULE_OPERATIONS } from './schedule-operation.js';
import { USE_OPERATIONS } from './use-operation.js';
import { VISIT_OPERATIONS } from './visit-operation.js';
import { COURT, JUNIPERFIELD } from './world.js';

export { newItem } from './operation-intelligence.js';
export type { OperationCase } from './operation-kit.js';

const id = exampleId;

const facts = { name: 'Juniper Bank' };

/** An operation on a flag of Brent's: Barnet may know of it, Camden may not. */
const flagAction = (name: string, sharedWith: OperationCase['sharedWith'], input: Variables = {}): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: FlagActionInput!) { ${name}(input: $input) { flag { id status summary detail } } }`,
  variables: async (scene, flag) => ({ input: { flagId: await scene.flag(flag), idempotencyKey: key(), ...input } }),
  owner: 'brent-placements',
  sharedWith,
  notShared: hiddenFrom('camden QUALITY'),
  wrongRole: 'brent-ig',
});

/** An operation of an administrator on an entry of their own directory. */
const directoryAction = (
  name: string,
  args: string,
  pass: string,
  answer: string,
  more: Variables = {},
): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation(${args}) { ${name}(${pass}) { ${answer} } }`,
  variables: async (scene) => ({ id: (await scene.machine('brent', ['DASHBOARD'])).principalId, ...more }),
  owner: 'brent-admin',
  sharedWith: { none: 'a directory is its own organisation’s' },
  notShared: hiddenFrom('alliance-admin'),
  wrongRole: 'brent-placements',
});

/** The alliance's administrator and another organisation's standing. */
const suspension = (name: string): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($id: ID!) { ${name}(id: $id) { organisation { id } } }`,
  variables: () => ({ id: id('organisation', 'E09000030') }),
  owner: 'alliance-admin',
  sharedWith: { who: 'brent-admin', code: 'FORBIDDEN' },
  notShared: PUBLIC,
  wrongRole: 'alliance-lead',
});

const register = (
  name: string,
  kind: string,
  answer: string,
  variables: OperationCase['variables'],
): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${kind}!) { ${name}(input: $input) { ${answer} } }`,
  variables,
  owner: 'alliance-accreditation',
  sharedWith: { who: 'brent-placements', code: 'FORBIDDEN' },
  notShared: PUBLIC,
  wrongRole: 'alliance-safeguarding',
});

/** The version that is there by now: who comes earlier in the suite changed it. */
async function versionOf(scene: Scene, table: 'provider' | 'home', rowId: string): Promise<number | undefined> {
  const [row] = await scene.sql<{ version: number }>(`select version from ${table} where id = $1`, [rowId]);
  return row?.version;
}

const use = (name: string, kind: string, input: () => Variables): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${kind}!) { ${name}(input: $input) { provider { id usedBy { youngPeople } arrangements { id } } } }`,
  variables: () => ({ input: { providerId: JUNIPERFIELD, ...input() } }),
  owner: 'brent-placements',
  sharedWith: 'barnet-placements',
  notShared: OWN,
  wrongRole: 'brent-practitioner',
});

export const OPERATIONS: readonly OperationCase[] = [
  ...INTELLIGENCE_OPERATIONS,
  ...VISIT_OPERATIONS,
  own(look('viewer', '{ id displayName roles tenant { id name } }')),
  own(look('notifications', '{ unreadCount nodes { id subject } }', '', {}, '(first: 5)')),
  own(look('notificationPreferences', '{ kind enabled minimumSeverity }')),
  look('organisations', '{ id name }'),
  look(
    'providers',
    '{ totalCount nodes { id name openFlagCount } }',
    '',
    {},
    '(first: 5, filter: { search: "juniper" })',
  ),
  look('provider', '{ id name usedBy { youngPeople } arrangements { id } }', '($id: ID!)', provider, '(id: $id)'),
  look('home', '{ id name }', '($id: ID!)', { id: COURT }, '(id: $id)'),
  {
    ...look('directory', '{ nodes { id displayName roles keys { id } } }', '', {}, '(first: 5)'),
    owner: 'brent-admin',
    sharedWith: { none: 'a directory is its own organisation’s' },
    notShared: OWN,
    wrongRole: 'brent-placements',
  },
  {
    ...look('flag', '{ id summary detail }', '($id: ID!)', {}, '(id: $id)'),
    variables: async (scene, flag) => ({ id: await scene.flag(flag) }),
    sharedWith: 'barnet-placements',
    notShared: hiddenFrom('camden DASHBOARD'),
    wrongRole: 'brent-admin',
  },
  {
    ...look('provider', '{ id flags(first: 5) { nodes { id summary } } }', '($id: ID!)', provider, '(id: $id)'),
    field: 'Provider.flags',
    sharedWith: 'barnet-placements',
    notShared: { none: 'a list leaves out what is hidden (flag.test.ts)' },
    wrongRole: 'brent-admin',
  },
  {
    field: 'Mutation.raiseFlag',
    document: 'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id status summary detail } } }',
    variables: () => ({ input: { ...newFlag(), idempotencyKey: key() } }),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: PUBLIC,
    wrongRole: 'brent-ig',
  },
  flagAction('acknowledgeFlag', 'barnet-placements'),
  flagAction('resolveFlag', notTheOwners, { reason: 'Settled.' }),
  flagAction('withdrawFlag', notTheOwners, { reason: 'Raised on the wrong home.' }),
  {
    ...flagAction('changeFlagSharing', notTheOwners),
    document:
      'mutation($input: ChangeFlagSharingInput!) { changeFlagSharing(input: $input) { flag { id sharing summary } } }',
    variables: async (scene, flag) => ({
      input: {
        flagId: await scene.flag(flag),
        expectedVersion: 1,
        sharing: sharingInput({ level: 'ALLIANCE' }),
        idempotencyKey: key(),
      },
    }),
  },
  ...HOLD_OPERATIONS,
  directoryAction('disablePrincipal', '$id: ID!', 'id: $id', 'principal { id displayName }'),
  directoryAction('enablePrincipal', '$id: ID!', 'id: $id', 'principal { id displayName }'),
  directoryAction('setPrincipalRoles', '$id: ID!', 'id: $id, roles: [DASHBOARD]', 'principal { id roles }'),
  directoryAction(
    'issueMachineKey',
    '$id: ID!',
    'input: { principalId: $id, label: "Isolation", validDays: 1 }',
    'secret key { id }',
  ),
  {
    ...directoryAction('revokeMachineKey', '$id: ID!', 'id: $id', 'key { id label }'),
    variables: async (scene) => ({ id: (await scene.machine('brent', ['DASHBOARD'])).keyId }),
  },
  {
    ...directoryAction(
      'createMachine',
      '$subject: String!',
      'input: { subject: $subject, displayName: "New", roles: [DASHBOARD] }',
      'principal { id }',
    ),
    variables: () => ({ subject: key() }),
    notShared: OWN,
  },
  suspension('suspendOrganisation'),
  suspension('reinstateOrganisation'),
  register('addProvider', 'AddProviderInput', 'provider { id }', () => ({
    input: { provider: facts, idempotencyKey: key() },
  })),
  register('changeProvider', 'ChangeProviderInput', 'provider { id }', async (scene) => ({
    input: {
      providerId: JUNIPERFIELD,
      expectedVersion: await versionOf(scene, 'provider', JUNIPERFIELD),
      provider: { dpvLot: key() },
    },
  })),
  register('addHome', 'AddHomeInput', 'home { id }', () => ({
    input: { providerId: JUNIPERFIELD, home: facts, idempotencyKey: key() },
  })),
  register('changeHome', 'ChangeHomeInput', 'home { id }', async (scene) => ({
    input: { homeId: COURT, expectedVersion: await versionOf(scene, 'home', COURT), home: { gender: key() } },
  })),
  ...REFERENCE_OPERATIONS,
  ...PLACEMENT_OPERATIONS,
  ...REGULATOR_OPERATIONS,
  use('recordArrangement', 'RecordArrangementInput', () => ({
    route: 'SPOT',
    startsOn: '2026-04-01',
    idempotencyKey: key(),
  })),
  use('recordPlacementNumber', 'RecordPlacementNumberInput', () => ({
    homeId: COURT,
    youngPeople: 2,
    asAt: '2026-11-01',
  })),
  {
    ...use('declareUse', 'RecordPlacementNumberInput', () => ({})),
    document:
      'mutation($id: ID!) { declareUse(providerId: $id, declared: true) { provider { id usedBy { youngPeople } } } }',
    variables: () => provider,
  },
  {
    field: 'Mutation.setNotificationPreference',
    document:
      'mutation { setNotificationPreference(input: { kind: FLAG_RAISED, enabled: true, minimumSeverity: LOW }) { preference { kind } } }',
    variables: () => ({}),
    owner: 'brent-placements',
    sharedWith: OWN,
    notShared: OWN,
    wrongRole: 'brent ALLIANCE_ADMIN',
  },
  {
    field: 'Mutation.markNotificationsRead',
    document: 'mutation($ids: [ID!]!) { markNotificationsRead(ids: $ids) { unreadCount } }',
    variables: async (scene) => ({ ids: await scene.notifications('brent-placements') }),
    owner: 'brent-placements',
    sharedWith: OWN,
    notShared: { none: 'others’ and unknown ids are passed over alike (hidden-id.test.ts)' },
    wrongRole: 'brent ALLIANCE_ADMIN',
  },
  ...ACCREDITATION_OPERATIONS,
  ...MERGE_OPERATIONS,
  ...AGREEMENT_OPERATIONS,
  ...DUE_DILIGENCE_OPERATIONS,
  ...USE_OPERATIONS,
  ...PLACEMENT_RETURN_OPERATIONS,
  ...RECORD_OPERATIONS,
  ...SCHEDULE_OPERATIONS,
  ...REPORT_OPERATIONS,
];

export function newFlag(): Variables {
  return {
    providerId: JUNIPERFIELD,
    homeId: COURT,
    kind: 'SAFEGUARDING_CONCERN',
    severity: 'HIGH',
    summary: 'Two staff left in one night and nobody was told.',
    detail: 'Told by our visiting officer.',
  };
}

/** Subscriptions have a suite of their own: they are asked over two transports, and again at each event. */
export const STREAMS = ['Subscription.providerAlerts'] as const;
