import { registerEnumType } from 'type-graphql';

/** The five official values (City of London, Appendix 4, "Reason for visit"). */
export enum VisitReason {
  NEW_PROVIDER_INITIAL = 'NEW_PROVIDER_INITIAL',
  ANNUAL_REVIEW_PLANNED = 'ANNUAL_REVIEW_PLANNED',
  EXCEPTIONAL_ANNOUNCED = 'EXCEPTIONAL_ANNOUNCED',
  EXCEPTIONAL_UNANNOUNCED = 'EXCEPTIONAL_UNANNOUNCED',
  OTHER = 'OTHER',
}

/** Whether unannounced is notice, and not a mode. */
export enum VisitMode {
  IN_PERSON = 'IN_PERSON',
  VIRTUAL = 'VIRTUAL',
}

export enum VisitOutcome {
  EXPECTATIONS_MET = 'EXPECTATIONS_MET',
  MET_WITH_ACTIONS = 'MET_WITH_ACTIONS',
  SIGNIFICANT_CONCERNS = 'SIGNIFICANT_CONCERNS',
  IMMEDIATE_ACTION = 'IMMEDIATE_ACTION',
  ACCESS_REFUSED = 'ACCESS_REFUSED',
  NOT_COMPLETED = 'NOT_COMPLETED',
}

/** In what function a visit is made: which of the field's schedules it counts for (Kent, lines 106-229). */
export enum VisitingFunction {
  COMMISSIONING = 'COMMISSIONING',
  SOCIAL_WORKER = 'SOCIAL_WORKER',
  PERSONAL_ADVISER = 'PERSONAL_ADVISER',
  INDEPENDENT_REVIEWING_OFFICER = 'INDEPENDENT_REVIEWING_OFFICER',
  SERVICE_MANAGER = 'SERVICE_MANAGER',
  HEALTH = 'HEALTH',
  COUNCILLOR = 'COUNCILLOR',
}

export enum VisitState {
  DRAFT = 'DRAFT',
  SHARED = 'SHARED',
  WITHDRAWN = 'WITHDRAWN',
}

/** Who speaks for a provider: a role, since no member of its staff is named (rules 14). */
export enum ProviderRole {
  OWNER_OR_DIRECTOR = 'OWNER_OR_DIRECTOR',
  RESPONSIBLE_INDIVIDUAL = 'RESPONSIBLE_INDIVIDUAL',
  REGISTERED_MANAGER = 'REGISTERED_MANAGER',
  DEPUTY_MANAGER = 'DEPUTY_MANAGER',
  KEY_WORKER = 'KEY_WORKER',
  SUPPORT_WORKER = 'SUPPORT_WORKER',
  NIGHT_STAFF = 'NIGHT_STAFF',
  OTHER = 'OTHER',
}

registerEnumType(VisitReason, {
  name: 'VisitReason',
  description: 'Why a visit was made: the five official values of the monitoring form.',
});
registerEnumType(VisitMode, {
  name: 'VisitMode',
  description: 'Whether the visitors were there. Unannounced is notice, not mode.',
});
registerEnumType(VisitOutcome, {
  name: 'VisitOutcome',
  description:
    'What came of a visit: expectations met; met, with actions; significant concerns; immediate action needed; the visitors were not let in; the visit was not completed.',
});
registerEnumType(VisitingFunction, {
  name: 'VisitingFunction',
  description: 'In what function a visit is made.',
});
registerEnumType(VisitState, {
  name: 'VisitState',
  description:
    'DRAFT: its borough’s alone. SHARED: finished, and shared as its borough chose, be it no further than itself. WITHDRAWN: nobody else sees any more than that it was there.',
});
registerEnumType(ProviderRole, {
  name: 'ProviderRole',
  description: 'Who speaks for a provider: by role, since no member of its staff is named.',
});
