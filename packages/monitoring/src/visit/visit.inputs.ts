import { CalendarDate, SharingInput } from '@accord/access';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ProviderRole, VisitingFunction, VisitMode, VisitOutcome, VisitReason } from './vocabulary.js';

@InputType({ description: 'A visit to be written down.' })
export class StartVisitInput {
  @Field(() => ID, { description: 'To which provider.' })
  providerId!: string;

  @Field(() => ID, { nullable: true, description: 'To which of its homes; left out for a provider without one.' })
  homeId?: string | null;

  @Field(() => ID, { description: 'The version of the form that it is made with, for good; see formTemplates.' })
  templateId!: string;

  @Field(() => CalendarDate, { description: 'The day of the visit.' })
  visitedOn!: string;

  @Field(() => VisitReason, { description: 'Why it was made.' })
  reason!: VisitReason;

  @Field(() => String, { nullable: true, description: 'The reason in words; goes with OTHER, and only with it.' })
  reasonOther?: string | null;

  @Field(() => VisitMode, { description: 'Whether the visitors were there.' })
  mode!: VisitMode;

  @Field(() => Boolean, { description: 'Whether nobody was told before.' })
  unannounced!: boolean;

  @Field(() => VisitingFunction, { nullable: true, description: 'In what function; COMMISSIONING unless given.' })
  madeAs?: VisitingFunction | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Who made it: people of the own directory. The caller alone unless given.',
  })
  visitorIds?: string[] | null;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({
  description: 'An answer to an item. It takes the place of the one that was there; what is left out is empty.',
})
export class VisitAnswerInput {
  @Field(() => String, { description: 'The item’s code, of the visit’s form or of the framework.' })
  code!: string;

  @Field(() => Int, { nullable: true, description: 'For an item that repeats: which, from 1 on.' })
  entry?: number | null;

  @Field(() => String, { nullable: true, description: 'The value, written as the item’s kind asks.' })
  value?: string | null;

  @Field(() => [CalendarDate], {
    nullable: 'itemsAndList',
    description: 'The dates that go with it, in the order of the item’s labels.',
  })
  dates?: (string | null)[] | null;

  @Field(() => String, { nullable: true, description: 'What the answer rests on.' })
  evidence?: string | null;

  @Field(() => String, { nullable: true, description: 'A comment.' })
  comment?: string | null;

  @Field(() => String, { nullable: true, description: 'Who checked it, and on which day.' })
  checkedBy?: string | null;
}

@InputType({ description: 'What of a draft is to be kept: what is left out stays as it is. For saving as one writes.' })
export class SaveVisitInput {
  @Field(() => ID, { description: 'Which visit.' })
  visitId!: string;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;

  @Field(() => [VisitAnswerInput], {
    nullable: true,
    description: 'Answers that are new or have changed. One with nothing in it is taken away.',
  })
  answers?: VisitAnswerInput[] | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day of the visit.' })
  visitedOn?: string | null;

  @Field(() => VisitReason, { nullable: true, description: 'Why it was made.' })
  reason?: VisitReason | null;

  @Field(() => String, { nullable: true, description: 'The reason in words; goes with OTHER.' })
  reasonOther?: string | null;

  @Field(() => VisitMode, { nullable: true, description: 'Whether the visitors were there.' })
  mode?: VisitMode | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether nobody was told before.' })
  unannounced?: boolean | null;

  @Field(() => VisitingFunction, { nullable: true, description: 'In what function it was made.' })
  madeAs?: VisitingFunction | null;

  @Field(() => VisitOutcome, { nullable: true, description: 'What came of it.' })
  outcome?: VisitOutcome | null;

  @Field(() => [ProviderRole], { nullable: true, description: 'Who spoke for the provider, by role.' })
  providerRepresentatives?: ProviderRole[] | null;

  @Field(() => [ID], { nullable: true, description: 'Who made it: people of the own directory, all of them.' })
  visitorIds?: string[] | null;
}

@InputType({ description: 'A draft that is finished, and how far it goes.' })
export class ShareVisitInput {
  @Field(() => ID, { description: 'Which visit.' })
  visitId!: string;

  @Field(() => SharingInput, {
    nullable: true,
    description: 'How far it goes; to the boroughs concerned unless given.',
  })
  sharing?: SharingInput | null;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A changed audience of a visit.' })
export class ChangeVisitSharingInput {
  @Field(() => ID, { description: 'Which visit.' })
  visitId!: string;

  @Field(() => SharingInput, { description: 'How far it goes from now on.' })
  sharing!: SharingInput;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A visit that is taken back.' })
export class WithdrawVisitInput {
  @Field(() => ID, { description: 'Which visit.' })
  visitId!: string;

  @Field(() => String, { description: 'Why, for everybody who knew of it.' })
  reason!: string;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'The caller’s own words to one question.' })
export class VisitorWordsInput {
  @Field(() => String, { description: 'The question’s code.' })
  code!: string;

  @Field(() => String, { description: 'The words; empty to take them back.' })
  words!: string;
}

@InputType({ description: 'A care-experienced visitor’s own part of a visit. What is left out stays as it is.' })
export class WriteVisitorPartInput {
  @Field(() => ID, { description: 'Which visit.' })
  visitId!: string;

  @Field(() => [VisitorWordsInput], { nullable: true, description: 'What is new or has changed.' })
  words?: VisitorWordsInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the own name is shown to other organisations; not unless given.',
  })
  showName?: boolean | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Which of the own photos are shown to other organisations, as far as the visit goes; all others are not. Left out: as they were. A new photo is not shown.',
  })
  shownPhotoIds?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether to hand it in: the officers see it from then on.' })
  submit?: boolean | null;

  @Field(() => Int, { description: 'The version that the caller saw, 0 for none; another one is CONFLICT.' })
  expectedVersion!: number;
}
