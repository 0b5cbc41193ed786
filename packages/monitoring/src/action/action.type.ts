import { CalendarDate } from '@accord/access';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ActionOwner, ActionState } from './vocabulary.js';

@ObjectType({ simpleResolvers: true, description: 'What was agreed to be done after a visit, and how far it is.' })
export class VisitAction {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => ID, { description: 'After which visit.' })
  visitId!: string;

  @Field(() => ID, { nullable: true, description: 'The finding that it answers; null to whoever may not see that.' })
  findingId!: string | null;

  @Field(() => String, { description: 'What is to be done.' })
  what!: string;

  @Field(() => ActionOwner, { description: 'Who is to do it.' })
  responsible!: ActionOwner;

  @Field(() => CalendarDate, { description: 'By when.' })
  dueOn!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which it was done.' })
  doneOn!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which the visiting borough saw that it is.' })
  verifiedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Who saw it; for the visiting borough.' })
  verifiedBy!: string | null;

  @Field(() => ActionState, { description: 'How far it is today.' })
  state!: ActionState;

  @Field(() => Int, { description: 'Goes up with every change; send it back as expectedVersion.' })
  version!: number;
}

@InputType({ description: 'Something to be done after a visit of the own borough’s.' })
export class AgreeActionInput {
  @Field(() => ID, { description: 'After which visit.' })
  visitId!: string;

  @Field(() => ID, { nullable: true, description: 'The finding of that visit that it answers.' })
  findingId?: string | null;

  @Field(() => String, { description: 'What is to be done. Nobody is named.' })
  what!: string;

  @Field(() => ActionOwner, { description: 'Who is to do it.' })
  responsible!: ActionOwner;

  @Field(() => CalendarDate, { description: 'By when.' })
  dueOn!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'An action agreed anew. What is left out stays as it is.' })
export class ChangeActionInput {
  @Field(() => ID, { description: 'Which action.' })
  actionId!: string;

  @Field(() => String, { nullable: true, description: 'What is to be done.' })
  what?: string | null;

  @Field(() => ActionOwner, { nullable: true, description: 'Who is to do it.' })
  responsible?: ActionOwner | null;

  @Field(() => CalendarDate, { nullable: true, description: 'By when; reminders begin anew.' })
  dueOn?: string | null;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'That an action is done.' })
export class CompleteActionInput {
  @Field(() => ID, { description: 'Which action.' })
  actionId!: string;

  @Field(() => CalendarDate, { description: 'The day on which it was done, as the provider says.' })
  doneOn!: string;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'What the visiting borough saw of an action that is said to be done.' })
export class VerifyActionInput {
  @Field(() => ID, { description: 'Which action.' })
  actionId!: string;

  @Field(() => Boolean, { description: 'Whether it is done; if not, it is open again.' })
  isDone!: boolean;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}
