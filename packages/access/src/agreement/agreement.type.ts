import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { SharingClass } from '../agreement.entity.js';
import { CalendarDate } from '../calendar-date.js';
import { AgreementPart, LawfulBasis, SharingAgreementState, SharingClassName } from './vocabulary.js';

/** One version of an agreement. */
@ObjectType('SharingAgreement', {
  simpleResolvers: true,
  description: 'A version of a data sharing agreement. Its terms never change: others are a later version.',
})
export class AgreementView {
  @Field(() => ID, { description: 'Of this version. Opaque.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => Int, { description: 'The first is 1.' })
  version!: number;

  @Field(() => ID, { nullable: true, description: 'The version that it takes over from.' })
  replacesId!: string | null;

  @Field(() => SharingAgreementState, { description: 'Where it stands today.' })
  state!: SharingAgreementState;

  @Field(() => [SharingClassName], { description: 'What may be shared under it.' })
  classes!: SharingClass[];

  @Field(() => String, { description: 'What for.' })
  purpose!: string;

  @Field(() => [LawfulBasis], {
    description: 'On what it rests in law; none of agreements from before Accord kept it.',
  })
  lawfulBases!: LawfulBasis[];

  @Field(() => String, { nullable: true, description: 'The reference of its data protection impact assessment.' })
  dpiaReference!: string | null;

  @Field(() => CalendarDate, { description: 'From which day it is in force.' })
  inForceFrom!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day on which it is no longer in force.' })
  inForceUntil!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was ended, where it was.' })
  endedBecause!: string | null;

  @Field(() => CalendarDate, { description: 'When it is to be reviewed.' })
  reviewOn!: string;
}

/** How one organisation stands to a version. */
@ObjectType({ simpleResolvers: true, description: 'An organisation’s part in a version of an agreement.' })
export class SharingAgreementMember {
  organisationId!: string;

  @Field(() => AgreementPart, { description: 'Whether it is asked, has accepted, or has left.' })
  part!: AgreementPart;

  @Field(() => CalendarDate, { description: 'From which day it is a member, or is asked to be.' })
  memberFrom!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day on which it is no longer one.' })
  memberUntil!: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'When it accepted; null of members from before Accord kept it.',
  })
  acceptedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Who accepted for it, by the name in its directory.' })
  acceptedBy!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it left, or was removed.' })
  endedBecause!: string | null;
}
