import { newAnswer, newEvidence, newLink, newMark } from './due-diligence-rows.js';
import { PUBLIC, type Hidden } from './hidden.js';
import type { List } from './hidden-agreements.js';
import type { Scene } from './scene.js';
import { COURT, JUNIPERFIELD, JUNIPERWOOD, RISE } from './world.js';

/** Answers and what is said of them that Ealing, outside the agreement, may not know of. */
const hiddenAnswers = async (scene: Scene): Promise<string[]> => {
  const answer = await newAnswer(scene);
  return [answer, await newAnswer(scene, { withdrawn: true }), await newMark(scene, answer, 'barnet')];
};

const answer = (at: string): Hidden => ({ who: 'ealing QUALITY', at, ids: hiddenAnswers });

const STAFF = 'whoever may call it reads the whole of the alliance’s own';

/** Every place where a client can put an id of due diligence. */
export const DUE_DILIGENCE_IDS: Readonly<Record<string, Hidden | typeof PUBLIC | typeof STAFF>> = {
  'Mutation.answerDueDiligence(input.homeId)': PUBLIC,
  'Mutation.answerDueDiligence(input.providerId)': PUBLIC,
  'Mutation.challengeDueDiligenceAnswer(input.answerId)': answer('input.answerId'),
  'Mutation.confirmDueDiligenceAnswer(input.answerId)': answer('input.answerId'),
  'Mutation.discardDueDiligenceDraft(input.setId)': STAFF,
  'Mutation.issueDueDiligenceLink(input.homeId)': PUBLIC,
  'Mutation.issueDueDiligenceLink(input.providerId)': PUBLIC,
  'Mutation.openDueDiligenceEvidence(input.evidenceId)': {
    who: 'ealing QUALITY',
    at: 'input.evidenceId',
    ids: async (scene) => {
      const [answer, withdrawn] = [await newAnswer(scene), await newAnswer(scene, { withdrawn: true })];
      return [await newEvidence(scene, answer), await newEvidence(scene, withdrawn), answer];
    },
  },
  'Mutation.publishDueDiligenceSet(input.setId)': STAFF,
  'Mutation.putDueDiligenceQuestion(input.setId)': STAFF,
  'Mutation.removeDueDiligenceQuestion(input.setId)': STAFF,
  'Mutation.revokeDueDiligenceLink(input.linkId)': {
    who: 'barnet-placements',
    at: 'input.linkId',
    ids: async (scene) => [(await newLink(scene)).id, (await newLink(scene, { used_at: new Date() })).id],
  },
  'Mutation.uploadDueDiligenceEvidence(input.answerId)': answer('input.answerId'),
  'Mutation.withdrawDueDiligenceAnswer(input.answerId)': answer('input.answerId'),
  'Query.dueDiligenceAnswer(id)': answer('id'),
};

const pageOf = (asked: string) => (after: string) =>
  `{ page: ${asked} { dueDiligence(first: 1${after}) { pageInfo { endCursor } } } }`;

/** Lists of due diligence with a cursor. */
export const DUE_DILIGENCE_LISTS: Readonly<Record<string, List>> = {
  'Home.dueDiligence(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: pageOf(`home(id: "${COURT}")`),
    otherwise: pageOf(`home(id: "${RISE}")`),
  },
  'Provider.dueDiligence(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: pageOf(`provider(id: "${JUNIPERFIELD}")`),
    otherwise: pageOf(`provider(id: "${JUNIPERWOOD}")`),
  },
  'Query.dueDiligenceLinks(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => `{ page: dueDiligenceLinks(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: providers(first: 1${after}) { pageInfo { endCursor } } }`,
  },
};
