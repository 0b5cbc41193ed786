import { CalendarDate } from '@accord/access';
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Visit } from '../visit/visit.type.js';

export enum VisitFileFormat {
  HTML = 'HTML',
  PDF = 'PDF',
  JSON = 'JSON',
}

export enum Take {
  OFFLINE = 'OFFLINE',
  KEPT = 'KEPT',
}

registerEnumType(VisitFileFormat, {
  name: 'VisitFileFormat',
  description: 'HTML and PDF: to be printed, with what has been answered. JSON: to be filled in without a connection.',
});
registerEnumType(Take, {
  name: 'Take',
  description: 'Which of two answers is to stand: the one of the offline form, or the one that is kept.',
});

@ObjectType({ simpleResolvers: true, description: 'What an answer says.' })
export class AnswerSaid {
  @Field(() => String, { nullable: true, description: 'The value.' })
  value!: string | null;

  @Field(() => [CalendarDate], { nullable: 'items', description: 'The dates that go with it.' })
  dates!: (string | null)[];

  @Field(() => String, { nullable: true, description: 'What it rests on.' })
  evidence!: string | null;

  @Field(() => String, { nullable: true, description: 'A comment.' })
  comment!: string | null;

  @Field(() => String, { nullable: true, description: 'Who checked it.' })
  checkedBy!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'An item that was answered in the offline form, and otherwise by somebody else meanwhile.',
})
export class AnswerConflict {
  @Field(() => String, { description: 'The item’s code.' })
  code!: string;

  @Field(() => Int, { description: 'Which, of an item that repeats.' })
  entry!: number;

  @Field(() => String, { description: 'What was asked.' })
  label!: string;

  @Field(() => AnswerSaid, { description: 'What the offline form says.' })
  offline!: AnswerSaid;

  @Field(() => AnswerSaid, { description: 'What is kept.' })
  kept!: AnswerSaid;
}

@ObjectType({ simpleResolvers: true, description: 'What came of an offline form.' })
export class VisitImportPayload {
  @Field(() => Visit, { description: 'The visit, as it is now.' })
  visit!: Visit;

  @Field(() => [AnswerConflict], {
    description: 'What is to be settled first, item by item; while there is anything, nothing was written.',
  })
  conflicts!: AnswerConflict[];

  @Field(() => Int, { description: 'How many answers were written.' })
  written!: number;
}

@InputType({ description: 'How one conflict is settled.' })
export class SettleConflictInput {
  @Field(() => String, { description: 'The item’s code.' })
  code!: string;

  @Field(() => Int, { nullable: true, description: 'Which, of an item that repeats; 1 unless given.' })
  entry?: number | null;

  @Field(() => Take, { description: 'Which answer is to stand.' })
  take!: Take;
}

@InputType({ description: 'A form that was filled in without a connection.' })
export class ImportVisitFormInput {
  @Field(() => String, { description: 'The file as it was given out (visitFile), with the answers in it.' })
  content!: string;

  @Field(() => [SettleConflictInput], {
    nullable: true,
    description: 'How conflicts are settled that were shown before.',
  })
  settle?: SettleConflictInput[] | null;
}
