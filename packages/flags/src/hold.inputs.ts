import { CalendarDate, SharingInput } from '@accord/access';
import { Field, ID, InputType, Int } from 'type-graphql';
import { FlagKind } from './vocabulary.js';

@InputType({ description: 'A new hold on new placements.' })
export class StartHoldInput {
  @Field(() => ID, { description: 'At which provider.' })
  providerId!: string;

  @Field(() => ID, { nullable: true, description: 'At which of its homes; left out where it holds at all of them.' })
  homeId?: string | null;

  @Field(() => FlagKind, { description: 'What gave rise to it.' })
  kind!: FlagKind;

  @Field(() => CalendarDate, { description: 'From which day on: up to a year away, in the past or to come.' })
  startsOn!: string;

  @Field(() => CalendarDate, {
    description: 'The day by which the own borough looks at it again: from today on, within a year.',
  })
  reviewOn!: string;

  @Field(() => String, { description: 'Why, for all who may know. No child is named or described.' })
  reason!: string;

  @Field(() => SharingInput, {
    nullable: true,
    description: 'How far it goes; to the boroughs concerned unless given.',
  })
  sharing?: SharingInput | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A hold that was looked at again and goes on.' })
export class ReviewHoldInput {
  @Field(() => ID, { description: 'Which hold.' })
  holdId!: string;

  @Field(() => CalendarDate, { description: 'The day by which it is looked at next: from today on, within a year.' })
  reviewOn!: string;

  @Field(() => String, { description: 'What the review found, for all who may know.' })
  note!: string;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'A hold that is lifted.' })
export class LiftHoldInput {
  @Field(() => ID, { description: 'Which hold.' })
  holdId!: string;

  @Field(() => String, { description: 'Why it is lifted, for all who may know.' })
  reason!: string;

  @Field(() => Int, { nullable: true, description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion?: number | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A changed audience of a hold.' })
export class ChangeHoldSharingInput {
  @Field(() => ID, { description: 'Which hold.' })
  holdId!: string;

  @Field(() => SharingInput, { description: 'How far it goes from now on.' })
  sharing!: SharingInput;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}
