import { CalendarDate, ReadPurpose } from '@accord/access';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'A request for references.' })
export class AskForReferencesInput {
  @Field(() => ID, { description: 'On which provider.' })
  providerId!: string;

  @Field(() => ID, { nullable: true, description: 'On which of its homes; left out for a provider without homes.' })
  homeId?: string | null;

  @Field(() => [String], { description: 'What is asked: 1 to 20 questions. No child is named or described.' })
  questions!: string[];

  @Field(() => Int, { nullable: true, description: 'Within how many working days, 1 to 60; 5 unless given.' })
  workingDays?: number | null;

  @Field(() => ReadPurpose, { description: 'What for.' })
  purpose!: ReadPurpose;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'An answer to a request for a reference.' })
export class AnswerReferenceInput {
  @Field(() => ID, { description: 'Which request.' })
  requestId!: string;

  @Field(() => [String], { description: 'One for each question, in their order. No child is named or described.' })
  answers!: string[];

  @Field(() => Int, {
    nullable: true,
    description: 'How many young people the own borough has had there, exact; goes to the asking borough alone.',
  })
  youngPeople?: number | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Since when the own borough has used it.' })
  usedSince?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether other members of the agreement may see it, too, without the figures; not unless given.',
  })
  shareWithAlliance?: boolean | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'That the own borough gives no reference.' })
export class DeclineReferenceInput {
  @Field(() => ID, { description: 'Which request.' })
  requestId!: string;

  @Field(() => String, { description: 'Why; shown to the asking borough.' })
  reason!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'How far a reference of the own borough goes.' })
export class ShareReferenceInput {
  @Field(() => ID, { description: 'Which reference.' })
  referenceId!: string;

  @Field(() => Boolean, { description: 'Whether other members of the agreement may see it.' })
  withAlliance!: boolean;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'What the own borough settles about references.' })
export class ReferenceSettingInput {
  @Field(() => Boolean, { description: 'Whether others’ requests reach it, where it places.' })
  isAsked!: boolean;

  @Field(() => Int, { description: 'How many answers it needs on a home that it has not used before, 0 to 10.' })
  required!: number;
}
