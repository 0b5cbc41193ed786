import { Field, ID, InputType, Int } from 'type-graphql';
import { UrgentDisclosureOutcome } from '../agreement/vocabulary.js';

const KEY = 'A random key, new for each act.';

@InputType({ description: 'What is shared in an emergency with organisations that no agreement covers.' })
export class UrgentDisclosureInput {
  @Field(() => ID, {
    description: 'What: a flag of the own organisation that is open, or an item of its intelligence, by its id.',
  })
  sharedId!: string;

  @Field(() => [ID], { description: 'With whom: boroughs, or the alliance, by id.' })
  boroughIds!: string[];

  @Field(() => String, {
    description: 'The harm that is feared if it is not shared now. No child is named or described.',
  })
  fearedHarm!: string;

  @Field(() => String, { description: 'Why it cannot wait for an agreement.' })
  reason!: string;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'The review of an urgent disclosure of the own organisation.' })
export class ReviewUrgentDisclosureInput {
  @Field(() => ID, { description: 'Which.' })
  disclosureId!: string;

  @Field(() => UrgentDisclosureOutcome, { description: 'What it came to. One that stands can be ended later.' })
  outcome!: UrgentDisclosureOutcome;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'That the own organisation was asked to share something and refused.' })
export class RecordSharingRefusalInput {
  @Field(() => String, { description: 'Who asked: an organisation or body, and the office held there.' })
  askedBy!: string;

  @Field(() => ID, { nullable: true, description: 'About which provider; left out where it was about none.' })
  providerId?: string | null;

  @Field(() => String, { description: 'What was asked for. No child is named or described.' })
  about!: string;

  @Field(() => String, { description: 'Why it was refused.' })
  reason!: string;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}
