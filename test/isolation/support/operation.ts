import { exampleId } from '@accord/infra';
import { newId, type ErrorCode } from '@accord/kernel';
import type { FlagFacts, ItemFacts, Scene } from './scene.js';
import { sharingInput } from './standing.js';
import { COURT, JUNIPERFIELD } from './world.js';

type Variables = Record<string, unknown>;

/** Somebody by the name of a persona (`brent-placements`), or a machine by tenant and role (`camden PLACEMENTS`). */
type Who = string;

/** Why a kind of caller has no case: what is asked for is not shared, or not hidden from anybody. */
interface None {
  readonly none: string;
}

/** One operation: what is sent, and who gets how far with it. */
export interface OperationCase {
  /** `Type.field`, as access declarations write it. */
  readonly field: string;
  readonly document: string;
  /** Made anew for each request. `facts` say what the flag is like that the operation is about. */
  readonly variables: (scene: Scene, facts?: FlagFacts & ItemFacts) => Promise<Variables> | Variables;
  readonly owner: Who;
  /** Somebody of another organisation with whom it is shared: gets through, or is refused with a code. */
  readonly sharedWith: Who | { readonly who: Who; readonly code: ErrorCode } | None;
  /** Somebody of another organisation from whom what it asks for is hidden. */
  readonly notShared: { readonly who: Who; readonly code: ErrorCode } | None;
  /** Somebody of the owner's organisation in a role that may not. */
  readonly wrongRole: Who;
}

const PUBLIC: None = { none: 'the register and the organisations are open to every member of the alliance' };
const OWN: None = { none: 'it reaches nothing but the caller’s own' };

const key = newId;
const hiddenFrom = (who: Who) => ({ who, code: 'NOT_FOUND' }) as const;
const id = exampleId;

const provider = { id: JUNIPERFIELD };
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

const notTheOwners = { who: 'barnet-placements', code: 'FORBIDDEN' } as const;

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

const look = (name: string, answer: string, args = '', variables: Variables = {}, pass = ''): OperationCase => ({
  field: `Query.${name}`,
  document: `query${args} { ${name}${pass} ${answer} }`,
  variables: () => variables,
  owner: 'brent-placements',
  sharedWith: 'camden DASHBOARD',
  notShared: PUBLIC,
  wrongRole: 'brent CARE_EXPERIENCED_VISITOR',
});

/** What everybody who is signed in may ask about themselves; of their own roles none is too few. */
const own = (query: OperationCase): OperationCase => ({ ...query, notShared: OWN, wrongRole: 'brent ALLIANCE_ADMIN' });

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

/** What the safeguarding lead does about a pattern. */
const patternAct = (name: string, kind: string, state: 'FOUND' | 'ASKING', input: Variables): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${kind}!) { ${name}(input: $input) { review { id state agreed pending } } }`,
  variables: async (scene) => ({ input: { reviewId: await scene.pattern(state), ...input } }),
  owner: 'alliance-safeguarding',
  sharedWith: { who: 'barnet-placements', code: 'FORBIDDEN' },
  notShared: { none: 'only the alliance has anybody who may' },
  wrongRole: 'alliance-lead',
});

/** What a borough's information governance alone does, with its own. */
const governed = ({
  field,
  document,
  variables,
}: Pick<OperationCase, 'field' | 'document' | 'variables'>): OperationCase => ({
  field,
  document,
  variables,
  owner: 'brent-ig',
  sharedWith: { none: 'each borough answers for itself' },
  notShared: OWN,
  wrongRole: 'brent-placements',
});

/** What a borough asks of intelligence about a provider. */
const onProvider = (name: string, answer: string): OperationCase => ({
  ...look('provider', `{ id ${answer} }`, '($id: ID!)', provider, '(id: $id)'),
  field: `Provider.${name}`,
  sharedWith: 'barnet-placements',
  notShared: { none: 'a list leaves out what is hidden (intelligence.test.ts)' },
  wrongRole: 'brent-admin',
});

export const OPERATIONS: readonly OperationCase[] = [
  {
    ...look('intelligence', '{ nodes { id summary } }', '', {}, '(first: 5)'),
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
      'mutation { exportIntelligence(input: { format: CSV, purpose: MONITORING }) { file { name rowCount content } } }',
    variables: () => ({}),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: { none: 'an export leaves out what is hidden (intelligence-acts.test.ts)' },
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
      input: { requestId: await scene.accessRequest(), days: 7, reason: 'They place there.' },
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
  ...[
    patternAct('askPatternOwners', 'AskOwnersInput', 'FOUND', {
      summary: 'Several boroughs are concerned.',
      severity: 'HIGH',
      sharing: 'ALLIANCE',
    }),
    patternAct('closePattern', 'ClosePatternInput', 'ASKING', { reason: 'Settled otherwise.' }),
    {
      ...patternAct('releasePattern', 'ReleasePatternInput', 'ASKING', {}),
      variables: async (scene: Scene) => ({
        input: { reviewId: await scene.pattern('ASKING', 'AGREED'), idempotencyKey: key() },
      }),
    },
    {
      ...look('patternReviews', '{ id state agreed pending }'),
      owner: 'alliance-safeguarding',
      sharedWith: { who: 'brent-placements', code: 'FORBIDDEN' } as const,
      notShared: { none: 'only the alliance has anybody who may' },
      wrongRole: 'alliance-lead',
    },
  ],
  {
    ...look('patternQuestions', '{ reviewId summary items { id } }'),
    sharedWith: 'barnet-placements',
    notShared: OWN,
    wrongRole: 'brent-admin',
  },
  {
    field: 'Mutation.answerPattern',
    document: 'mutation($input: AnswerPatternInput!) { answerPattern(input: $input) { question { reviewId answer } } }',
    variables: async (scene) => ({ input: { reviewId: await scene.pattern(), agreed: true, reason: 'We saw it.' } }),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: hiddenFrom('camden QUALITY'),
    wrongRole: 'brent-admin',
  },
  ...[
    governed(look('disclosureRequests', '{ id reference found { id } consultations { id } }')),
    governed(look('disclosureConsultations', '{ id objects }')),
    governed({
      field: 'Mutation.recordDisclosureRequest',
      document:
        'mutation($input: RecordDisclosureRequestInput!) { recordDisclosureRequest(input: $input) { request { id dueOn } } }',
      variables: () => ({
        input: {
          kind: 'FREEDOM_OF_INFORMATION',
          reference: 'FOI-1',
          words: 'rota',
          receivedOn: '2026-11-02',
          idempotencyKey: key(),
        },
      }),
    }),
    {
      ...governed({
        field: 'Mutation.consultOriginators',
        document: 'mutation($id: ID!) { consultOriginators(requestId: $id) { request { id } } }',
        variables: async (scene) => ({ id: await scene.disclosureRequest() }),
      }),
      notShared: hiddenFrom('barnet INFORMATION_GOVERNANCE'),
    },
    {
      ...governed({
        field: 'Mutation.decideDisclosureRequest',
        document:
          'mutation($input: DecideDisclosureInput!) { decideDisclosureRequest(input: $input) { request { id decision } } }',
        variables: async (scene) => ({
          input: { requestId: await scene.disclosureRequest(), decision: 'Disclosed without names.' },
        }),
      }),
      notShared: hiddenFrom('barnet INFORMATION_GOVERNANCE'),
    },
    {
      ...governed({
        field: 'Mutation.answerConsultation',
        document:
          'mutation($input: AnswerConsultationInput!) { answerConsultation(input: $input) { consultation { id objects } } }',
        variables: async (scene) => ({
          input: { consultationId: await scene.consultation(), objects: true, answer: 'It names our source.' },
        }),
      }),
      owner: 'barnet INFORMATION_GOVERNANCE',
      notShared: hiddenFrom('havering INFORMATION_GOVERNANCE'),
      wrongRole: 'barnet-placements',
    },
  ],
  {
    ...look('retentionDue', '{ token items { id } }'),
    owner: 'brent-ig',
    sharedWith: { none: 'each borough keeps its own' },
    notShared: OWN,
    wrongRole: 'brent-placements',
  },
  {
    field: 'Mutation.deleteDueIntelligence',
    document:
      'mutation($input: DeleteDueIntelligenceInput!) { deleteDueIntelligence(input: $input) { items { id deletedOn } } }',
    variables: async (scene) => ({
      input: { token: await scene.deletionToken(), reason: 'Twelve months have passed.', idempotencyKey: key() },
    }),
    owner: 'brent-ig',
    sharedWith: { none: 'each borough keeps its own' },
    notShared: OWN,
    wrongRole: 'brent-placements',
  },
  {
    field: 'Mutation.holdIntelligence',
    document: 'mutation($input: HoldIntelligenceInput!) { holdIntelligence(input: $input) { item { id holdReason } } }',
    variables: async (scene, item) => ({ input: { itemId: await scene.item(item), reason: 'Court proceedings.' } }),
    owner: 'brent-ig',
    sharedWith: { who: 'barnet INFORMATION_GOVERNANCE', code: 'FORBIDDEN' },
    notShared: hiddenFrom('camden INFORMATION_GOVERNANCE'),
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
