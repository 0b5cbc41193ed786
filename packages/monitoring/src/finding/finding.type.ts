import { CalendarDate } from '@accord/access';
import { Severity } from '@accord/flags';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { FindingState } from './vocabulary.js';

@ObjectType({
  simpleResolvers: true,
  description:
    'What a visit found. Others see it once a second officer has published it, with the provider’s reply if it gave one.',
})
export class Finding {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  visitId!: string;

  isOwn!: boolean;

  @Field(() => Severity, { description: 'How grave.' })
  severity!: Severity;

  @Field(() => String, { description: 'What was found.' })
  summary!: string;

  @Field(() => [String], { description: 'The codes of the items that it rests on.' })
  itemCodes!: string[];

  @Field(() => FindingState, { description: 'Where it stands.' })
  state!: FindingState;

  @Field(() => Int, { description: 'Goes up with every change; send it back as expectedVersion.' })
  version!: number;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day on which the provider was asked for its comments.',
  })
  replyAskedOn!: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day on which the provider may comment, to 23:59 Europe/London.',
  })
  replyDueOn!: string | null;

  @Field(() => String, { nullable: true, description: 'What the provider says to it.' })
  reply!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which it replied.' })
  repliedOn!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which it was published.' })
  publishedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Who wrote it; for its own borough.' })
  writtenBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Who published it; for its own borough.' })
  publishedBy!: string | null;
}

@InputType({ description: 'A new finding of a visit of the own borough’s.' })
export class WriteFindingInput {
  @Field(() => ID, { description: 'Of which visit.' })
  visitId!: string;

  @Field(() => Severity, { description: 'How grave.' })
  severity!: Severity;

  @Field(() => String, { description: 'What was found. No child and no member of staff is named or described.' })
  summary!: string;

  @Field(() => [String], {
    nullable: true,
    description: 'The codes of the items of the visit’s forms that it rests on.',
  })
  itemCodes?: string[] | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A draft of a finding, in other words. What is left out stays as it is.' })
export class ChangeFindingInput {
  @Field(() => ID, { description: 'Which finding.' })
  findingId!: string;

  @Field(() => Severity, { nullable: true, description: 'How grave.' })
  severity?: Severity | null;

  @Field(() => String, { nullable: true, description: 'What was found.' })
  summary?: string | null;

  @Field(() => [String], { nullable: true, description: 'The codes of the items that it rests on.' })
  itemCodes?: string[] | null;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'What is done about a finding.' })
export class FindingActionInput {
  @Field(() => ID, { description: 'Which finding.' })
  findingId!: string;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'What the provider says to a finding.' })
export class RecordFindingReplyInput {
  @Field(() => ID, { description: 'Which finding.' })
  findingId!: string;

  @Field(() => String, { description: 'In its own words, as far as they name and describe nobody.' })
  reply!: string;

  @Field(() => CalendarDate, { description: 'The day on which it came.' })
  repliedOn!: string;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}
