import { Check, Entity, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CalendarDate } from '@accord/access';
import { readableByMembers, tenantInserts } from '@accord/persistence';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AnswerKind, FilledFrom, FormKind, StaysBecause } from './vocabulary.js';

const BY_THE_ALLIANCE = '(select tenant_is_alliance())';

/** One version of a form. It never changes: a visit keeps the version that it was made with. */
@ObjectType('FormTemplate', { simpleResolvers: true, description: 'One version of a form. A version never changes.' })
@Entity({ tableName: 'form_template', policies: [readableByMembers(), tenantInserts(BY_THE_ALLIANCE)] })
@Unique({ properties: ['code', 'version'] })
export class FormTemplate {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => String, { description: 'Which form; the same for all its versions.' })
  @Property({ columnType: 'text' })
  code!: string;

  @Field(() => Int, { description: '1, 2, 3 …' })
  @Property({ columnType: 'int' })
  version!: number;

  @Field(() => FormKind, { description: 'What it is for.' })
  @Property({ columnType: 'text' })
  kind!: FormKind;

  @Field(() => String, { description: 'As it is called.' })
  @Property({ columnType: 'text' })
  title!: string;

  @Field(() => String, { description: 'Where it comes from.' })
  @Property({ columnType: 'text' })
  source!: string;

  @Field(() => CalendarDate, { description: 'The day from which on visits are made with it.' })
  @Property({ columnType: 'date' })
  publishedOn!: string;
}

/** An item of one version of a form: what is asked, how it is answered, and whether the answer may leave the borough. */
@ObjectType('FormItem', { simpleResolvers: true, description: 'An item of a form.' })
@Entity({ tableName: 'form_item', policies: [readableByMembers(), tenantInserts(BY_THE_ALLIANCE)] })
@Check({
  name: 'form_item_stays_because',
  expression: `stays_because in ('CHILD_OR_CARER', 'PLACEMENTS', 'POLICE', 'STAFF')`,
})
export class FormItem {
  @PrimaryKey({ type: 'uuid' })
  templateId!: string;

  @Field(() => String, { description: 'Its code within the form, such as ACC.13.' })
  @PrimaryKey({ columnType: 'text' })
  code!: string;

  /** Its place in the form. */
  @Property({ columnType: 'int' })
  position!: number;

  @Field(() => String, { description: 'The heading under which it stands; empty where the form has none.' })
  @Property({ columnType: 'text' })
  section!: string;

  @Field(() => String, { description: 'What is asked, in the form’s own words.' })
  @Property({ columnType: 'text' })
  label!: string;

  @Field(() => String, { nullable: true, description: 'What to look for, and what not to write.' })
  @Property({ columnType: 'text', nullable: true })
  guidance: string | null = null;

  @Field(() => AnswerKind, { description: 'What its value is.' })
  @Property({ columnType: 'text' })
  kind!: AnswerKind;

  @Field(() => [String], { description: 'For CHOICE: what there is to choose from.' })
  @Property({ columnType: 'text[]' })
  options!: string[];

  @Field(() => [String], { description: 'The dates that go with the answer, by what each is of.' })
  @Property({ columnType: 'text[]' })
  dateLabels!: string[];

  @Field(() => Boolean, { description: 'Whether its dates may be still to come, as a next review is.' })
  @Property({ columnType: 'boolean' })
  looksAhead!: boolean;

  @Field(() => Boolean, { description: 'Whether it takes evidence.' })
  @Property({ columnType: 'boolean' })
  takesEvidence!: boolean;

  @Field(() => Boolean, { description: 'Whether it takes a comment.' })
  @Property({ columnType: 'boolean' })
  takesComment!: boolean;

  @Field(() => Boolean, { description: 'Whether it takes who checked it.' })
  @Property({ columnType: 'boolean' })
  takesCheckedBy!: boolean;

  @Field(() => Boolean, { description: 'Whether it is answered as often as there is something to say.' })
  @Property({ columnType: 'boolean' })
  repeats!: boolean;

  @Field(() => FilledFrom, {
    nullable: true,
    description: 'What of the visit itself answers it, where something does.',
  })
  @Property({ columnType: 'text', nullable: true })
  filledFrom: FilledFrom | null = null;

  @Field(() => StaysBecause, {
    nullable: true,
    description: 'Why its answer never leaves the borough, whatever is shared; null where it may.',
  })
  @Property({ columnType: 'text', nullable: true })
  staysBecause: StaysBecause | null = null;
}
