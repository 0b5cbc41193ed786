import { CalendarDate } from '@accord/access';
import { AccreditationStatus } from '@accord/providers';
import { Field, ID, ObjectType } from 'type-graphql';
import {
  AccreditationStage,
  AppealOutcome,
  ChangeCause,
  DecisionKind,
  DecisionState,
  PutOffBy,
  StageOutcome,
} from './vocabulary.js';

@ObjectType('AccreditationStaff', {
  simpleResolvers: true,
  description: 'Somebody of the alliance’s staff, by the name in its directory when they acted.',
})
export class Staff {
  @Field(() => String, { description: 'The name.' })
  displayName!: string;
}

@ObjectType({ simpleResolvers: true, description: 'Where a stage stands, or one assessment of it.' })
export class StageAssessment {
  @Field(() => AccreditationStage, { description: 'Which stage.' })
  stage!: AccreditationStage;

  @Field(() => StageOutcome, { description: 'Its outcome.' })
  outcome!: StageOutcome;

  @Field(() => String, {
    nullable: true,
    description: 'Conditions of passing; those of the first stage stay with the alliance.',
  })
  conditions!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'When; null where it was not started.' })
  assessedOn!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the outcome rests on. Alliance staff alone; null for anybody else.',
  })
  evidenceNote!: string | null;

  @Field(() => Staff, { nullable: true, description: 'Who assessed it. Alliance staff alone; null for anybody else.' })
  assessedBy!: Staff | null;
}

@ObjectType({ simpleResolvers: true, description: 'A status that a provider had, and from when.' })
export class AccreditationChange {
  @Field(() => AccreditationStatus, { description: 'Which status.' })
  status!: AccreditationStatus;

  @Field(() => CalendarDate, { description: 'From which day on.' })
  effectiveFrom!: string;

  @Field(() => ChangeCause, { description: 'What brought it about.' })
  cause!: ChangeCause;

  @Field(() => String, { description: 'Why, as long as the decision is kept that says so.' })
  reason!: string;

  @Field(() => [String], { description: 'Conditions then.' })
  conditions!: string[];

  @Field(() => CalendarDate, { nullable: true, description: 'When it was to be reviewed.' })
  reviewDue!: string | null;

  number!: number;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'A decision on accreditation: proposed by one, approved or rejected by another. Members see those that were approved, and interim suspensions.',
})
export class AccreditationDecision {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  providerId!: string;

  @Field(() => DecisionKind, {
    description: 'A decision, or an interim suspension, which is in force before it is ratified.',
  })
  kind!: DecisionKind;

  @Field(() => DecisionState, { description: 'Where it stands; an interim suspension is APPROVED when ratified.' })
  state!: DecisionState;

  @Field(() => AccreditationStatus, { description: 'The status decided on.' })
  status!: AccreditationStatus;

  @Field(() => String, { description: 'Why, in the words meant for members.' })
  reason!: string;

  @Field(() => [String], { description: 'Conditions that the provider is to keep to.' })
  conditions!: string[];

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'From which day on; may lie ahead. Null: from its approval on.',
  })
  effectiveFrom!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'When the alliance is to review it.' })
  reviewDue!: string | null;

  @Field(() => Date, { description: 'When it was proposed.' })
  proposedAt!: Date;

  @Field(() => Staff, { description: 'Who proposed it.' })
  proposedBy!: Staff;

  @Field(() => Date, { nullable: true, description: 'When it was approved or rejected.' })
  decidedAt!: Date | null;

  @Field(() => Staff, { nullable: true, description: 'Who approved or rejected it: never who proposed it.' })
  decidedBy!: Staff | null;

  @Field(() => String, { nullable: true, description: 'Why a decision dated ahead did not take effect.' })
  setAsideBecause!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'That telling the provider is put off.' })
export class TellingPutOff {
  @Field(() => PutOffBy, { description: 'At whose word.' })
  by!: PutOffBy;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => CalendarDate, { description: 'When that is looked at again.' })
  reviewOn!: string;

  @Field(() => Staff, { description: 'Who recorded it.' })
  recordedBy!: Staff;
}

@ObjectType({ simpleResolvers: true, description: 'What the provider replied.' })
export class ProviderReply {
  @Field(() => String, { description: 'Its words, or their gist.' })
  reply!: string;

  @Field(() => CalendarDate, { description: 'When it came.' })
  receivedOn!: string;

  @Field(() => Boolean, {
    description: 'Whether the provider has nothing to add, so that the rest of its days need not be waited for.',
  })
  isComplete!: boolean;

  @Field(() => Staff, { description: 'Who recorded it.' })
  recordedBy!: Staff;
}

@ObjectType({ simpleResolvers: true, description: 'A provider’s appeal against a decision, and what came of it.' })
export class AccreditationAppeal {
  @Field(() => String, { description: 'Why the provider appeals.' })
  grounds!: string;

  @Field(() => CalendarDate, { description: 'When it came.' })
  receivedOn!: string;

  @Field(() => Staff, { description: 'Who recorded it.' })
  recordedBy!: Staff;

  @Field(() => AppealOutcome, { nullable: true, description: 'What came of it; null while it is open.' })
  outcome!: AppealOutcome | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason!: string | null;

  @Field(() => Staff, {
    nullable: true,
    description: 'Who decided it: neither who proposed the decision nor who approved it.',
  })
  decidedBy!: Staff | null;

  @Field(() => Date, { nullable: true, description: 'When it was decided.' })
  decidedAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: 'What the alliance alone keeps of a decision.' })
export class AccreditationDecisionFile {
  @Field(() => String, { description: 'Why, in the proposer’s own words.' })
  reason!: string;

  @Field(() => Boolean, {
    description: 'Whether it leaves the provider worse off, so that the provider is heard first.',
  })
  isAdverse!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it was approved or rejected.' })
  verdictReason!: string | null;

  @Field(() => String, { nullable: true, description: 'What the provider was told.' })
  gist!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'When it was told.' })
  toldOn!: string | null;

  @Field(() => Date, { nullable: true, description: 'Until when it may reply: 23:59 in London.' })
  replyDue!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Until when another lead is to ratify an interim suspension: 23:59 in London.',
  })
  ratifyBy!: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'False where that day lies past the last year whose bank holidays are known, and may still move.',
  })
  ratifyByIsCertain!: boolean | null;

  @Field(() => [TellingPutOff], { description: 'When and why telling the provider was put off, latest first.' })
  putOffs!: TellingPutOff[];

  @Field(() => [ProviderReply], { description: 'What the provider replied, first to last.' })
  replies!: ProviderReply[];

  @Field(() => AccreditationAppeal, { nullable: true, description: 'Its appeal.' })
  appeal!: AccreditationAppeal | null;
}
