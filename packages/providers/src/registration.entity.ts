import { CalendarDate } from '@accord/access';
import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { JudgementScale, ONE_SCALE, SCALE_OF_REGULATOR, WORDS_OF_SCALE, type JudgementFacts } from './judgement.js';
import { importPolicies, registerPolicies } from './provider.entity.js';
import { RegistrationStatus, Regulator } from './vocabulary.js';

/** A registration with a regulator: a children's home's belongs to the home, an agency's or supported accommodation's to the provider. */
@ObjectType({ simpleResolvers: true, description: 'A registration with a regulator.' })
@Entity({ tableName: 'registration', policies: [...registerPolicies(), ...importPolicies()] })
@Unique({ properties: ['regulator', 'reference'] })
@Index({ properties: ['providerId'] })
@Index({ properties: ['homeId'] })
export class Registration {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  @Field(() => Regulator, { description: 'With whom.' })
  @Property({ columnType: 'text' })
  regulator!: Regulator;

  @Field(() => String, { description: 'Its number there: an Ofsted URN, a CQC location or provider id.' })
  @Property({ columnType: 'text' })
  reference!: string;

  @Field(() => String, { nullable: true, description: 'What it is registered as, in the regulator’s words.' })
  @Property({ columnType: 'text', nullable: true })
  category: string | null = null;

  @Field(() => RegistrationStatus, { description: 'Where it stands.' })
  @Property({ columnType: 'text' })
  status!: RegistrationStatus;

  @Field(() => CalendarDate, { nullable: true, description: 'Since when.' })
  @Property({ columnType: 'date', nullable: true })
  registeredOn: string | null = null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'The day as of which its status was last told; what is told as of an earlier day does not undo it.',
  })
  @Property({ columnType: 'date', nullable: true })
  statusAsAt: string | null = null;

  /** A trigger keeps it (`providers.sql.ts`): a status that is told again is no other one. */
  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Since when it has had this status, as far as that is known.',
  })
  @Property({ columnType: 'date', nullable: true })
  statusSince: string | null = null;
}

@ObjectType({ simpleResolvers: true, description: 'One judgement of an inspection.' })
export class Judgement {
  @Field(() => String, { description: 'What was judged, in the regulator’s words.' })
  aspect!: string;

  @Field(() => String, { description: 'The judgement, in the regulator’s words.' })
  judgement!: string;

  @Field(() => JudgementScale, { description: 'The scale it was made on.' })
  scale!: JudgementScale;
}

/** An inspection and what was judged, as the regulator published it. */
@ObjectType({ simpleResolvers: true, description: 'An inspection, as the regulator published it.' })
@Entity({ tableName: 'inspection', policies: [...registerPolicies(), ...importPolicies()] })
@Unique({ properties: ['regulator', 'eventNumber'] })
@Check({ name: 'inspection_one_scale', expression: ONE_SCALE })
@Check({ name: 'inspection_words_of_scale', expression: WORDS_OF_SCALE })
@Check({ name: 'inspection_scale_of_regulator', expression: SCALE_OF_REGULATOR })
@Index({ properties: ['registrationId', 'inspectedOn'] })
@Index({ properties: ['homeId', 'inspectedOn'] })
@Index({ properties: ['providerId', 'inspectedOn'] })
export class Inspection {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  registrationId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  @Field(() => Regulator, { description: 'By whom.' })
  @Property({ columnType: 'text' })
  regulator!: Regulator;

  @Field(() => String, { description: 'The regulator’s number of the event.' })
  @Property({ columnType: 'text' })
  eventNumber!: string;

  @Field(() => String, { description: 'What kind of inspection, in the regulator’s words.' })
  @Property({ columnType: 'text' })
  kind!: string;

  @Field(() => CalendarDate, { description: 'When.' })
  @Property({ columnType: 'date' })
  inspectedOn!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'When it was published.' })
  @Property({ columnType: 'date', nullable: true })
  publishedOn: string | null = null;

  @Field(() => [Judgement], {
    description: 'What was judged, all on one scale; empty for visits that give no grades.',
  })
  @Property({ columnType: 'jsonb' })
  judgements!: readonly JudgementFacts[];
}
