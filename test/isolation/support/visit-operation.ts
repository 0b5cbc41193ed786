import {
  hiddenFrom,
  key,
  look,
  notTheOwners,
  OWN,
  PUBLIC,
  type OperationCase,
  type Variables,
} from './operation-kit.js';
import { sharingInput } from './standing.js';
import { NEVER_DUE, newVisit, TEMPLATE, VISITED_ON } from './visit-scene.js';
import { VISITOR_OPERATIONS } from './visitor-operation.js';
import { COURT, JUNIPERFIELD, type TenantName } from './world.js';

const DRAFTS: OperationCase['sharedWith'] = { none: 'a draft is its borough’s' };

type Facts = { readonly owner?: TenantName } | undefined;

/** An act on a visit of Brent's. */
const onVisit = (
  name: string,
  state: 'DRAFT' | 'SHARED',
  more: Variables,
  isTold = true,
): Omit<OperationCase, 'sharedWith' | 'notShared'> => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { visit { id state } } }`,
  variables: async (scene, facts: Facts) => ({
    input: {
      visitId: (await newVisit(scene, { state, ...(facts?.owner && { owner: facts.owner }) })).id,
      expectedVersion: 1,
      ...(isTold && { idempotencyKey: key() }),
      ...more,
    },
  }),
  owner: 'brent-quality',
  wrongRole: 'brent-ig',
});

const draft = (name: string, more: Variables, isTold?: boolean): OperationCase => ({
  ...onVisit(name, 'DRAFT', more, isTold),
  sharedWith: DRAFTS,
  notShared: hiddenFrom('barnet-placements'),
});

const shared = (name: string, more: Variables): OperationCase => ({
  ...onVisit(name, 'SHARED', more),
  sharedWith: notTheOwners,
  notShared: hiddenFrom('camden QUALITY'),
});

/** An act on a finding of Brent's that nobody else sees yet. */
const onFinding = (
  name: string,
  type: string,
  which: 'replied' | 'draft',
  more: Variables,
  isTold = true,
): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${type}!) { ${name}(input: $input) { finding { id state } } }`,
  variables: async (scene) => ({
    input: {
      findingId: (await newVisit(scene))[which],
      expectedVersion: 1,
      ...(isTold && { idempotencyKey: key() }),
      ...more,
    },
  }),
  owner: 'brent-placements',
  sharedWith: { none: 'others see it once it is published (visit.test.ts)' },
  notShared: hiddenFrom('barnet-placements'),
  wrongRole: 'brent-ig',
});

/** An act on an action of Brent's, whose progress Barnet sees. */
const onAction = (name: string, which: 'open' | 'done', more: Variables): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { action { id state } } }`,
  variables: async (scene) => ({
    input: { actionId: (await newVisit(scene))[which], expectedVersion: 1, ...more },
  }),
  owner: 'brent-practitioner',
  sharedWith: notTheOwners,
  notShared: hiddenFrom('camden QUALITY'),
  wrongRole: 'brent-ig',
});

const place = (type: 'Home' | 'Provider', id: string): OperationCase => ({
  ...look(
    type.toLowerCase(),
    '{ id visits(first: 5) { nodes { id state outcome } } }',
    '($id: ID!)',
    { id },
    '(id: $id)',
  ),
  field: `${type}.visits`,
  sharedWith: 'barnet-placements',
  notShared: { none: 'a list leaves out what is hidden (visit.test.ts)' },
  wrongRole: 'brent-admin',
});

const item = { code: 'SEEN.1', label: 'What was seen', kind: 'TEXT' };

export const VISIT_OPERATIONS: readonly OperationCase[] = [
  look('formTemplates', '{ id code items { code label } }'),
  look('formTemplate', '{ id code items { code } }', '($id: ID!)', { id: TEMPLATE }, '(id: $id)'),
  {
    field: 'Mutation.publishForm',
    document:
      'mutation($input: PublishFormInput!) { publishForm(input: $input) { form { id version items { code } } } }',
    variables: () => ({
      input: { code: 'ISOLATION', kind: 'VISIT', title: 'Seen', source: 'Here', items: [item], idempotencyKey: key() },
    }),
    owner: 'alliance-lead',
    sharedWith: { who: 'brent-placements', code: 'FORBIDDEN' },
    notShared: PUBLIC,
    wrongRole: 'alliance-safeguarding',
  },
  {
    ...look('visit', '{ id state outcome answers { value } }', '($id: ID!)', {}, '(id: $id)'),
    variables: async (scene) => ({ id: (await newVisit(scene)).id }),
    sharedWith: 'barnet-placements',
    notShared: hiddenFrom('camden DASHBOARD'),
    wrongRole: 'brent-admin',
  },
  { ...look('visits', '{ nodes { id state } }', '', {}, '(first: 5)'), notShared: OWN, wrongRole: 'brent-admin' },
  place('Home', COURT),
  place('Provider', JUNIPERFIELD),
  {
    ...look('possibleVisitors', '{ id displayName }'),
    sharedWith: 'barnet-placements',
    notShared: OWN,
    wrongRole: 'brent-ig',
  },
  {
    field: 'Mutation.startVisit',
    document: 'mutation($input: StartVisitInput!) { startVisit(input: $input) { visit { id state } } }',
    variables: () => ({ input: { ...newVisitInput(), idempotencyKey: key() } }),
    owner: 'brent-practitioner',
    sharedWith: 'barnet-placements',
    notShared: PUBLIC,
    wrongRole: 'brent-ig',
  },
  draft('saveVisit', { answers: [{ code: 'SUP.2', value: 'Shops nearby' }] }, false),
  {
    ...look('visitFile', '{ name content }', '($id: ID!)', {}, '(id: $id, format: HTML)'),
    variables: async (scene) => ({ id: (await newVisit(scene)).id }),
    sharedWith: 'barnet-placements',
    notShared: hiddenFrom('camden DASHBOARD'),
    wrongRole: 'brent-admin',
  },
  {
    field: 'Mutation.importVisitForm',
    document:
      'mutation($input: ImportVisitFormInput!) { importVisitForm(input: $input) { written conflicts { code } visit { id } } }',
    variables: async (scene) => ({ input: { content: emptyForm((await newVisit(scene, { state: 'DRAFT' })).id) } }),
    owner: 'brent-practitioner',
    sharedWith: DRAFTS,
    notShared: hiddenFrom('barnet-placements'),
    wrongRole: 'brent-ig',
  },
  draft('shareVisit', { sharing: sharingInput({}) }),
  shared('changeVisitSharing', { sharing: sharingInput({ level: 'ALLIANCE' }) }),
  shared('withdrawVisit', { reason: 'Another home.' }),
  ...VISITOR_OPERATIONS,
  {
    field: 'Mutation.writeFinding',
    document: 'mutation($input: WriteFindingInput!) { writeFinding(input: $input) { finding { id state } } }',
    variables: async (scene) => ({
      input: {
        visitId: (await newVisit(scene)).id,
        severity: 'LOW',
        summary: 'No shade on the lamp.',
        idempotencyKey: key(),
      },
    }),
    owner: 'brent-practitioner',
    sharedWith: notTheOwners,
    notShared: hiddenFrom('camden QUALITY'),
    wrongRole: 'brent-ig',
  },
  onFinding('changeFinding', 'ChangeFindingInput', 'draft', { severity: 'LOW' }, false),
  onFinding('askForReply', 'FindingActionInput', 'draft', {}),
  {
    ...onFinding('recordFindingReply', 'RecordFindingReplyInput', 'replied', { reply: 'Yes.', repliedOn: VISITED_ON }),
    variables: async (scene) => {
      const { replied } = await newVisit(scene);
      await scene.sql('update visit_finding set reply = null, replied_on = null, reply_due_on = $2 where id = $1', [
        replied,
        NEVER_DUE,
      ]);
      return {
        input: { findingId: replied, reply: 'Yes.', repliedOn: VISITED_ON, expectedVersion: 1, idempotencyKey: key() },
      };
    },
  },
  onFinding('publishFinding', 'FindingActionInput', 'replied', {}),
  onFinding('dropFinding', 'FindingActionInput', 'draft', {}),
  {
    field: 'Mutation.agreeAction',
    document: 'mutation($input: AgreeActionInput!) { agreeAction(input: $input) { action { id state } } }',
    variables: async (scene, facts: Facts) => {
      const { id, published } = await newVisit(scene, { ...(facts?.owner && { owner: facts.owner }) });
      return {
        input: {
          visitId: id,
          findingId: published,
          what: 'A new lock',
          responsible: 'PROVIDER',
          dueOn: '2026-12-24',
          idempotencyKey: key(),
        },
      };
    },
    owner: 'brent-practitioner',
    sharedWith: notTheOwners,
    notShared: hiddenFrom('camden QUALITY'),
    wrongRole: 'brent-ig',
  },
  onAction('changeAction', 'open', { dueOn: '2026-12-24' }),
  onAction('completeAction', 'open', { doneOn: '2026-11-20' }),
  onAction('verifyAction', 'done', { isDone: true }),
  {
    ...look('escalatedActions', '{ id what }'),
    owner: 'brent-director',
    sharedWith: { none: 'what has moved up is its borough’s' },
    notShared: OWN,
    wrongRole: 'brent-quality',
  },
];

/** An offline form in which nothing was written. */
export const emptyForm = (visitId: string): string =>
  JSON.stringify({ format: 'accord-visit-form', formatVersion: 1, visitId, answers: [] });

export const newVisitInput = (): Variables => ({
  providerId: JUNIPERFIELD,
  homeId: COURT,
  templateId: TEMPLATE,
  visitedOn: VISITED_ON,
  reason: 'ANNUAL_REVIEW_PLANNED',
  mode: 'IN_PERSON',
  unannounced: false,
});
