import { registerEnumType } from 'type-graphql';

/** In order: the third cannot pass before the first two. */
export enum AccreditationStage {
  FIT_AND_PROPER_PERSON = 'FIT_AND_PROPER_PERSON',
  PAPERWORK = 'PAPERWORK',
  PROPERTY_VISITS = 'PROPERTY_VISITS',
}

export enum StageOutcome {
  NOT_STARTED = 'NOT_STARTED',
  IN_PROGRESS = 'IN_PROGRESS',
  AWAITING_PROVIDER = 'AWAITING_PROVIDER',
  PASSED = 'PASSED',
  PASSED_WITH_CONDITIONS = 'PASSED_WITH_CONDITIONS',
  NOT_PASSED = 'NOT_PASSED',
}

export enum DecisionState {
  PROPOSED = 'PROPOSED',
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
}

/** What brings a status about. */
export enum ChangeCause {
  /** Known before Accord kept the history. */
  RECORDED = 'RECORDED',
  APPLICATION = 'APPLICATION',
  ASSESSMENT = 'ASSESSMENT',
  DECISION = 'DECISION',
  INTERIM_SUSPENSION = 'INTERIM_SUSPENSION',
  NOT_RATIFIED = 'NOT_RATIFIED',
  APPEAL = 'APPEAL',
  CLOCK = 'CLOCK',
}

export enum DecisionKind {
  DECISION = 'DECISION',
  INTERIM_SUSPENSION = 'INTERIM_SUSPENSION',
}

/** At whose word telling the provider is put off (rules 16). */
export enum PutOffBy {
  POLICE = 'POLICE',
  LADO = 'LADO',
  DIRECTOR = 'DIRECTOR',
}

export enum AppealOutcome {
  UPHELD = 'UPHELD',
  DISMISSED = 'DISMISSED',
}

registerEnumType(AccreditationStage, {
  name: 'AccreditationStage',
  description: 'The three stages of accreditation.',
  valuesConfig: {
    FIT_AND_PROPER_PERSON: { description: 'Directors and the responsible individual. Members learn its outcome only.' },
    PAPERWORK: { description: 'Safer recruitment, DBS checks, training, policies and procedures.' },
    PROPERTY_VISITS: { description: 'Visits to the properties; cannot pass before the other two have.' },
  },
});
registerEnumType(StageOutcome, { name: 'StageOutcome', description: 'Where a stage of accreditation stands.' });
registerEnumType(DecisionState, {
  name: 'DecisionState',
  description: 'Where a decision stands. An interim suspension is in force while PROPOSED, and APPROVED once ratified.',
});
registerEnumType(ChangeCause, { name: 'AccreditationChangeCause', description: 'What brought a status about.' });
registerEnumType(DecisionKind, {
  name: 'AccreditationDecisionKind',
  description:
    'A decision that takes effect once another has approved it, or an interim suspension, which does at once and is then ratified.',
});
registerEnumType(PutOffBy, { name: 'TellingPutOffBy', description: 'At whose word the provider is not told yet.' });
registerEnumType(AppealOutcome, {
  name: 'AccreditationAppealOutcome',
  description: 'UPHELD: the provider was right, and what stood before stands again.',
});
