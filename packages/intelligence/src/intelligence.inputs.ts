import { CalendarDate, SharingInput } from '@accord/access';
import { Field, ID, InputType, Int } from 'type-graphql';
import { IntelligenceCategory } from './vocabulary.js';

const KEY = { description: 'A random key, new for each act.' };
const VERSION = { description: 'The version that the caller saw; another one is CONFLICT.' };

@InputType({ description: 'Where a police-originated item came from, with its 3x5x2 grading. For these alone.' })
export class PoliceOriginInput {
  @Field(() => String, { description: 'The force.' })
  force!: string;

  @Field(() => String, { description: 'The force’s reference.' })
  reference!: string;

  @Field(() => CalendarDate, { description: 'When the borough received it.' })
  receivedOn!: string;

  @Field(() => Int, { description: 'Source: 1 reliable, 2 untested, 3 not reliable.' })
  source!: number;

  @Field(() => String, { description: 'Information: A to E.' })
  information!: string;

  @Field(() => String, { description: 'Handling: P or C.' })
  handling!: string;

  @Field(() => String, { nullable: true, description: 'The originator’s conditions; needed with handling C.' })
  conditions?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'The organisations that the originator has consented to; nobody else ever sees it.',
  })
  consentedBoroughIds?: string[] | null;
}

@InputType({ description: 'A new item of soft intelligence.' })
export class RecordIntelligenceInput {
  @Field(() => ID, { description: 'On which provider.' })
  providerId!: string;

  @Field(() => ID, { nullable: true, description: 'On which of its homes; left out where it is about the provider.' })
  homeId?: string | null;

  @Field(() => IntelligenceCategory, { description: 'What it is about.' })
  category!: IntelligenceCategory;

  @Field(() => String, { description: 'In short, for all who may know. No child is named or described.' })
  summary!: string;

  @Field(() => String, {
    description: 'In full: opened by others of its audience one by one, with a purpose, and logged.',
  })
  detail!: string;

  @Field(() => CalendarDate, { description: 'The day on which it was seen or heard.' })
  observedOn!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'When it fades unless confirmed: at most, and unless given, 90 days from today.',
  })
  reviewOn?: string | null;

  @Field(() => SharingInput, { description: 'How far it goes, from the moment at which it is recorded.' })
  sharing!: SharingInput;

  @Field(() => PoliceOriginInput, { nullable: true, description: 'For police-originated items.' })
  policeOrigin?: PoliceOriginInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it may count towards a pattern of concern; nothing of it is told by that.',
  })
  mayCount?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether telling of it could harm whoever told: it then never counts towards a pattern.',
  })
  sourceAtRisk?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether boroughs of the agreement that place there may learn that somebody holds something, and ask for it. Never, unless said.',
  })
  mayBeAskedFor?: boolean | null;

  @Field(() => String, KEY)
  idempotencyKey!: string;
}

@InputType({ description: 'A correction of an item of the own borough. What is left out stays.' })
export class CorrectIntelligenceInput {
  @Field(() => ID, { description: 'Which item.' })
  itemId!: string;

  @Field(() => IntelligenceCategory, { nullable: true, description: 'What it is about.' })
  category?: IntelligenceCategory | null;

  @Field(() => String, { nullable: true, description: 'The summary, corrected.' })
  summary?: string | null;

  @Field(() => String, { nullable: true, description: 'The detail, corrected.' })
  detail?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which it was seen or heard, corrected.' })
  observedOn?: string | null;

  @Field(() => String, { description: 'Why it is corrected; kept with the earlier wording.' })
  reason!: string;

  @Field(() => Int, VERSION)
  expectedVersion!: number;

  @Field(() => String, KEY)
  idempotencyKey!: string;
}

@InputType({ description: 'A changed audience of an item of the own borough.' })
export class ChangeIntelligenceSharingInput {
  @Field(() => ID, { description: 'Which item.' })
  itemId!: string;

  @Field(() => SharingInput, { description: 'How far it goes from now on.' })
  sharing!: SharingInput;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether others may learn that somebody holds something, and ask for it; as it was unless given.',
  })
  mayBeAskedFor?: boolean | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'For a police-originated item: organisations that its originator has consented to besides those before.',
  })
  consentedBoroughIds?: string[] | null;

  @Field(() => Int, VERSION)
  expectedVersion!: number;

  @Field(() => String, KEY)
  idempotencyKey!: string;
}

@InputType({ description: 'The withdrawal of an item of the own borough.' })
export class WithdrawIntelligenceInput {
  @Field(() => ID, { description: 'Which item.' })
  itemId!: string;

  @Field(() => String, { description: 'Why; shown to those who knew of it.' })
  reason!: string;

  @Field(() => Int, VERSION)
  expectedVersion!: number;

  @Field(() => String, KEY)
  idempotencyKey!: string;
}

@InputType({ description: 'A sharing to try out: nothing is written.' })
export class PreviewAudienceInput {
  @Field(() => ID, { description: 'On which provider.' })
  providerId!: string;

  @Field(() => ID, { nullable: true, description: 'On which of its homes.' })
  homeId?: string | null;

  @Field(() => SharingInput, { description: 'How far it would go.' })
  sharing!: SharingInput;
}

@InputType({ description: 'Which items; what is not given does not narrow.' })
export class IntelligenceFilter {
  @Field(() => ID, { nullable: true, description: 'About this provider or one of its homes.' })
  providerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'About this home.' })
  homeId?: string | null;

  @Field(() => [IntelligenceCategory], { nullable: true, description: 'Any of these.' })
  category?: IntelligenceCategory[] | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Seen or heard on or after this day.' })
  observedFrom?: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Seen or heard on or before this day.' })
  observedTo?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'The own borough’s, or not.' })
  mine?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Words that stand in the summary, each somewhere; details are not searched.',
  })
  search?: string | null;
}
