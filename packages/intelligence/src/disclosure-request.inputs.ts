import { CalendarDate } from '@accord/access';
import { Field, ID, InputType } from 'type-graphql';
import { DisclosureKind } from './disclosure-request.entity.js';

@InputType({ description: 'A request to disclose what the own borough holds.' })
export class RecordDisclosureRequestInput {
  @Field(() => DisclosureKind, { description: 'Under which law.' })
  kind!: DisclosureKind;

  @Field(() => String, { description: 'The own reference of the case, which has the person’s name.' })
  reference!: string;

  @Field(() => String, { description: 'The words to look for, each somewhere in an item; nobody is named.' })
  words!: string;

  @Field(() => CalendarDate, { description: 'When it came in.' })
  receivedOn!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'What an originator says to the disclosure of their item.' })
export class AnswerConsultationInput {
  @Field(() => ID, { description: 'Which consultation.' })
  consultationId!: string;

  @Field(() => Boolean, { description: 'Whether they object.' })
  objects!: boolean;

  @Field(() => String, { description: 'Why, or why not.' })
  answer!: string;
}

@InputType({ description: 'The receiving authority’s decision.' })
export class DecideDisclosureInput {
  @Field(() => ID, { description: 'Which request.' })
  requestId!: string;

  @Field(() => String, { description: 'What was decided, and why.' })
  decision!: string;
}
