import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'That an item of the own borough still holds.' })
export class ConfirmIntelligenceInput {
  @Field(() => ID, { description: 'Which item.' })
  itemId!: string;

  @Field(() => String, { description: 'What shows that it still holds; kept for the own borough.' })
  evidence!: string;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'A legal hold on an item of the own borough, which stops its deletion.' })
export class HoldIntelligenceInput {
  @Field(() => ID, { description: 'Which item.' })
  itemId!: string;

  @Field(() => String, { nullable: true, description: 'Why it must be kept; left out to lift the hold.' })
  reason?: string | null;
}

@InputType({ description: 'The deletion of what a dry run showed.' })
export class DeleteDueIntelligenceInput {
  @Field(() => String, { description: 'The token of the dry run (retentionDue).' })
  token!: string;

  @Field(() => String, { description: 'Why; recorded.' })
  reason!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}
