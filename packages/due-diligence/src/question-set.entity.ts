import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Role } from '@accord/access';
import {
  readableByAudienceRole,
  TENANT,
  tenantDeletes,
  tenantInserts,
  tenantReads,
  tenantUpdates,
} from '@accord/persistence';
import { PlacementType } from '@accord/providers';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { NOTICE_DAYS } from './figures.js';
import { QuestionCategory, QuestionKind, QuestionSetState, QuestionSubject } from './vocabulary.js';

const BY_THE_ALLIANCE = '(select tenant_is_alliance())';

/**
 * One version of the questions that the alliance agrees to ask (BRE 5.3). Once published its words never change:
 * other words are a later version, which takes over when it is published and retires this one.
 */
@ObjectType('DueDiligenceSet', {
  simpleResolvers: true,
  description: 'One version of the due-diligence and safeguarding questions that the alliance agrees to ask.',
})
@Entity({
  tableName: 'due_diligence_set',
  policies: [
    tenantReads(`${TENANT} is not null and (state <> 'DRAFT' or ${BY_THE_ALLIANCE})`),
    readableByAudienceRole(),
    tenantInserts(BY_THE_ALLIANCE),
    tenantUpdates(BY_THE_ALLIANCE),
    tenantDeletes(`${BY_THE_ALLIANCE} and state = 'DRAFT'`),
  ],
})
@Unique({ properties: ['number'] })
@Index({
  name: 'due_diligence_set_one_published',
  expression:
    "create unique index due_diligence_set_one_published on due_diligence_set (state) where state <> 'RETIRED'",
})
@Check({ name: 'due_diligence_set_state_known', expression: `state in ('DRAFT', 'PUBLISHED', 'RETIRED')` })
export class QuestionSet {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => Int, { description: '1, 2, 3 …' })
  @Property({ columnType: 'int' })
  number!: number;

  @Field(() => QuestionSetState, { description: 'Where it stands.' })
  @Property({ columnType: 'text' })
  state!: QuestionSetState;

  @Field(() => String, { description: 'What it is made from.' })
  @Property({ columnType: 'text' })
  source!: string;

  @Field(() => Int, {
    description: 'How many days before it lapses an answer is EXPIRING, and those who rely on it are told.',
  })
  @Property({ columnType: 'int' })
  noticeDays: number = NOTICE_DAYS;

  @Field(() => Int, { description: 'Goes up with every change of a draft; send it back as expectedVersion.' })
  @Property({ columnType: 'int' })
  version: number = 1;

  @Field(() => Date, { nullable: true, description: 'When it was published.' })
  @Property({ columnType: 'timestamptz', nullable: true })
  publishedAt: Date | null = null;

  @Field(() => Date, { nullable: true, description: 'When the next version took over.' })
  @Property({ columnType: 'timestamptz', nullable: true })
  retiredAt: Date | null = null;
}

/** A question of one version. */
@ObjectType('DueDiligenceQuestion', {
  simpleResolvers: true,
  description: 'A question of one version of the alliance’s set.',
})
@Entity({
  tableName: 'due_diligence_question',
  policies: [
    tenantReads(`${TENANT} is not null and (is_published or ${BY_THE_ALLIANCE})`),
    readableByAudienceRole(),
    tenantInserts(`${BY_THE_ALLIANCE} and not is_published`),
    // To publish it, once: published words never change.
    { ...tenantUpdates(`${BY_THE_ALLIANCE} and not is_published`), check: BY_THE_ALLIANCE },
    tenantDeletes(`${BY_THE_ALLIANCE} and not is_published`),
  ],
})
@Unique({ properties: ['setId', 'code'] })
@Index({ properties: ['askedId'] })
export class Question {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  setId!: string;

  /** What is asked: the same in each version that asks the same, so that answers carry over from one to the next. */
  @Property({ type: 'uuid' })
  askedId!: string;

  @Field(() => String, { description: 'Its name for clients: the same in each version that has it.' })
  @Property({ columnType: 'text' })
  code!: string;

  @Field(() => String, { description: 'What is asked.' })
  @Property({ columnType: 'text' })
  text!: string;

  @Field(() => QuestionCategory, { description: 'What it is about.' })
  @Property({ columnType: 'text' })
  category!: QuestionCategory;

  @Field(() => QuestionKind, { description: 'How it is answered.' })
  @Property({ columnType: 'text' })
  kind!: QuestionKind;

  @Field(() => QuestionSubject, { description: 'Of whom it is asked.' })
  @Property({ columnType: 'text' })
  subject!: QuestionSubject;

  @Field(() => Boolean, { description: 'Whether nobody is placed without an answer to it.' })
  @Property({ columnType: 'boolean' })
  isMandatory!: boolean;

  @Field(() => Boolean, { description: 'Whether it counts twelve months, and is therefore kept in bands.' })
  @Property({ columnType: 'boolean', default: false })
  isBanded: boolean = false;

  @Field(() => [String], { description: 'The answers to choose from, where there is a choice.' })
  @Property({ columnType: 'text[]' })
  choices: string[] = [];

  @Field(() => [PlacementType], { description: 'For which placements it is asked; for all where empty.' })
  @Property({ columnType: 'text[]' })
  placementTypes: PlacementType[] = [];

  @Field(() => Int, {
    nullable: true,
    description:
      'How many months an answer holds, from the day that it names or, where it names none, on which it was given.',
  })
  @Property({ columnType: 'int', nullable: true })
  holdsMonths: number | null = null;

  @Field(() => [Role], { description: 'Whose it is to answer.' })
  @Property({ columnType: 'text[]' })
  answeredByRoles: Role[] = [];

  @Field(() => Boolean, { description: 'Whether the provider may answer it through a link.' })
  @Property({ columnType: 'boolean' })
  isForProvider!: boolean;

  @Property({ columnType: 'int' })
  place!: number;

  @Field(() => String, { description: 'The seed’s paragraph, or whose decision it is.' })
  @Property({ columnType: 'text' })
  source!: string;

  @Property({ columnType: 'boolean', default: false })
  isPublished: boolean = false;
}
