import { ReadPurpose } from '@accord/access';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'A request to see what somebody holds.' })
export class AskForIntelligenceInput {
  @Field(() => ID, { description: 'What is held; see heldIntelligence.' })
  itemId!: string;

  @Field(() => ReadPurpose, { description: 'What for.' })
  purpose!: ReadPurpose;

  @Field(() => String, { description: 'Why; shown to the owner.' })
  reason!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'An answer to a request.' })
export class AnswerAccessRequestInput {
  @Field(() => ID, { description: 'Which request.' })
  requestId!: string;

  @Field(() => Int, { nullable: true, description: 'For how many days it is granted, 1 to 90; left out to decline.' })
  days?: number | null;

  @Field(() => String, { description: 'Why it is granted or declined; recorded, and shown to whoever asked.' })
  reason!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}
