import { CalendarDate, SharingLevel } from '@accord/access';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Assessment, StaysBecause } from '../form/vocabulary.js';
import { ProviderRole, VisitingFunction, VisitMode, VisitOutcome, VisitReason, VisitState } from './vocabulary.js';

/** A visit as the caller may see it: what is withheld is null. */
@ObjectType({
  simpleResolvers: true,
  description:
    'A monitoring visit, as the caller may see it. Of a withdrawn one, others see that it was there and why it was withdrawn, and nothing else.',
})
export class Visit {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  providerId!: string;

  homeId!: string | null;

  /** Null where its borough is anonymous to the caller. */
  ownerId!: string | null;

  isOwn!: boolean;

  templateId!: string;

  frameworkId!: string;

  @Field(() => CalendarDate, { description: 'The day of the visit.' })
  visitedOn!: string;

  @Field(() => VisitReason, { nullable: true, description: 'Why it was made.' })
  reason!: VisitReason | null;

  @Field(() => String, { nullable: true, description: 'The reason in words, where it is OTHER.' })
  reasonOther!: string | null;

  @Field(() => VisitMode, { nullable: true, description: 'Whether the visitors were there.' })
  mode!: VisitMode | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether nobody was told before.' })
  unannounced!: boolean | null;

  @Field(() => VisitingFunction, { nullable: true, description: 'In what function it was made.' })
  madeAs!: VisitingFunction | null;

  @Field(() => [ProviderRole], { description: 'Who spoke for the provider, by role.' })
  providerRepresentatives!: ProviderRole[];

  @Field(() => VisitOutcome, { nullable: true, description: 'What came of it.' })
  outcome!: VisitOutcome | null;

  @Field(() => VisitState, { description: 'Whether it is a draft, shared or withdrawn.' })
  state!: VisitState;

  @Field(() => Int, { description: 'Goes up with every change; send it back as expectedVersion.' })
  version!: number;

  @Field(() => String, { nullable: true, description: 'Why it was withdrawn.' })
  withdrawalReason!: string | null;
}

/** How far a visit goes, for its own borough. */
@ObjectType({ simpleResolvers: true, description: 'How far a visit goes, and why.' })
export class VisitSharing {
  @Field(() => SharingLevel, { description: 'How far it goes.' })
  level!: SharingLevel;

  @Field(() => String, { description: 'Why so far and no further.' })
  reason!: string;

  @Field(() => String, { nullable: true, description: 'Conditions of handling that travel with it.' })
  conditions!: string | null;

  @Field(() => Boolean, { description: 'Whether the own borough is not named to others.' })
  anonymous!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'An answer to an item of the form.' })
export class VisitAnswer {
  @Field(() => String, { description: 'The item’s code within its form.' })
  code!: string;

  @Field(() => String, { description: 'The heading under which the item stands.' })
  section!: string;

  @Field(() => String, { description: 'What was asked, in the form’s own words.' })
  label!: string;

  @Field(() => Int, { description: '1 for an item that is answered once; 1, 2, 3 … for one that repeats.' })
  entry!: number;

  @Field(() => String, { nullable: true, description: 'The value, written as the item’s kind asks.' })
  value!: string | null;

  @Field(() => [CalendarDate], {
    nullable: 'itemsAndList',
    description: 'The dates that go with it, in the order of the item’s labels.',
  })
  dates!: (string | null)[];

  @Field(() => String, { nullable: true, description: 'What the answer rests on.' })
  evidence!: string | null;

  @Field(() => String, { nullable: true, description: 'A comment.' })
  comment!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who checked it; null to others where the visiting borough is anonymous.',
  })
  checkedBy!: string | null;

  @Field(() => StaysBecause, {
    nullable: true,
    description: 'Why it is the own borough’s alone, whatever is shared; null where it goes with the visit.',
  })
  staysBecause!: StaysBecause | null;
}

@ObjectType({ simpleResolvers: true, description: 'How far an expectation of the framework was found to be met.' })
export class ExpectationAssessed {
  @Field(() => String, { description: 'The expectation’s code.' })
  code!: string;

  @Field(() => String, { description: 'Its theme.' })
  theme!: string;

  @Field(() => String, { description: 'What is expected.' })
  expectation!: string;

  @Field(() => Assessment, { description: 'How far it was met.' })
  assessment!: Assessment;

  @Field(() => String, { nullable: true, description: 'What this rests on.' })
  evidence!: string | null;

  @Field(() => String, { nullable: true, description: 'A comment.' })
  comment!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Somebody who made the visit.' })
export class Visitor {
  @Field(() => String, { description: 'Their name.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether they went as somebody who has been in care.' })
  isCareExperienced!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'What a care-experienced visitor says to one question.' })
export class VisitorWords {
  @Field(() => String, { description: 'The question’s code.' })
  code!: string;

  @Field(() => String, { description: 'The theme.' })
  theme!: string;

  @Field(() => String, { description: 'The question.' })
  question!: string;

  @Field(() => String, { nullable: true, description: 'Their words.' })
  words!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What a care-experienced visitor says of a home, in their own words. Nobody else changes it.',
})
export class VisitorPart {
  @Field(() => ID, { description: 'The visit’s id.' })
  visitId!: string;

  /** Told to nobody: others do not learn which parts are one visitor's. */
  principalId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Who they are; null to other organisations unless they agreed to be named.',
  })
  by!: string | null;

  @Field(() => [VisitorWords], { description: 'Question by question.' })
  words!: VisitorWords[];

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which they handed it in.' })
  submittedOn!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A visit of the caller’s as a care-experienced visitor, with their own part and nothing else of it.',
})
export class MyVisit {
  @Field(() => ID, { description: 'The visit’s id.' })
  visitId!: string;

  @Field(() => CalendarDate, { description: 'The day of the visit.' })
  visitedOn!: string;

  @Field(() => String, { description: 'The home, or the provider where it has none.' })
  place!: string;

  @Field(() => [VisitorWords], { description: 'The questions, and what the caller has written so far.' })
  words!: VisitorWords[];

  @Field(() => Boolean, { description: 'Whether the caller’s name is shown to other organisations.' })
  showsName!: boolean;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which it was handed in.' })
  submittedOn!: string | null;

  @Field(() => Int, { description: '0 while nothing is written; send it back as expectedVersion.' })
  version!: number;
}

/** A visit as alerts and notifications name it. */
@ObjectType({ simpleResolvers: true, description: 'A visit that something was told of; the rest is to be looked up.' })
export class VisitNotice {
  @Field(() => ID, { description: 'The visit’s id.' })
  id!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The day of the visit; null where access ended.' })
  visitedOn!: string | null;

  @Field(() => VisitOutcome, { nullable: true, description: 'What came of it.' })
  outcome!: VisitOutcome | null;

  /** Whether its borough is named to the caller. */
  isNamed!: boolean;
}
