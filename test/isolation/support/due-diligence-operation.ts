import { londonDate } from '@accord/kernel';
import { GAS, newAnswer, newDraft, newEvidence, newLink } from './due-diligence-rows.js';
import { OPEN_EVIDENCE, pdf, UPLOAD_EVIDENCE } from './evidence-file.js';
import { hiddenFrom, key, look, OWN, provider, PUBLIC, type OperationCase, type Variables } from './operation-kit.js';
import { COURT, JUNIPERFIELD } from './world.js';

/** What somebody says of an answer. */
const onAnswer = (
  name: string,
  input: string,
  more: Variables,
  answers: 'brent' | 'barnet',
  sharedWith: OperationCase['sharedWith'],
): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${input}!) { ${name}(input: $input) { answer { id value marks { kind reason } } } }`,
  variables: async (scene) => ({
    input: { answerId: await newAnswer(scene, { owner: answers }), idempotencyKey: key(), ...more },
  }),
  owner: 'brent-placements',
  sharedWith,
  notShared: hiddenFrom('camden QUALITY'),
  wrongRole: 'brent-ig',
});

/** What the alliance does with a draft. */
const onDraft = (name: string, input: string, answer: string, more: Variables): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${input}!) { ${name}(input: $input) { ${answer} } }`,
  variables: async (scene) => ({ input: { setId: await newDraft(scene), expectedVersion: 1, ...more } }),
  owner: 'alliance-accreditation',
  sharedWith: { who: 'brent-placements', code: 'FORBIDDEN' },
  notShared: { none: 'only the alliance has anybody who may' },
  wrongRole: 'alliance-safeguarding',
});

const ITEMS = `dueDiligence(first: 3) { nodes { question { code } value state answeredBy { name } earlier { value } } }`;

export const DUE_DILIGENCE_OPERATIONS: readonly OperationCase[] = [
  {
    ...look('dueDiligenceLinks', '{ nodes { id issuedBy questions { code } } }', '', {}, '(first: 5)'),
    sharedWith: 'barnet-placements',
    notShared: OWN,
    wrongRole: 'brent-ig',
  },
  {
    field: 'Mutation.issueDueDiligenceLink',
    document:
      'mutation($input: IssueDueDiligenceLinkInput!) { issueDueDiligenceLink(input: $input) { token link { id } } }',
    variables: () => ({
      input: { providerId: JUNIPERFIELD, homeId: COURT, codes: [GAS.code], idempotencyKey: key() },
    }),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: PUBLIC,
    wrongRole: 'brent-ig',
  },
  {
    field: 'Mutation.revokeDueDiligenceLink',
    document:
      'mutation($input: RevokeDueDiligenceLinkInput!) { revokeDueDiligenceLink(input: $input) { link { id revokedAt } } }',
    variables: async (scene) => ({ input: { linkId: (await newLink(scene)).id } }),
    owner: 'brent-placements',
    sharedWith: { none: 'a link is its own organisation’s' },
    notShared: hiddenFrom('barnet-placements'),
    wrongRole: 'brent-ig',
  },
  look('dueDiligenceSets', '{ id number state questions { code } askedAgain { code } }'),
  {
    ...look(
      'dueDiligenceAnswer',
      '{ id value note question { code } marks { reason } }',
      '($id: ID!)',
      {},
      '(id: $id)',
    ),
    variables: async (scene) => ({ id: await newAnswer(scene) }),
    sharedWith: 'barnet-placements',
    notShared: hiddenFrom('camden DASHBOARD'),
    wrongRole: 'brent-admin',
  },
  {
    ...look('provider', `{ id ${ITEMS} }`, '($id: ID!)', provider, '(id: $id)'),
    field: 'Provider.dueDiligence',
    sharedWith: 'barnet-placements',
    notShared: { none: 'a list leaves out what is hidden (due-diligence.test.ts)' },
    wrongRole: 'brent-admin',
  },
  {
    ...look('home', `{ id ${ITEMS} }`, '($id: ID!)', { id: COURT }, '(id: $id)'),
    field: 'Home.dueDiligence',
    sharedWith: 'barnet-placements',
    notShared: { none: 'a list leaves out what is hidden (due-diligence.test.ts)' },
    wrongRole: 'brent-admin',
  },
  {
    field: 'Mutation.answerDueDiligence',
    document:
      'mutation($input: AnswerDueDiligenceInput!) { answerDueDiligence(input: $input) { provider { id } home { id } } }',
    variables: () => ({
      input: {
        providerId: JUNIPERFIELD,
        homeId: COURT,
        answers: [
          { code: GAS.code, value: '2026-01-15', answeredOn: londonDate(new Date()), assurance: 'EVIDENCE_SEEN' },
        ],
        idempotencyKey: key(),
      },
    }),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: PUBLIC,
    wrongRole: 'brent-ig',
  },
  onAnswer(
    'confirmDueDiligenceAnswer',
    'ConfirmDueDiligenceAnswerInput',
    { assurance: 'VERIFIED_ON_SITE' },
    'barnet',
    'havering-quality',
  ),
  onAnswer(
    'challengeDueDiligenceAnswer',
    'ChallengeDueDiligenceAnswerInput',
    { reason: 'The boiler was out of use on our visit.' },
    'barnet',
    'havering-quality',
  ),
  onAnswer(
    'withdrawDueDiligenceAnswer',
    'WithdrawDueDiligenceAnswerInput',
    { reason: 'It was another home.' },
    'brent',
    {
      who: 'barnet-placements',
      code: 'FORBIDDEN',
    },
  ),
  {
    field: 'Mutation.uploadDueDiligenceEvidence',
    document: UPLOAD_EVIDENCE,
    variables: async (scene) => ({
      input: { answerId: await newAnswer(scene), file: pdf(), idempotencyKey: key() },
    }),
    owner: 'brent-placements',
    sharedWith: { who: 'barnet-placements', code: 'FORBIDDEN' },
    notShared: hiddenFrom('camden QUALITY'),
    wrongRole: 'brent-ig',
  },
  {
    field: 'Mutation.openDueDiligenceEvidence',
    document: OPEN_EVIDENCE,
    variables: async (scene) => ({
      input: { evidenceId: await newEvidence(scene, await newAnswer(scene)), purpose: 'PLACEMENT_DECISION' },
    }),
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: hiddenFrom('camden QUALITY'),
    wrongRole: 'brent DASHBOARD',
  },
  {
    ...onDraft('startDueDiligenceDraft', 'StartDueDiligenceDraftInput', 'set { id state version }', {}),
    variables: async (scene) => {
      await newDraft(scene);
      await scene.sql(
        `delete from due_diligence_question where set_id in (select id from due_diligence_set where state = 'DRAFT')`,
      );
      await scene.sql(`delete from due_diligence_set where state = 'DRAFT'`);
      return { input: { source: 'The yearly review', idempotencyKey: key() } };
    },
  },
  onDraft('putDueDiligenceQuestion', 'PutDueDiligenceQuestionInput', 'set { id version questions { code } }', {
    code: 'NIGHT_STAFF',
    text: 'Are staff awake at night?',
    category: 'STAFF',
    kind: 'YES_NO',
    subject: 'HOME',
    isMandatory: false,
    answeredByRoles: ['QUALITY'],
    isForProvider: true,
    source: 'The yearly review',
  }),
  onDraft('removeDueDiligenceQuestion', 'RemoveDueDiligenceQuestionInput', 'set { id questions { code } }', {
    code: 'COVID_STATUS',
  }),
  onDraft('publishDueDiligenceSet', 'PublishDueDiligenceSetInput', 'set { id state askedAgain { code } }', {}),
  onDraft('discardDueDiligenceDraft', 'DiscardDueDiligenceDraftInput', 'sets { id state }', {}),
];
