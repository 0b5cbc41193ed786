import { CalendarDate, Organisation, SharingLevel } from '@accord/access';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { IntelligenceCategory, TrafficLight } from './vocabulary.js';

/** An item as the caller may see it: what is withheld is null. */
@ObjectType({
  simpleResolvers: true,
  description:
    'Soft intelligence on a provider or a home, as the caller may see it. It is unproven: it prompts an enquiry, and on its own decides nothing.',
})
export class IntelligenceItem {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  providerId!: string;

  homeId!: string | null;

  /** Null where the owner stays anonymous to the caller. */
  ownerId!: string | null;

  /** Whose read log a reading goes to, named or not. */
  logOwnerId!: string;

  isOwn!: boolean;

  /** Opened in this operation, and logged as that. */
  isOpened?: boolean;

  /** That this caller was shown this very summary today is in the log. */
  isLogged!: boolean;

  /** Shown by its resolver alone, which has the reading logged. */
  text!: string | null;

  @Field(() => Int, { description: 'Goes up with every change; send it back as expectedVersion.' })
  version!: number;

  @Field(() => IntelligenceCategory, { description: 'What it is about.' })
  category!: IntelligenceCategory;

  @Field(() => CalendarDate, { description: 'The day on which it was seen or heard.' })
  observedOn!: string;

  @Field(() => CalendarDate, { description: 'The day on which somebody was last given sight of it.' })
  sharedOn!: string;

  @Field(() => SharingLevel, { description: 'How far it goes.' })
  sharing!: SharingLevel;

  @Field(() => TrafficLight, { description: 'How far a recipient may pass it on; follows from the sharing.' })
  tlp!: TrafficLight;

  @Field(() => String, { nullable: true, description: 'Conditions of handling that its owner set.' })
  conditions!: string | null;

  @Field(() => CalendarDate, { description: 'From this day on it has faded, unless its borough confirms it.' })
  reviewOn!: string;

  @Field(() => Boolean, { description: 'Whether its review date has passed: it no longer counts for anything.' })
  isFaded!: boolean;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which its text was last corrected.' })
  correctedOn!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which its author withdrew it.' })
  withdrawnOn!: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When its author withdrew it; null to others where the owner is anonymous.',
  })
  withdrawnAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why its author withdrew it.' })
  withdrawalReason!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which it was deleted: this is its tombstone.' })
  deletedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it goes so far; shown to its owner.' })
  sharingReason!: string | null;
}

/** That there is an item, without a word of it: what streams and inboxes carry. */
@ObjectType({
  simpleResolvers: true,
  description:
    'An item of intelligence as an alert or a notification names it: without text, which is read by a query and logged.',
})
export class IntelligenceNotice {
  @Field(() => ID, { description: 'The item’s id.' })
  id!: string;

  @Field(() => IntelligenceCategory, {
    nullable: true,
    description: 'What it is about; null where it is no longer shared with the caller’s organisation.',
  })
  category!: IntelligenceCategory | null;

  @Field(() => TrafficLight, { nullable: true, description: 'How far it may be passed on.' })
  tlp!: TrafficLight | null;

  @Field(() => Int, { nullable: true, description: 'Its version now.' })
  version!: number | null;

  /** Null where it is anonymous or no longer theirs to know. */
  isNamed!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'Who can see an item.' })
export class IntelligenceAudience {
  @Field(() => [Organisation], { description: 'Everybody who can see it now, the own organisation among them.' })
  boroughs!: Organisation[];

  @Field(() => [String], {
    description: 'Groups that hide who is in them: their members see it too, and are not named.',
  })
  andMembersOf!: string[];

  @Field(() => String, { nullable: true, description: 'Why it goes so far, as recorded when it was last shared.' })
  reason!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'An organisation that would not see an item, and why.' })
export class ExcludedBorough {
  @Field(() => Organisation, { description: 'Which.' })
  borough!: Organisation;

  @Field(() => String, { description: 'Why it would not see it.' })
  reason!: string;
}

@ObjectType({ simpleResolvers: true, description: 'Who would see an item if it were shared so.' })
export class AudiencePreview {
  @Field(() => [Organisation], { description: 'Who would see it, the own organisation among them.' })
  boroughs!: Organisation[];

  @Field(() => [String], {
    description: 'Groups that hide who is in them: their members would see it too, and are not named.',
  })
  andMembersOf!: string[];

  @Field(() => [ExcludedBorough], {
    description: 'Who would not, and why. With a group that hides its members, only those who would not even as one.',
  })
  excluded!: ExcludedBorough[];
}

/** An earlier wording. */
@ObjectType({ simpleResolvers: true, description: 'What an item said before it was corrected; for its own borough.' })
export class IntelligenceWording {
  @Field(() => Int, { description: 'The version that had this wording.' })
  version!: number;

  @Field(() => IntelligenceCategory, { description: 'What it was about.' })
  category!: IntelligenceCategory;

  @Field(() => String, { description: 'The summary.' })
  summary!: string;

  @Field(() => String, { description: 'The detail.' })
  detail!: string;

  @Field(() => CalendarDate, { description: 'The day on which it was seen or heard.' })
  observedOn!: string;

  @Field(() => String, { description: 'Why it was corrected.' })
  reason!: string;

  @Field(() => String, { description: 'Who corrected it.' })
  replacedBy!: string;

  @Field(() => Date, { description: 'When.' })
  replacedAt!: Date;
}

/** Where a police-originated item came from. */
@ObjectType({
  simpleResolvers: true,
  description: 'Where a police-originated item came from, with its 3x5x2 grading; for its own borough.',
})
export class PoliceOrigin {
  @Field(() => String, { description: 'The force.' })
  force!: string;

  @Field(() => String, { description: 'The force’s reference.' })
  reference!: string;

  @Field(() => CalendarDate, { description: 'When the borough received it.' })
  receivedOn!: string;

  @Field(() => Int, { description: 'Source: 1 reliable, 2 untested, 3 not reliable.' })
  source!: number;

  @Field(() => String, {
    description:
      'Information: A known directly, B known indirectly but corroborated, C known indirectly, D not known, E suspected to be false.',
  })
  information!: string;

  @Field(() => String, { description: 'Handling: P lawful sharing permitted, C permitted with conditions.' })
  handling!: string;

  @Field(() => String, { nullable: true, description: 'The originator’s conditions.' })
  conditions!: string | null;

  @Field(() => [Organisation], { description: 'The organisations that the originator has consented to.' })
  consentedBoroughs!: Organisation[];
}
