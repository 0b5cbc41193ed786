import { Field, InputType } from 'type-graphql';
import { AnswerKind, FilledFrom, FormKind, StaysBecause } from './vocabulary.js';

@InputType({ description: 'An item of a new version of a form.' })
export class FormItemInput {
  @Field(() => String, { description: 'Its code within the form: capitals, digits and points, such as ACC.13.' })
  code!: string;

  @Field(() => String, { nullable: true, description: 'The heading under which it stands.' })
  section?: string | null;

  @Field(() => String, { description: 'What is asked.' })
  label!: string;

  @Field(() => String, { nullable: true, description: 'What to look for, and what not to write.' })
  guidance?: string | null;

  @Field(() => AnswerKind, { description: 'What its value is.' })
  kind!: AnswerKind;

  @Field(() => [String], { nullable: true, description: 'For CHOICE, and only for it: what there is to choose from.' })
  options?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'The dates that go with it, by what each is of.' })
  dateLabels?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether its dates may be still to come.' })
  looksAhead?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it takes evidence.' })
  takesEvidence?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it takes a comment.' })
  takesComment?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it takes who checked it.' })
  takesCheckedBy?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it may be answered several times.' })
  repeats?: boolean | null;

  @Field(() => FilledFrom, { nullable: true, description: 'What of the visit itself answers it.' })
  filledFrom?: FilledFrom | null;

  @Field(() => StaysBecause, {
    nullable: true,
    description:
      'Why its answers never leave the borough. An item that stayed in the version before stays in this one too.',
  })
  staysBecause?: StaysBecause | null;
}

@InputType({ description: 'A new form, or a new version of one: all its items, in their order.' })
export class PublishFormInput {
  @Field(() => String, { description: 'Which form: capitals, digits and underscores, such as COL_APPENDIX_4.' })
  code!: string;

  @Field(() => FormKind, { description: 'What it is for; a form keeps its kind.' })
  kind!: FormKind;

  @Field(() => String, { description: 'As it is called.' })
  title!: string;

  @Field(() => String, { description: 'Where it comes from.' })
  source!: string;

  @Field(() => [FormItemInput], { description: 'Its items, in their order.' })
  items!: FormItemInput[];

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}
