import { registerEnumType } from 'type-graphql';

/** What features tell one another and the world through the outbox. */
export enum AlertKind {
  FLAG_RAISED = 'FLAG_RAISED',
  FLAG_RESOLVED = 'FLAG_RESOLVED',
  FLAG_WITHDRAWN = 'FLAG_WITHDRAWN',
  ACCREDITATION_CHANGED = 'ACCREDITATION_CHANGED',
  REGULATOR_JUDGEMENT = 'REGULATOR_JUDGEMENT',
  HOLD_STARTED = 'HOLD_STARTED',
  HOLD_LIFTED = 'HOLD_LIFTED',
  INTELLIGENCE_SHARED = 'INTELLIGENCE_SHARED',
  INTELLIGENCE_CHANGED = 'INTELLIGENCE_CHANGED',
  INTELLIGENCE_WITHDRAWN = 'INTELLIGENCE_WITHDRAWN',
  ACCESS_ENDED = 'ACCESS_ENDED',
}

registerEnumType(AlertKind, {
  name: 'AlertKind',
  description:
    'What happened. ACCESS_ENDED: something that the caller’s organisation knew of is no longer shared with it.',
});
