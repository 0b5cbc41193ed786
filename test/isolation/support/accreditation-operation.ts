import { newId } from '@accord/kernel';
import { newProposal, newProvider } from './accreditation-file.js';
import type { OperationCase } from './operation-kit.js';
import type { Scene } from './scene.js';

type Variables = Record<string, unknown>;

const FILE = { none: 'the file is the alliance’s alone' };

/** An act on the alliance's file: no borough has a role for it, whatever stands there. */
const act = (
  name: string,
  kind: string,
  answer: string,
  who: Pick<OperationCase, 'owner' | 'wrongRole'>,
  input: (scene: Scene) => Promise<Variables>,
): OperationCase => ({
  field: `Mutation.${name}`,
  document: `mutation($input: ${kind}!) { ${name}(input: $input) { ${answer} } }`,
  variables: async (scene) => ({ input: { ...(await input(scene)), idempotencyKey: newId() } }),
  sharedWith: FILE,
  notShared: { who: 'brent-director', code: 'FORBIDDEN' },
  ...who,
});

const ASSESSES = { owner: 'alliance-accreditation', wrongRole: 'alliance-safeguarding' };
const DECIDES = { owner: 'alliance-lead', wrongRole: 'alliance-accreditation' };

const STANDING = 'accreditation { status version stages { outcome evidenceNote } }';
const DECISION = 'decision { id state file { reason verdictReason gist appeal { grounds } } } accreditation { status }';

export const ACCREDITATION_OPERATIONS: readonly OperationCase[] = [
  {
    field: 'Query.accreditationDecision',
    document: 'query($id: ID!) { accreditationDecision(id: $id) { id reason file { reason gist } } }',
    variables: async (scene) => ({ id: await newProposal(scene, { told: true }) }),
    owner: 'alliance-accreditation',
    sharedWith: { none: 'an open proposal is the alliance’s alone; decisions are in accreditation-file.test.ts' },
    notShared: { who: 'brent-director', code: 'NOT_FOUND' },
    wrongRole: 'alliance CARE_EXPERIENCED_VISITOR',
  },
  act('recordAccreditationApplication', 'RecordAccreditationApplicationInput', STANDING, ASSESSES, async (scene) => ({
    providerId: await newProvider(scene, null),
  })),
  act('assessAccreditationStage', 'AssessAccreditationStageInput', STANDING, ASSESSES, async (scene) => ({
    providerId: await newProvider(scene, 'IN_ASSESSMENT'),
    expectedVersion: 1,
    stage: 'PAPERWORK',
    outcome: 'PASSED',
    evidenceNote: 'Sampled.',
  })),
  act('proposeAccreditationDecision', 'ProposeAccreditationDecisionInput', DECISION, ASSESSES, async (scene) => ({
    providerId: await newProvider(scene, 'IN_ASSESSMENT'),
    expectedVersion: 1,
    status: 'REFUSED',
    reason: 'It does not meet the standard.',
  })),
  act('tellProvider', 'TellProviderInput', DECISION, ASSESSES, async (scene) => ({
    decisionId: await newProposal(scene),
    gist: 'Nobody was on duty.',
  })),
  act('putOffTellingProvider', 'PutOffTellingProviderInput', DECISION, ASSESSES, async (scene) => ({
    decisionId: await newProposal(scene),
    by: 'POLICE',
    reason: 'They ask for a week.',
    reviewOn: '2099-01-01',
  })),
  act('recordProviderReply', 'RecordProviderReplyInput', DECISION, ASSESSES, async (scene) => ({
    decisionId: await newProposal(scene, { told: true }),
    reply: 'The agency sent nobody.',
    isComplete: true,
  })),
  act('recordAccreditationAppeal', 'RecordAccreditationAppealInput', DECISION, ASSESSES, async (scene) => ({
    decisionId: await newProposal(scene, { told: true, approved: true }),
    grounds: 'A warning would have been enough.',
  })),
  act('approveAccreditationDecision', 'DecideAccreditationProposalInput', DECISION, DECIDES, async (scene) => ({
    decisionId: await newProposal(scene, { status: 'WITHDRAWN_BY_PROVIDER' }),
    reason: 'They asked us to.',
  })),
  act('rejectAccreditationDecision', 'DecideAccreditationProposalInput', DECISION, DECIDES, async (scene) => ({
    decisionId: await newProposal(scene),
    reason: 'Not now.',
  })),
  act('suspendAccreditationInterim', 'SuspendAccreditationInterimInput', DECISION, DECIDES, async (scene) => ({
    providerId: await newProvider(scene, 'ACCREDITED'),
    reason: 'Nobody was on duty.',
  })),
  act('decideAccreditationAppeal', 'DecideAccreditationAppealInput', DECISION, DECIDES, async (scene) => ({
    decisionId: await newProposal(scene, { told: true, approved: true, appealed: true }),
    outcome: 'DISMISSED',
    reason: 'Nothing that was said changes what was seen.',
  })),
];
