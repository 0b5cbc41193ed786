import { registerEnumType } from 'type-graphql';

export enum FlagKind {
  REGULATOR_JUDGEMENT = 'REGULATOR_JUDGEMENT',
  REGULATOR_ENFORCEMENT = 'REGULATOR_ENFORCEMENT',
  UNREGISTERED_PROVISION = 'UNREGISTERED_PROVISION',
  SAFEGUARDING_CONCERN = 'SAFEGUARDING_CONCERN',
  CLOSED_CULTURE = 'CLOSED_CULTURE',
  ACCREDITATION_SUSPENDED = 'ACCREDITATION_SUSPENDED',
  COMPLIANCE_LAPSED = 'COMPLIANCE_LAPSED',
  LEADERSHIP_GAP = 'LEADERSHIP_GAP',
  PREMISES_UNSAFE = 'PREMISES_UNSAFE',
  CLOSURE_RISK = 'CLOSURE_RISK',
  PATTERN_OF_CONCERN = 'PATTERN_OF_CONCERN',
  OTHER = 'OTHER',
}

/** In order of weight. */
export enum Severity {
  LOW = 'LOW',
  MEDIUM = 'MEDIUM',
  HIGH = 'HIGH',
  CRITICAL = 'CRITICAL',
}

export enum FlagStatus {
  OPEN = 'OPEN',
  ACKNOWLEDGED = 'ACKNOWLEDGED',
  RESOLVED = 'RESOLVED',
  WITHDRAWN = 'WITHDRAWN',
}

registerEnumType(FlagKind, { name: 'FlagKind', description: 'What a flag is about.' });
registerEnumType(Severity, {
  name: 'Severity',
  description: 'How grave, and within what time to acknowledge it: no limit, 5 working days, 1 working day, 4 hours.',
});
registerEnumType(FlagStatus, {
  name: 'FlagStatus',
  description:
    'Where a flag stands, as the caller’s borough sees it: ACKNOWLEDGED only where that borough has acknowledged.',
});
