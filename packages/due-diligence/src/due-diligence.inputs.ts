import { CalendarDate, Role } from '@accord/access';
import { PlacementType } from '@accord/providers';
import { Field, ID, InputType, Int } from 'type-graphql';
import { MOST_ANSWERS_AT_ONCE } from './figures.js';
import { AnswerState, Assurance, QuestionCategory, QuestionKind, QuestionSubject } from './vocabulary.js';

@InputType({ description: 'Which questions of a list; what is not given does not narrow.' })
export class DueDiligenceFilter {
  @Field(() => [AnswerState], { nullable: true, description: 'Whose answers stand like any of these.' })
  state?: AnswerState[] | null;

  @Field(() => Boolean, { nullable: true, description: 'That have, or have not, to be answered before a placement.' })
  mandatory?: boolean | null;
}

@InputType({ description: 'An answer to one question.' })
export class DueDiligenceAnswerInput {
  @Field(() => String, { description: 'Which question, by its code.' })
  code!: string;

  @Field(() => String, {
    description:
      'The answer, as its kind asks: YES or NO, a day, a number (kept in its band where it counts twelve months), a choice, words, or the date of a document, NONE where there is none.',
  })
  value!: string;

  @Field(() => CalendarDate, { description: 'The day on which it was answered; not one to come.' })
  answeredOn!: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Of a document: the last day on which it holds, where it says so itself.',
  })
  validUntil?: string | null;

  @Field(() => Assurance, { description: 'How sure it is.' })
  assurance!: Assurance;

  @Field(() => String, {
    nullable: true,
    description: 'What was seen, in short. No child or member of staff is named; none about DBS.',
  })
  note?: string | null;
}

@InputType({ description: 'Answers about a provider or one of its homes: all are kept, or none.' })
export class AnswerDueDiligenceInput {
  @Field(() => ID, { description: 'About which provider.' })
  providerId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'About which of its homes; left out for what is asked of providers.',
  })
  homeId?: string | null;

  @Field(() => [DueDiligenceAnswerInput], { description: `The answers, at most ${MOST_ANSWERS_AT_ONCE}.` })
  answers!: DueDiligenceAnswerInput[];

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'That the own organisation confirms an answer.' })
export class ConfirmDueDiligenceAnswerInput {
  @Field(() => ID, { description: 'Which answer.' })
  answerId!: string;

  @Field(() => Assurance, { description: 'What was seen: EVIDENCE_SEEN or VERIFIED_ON_SITE.' })
  assurance!: Assurance;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'That the own organisation says otherwise.' })
export class ChallengeDueDiligenceAnswerInput {
  @Field(() => ID, { description: 'Which answer, of another organisation.' })
  answerId!: string;

  @Field(() => String, { description: 'What speaks against it. No child or member of staff is named.' })
  reason!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'An answer of the own organisation that should not have been given.' })
export class WithdrawDueDiligenceAnswerInput {
  @Field(() => ID, { description: 'Which answer.' })
  answerId!: string;

  @Field(() => String, { description: 'Why, such as that it was about another home.' })
  reason!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A draft of the next version of the questions.' })
export class StartDueDiligenceDraftInput {
  @Field(() => String, { description: 'What it is made for.' })
  source!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A question of the draft: a new one, or one of its code as it is to be from now on.' })
export class PutDueDiligenceQuestionInput {
  @Field(() => ID, { description: 'Which draft.' })
  setId!: string;

  @Field(() => String, { description: 'Its name for clients: capital letters, digits, dots and underscores.' })
  code!: string;

  @Field(() => String, { description: 'What is asked.' })
  text!: string;

  @Field(() => QuestionCategory, { description: 'What it is about.' })
  category!: QuestionCategory;

  @Field(() => QuestionKind, { description: 'How it is answered.' })
  kind!: QuestionKind;

  @Field(() => QuestionSubject, { description: 'Of whom it is asked.' })
  subject!: QuestionSubject;

  @Field(() => Boolean, { description: 'Whether nobody is placed without an answer to it.' })
  isMandatory!: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Of a number: whether it counts twelve months.' })
  isBanded?: boolean | null;

  @Field(() => [String], { nullable: true, description: 'Of a choice: the answers to choose from.' })
  choices?: string[] | null;

  @Field(() => [PlacementType], { nullable: true, description: 'For which placements; for all unless given.' })
  placementTypes?: PlacementType[] | null;

  @Field(() => Int, { nullable: true, description: 'How many months an answer holds; without end unless given.' })
  holdsMonths?: number | null;

  @Field(() => [Role], { description: 'Whose it is to answer.' })
  answeredByRoles!: Role[];

  @Field(() => Boolean, { description: 'Whether the provider may answer it through a link.' })
  isForProvider!: boolean;

  @Field(() => Int, { nullable: true, description: 'Its place in the order; last unless given.' })
  place?: number | null;

  @Field(() => String, { description: 'Where it comes from.' })
  source!: string;

  @Field(() => Int, { description: 'The version of the draft that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'A question that the draft is to have no longer.' })
export class RemoveDueDiligenceQuestionInput {
  @Field(() => ID, { description: 'Which draft.' })
  setId!: string;

  @Field(() => String, { description: 'Which question, by its code.' })
  code!: string;

  @Field(() => Int, { description: 'The version of the draft that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'The draft that takes over.' })
export class PublishDueDiligenceSetInput {
  @Field(() => ID, { description: 'Which draft.' })
  setId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How many days before it lapses an answer is EXPIRING; as in the version before unless given.',
  })
  noticeDays?: number | null;

  @Field(() => Int, { description: 'The version of the draft that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'A draft that is given up.' })
export class DiscardDueDiligenceDraftInput {
  @Field(() => ID, { description: 'Which draft.' })
  setId!: string;

  @Field(() => Int, { description: 'The version of the draft that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}
