import { Field, ID, Int, ObjectType } from 'type-graphql';
import { CalendarDate } from '../calendar-date.js';
import { UrgentDisclosureOutcome } from '../agreement/vocabulary.js';

/** An urgent disclosure as one side of it may see it: what is withheld is null. */
@ObjectType('UrgentDisclosure', {
  simpleResolvers: true,
  description:
    'That something was shared in an emergency with organisations that no agreement covers. Both sides’ officers see it.',
})
export class DisclosureView {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => ID, { description: 'What was disclosed: the id of the flag.' })
  sharedId!: string;

  ownerId!: string | null;

  @Field(() => String, { description: 'The harm that was feared.' })
  fearedHarm!: string;

  @Field(() => String, { description: 'Why it could not wait.' })
  reason!: string;

  @Field(() => CalendarDate, { description: 'The day on which it was disclosed.' })
  disclosedOn!: string;

  @Field(() => Date, {
    nullable: true,
    description: 'When it was disclosed; null to others where the owner is anonymous.',
  })
  disclosedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who disclosed it, by the name in the directory; shown to the owner.',
  })
  disclosedBy!: string | null;

  @Field(() => CalendarDate, { description: 'By the last minute of which day in London it is to be reviewed.' })
  reviewBy!: string;

  @Field(() => Boolean, {
    description: 'False where that day lies beyond the bank holidays that are known: one may still move it.',
  })
  reviewByIsCertain!: boolean;

  @Field(() => Boolean, { description: 'Whether it is not reviewed, and that day is over.' })
  isOverdue!: boolean;

  @Field(() => UrgentDisclosureOutcome, {
    nullable: true,
    description: 'What its review came to; null while that is to be done.',
  })
  outcome!: UrgentDisclosureOutcome | null;

  @Field(() => String, { nullable: true, description: 'Why it came to that.' })
  outcomeReason!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Who reviewed it, by the name in the directory; shown to the owner.',
  })
  reviewedBy!: string | null;

  @Field(() => Int, { nullable: true, description: 'Goes up with every change; shown to the owner.' })
  version!: number | null;
}
