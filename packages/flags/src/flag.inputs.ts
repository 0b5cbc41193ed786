import { SharingInput } from '@accord/access';
import { Field, ID, InputType, Int } from 'type-graphql';
import { FlagKind, Severity } from './vocabulary.js';

@InputType({ description: 'A new flag.' })
export class RaiseFlagInput {
  @Field(() => ID, { description: 'On which provider.' })
  providerId!: string;

  @Field(() => ID, { nullable: true, description: 'On which of its homes; left out where it is about the provider.' })
  homeId?: string | null;

  @Field(() => FlagKind, { description: 'What it is about.' })
  kind!: FlagKind;

  @Field(() => Severity, { description: 'How grave.' })
  severity!: Severity;

  @Field(() => String, {
    description: 'What happened, in short, for all who may know. No child is named or described.',
  })
  summary!: string;

  @Field(() => String, { nullable: true, description: 'What happened, in full; stays in the own organisation.' })
  detail?: string | null;

  @Field(() => SharingInput, {
    nullable: true,
    description: 'How far it goes; to the boroughs concerned unless given.',
  })
  sharing?: SharingInput | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'What is done about a flag.' })
export class FlagActionInput {
  @Field(() => ID, { description: 'Which flag.' })
  flagId!: string;

  @Field(() => String, { nullable: true, description: 'Why; needed to resolve and to withdraw.' })
  reason?: string | null;

  @Field(() => Int, { nullable: true, description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion?: number | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A changed audience of a flag.' })
export class ChangeFlagSharingInput {
  @Field(() => ID, { description: 'Which flag.' })
  flagId!: string;

  @Field(() => SharingInput, { description: 'How far it goes from now on.' })
  sharing!: SharingInput;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}
