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
  DUE_DILIGENCE_EXPIRING = 'DUE_DILIGENCE_EXPIRING',
  DUE_DILIGENCE_EXPIRED = 'DUE_DILIGENCE_EXPIRED',
  DUE_DILIGENCE_CHALLENGED = 'DUE_DILIGENCE_CHALLENGED',
  DUE_DILIGENCE_DECLARED = 'DUE_DILIGENCE_DECLARED',
  VISIT_SHARED = 'VISIT_SHARED',
  VISIT_CHANGED = 'VISIT_CHANGED',
  VISIT_WITHDRAWN = 'VISIT_WITHDRAWN',
  FINDING_REPLY_DUE = 'FINDING_REPLY_DUE',
  VISIT_ACTION_DUE = 'VISIT_ACTION_DUE',
  VISIT_ACTION_OVERDUE = 'VISIT_ACTION_OVERDUE',
  VISIT_ACTION_ESCALATED = 'VISIT_ACTION_ESCALATED',
  ACCESS_ENDED = 'ACCESS_ENDED',
  ACCESS_REQUESTED = 'ACCESS_REQUESTED',
  ACCESS_REQUEST_ANSWERED = 'ACCESS_REQUEST_ANSWERED',
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
  SCHEDULED_VISIT_DUE = 'SCHEDULED_VISIT_DUE',
  SCHEDULED_VISIT_OVERDUE = 'SCHEDULED_VISIT_OVERDUE',
}

registerEnumType(AlertKind, {
  name: 'AlertKind',
  description:
    'What happened. ACCESS_ENDED: something that the caller’s organisation knew of is no longer shared with it. ACCESS_REQUESTED goes to those who answer for what another organisation asks to see, and to the alliance’s safeguarding lead, without its provider, where the owner is anonymous; ACCESS_REQUEST_ANSWERED to those who ask, with the item’s id alone. PROVIDER_CHANGED: two entries of the register were found to be one provider, or to be two after all. ACCREDITATION_REVIEW_DUE, ACCREDITATION_RATIFICATION_LATE and ACCREDITATION_TELLING_DUE go to the alliance’s leads alone, PATTERN_FOUND (a pattern of concern) to its safeguarding lead. DUE_DILIGENCE_EXPIRING, DUE_DILIGENCE_EXPIRED and DUE_DILIGENCE_CHALLENGED go to those who gave an answer or rely on it, DUE_DILIGENCE_DECLARED (a provider answered through a link) to whoever asked. FINDING_REPLY_DUE (a provider’s time to comment on a finding is over), VISIT_ACTION_DUE and VISIT_ACTION_OVERDUE go to the borough that made the visit, VISIT_ACTION_ESCALATED to its assistant directors. HOLD_REVIEW_DUE goes to whoever in the borough of a hold may lift it. REFERENCE_ASKED goes to whoever may answer for a borough that is asked; REFERENCE_ANSWERED, REFERENCE_DECLINED and REFERENCES_LAPSED (the deadline is over, whoever has answered) to whoever may ask for the borough that did. Kinds that begin with SHARING_AGREEMENT or URGENT_DISCLOSURE go to the information-governance officers concerned, and at the alliance to those who do their work there. SCHEDULED_VISIT_DUE and SCHEDULED_VISIT_OVERDUE go to those of a borough who see its schedule of visits.',
});

/**
 * Kinds that are for those alone who are named, whether or not they have sight of the thing: of it they are told the
 * id that they knew, and nothing else.
 */
export const TOLD_BY_ID: readonly AlertKind[] = [AlertKind.ACCESS_ENDED, AlertKind.ACCESS_REQUEST_ANSWERED];

export const isToldById = (kind: AlertKind): boolean => TOLD_BY_ID.includes(kind);

/** What somebody has to be allowed to do, any of it, to hear of a kind of event that is for some only of those who hear of any. */
const HEARD_BY: Partial<Record<AlertKind, Action | readonly Action[]>> = {
  [AlertKind.ACCREDITATION_REVIEW_DUE]: 'accreditation:decide',
  [AlertKind.ACCREDITATION_RATIFICATION_LATE]: 'accreditation:decide',
  [AlertKind.ACCREDITATION_TELLING_DUE]: 'accreditation:decide',
  [AlertKind.FINDING_REPLY_DUE]: 'visit:record',
  [AlertKind.VISIT_ACTION_DUE]: 'visit:record',
  [AlertKind.VISIT_ACTION_OVERDUE]: 'visit:record',
  [AlertKind.VISIT_ACTION_ESCALATED]: 'visit:oversee',
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
  [AlertKind.SCHEDULED_VISIT_DUE]: 'schedule:read',
  [AlertKind.SCHEDULED_VISIT_OVERDUE]: 'schedule:read',
  [AlertKind.ACCESS_REQUESTED]: ['intelligence:share', 'intelligence:relay'],
  [AlertKind.ACCESS_REQUEST_ANSWERED]: 'intelligence:ask',
};

/** Whether these roles hear of a kind of event, of what their organisation may know of. */
export const mayHear = (roles: Iterable<Role>, kind: AlertKind): boolean => {
  const held = [...roles];
  return [HEARD_BY[kind] ?? 'alert:receive'].flat().some((action) => may(held, action));
};
