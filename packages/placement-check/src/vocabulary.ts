import { registerEnumType } from 'type-graphql';

export enum AgeBand {
  UNDER_16 = 'UNDER_16',
  AGED_16_17 = 'AGED_16_17',
  AGED_18_PLUS = 'AGED_18_PLUS',
}

/** What a check can find. */
export enum PlacementGroundCode {
  UNDER_16_IN_SUPPORTED_ACCOMMODATION = 'UNDER_16_IN_SUPPORTED_ACCOMMODATION',
  UNDER_18_IN_ADULT_PROVISION = 'UNDER_18_IN_ADULT_PROVISION',
  NOT_REGISTERED = 'NOT_REGISTERED',
  OWN_HOLD = 'OWN_HOLD',
  REFERENCES_SHORT = 'REFERENCES_SHORT',
  ANSWER_MISSING = 'ANSWER_MISSING',
  ANSWER_EXPIRED = 'ANSWER_EXPIRED',
  ANSWER_EXPIRING = 'ANSWER_EXPIRING',
  ANSWER_CHALLENGED = 'ANSWER_CHALLENGED',
  TYPE_NOT_OFFERED = 'TYPE_NOT_OFFERED',
  OUTSIDE_AGE_RANGE = 'OUTSIDE_AGE_RANGE',
  REGISTRATION_NOT_IN_FORCE = 'REGISTRATION_NOT_IN_FORCE',
  JUDGED_GRAVELY = 'JUDGED_GRAVELY',
  MANAGER_VACANT = 'MANAGER_VACANT',
  NOT_ACCREDITED = 'NOT_ACCREDITED',
  ACCREDITED_WITH_CONDITIONS = 'ACCREDITED_WITH_CONDITIONS',
  OWN_HOLD_TO_COME = 'OWN_HOLD_TO_COME',
  HOLD_OF_ANOTHER = 'HOLD_OF_ANOTHER',
  OPEN_FLAG = 'OPEN_FLAG',
  VISIT_FOUND_CONCERNS = 'VISIT_FOUND_CONCERNS',
  OPEN_ACTIONS = 'OPEN_ACTIONS',
  VISIT_OVERDUE = 'VISIT_OVERDUE',
  SOFT_INTELLIGENCE = 'SOFT_INTELLIGENCE',
}

/** What of which a saved check keeps ids, versions and hashes. */
export enum SeenKind {
  ACCREDITATION = 'ACCREDITATION',
  REGISTRATION = 'REGISTRATION',
  INSPECTION = 'INSPECTION',
  FLAG = 'FLAG',
  HOLD = 'HOLD',
  ANSWER = 'ANSWER',
  REFERENCE = 'REFERENCE',
  VISIT = 'VISIT',
  INTELLIGENCE = 'INTELLIGENCE',
}

registerEnumType(AgeBand, {
  name: 'AgeBand',
  description: 'How old the young person is who may be placed: no more of them than that.',
});
registerEnumType(PlacementGroundCode, {
  name: 'PlacementGroundCode',
  description: 'What blocks a placement or warns of it. More may come: show the message of one that you do not know.',
});
registerEnumType(SeenKind, { name: 'SeenKind', description: 'What was seen by a placement check.' });
