import { registerEnumType } from 'type-graphql';

export enum QuestionSetState {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
  RETIRED = 'RETIRED',
}

export enum QuestionCategory {
  COMPLIANCE = 'COMPLIANCE',
  INSURANCE = 'INSURANCE',
  STAFF = 'STAFF',
  PLACEMENTS = 'PLACEMENTS',
  COUNTS = 'COUNTS',
  VEHICLES = 'VEHICLES',
  POLICIES = 'POLICIES',
  DBS = 'DBS',
}

/** What is answered with. */
export enum QuestionKind {
  YES_NO = 'YES_NO',
  DATE = 'DATE',
  NUMBER = 'NUMBER',
  CHOICE = 'CHOICE',
  TEXT = 'TEXT',
  DATED_DOCUMENT = 'DATED_DOCUMENT',
}

export enum QuestionSubject {
  PROVIDER = 'PROVIDER',
  HOME = 'HOME',
}

export enum AnswerState {
  MISSING = 'MISSING',
  CURRENT = 'CURRENT',
  EXPIRING = 'EXPIRING',
  EXPIRED = 'EXPIRED',
  CHALLENGED = 'CHALLENGED',
}

/** In order of weight. */
export enum Assurance {
  SELF_DECLARED = 'SELF_DECLARED',
  EVIDENCE_SEEN = 'EVIDENCE_SEEN',
  VERIFIED_ON_SITE = 'VERIFIED_ON_SITE',
}

export enum MarkKind {
  CONFIRMED = 'CONFIRMED',
  CHALLENGED = 'CHALLENGED',
}

registerEnumType(QuestionSetState, {
  name: 'DueDiligenceSetState',
  description:
    'Where a version of the alliance’s questions stands. One is published at a time; a draft is the alliance’s own.',
});
registerEnumType(QuestionCategory, {
  name: 'DueDiligenceCategory',
  description:
    'What a question is about. DBS: whether records were sampled and had gaps, and nothing else (Police Act 1997, section 124).',
});
registerEnumType(QuestionKind, {
  name: 'DueDiligenceQuestionKind',
  description:
    'How a question is answered: YES or NO; a day; a number (in bands where it counts twelve months); one of its choices; words; or the date of a document, NONE where there is none.',
});
registerEnumType(QuestionSubject, { name: 'DueDiligenceSubject', description: 'Of whom a question is asked.' });
registerEnumType(AnswerState, {
  name: 'DueDiligenceState',
  description: 'Where the answer to a question stands for the caller’s organisation.',
  valuesConfig: {
    MISSING: { description: 'Nobody whose answers the caller may see has answered, or there is no such document.' },
    CURRENT: { description: 'Holds.' },
    EXPIRING: { description: 'Holds, and not for long.' },
    EXPIRED: { description: 'Held until a day that has passed.' },
    CHALLENGED: { description: 'Somebody says otherwise, and no evidence has been seen since.' },
  },
});
registerEnumType(Assurance, {
  name: 'DueDiligenceAssurance',
  description: 'How sure an answer is: said by the provider, evidence seen, or seen on site.',
});
registerEnumType(MarkKind, {
  name: 'DueDiligenceMarkKind',
  description: 'What an organisation says of an answer.',
});
