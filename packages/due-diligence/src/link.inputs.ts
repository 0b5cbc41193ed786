import { Field, ID, InputType, Int } from 'type-graphql';
import { LINK_DAYS, MOST_LINK_DAYS } from './figures.js';

@InputType({ description: 'A link by which a provider answers some questions, once.' })
export class IssueDueDiligenceLinkInput {
  @Field(() => ID, { description: 'Which provider is asked.' })
  providerId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'About which of its homes; left out for what is asked of providers.',
  })
  homeId?: string | null;

  @Field(() => [String], { description: 'Which questions, by their codes.' })
  codes!: string[];

  @Field(() => Int, {
    nullable: true,
    description: `For how many days it holds, at most ${MOST_LINK_DAYS}; for ${LINK_DAYS} unless given.`,
  })
  validDays?: number | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A link that nobody is to use any more.' })
export class RevokeDueDiligenceLinkInput {
  @Field(() => ID, { description: 'Which link.' })
  linkId!: string;
}
