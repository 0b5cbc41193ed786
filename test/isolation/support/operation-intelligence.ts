import { GOVERNED_OPERATIONS } from './operation-governed.js';
import {
  hiddenFrom,
  key,
  look,
  notTheOwners,
  OWN,
  provider,
  PUBLIC,
  type OperationCase,
  type Variables,
} from './operation-kit.js';
import { sharingInput } from './standing.js';
import { COURT, JUNIPERFIELD } from './world.js';

/** An act on an item of Brent's: Barnet may see it, Camden may not. */
const itemAction = (name: string, kind: string, input: Variables): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${kind}!) { ${name}(input: $input) { item { id version summary detail sharingReason } } }`,
  variables: async (scene, item) => ({
    input: { itemId: await scene.item(item), expectedVersion: 1, idempotencyKey: key(), ...input },
  }),
  owner: 'brent-placements',
  sharedWith: { who: 'barnet-placements', code: 'FORBIDDEN' },
  notShared: hiddenFrom('camden QUALITY'),
  wrongRole: 'brent-admin',
});

/** What Brent says of an item of Barnet's: Havering may too, Camden may not. */
const onTheirs = (name: string, kind: string, input: Variables, once = false): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${kind}!) { ${name}(input: $input) { item { id summary } } }`,
  variables: async (scene, item) => ({
    input: {
      itemId: await scene.item({ owner: 'barnet', ...item }),
      ...(once && { idempotencyKey: key() }),
      ...input,
    },
  }),
  owner: 'brent-placements',
  sharedWith: 'havering-quality',
  notShared: hiddenFrom('camden QUALITY'),
  wrongRole: 'brent-ig',
});

/** What a borough asks of intelligence about a provider. */
const onProvider = (name: string, answer: string): OperationCase => ({
  ...look('provider', `{ id ${answer} }`, '($id: ID!)', provider, '(id: $id)'),
  field: `Provider.${name}`,
  sharedWith: 'barnet-placements',
  notShared: { none: 'a list leaves out what is hidden (intelligence.test.ts)' },
  wrongRole: 'brent-admin',
});

export const INTELLIGENCE_OPERATIONS: readonly OperationCase[] = [
  ...GOVERNED_OPERATIONS,
  {
    ...look(
      'intelligence',
      '{ nodes { id summary } }',
      '($filter: IntelligenceFilter)',
      { filter: { providerId: JUNIPERFIELD } },
      '(first: 5, filter: $filter)',
    ),
    sharedWith: 'barnet-placements',
    notShared: { none: 'a list leaves out what is hidden (intelligence.test.ts)' },
    wrongRole: 'brent-admin',
  },
  {
    ...look('intelligenceItem', '{ id summary }', '($id: ID!)', {}, '(id: $id)'),
    variables: async (scene, item) => ({ id: await scene.item(item) }),
    sharedWith: 'barnet-placements',
    notShared: hiddenFrom('camden DASHBOARD'),
    wrongRole: 'brent-admin',
  },
  {
    ...look(
      'previewAudience',
      '{ boroughs { name } excluded { reason } }',
      '($input: PreviewAudienceInput!)',
      { input: { providerId: JUNIPERFIELD, homeId: COURT, sharing: sharingInput({}) } },
      '(input: $input)',
    ),
    sharedWith: 'camden QUALITY',
    wrongRole: 'brent-dashboard',
  },
  {
    ...look('readLog', '{ nodes { id reader { displayName } } }', '', {}, '(first: 5)'),
    owner: 'brent-ig',
    sharedWith: { none: 'a read log is its owner’s' },
    notShared: OWN,
    wrongRole: 'brent-placements',
  },
  {
    ...look('readLogExport', '{ name rowCount content }', '', {}, '(filter: {}, format: CSV)'),
    owner: 'brent-ig',
    sharedWith: { none: 'a read log is its owner’s' },
    notShared: OWN,
    wrongRole: 'brent-placements',
  },
  onProvider('heldIntelligence', 'heldIntelligence { id home { id } borough { id } }'),
  {
    field: 'Mutation.exportIntelligence',
    document:
      'mutation($input: ExportIntelligenceInput!) { exportIntelligence(input: $input) { file { name rowCount content } } }',
    variables: () => ({ input: { format: 'CSV', purpose: 'MONITORING', filter: { providerId: JUNIPERFIELD } } }),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: { none: 'an export leaves out what is hidden (intelligence-keeping.test.ts)' },
    wrongRole: 'brent-dashboard',
  },
  onTheirs('corroborateIntelligence', 'CorroborateInput', { kind: 'SEEN_HERE_TOO' }),
  onTheirs('proposeCorrection', 'ProposeCorrectionInput', { words: 'Next door.' }, true),
  {
    ...onTheirs('withdrawCorroboration', 'ID', {}),
    document: 'mutation($id: ID!) { withdrawCorroboration(itemId: $id) { item { id summary } } }',
    variables: async (scene, item) => ({ id: await scene.item({ owner: 'barnet', ...item }) }),
  },
  {
    field: 'Mutation.decideCorrection',
    document: 'mutation($input: DecideCorrectionInput!) { decideCorrection(input: $input) { item { id summary } } }',
    variables: async (scene) => ({
      input: { correctionId: await scene.correction(), accepted: true, reason: 'Seen again.' },
    }),
    owner: 'brent-placements',
    sharedWith: notTheOwners,
    notShared: hiddenFrom('camden QUALITY'),
    wrongRole: 'brent-admin',
  },
  {
    ...look('accessRequests', '{ nodes { id reason } }', '', {}, '(first: 5)'),
    sharedWith: 'barnet-placements',
    notShared: OWN,
    wrongRole: 'brent-dashboard',
  },
  {
    field: 'Mutation.askForIntelligence',
    document:
      'mutation($input: AskForIntelligenceInput!) { askForIntelligence(input: $input) { request { id itemId reason } } }',
    variables: async (scene) => ({
      input: {
        itemId: await scene.item({ owner: 'hammersmith', level: 'OWN_BOROUGH', mayBeAskedFor: true }),
        purpose: 'MONITORING',
        reason: 'We place there.',
        idempotencyKey: key(),
      },
    }),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: hiddenFrom('camden QUALITY'),
    wrongRole: 'brent-ig',
  },
  {
    field: 'Mutation.passOnAccessRequest',
    document: 'mutation($id: ID!) { passOnAccessRequest(id: $id) { request { id reason } } }',
    variables: async (scene) => ({ id: await scene.accessRequest(true) }),
    owner: 'alliance-safeguarding',
    sharedWith: { who: 'barnet-placements', code: 'FORBIDDEN' },
    notShared: { none: 'only the alliance has anybody who may' },
    wrongRole: 'alliance-lead',
  },
  {
    field: 'Mutation.answerAccessRequest',
    document:
      'mutation($input: AnswerAccessRequestInput!) { answerAccessRequest(input: $input) { request { id state endsAt } } }',
    variables: async (scene) => ({
      input: { requestId: await scene.accessRequest(), days: 7, reason: 'They place there.', idempotencyKey: key() },
    }),
    owner: 'brent-placements',
    sharedWith: notTheOwners,
    notShared: hiddenFrom('camden QUALITY'),
    wrongRole: 'brent-admin',
  },
  {
    ...look('reliedCopies', '{ id reference }'),
    owner: 'brent-ig',
    sharedWith: { none: 'what a borough relied on is its own' },
    notShared: OWN,
    wrongRole: 'brent-placements',
  },
  {
    field: 'Mutation.relyOnIntelligence',
    document:
      'mutation($input: RelyOnIntelligenceInput!) { relyOnIntelligence(input: $input) { copy { id reference } } }',
    variables: async (scene, item) => ({
      input: { itemId: await scene.item(item), decision: 'DECISION', reference: 'D-1', idempotencyKey: key() },
    }),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: hiddenFrom('camden QUALITY'),
    wrongRole: 'brent-ig',
  },
  {
    field: 'Mutation.openSealedCopy',
    document: 'mutation($id: ID!) { openSealedCopy(id: $id, reason: "Complaint 7.") { summary detail conditions } }',
    variables: async (scene) => ({ id: await scene.reliedCopy() }),
    owner: 'brent-ig',
    sharedWith: { none: 'what a borough relied on is its own' },
    notShared: hiddenFrom('barnet INFORMATION_GOVERNANCE'),
    wrongRole: 'brent-placements',
  },
  {
    ...itemAction('confirmIntelligence', 'ConfirmIntelligenceInput', {}),
    variables: async (scene, item) => ({
      input: { itemId: await scene.item(item), expectedVersion: 1, evidence: 'Seen again.' },
    }),
  },
  onProvider('intelligence', 'intelligence(first: 5) { nodes { id summary } }'),
  {
    field: 'Mutation.recordIntelligence',
    document:
      'mutation($input: RecordIntelligenceInput!) { recordIntelligence(input: $input) { item { id summary detail } } }',
    variables: () => ({ input: { ...newItem(), idempotencyKey: key() } }),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: PUBLIC,
    wrongRole: 'brent-ig',
  },
  itemAction('correctIntelligence', 'CorrectIntelligenceInput', { summary: 'Corrected.', reason: 'A slip.' }),
  itemAction('changeIntelligenceSharing', 'ChangeIntelligenceSharingInput', {
    sharing: sharingInput({ level: 'ALLIANCE' }),
  }),
  itemAction('withdrawIntelligence', 'WithdrawIntelligenceInput', { reason: 'Another home.' }),
  {
    field: 'Mutation.openIntelligence',
    document:
      'mutation($id: ID!) { openIntelligence(id: $id, purpose: MONITORING) { item { id summary detail conditions } } }',
    variables: async (scene, item) => ({ id: await scene.item(item) }),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: hiddenFrom('camden QUALITY'),
    wrongRole: 'brent-dashboard',
  },
];

export function newItem(): Variables {
  return {
    providerId: JUNIPERFIELD,
    homeId: COURT,
    category: 'STAFFING',
    summary: 'Agency staff every night; nobody knew the fire plan.',
    detail: 'A placing worker saw the rota.',
    observedOn: '2026-11-01',
    sharing: { level: 'OWN_BOROUGH', reason: 'Not confirmed yet.' },
  };
}
