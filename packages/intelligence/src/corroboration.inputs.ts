import { Field, ID, InputType } from 'type-graphql';
import { CorroborationKind } from './corroboration.entity.js';

const ANONYMOUS = {
  nullable: true,
  description: 'Do not name the own borough. Offered where at least 5 boroughs could have said it.',
} as const;

@InputType({ description: 'What the own borough says of another’s item. No detail.' })
export class CorroborateInput {
  @Field(() => ID, { description: 'Which item.' })
  itemId!: string;

  @Field(() => CorroborationKind, { description: 'What it says.' })
  kind!: CorroborationKind;

  @Field(() => Boolean, ANONYMOUS)
  anonymous?: boolean | null;
}

@InputType({ description: 'That something in another’s item is wrong; for its owner alone.' })
export class ProposeCorrectionInput {
  @Field(() => ID, { description: 'Which item.' })
  itemId!: string;

  @Field(() => String, { description: 'What is wrong, and how it should read. No child is named or described.' })
  words!: string;

  @Field(() => Boolean, ANONYMOUS)
  anonymous?: boolean | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'What becomes of a proposed correction.' })
export class DecideCorrectionInput {
  @Field(() => ID, { description: 'Which.' })
  correctionId!: string;

  @Field(() => Boolean, { description: 'Whether it is taken up.' })
  accepted!: boolean;

  @Field(() => String, { description: 'Why; shown to whoever proposed it.' })
  reason!: string;
}
