import type { ClassifiedType } from './classified-type.js';

const SETS = ['due-diligence.test.ts', 'shows members what is published, and the alliance its draft'] as const;
const ITEM = [
  'due-diligence.test.ts',
  'shows each tenant the questions, and the answers of its audience alone',
] as const;
const ANSWER = ['due-diligence.test.ts', 'shows each tenant just the fields of its standing'] as const;

const LINK = ['due-diligence-link.test.ts', 'shows an organisation its own links alone, and a token once'] as const;

const FILE = ['due-diligence-evidence.test.ts', 'is shown to the answer’s audience alone'] as const;
const OPENED = ['due-diligence-evidence.test.ts', 'goes to whoever opened it, once, under its owner’s log'] as const;

const envelope = {
  fields: 'envelope',
  provenBy: ['walk.test.ts', 'has a case for every operation and guarded field, and no other'],
} as const;

/** Types of due diligence, by the cases that prove them. */
export const DUE_DILIGENCE_TYPES: Readonly<Record<string, ClassifiedType>> = {
  DueDiligenceSet: {
    fields: { members: 'id number state source noticeDays version publishedAt retiredAt questions askedAgain' },
    provenBy: SETS,
  },
  DueDiligenceQuestion: {
    fields: {
      members:
        'id code text category kind subject isMandatory isBanded choices placementTypes holdsMonths answeredByRoles ' +
        'isForProvider source',
    },
    provenBy: SETS,
  },
  DueDiligenceItem: {
    fields: {
      members: 'question home',
      audience: 'value state assurance answeredOn validUntil answeredBy answer earlier isAskedAgain',
    },
    provenBy: ITEM,
  },
  DueDiligenceAnswer: {
    fields: {
      audience:
        'id question provider home answeredBy value assurance note answeredOn validUntil isDeclaredByProvider recordedAt marks evidence',
      owner: 'recordedBy withdrawnOn withdrawalReason',
    },
    provenBy: ANSWER,
  },
  DueDiligenceItemConnection: envelope,
  DueDiligenceItemEdge: envelope,
  DueDiligenceLinkConnection: envelope,
  DueDiligenceLinkEdge: envelope,
  DueDiligenceLinkPayload: envelope,
  DueDiligencePayload: envelope,
  DueDiligenceAnswerPayload: envelope,
  DueDiligenceSetPayload: envelope,
  DueDiligenceSetsPayload: envelope,
  DueDiligenceMark: { fields: { audience: 'id kind assurance reason markedOn by' }, provenBy: ANSWER },
  DueDiligenceLink: {
    fields: { tenant: 'id provider home questions issuedBy issuedAt expiresAt usedAt revokedAt' },
    provenBy: LINK,
  },
  IssuedDueDiligenceLink: { fields: { tenant: 'link', caller: 'token' }, provenBy: LINK },
  DueDiligenceEvidence: { fields: { audience: 'id fileName mediaType bytes hash scan uploadedAt' }, provenBy: FILE },
  OpenedDueDiligenceEvidence: { fields: { audience: 'evidence', caller: 'url expiresAt' }, provenBy: OPENED },
  DueDiligenceEvidencePayload: envelope,
  DueDiligenceNotice: {
    fields: { audience: 'answerId question validUntil' },
    provenBy: ['due-diligence.test.ts', 'is told of to those alone who may see it'],
  },
};
