import { Field, ID, InputType } from 'type-graphql';
import { DecisionKind } from './relied-copy.entity.js';

@InputType({ description: 'That a decision of the own borough relies on an item.' })
export class RelyOnIntelligenceInput {
  @Field(() => ID, { description: 'Which item.' })
  itemId!: string;

  @Field(() => DecisionKind, { description: 'What relies on it.' })
  decision!: DecisionKind;

  @Field(() => String, { description: 'The own reference of the check or decision; no child is named.' })
  reference!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}
