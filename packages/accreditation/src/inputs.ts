import { CalendarDate } from '@accord/access';
import { AccreditationStatus } from '@accord/providers';
import { Field, ID, InputType, Int } from 'type-graphql';
import { AccreditationStage, AppealOutcome, PutOffBy, StageOutcome } from './vocabulary.js';

const KEY = 'A random key, new for each act.';
const VERSION = 'The version of the accreditation that the caller saw; another one is CONFLICT.';

@InputType({ description: 'That a provider applied for accreditation.' })
export class RecordAccreditationApplicationInput {
  @Field(() => ID, { description: 'Which provider.' })
  providerId!: string;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'An assessment of a stage.' })
export class AssessAccreditationStageInput {
  @Field(() => ID, { description: 'Which provider.' })
  providerId!: string;

  @Field(() => AccreditationStage, { description: 'Which stage.' })
  stage!: AccreditationStage;

  @Field(() => StageOutcome, { description: 'Its outcome.' })
  outcome!: StageOutcome;

  @Field(() => String, {
    nullable: true,
    description: 'Under which conditions it passed. Members read them, but for the first stage’s.',
  })
  conditions?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'What the outcome rests on; stays with alliance staff. No certificate numbers or contents and no names of staff: "sampled on, gaps".',
  })
  evidenceNote?: string | null;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'A decision for somebody else to approve.' })
export class ProposeAccreditationDecisionInput {
  @Field(() => ID, { description: 'Which provider.' })
  providerId!: string;

  @Field(() => AccreditationStatus, { description: 'The status to decide on.' })
  status!: AccreditationStatus;

  @Field(() => String, {
    description: 'Why. Members read it once the decision is approved, unless other words are given for them.',
  })
  reason!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why, in words for members, where the reason itself is not for them.',
  })
  reasonForMembers?: string | null;

  @Field(() => [String], { nullable: true, description: 'Conditions that the provider is to keep to.' })
  conditions?: string[] | null;

  @Field(() => CalendarDate, { nullable: true, description: 'From which day on; from its approval on unless given.' })
  effectiveFrom?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'When the alliance is to review it; for an accreditation 24 months after it takes effect unless given, with conditions 12.',
  })
  reviewDue?: string | null;

  @Field(() => Int, { description: VERSION })
  expectedVersion!: number;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'The approval or rejection of what somebody else proposed.' })
export class DecideAccreditationProposalInput {
  @Field(() => ID, { description: 'Which decision.' })
  decisionId!: string;

  @Field(() => String, { description: 'Why; stays with alliance staff.' })
  reason!: string;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'A suspension at once, to be ratified by another lead.' })
export class SuspendAccreditationInterimInput {
  @Field(() => ID, { description: 'Which provider.' })
  providerId!: string;

  @Field(() => String, { description: 'Why. Members read it, unless other words are given for them.' })
  reason!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Why, in words for members, where the reason itself is not for them.',
  })
  reasonForMembers?: string | null;

  @Field(() => Int, { nullable: true, description: `${VERSION} Left out where it cannot wait.` })
  expectedVersion?: number | null;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'That the provider was told the gist of a decision.' })
export class TellProviderInput {
  @Field(() => ID, { description: 'Of which decision.' })
  decisionId!: string;

  @Field(() => String, { description: 'What it was told.' })
  gist!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'When it was told; today unless given. Its 14 days begin on the next day.',
  })
  toldOn?: string | null;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'That telling the provider is put off.' })
export class PutOffTellingProviderInput {
  @Field(() => ID, { description: 'Of which decision.' })
  decisionId!: string;

  @Field(() => PutOffBy, { description: 'At whose word.' })
  by!: PutOffBy;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => CalendarDate, { description: 'When that is looked at again.' })
  reviewOn!: string;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'What a provider replied.' })
export class RecordProviderReplyInput {
  @Field(() => ID, { description: 'To which decision.' })
  decisionId!: string;

  @Field(() => String, { description: 'Its words, or their gist.' })
  reply!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'When it came; today unless given.' })
  receivedOn?: string | null;

  @Field(() => Boolean, {
    description:
      'Whether the provider says that it has nothing to add: then the rest of its days need not be waited for.',
  })
  isComplete!: boolean;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'A provider’s appeal.' })
export class RecordAccreditationAppealInput {
  @Field(() => ID, { description: 'Against which decision.' })
  decisionId!: string;

  @Field(() => String, { description: 'Why the provider appeals.' })
  grounds!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'When it came; today unless given.' })
  receivedOn?: string | null;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'What came of an appeal.' })
export class DecideAccreditationAppealInput {
  @Field(() => ID, { description: 'Of the appeal against which decision.' })
  decisionId!: string;

  @Field(() => AppealOutcome, { description: 'UPHELD: what stood before stands again.' })
  outcome!: AppealOutcome;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}
