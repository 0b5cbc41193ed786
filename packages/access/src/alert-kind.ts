import { registerEnumType } from 'type-graphql';
import { may, type Action } from './action.js';
import type { Role } from './role.js';

/** What features tell one another and the world through the outbox. */
export enum AlertKind {
  FLAG_RAISED = 'FLAG_RAISED',
  FLAG_RESOLVED = 'FLAG_RESOLVED',
  FLAG_WITHDRAWN = 'FLAG_WITHDRAWN',
  ACCREDITATION_CHANGED = 'ACCREDITATION_CHANGED',
  ACCREDITATION_REVIEW_DUE = 'ACCREDITATION_REVIEW_DUE',
  ACCREDITATION_RATIFICATION_LATE = 'ACCREDITATION_RATIFICATION_LATE',
  ACCREDITATION_TELLING_DUE = 'ACCREDITATION_TELLING_DUE',
  PROVIDER_CHANGED = 'PROVIDER_CHANGED',
  REGULATOR_JUDGEMENT = 'REGULATOR_JUDGEMENT',
  HOLD_STARTED = 'HOLD_STARTED',
  HOLD_LIFTED = 'HOLD_LIFTED',
  HOLD_REVIEW_DUE = 'HOLD_REVIEW_DUE',
  INTELLIGENCE_SHARED = 'INTELLIGENCE_SHARED',
  INTELLIGENCE_CHANGED = 'INTELLIGENCE_CHANGED',
  INTELLIGENCE_WITHDRAWN = 'INTELLIGENCE_WITHDRAWN',
  PATTERN_FOUND = 'PATTERN_FOUND',
  ACCESS_ENDED = 'ACCESS_ENDED',
  REFERENCE_ASKED = 'REFERENCE_ASKED',
  REFERENCE_ANSWERED = 'REFERENCE_ANSWERED',
  REFERENCE_DECLINED = 'REFERENCE_DECLINED',
  REFERENCES_LAPSED = 'REFERENCES_LAPSED',
  SHARING_AGREEMENT_PROPOSED = 'SHARING_AGREEMENT_PROPOSED',
  SHARING_AGREEMENT_ENDED = 'SHARING_AGREEMENT_ENDED',
  SHARING_AGREEMENT_REVIEW_DUE = 'SHARING_AGREEMENT_REVIEW_DUE',
  URGENT_DISCLOSURE_MADE = 'URGENT_DISCLOSURE_MADE',
  URGENT_DISCLOSURE_REVIEWED = 'URGENT_DISCLOSURE_REVIEWED',
  URGENT_DISCLOSURE_REVIEW_OVERDUE = 'URGENT_DISCLOSURE_REVIEW_OVERDUE',
}

registerEnumType(AlertKind, {
  name: 'AlertKind',
  description:
    'What happened. ACCESS_ENDED: something that the caller’s organisation knew of is no longer shared with it. PROVIDER_CHANGED: two entries of the register were found to be one provider, or to be two after all. ACCREDITATION_REVIEW_DUE, ACCREDITATION_RATIFICATION_LATE and ACCREDITATION_TELLING_DUE go to the alliance’s leads alone, PATTERN_FOUND (a pattern of concern) to its safeguarding lead. HOLD_REVIEW_DUE goes to whoever in the borough of a hold may lift it. REFERENCE_ASKED goes to whoever may answer for a borough that is asked; REFERENCE_ANSWERED, REFERENCE_DECLINED and REFERENCES_LAPSED (the deadline is over, whoever has answered) to whoever may ask for the borough that did. Kinds that begin with SHARING_AGREEMENT or URGENT_DISCLOSURE go to the information-governance officers concerned, and at the alliance to those who do their work there.',
});

/** What somebody has to be allowed to do to hear of a kind of event, where it is for some of those only who hear of any. */
const HEARD_BY: Partial<Record<AlertKind, Action>> = {
  [AlertKind.ACCREDITATION_REVIEW_DUE]: 'accreditation:decide',
  [AlertKind.ACCREDITATION_RATIFICATION_LATE]: 'accreditation:decide',
  [AlertKind.ACCREDITATION_TELLING_DUE]: 'accreditation:decide',
  [AlertKind.HOLD_REVIEW_DUE]: 'hold:keep',
  [AlertKind.REFERENCE_ASKED]: 'reference:answer',
  [AlertKind.REFERENCE_ANSWERED]: 'reference:ask',
  [AlertKind.REFERENCE_DECLINED]: 'reference:ask',
  [AlertKind.REFERENCES_LAPSED]: 'reference:ask',
  [AlertKind.SHARING_AGREEMENT_PROPOSED]: 'agreement:accept',
  [AlertKind.SHARING_AGREEMENT_ENDED]: 'agreement:accept',
  [AlertKind.SHARING_AGREEMENT_REVIEW_DUE]: 'agreement:accept',
  [AlertKind.URGENT_DISCLOSURE_MADE]: 'disclosure:review',
  [AlertKind.URGENT_DISCLOSURE_REVIEWED]: 'disclosure:review',
  [AlertKind.URGENT_DISCLOSURE_REVIEW_OVERDUE]: 'disclosure:review',
  [AlertKind.PATTERN_FOUND]: 'pattern:review',
};

/** Whether these roles hear of a kind of event, of what their organisation may know of. */
export const mayHear = (roles: Iterable<Role>, kind: AlertKind): boolean =>
  may(roles, HEARD_BY[kind] ?? 'alert:receive');
