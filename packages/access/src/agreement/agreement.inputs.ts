import { Field, ID, InputType } from 'type-graphql';
import type { SharingClass } from '../agreement.entity.js';
import { CalendarDate } from '../calendar-date.js';
import { LawfulBasis, SharingClassName } from './vocabulary.js';

export const KEY = 'A random key, new for each act.';
const WHICH = 'Which version of the agreement.';

@InputType({ description: 'An organisation that is asked to be a member, and for which days.' })
export class AgreementInvitationInput {
  @Field(() => ID, { description: 'Which borough, or the alliance.' })
  organisationId!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'From which day; from that of the agreement unless given.',
  })
  memberFrom?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day on which it is no longer a member; left out where no end is agreed.',
  })
  memberUntil?: string | null;
}

@InputType({ description: 'What a version of an agreement says.' })
export class AgreementTermsInput {
  @Field(() => [SharingClassName], { description: 'What may be shared under it.' })
  classes!: SharingClass[];

  @Field(() => String, { description: 'What for.' })
  purpose!: string;

  @Field(() => [LawfulBasis], { description: 'On what it rests in law; PUBLIC_TASK always, the others in addition.' })
  lawfulBases!: LawfulBasis[];

  @Field(() => String, { description: 'The reference of its data protection impact assessment.' })
  dpiaReference!: string;

  @Field(() => CalendarDate, {
    description: 'From which day it is in force. A later version takes over from the one before on this day.',
  })
  inForceFrom!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day on which it is no longer in force; left out where no end is agreed.',
  })
  inForceUntil?: string | null;

  @Field(() => CalendarDate, { description: 'When it is to be reviewed; those concerned are reminded before.' })
  reviewOn!: string;
}

@InputType({ description: 'A new agreement, for its members to accept.' })
export class DraftSharingAgreementInput {
  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => AgreementTermsInput, { description: 'What it says.' })
  terms!: AgreementTermsInput;

  @Field(() => [AgreementInvitationInput], { description: 'Who is asked to be a member.' })
  members!: AgreementInvitationInput[];

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'A change of substance: a new version, to be accepted anew.' })
export class AmendSharingAgreementInput {
  @Field(() => ID, { description: 'The version that it takes over from: the latest.' })
  agreementId!: string;

  @Field(() => AgreementTermsInput, { description: 'What it says from its day on.' })
  terms!: AgreementTermsInput;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'That an agreement was reviewed and goes on as it is.' })
export class ReviewSharingAgreementInput {
  @Field(() => ID, { description: WHICH })
  agreementId!: string;

  @Field(() => CalendarDate, { description: 'When it is to be reviewed again.' })
  reviewOn!: string;

  @Field(() => CalendarDate, { description: 'The review date that the caller saw; another one is CONFLICT.' })
  expectedReviewOn!: string;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'More organisations that are asked to be members.' })
export class InviteToSharingAgreementInput {
  @Field(() => ID, { description: WHICH })
  agreementId!: string;

  @Field(() => [AgreementInvitationInput], { description: 'Who, and for which days.' })
  members!: AgreementInvitationInput[];

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'The acceptance of an agreement for the own organisation.' })
export class AcceptSharingAgreementInput {
  @Field(() => ID, { description: 'Which version: the one that was read.' })
  agreementId!: string;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({
  description: 'The end of the own organisation’s part in an agreement, with what later versions it accepted.',
})
export class LeaveSharingAgreementInput {
  @Field(() => ID, { description: WHICH })
  agreementId!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day on which it is no longer a member; today unless given.',
  })
  until?: string | null;

  @Field(() => String, { description: 'Why; recorded.' })
  reason!: string;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}

@InputType({ description: 'The end of another’s part in an agreement and its later versions, or of its invitation.' })
export class RemoveFromSharingAgreementInput extends LeaveSharingAgreementInput {
  @Field(() => ID, { description: 'Which member or invited organisation.' })
  organisationId!: string;
}

@InputType({ description: 'The end of an agreement and its later versions.' })
export class EndSharingAgreementInput {
  @Field(() => ID, { description: WHICH })
  agreementId!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The first day on which it is no longer in force; today unless given.',
  })
  until?: string | null;

  @Field(() => String, { description: 'Why; recorded.' })
  reason!: string;

  @Field(() => String, { description: KEY })
  idempotencyKey!: string;
}
