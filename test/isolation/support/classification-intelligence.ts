import type { ClassifiedType } from './classified-type.js';

const ITEM = ['intelligence.test.ts', 'shows each tenant just the fields of its standing'] as const;
const READ = ['intelligence-reading.test.ts', 'shows who read to the owner alone'] as const;
const REQUEST = [
  'intelligence-acts.test.ts',
  'goes through the alliance where the owner is anonymous, and each sees their part',
] as const;
const COPY = [
  'intelligence-reading.test.ts',
  'is sealed for the borough that relied on it, and outlives the withdrawal',
] as const;
const PATTERN = [
  'intelligence-keeping.test.ts',
  'is found on ids, asked about in words, and released no wider than agreed',
] as const;
const DISCLOSED = [
  'intelligence-keeping.test.ts',
  'is searched for, its originators are asked, and the authority decides',
] as const;

/** Types of intelligence, by the cases that prove them. */
export const INTELLIGENCE_CLASSIFICATION: Readonly<Record<string, ClassifiedType>> = {
  IntelligenceItem: {
    fields: {
      audience:
        'id version summary category observedOn sharedOn sharing tlp conditions reviewOn isFaded correctedOn withdrawnOn ' +
        'withdrawalReason deletedOn provider home corroboration',
      'owner-named': 'borough withdrawnAt',
      opened: 'detail',
      owner:
        'audience readers wordings policeOrigin mayCount recordedBy sharingReason sharingDecisions deleteOn holdReason',
      tenant: 'corrections',
    },
    provenBy: ITEM,
  },
  IntelligenceNotice: {
    fields: { audience: 'id category tlp version' },
    provenBy: ['intelligence-reading.test.ts', 'is told of to those alone who may see it, without its text'],
  },
  IntelligenceAudience: { fields: { owner: 'boroughs andMembersOf reason' }, provenBy: ITEM },
  IntelligenceWording: {
    fields: { owner: 'version category summary detail observedOn reason replacedBy replacedAt' },
    provenBy: ITEM,
  },
  SharingDecision: { fields: { owner: 'level reason decidedBy decidedAt' }, provenBy: ITEM },
  PoliceOrigin: {
    fields: {
      owner: 'force reference receivedOn source information handling conditions consentedBoroughs',
    },
    provenBy: ITEM,
  },
  CorroborationSummary: {
    fields: { audience: 'seenHereToo notOurExperience isSingleSource', 'owner-named': 'boroughs', tenant: 'own' },
    provenBy: [
      'intelligence-acts.test.ts',
      'is counted for the audience, and named by those alone who let themselves be',
    ],
  },
  Correction: {
    fields: { tenant: 'id words proposedOn accepted decisionReason', 'owner-named': 'borough' },
    provenBy: ['intelligence-acts.test.ts', 'is for the owner and for whoever proposes it'],
  },
  AccessRequest: {
    fields: {
      tenant: 'id itemId requester requestedBy purpose reason askedAt state decisionReason endsAt',
    },
    provenBy: REQUEST,
  },
  HeldIntelligence: { fields: { existence: 'id home', 'owner-named': 'borough' }, provenBy: REQUEST },
  ReliedCopy: { fields: { tenant: 'id itemId itemVersion decision reference reliedOn' }, provenBy: COPY },
  OpenedCopy: { fields: { tenant: 'copy', opened: 'summary detail conditions' }, provenBy: COPY },
  PatternReview: {
    fields: {
      tenant: 'id provider openedAt state summary severity sharing agreed pending closingReason flagId',
    },
    provenBy: PATTERN,
  },
  PatternQuestion: {
    fields: { owner: 'reviewId provider summary severity sharing items answer' },
    provenBy: PATTERN,
  },
  DisclosureRequest: {
    fields: {
      tenant: 'id kind reference words receivedOn dueOn isDueCertain decision decidedOn found consultations',
    },
    provenBy: DISCLOSED,
  },
  DisclosureConsultation: {
    fields: { tenant: 'id itemId kind authority dueOn objects answer', 'owner-named': 'originator' },
    provenBy: DISCLOSED,
  },
  LoggedRead: {
    fields: { owner: 'id itemId itemVersion kind purpose note readAt reader seal' },
    provenBy: READ,
  },
  Reader: { fields: { owner: 'id displayName tenant' }, provenBy: READ },
  ExcludedBorough: {
    fields: { caller: 'borough reason' },
    provenBy: ['intelligence-reading.test.ts', 'previews whom a sharing would reach, for the caller alone'],
  },
};
