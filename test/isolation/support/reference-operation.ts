import { newId } from '@accord/kernel';
import { hiddenFrom, key, look, OWN, provider, PUBLIC, type OperationCase, type Variables } from './operation-kit.js';
import type { Scene } from './scene.js';
import { COURT, JUNIPERFIELD, RISE, TENANT, type TenantName } from './world.js';

export const QUESTIONS = ['How was the support?', 'Would you place there again?'];
export const ANSWERS = ['As agreed, most weeks.', 'Not before the nights are covered.'];
export const DECLINED_BECAUSE = 'We have been there too short a time.';
export const ANSWERED_BY = 'Barnet officer who answered';

export interface ReferenceFacts {
  readonly requester?: TenantName;
  readonly home?: string | null;
  readonly dueOn?: string;
  /** Those that it reached; what they said. */
  readonly asked?: Readonly<Partial<Record<TenantName, 'ASKED' | 'ANSWERED' | 'SHARED' | 'DECLINED'>>>;
}

/** A request for references that is there without having been told to anybody. @returns its id. */
export async function newRequest(
  scene: Scene,
  { requester = 'islington', home = COURT, dueOn = '2099-01-01', asked = { brent: 'ASKED' } }: ReferenceFacts = {},
): Promise<string> {
  const id = newId();
  const about = { provider_id: JUNIPERFIELD, home_id: home };
  await scene.insert('reference_request', {
    id,
    requester_id: TENANT[requester],
    requested_by: 'Officer who asks',
    ...about,
    purpose: 'PLACEMENT_DECISION',
    questions: QUESTIONS,
    due_on: dueOn,
    is_due_certain: true,
    asked_at: new Date(),
  });
  for (const [borough, said] of Object.entries(asked) as [TenantName, string][]) {
    const isAnswered = said === 'ANSWERED' || said === 'SHARED';
    await scene.insert('borough_reference', {
      id: newId(),
      request_id: id,
      requester_id: TENANT[requester],
      borough_id: TENANT[borough],
      ...about,
      questions: QUESTIONS,
      due_on: dueOn,
      state: isAnswered ? 'ANSWERED' : said,
      answers: isAnswered ? ANSWERS : null,
      young_people: isAnswered ? 17 : null,
      used_since: isAnswered ? '2025-02-03' : null,
      decline_reason: said === 'DECLINED' ? DECLINED_BECAUSE : null,
      answered_by: said === 'ASKED' ? null : ANSWERED_BY,
      answered_on: said === 'ASKED' ? null : '2026-11-20',
      shared_with_alliance: said === 'SHARED',
      version: said === 'ASKED' ? 1 : 2,
    });
  }
  return id;
}

/** The id of what a borough was asked or said. */
export async function referenceOf(scene: Scene, requestId: string, borough: TenantName): Promise<string> {
  const [row] = await scene.sql<{ id: string }>(
    'select id from borough_reference where request_id = $1 and borough_id = $2',
    [requestId, TENANT[borough]],
  );
  return row?.id ?? '';
}

/** What Brent does about a request of Islington's that reached Brent alone. */
const asked = (name: string, kind: string, input: Variables): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${kind}!) { ${name}(input: $input) { reference { id state answers { answer } } } }`,
  variables: async (scene) => ({ input: { requestId: await newRequest(scene), idempotencyKey: key(), ...input } }),
  owner: 'brent-placements',
  sharedWith: { who: 'islington PLACEMENTS', code: 'FORBIDDEN' },
  notShared: hiddenFrom('barnet-placements'),
  wrongRole: 'brent-ig',
});

let asksAgain = 0;

export const REFERENCE_OPERATIONS: readonly OperationCase[] = [
  {
    ...look('referenceRequests', '{ nodes { id questions } }', '', {}, '(first: 5)'),
    sharedWith: 'barnet-placements',
    notShared: { none: 'a list leaves out what is hidden (reference.test.ts)' },
    wrongRole: 'brent-admin',
  },
  {
    ...look('referenceRequest', '{ id questions received { id } }', '($id: ID!)', {}, '(id: $id)'),
    variables: async (scene) => ({ id: await newRequest(scene) }),
    sharedWith: 'islington PLACEMENTS',
    notShared: hiddenFrom('barnet-placements'),
    wrongRole: 'brent-admin',
  },
  {
    ...look('referenceSetting', '{ isAsked required }'),
    sharedWith: { none: 'what a borough settled is its own' },
    notShared: OWN,
    wrongRole: 'brent-admin',
  },
  {
    ...look('provider', '{ id references(first: 5) { nodes { id state } } }', '($id: ID!)', provider, '(id: $id)'),
    field: 'Provider.references',
    sharedWith: 'barnet-placements',
    notShared: { none: 'a list leaves out what is hidden (reference.test.ts)' },
    wrongRole: 'brent-admin',
  },
  {
    field: 'Mutation.askForReferences',
    document:
      'mutation($input: AskForReferencesInput!) { askForReferences(input: $input) { request { id state received { id } } } }',
    variables: async (scene) => {
      // One open request at a time: those before this one are over.
      await scene.sql(`update reference_request set due_on = '2026-01-01'`);
      asksAgain += 1;
      return {
        input: {
          providerId: JUNIPERFIELD,
          homeId: asksAgain % 2 === 0 ? COURT : RISE,
          questions: QUESTIONS,
          purpose: 'PLACEMENT_DECISION',
          idempotencyKey: key(),
        },
      };
    },
    owner: 'brent-placements',
    sharedWith: 'barnet-placements',
    notShared: PUBLIC,
    wrongRole: 'brent-ig',
  },
  asked('answerReference', 'AnswerReferenceInput', { answers: ANSWERS, youngPeople: 3 }),
  asked('declineReference', 'DeclineReferenceInput', { reason: DECLINED_BECAUSE }),
  {
    ...asked('shareReference', 'ShareReferenceInput', {}),
    variables: async (scene) => {
      const requestId = await newRequest(scene, { asked: { brent: 'ANSWERED' } });
      return {
        input: { referenceId: await referenceOf(scene, requestId, 'brent'), withAlliance: true, expectedVersion: 2 },
      };
    },
  },
  {
    field: 'Mutation.settleReferences',
    document: 'mutation { settleReferences(input: { isAsked: true, required: 2 }) { setting { isAsked required } } }',
    variables: () => ({}),
    owner: 'brent-admin',
    sharedWith: OWN,
    notShared: OWN,
    wrongRole: 'brent-placements',
  },
];
