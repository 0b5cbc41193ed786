import { hiddenFrom, key, look, OWN, type OperationCase, type Variables } from './operation-kit.js';
import type { Scene } from './scene.js';

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

export const GOVERNED_OPERATIONS: readonly OperationCase[] = [
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
    // Whose request it is waits for the answer, and does not give it.
    notShared: hiddenFrom('barnet INFORMATION_GOVERNANCE'),
  },
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
];
