import { registerEnumType } from 'type-graphql';

/** Who is to do something: a role or an organisation, and never a name (rules 14). */
export enum ActionOwner {
  PROVIDER = 'PROVIDER',
  RESPONSIBLE_INDIVIDUAL = 'RESPONSIBLE_INDIVIDUAL',
  REGISTERED_MANAGER = 'REGISTERED_MANAGER',
  KEY_WORKER = 'KEY_WORKER',
  SOCIAL_WORKER = 'SOCIAL_WORKER',
  INDEPENDENT_REVIEWING_OFFICER = 'INDEPENDENT_REVIEWING_OFFICER',
  COMMISSIONING = 'COMMISSIONING',
  HOST_BOROUGH = 'HOST_BOROUGH',
}

export enum ActionState {
  OPEN = 'OPEN',
  OVERDUE = 'OVERDUE',
  DONE = 'DONE',
  VERIFIED = 'VERIFIED',
}

registerEnumType(ActionOwner, {
  name: 'ActionOwner',
  description: 'Who is to do something: a role or an organisation, and never a name.',
});
registerEnumType(ActionState, {
  name: 'ActionState',
  description:
    'OPEN: to be done. OVERDUE: its day has passed. DONE: the provider says so. VERIFIED: the visiting borough has seen it.',
});
