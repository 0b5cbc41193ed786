import { CalendarDate } from '@accord/access';
import { Field, ID, ObjectType } from 'type-graphql';
import { Question } from './question-set.entity.js';
import { AnswerState, Assurance, MarkKind } from './vocabulary.js';

/** A question as it is asked of a provider or home, and where its answer stands for the caller. */
@ObjectType({
  simpleResolvers: true,
  description: 'A question as it is asked of a provider or home, with the answer that counts for the caller.',
})
export class DueDiligenceItem {
  @Field(() => Question, { description: 'The question.' })
  question!: Question;

  providerId!: string;

  homeId!: string | null;

  /** Of a home, for the order of a list. */
  homeName!: string;

  answerId!: string | null;

  ownerId!: string | null;

  place!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The answer: YES or NO, a day, a number or band, a choice, or words; null while MISSING.',
  })
  value!: string | null;

  @Field(() => AnswerState, { description: 'Where it stands.' })
  state!: AnswerState;

  @Field(() => Assurance, {
    nullable: true,
    description: 'How sure it is: of the answer and those who confirm it, the most.',
  })
  assurance!: Assurance | null;

  @Field(() => CalendarDate, { nullable: true, description: 'The day on which it was answered.' })
  answeredOn!: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The last day on which it holds; null where it has no end.',
  })
  validUntil!: string | null;
}

/** One answer, whoever gave it. */
@ObjectType({ simpleResolvers: true, description: 'An answer, as it was given.' })
export class DueDiligenceAnswer {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  ownerId!: string;

  providerId!: string;

  homeId!: string | null;

  /** The home or, where there is none, the provider. */
  subjectId!: string;

  questionId!: string;

  askedId!: string;

  @Field(() => String, { description: 'The answer.' })
  value!: string;

  @Field(() => Assurance, { description: 'How sure it was when it was given.' })
  assurance!: Assurance;

  @Field(() => String, { nullable: true, description: 'What whoever answered added to it.' })
  note!: string | null;

  @Field(() => CalendarDate, { description: 'The day on which it was answered.' })
  answeredOn!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day on which it holds.' })
  validUntil!: string | null;

  @Field(() => Boolean, { description: 'Whether the provider said it, through a link.' })
  isDeclaredByProvider!: boolean;

  @Field(() => Date, { description: 'When it was recorded.' })
  recordedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'By whom, by the name in their directory; to their own organisation.',
  })
  recordedBy!: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'When its organisation withdrew it; it is then theirs alone.',
  })
  withdrawnOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was withdrawn.' })
  withdrawalReason!: string | null;
}

/** That an organisation confirms or challenges an answer. */
@ObjectType({ simpleResolvers: true, description: 'That an organisation confirms an answer, or challenges it.' })
export class DueDiligenceMark {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  answerId!: string;

  ownerId!: string;

  @Field(() => MarkKind, { description: 'Which of the two.' })
  kind!: MarkKind;

  @Field(() => Assurance, { nullable: true, description: 'Of a confirmation: what was seen.' })
  assurance!: Assurance | null;

  @Field(() => String, { nullable: true, description: 'Of a challenge: why.' })
  reason!: string | null;

  @Field(() => CalendarDate, { description: 'On which day.' })
  markedOn!: string;
}

/** An answer as alerts and notifications name it. */
@ObjectType({ simpleResolvers: true, description: 'An answer as alerts and notifications name it.' })
export class DueDiligenceNotice {
  @Field(() => ID, { description: 'The answer.' })
  answerId!: string;

  /** The sharing that an event names: the answer's, or that of a mark on it. */
  sharingId!: string;

  @Field(() => String, { description: 'What was asked.' })
  question!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The last day on which it holds.' })
  validUntil!: string | null;
}
