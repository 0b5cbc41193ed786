import { CalendarDate, Organisation } from '@accord/access';
import { Field, Int, ObjectType } from 'type-graphql';
import { ReportKind } from './vocabulary.js';

@ObjectType({ simpleResolvers: true, description: 'A number that may be shown, or is kept back.' })
export class ReportFigure {
  @Field(() => Int, { nullable: true, description: 'Null where it is kept back; never under five.' })
  number!: number | null;

  @Field(() => Boolean, {
    description: 'Whether it is kept back: it is under five, or would give away a number that is.',
  })
  isSuppressed!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'The own number and that of the region.' })
export class ReportNumbers {
  @Field(() => Int, { description: 'What the own organisation counted of its own, exact.' })
  own!: number;

  @Field(() => ReportFigure, {
    nullable: true,
    description: 'Of all organisations together, the own one among them; null until the month is over.',
  })
  region!: ReportFigure | null;
}

@ObjectType({ simpleResolvers: true, description: 'One category of a report.' })
export class ReportRow extends ReportNumbers {
  @Field(() => String, { description: 'Its name for clients: expect names that you do not know.' })
  category!: string;

  @Field(() => String, { description: 'In words.' })
  label!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A borough’s part of one category.' })
export class BoroughReportRow {
  @Field(() => String, { description: 'As in the rows of the report.' })
  category!: string;

  @Field(() => ReportFigure, { description: 'Its part of the region’s number.' })
  figure!: ReportFigure;
}

@ObjectType({ simpleResolvers: true, description: 'A borough’s part of a report.' })
export class BoroughReport {
  @Field(() => Organisation, { description: 'Which borough.' })
  borough!: Organisation;

  @Field(() => [BoroughReportRow], { description: 'By category, in the order of the report.' })
  rows!: BoroughReportRow[];
}

/** A borough's part, before its name is known. */
export interface BoroughPart {
  readonly boroughId: string;
  readonly rows: BoroughReportRow[];
}

@ObjectType({ simpleResolvers: true, description: 'Of which boroughs’ monthly returns a report is made.' })
export class ReportReturns {
  @Field(() => String, { description: 'Of which month they are, YYYY-MM: the one before that of the report.' })
  month!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'How many boroughs’ are in it; null until it is published. Which, is not told.',
  })
  given!: number | null;

  @Field(() => Int, { description: 'Of how many boroughs.' })
  boroughs!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What was counted of one kind in or after a month.' })
export class Report {
  @Field(() => ReportKind, { description: 'What it counts.' })
  kind!: ReportKind;

  @Field(() => String, { description: 'Of which month, YYYY-MM.' })
  month!: string;

  @Field(() => CalendarDate, { description: 'The day on which it was counted.' })
  asAt!: string;

  @Field(() => Boolean, {
    description: 'Whether the month is over: its figures are published then, and no longer change.',
  })
  isFinal!: boolean;

  @Field(() => String, { description: 'What one of it is, in words.' })
  counts!: string;

  @Field(() => String, { description: 'Where it comes from, in words.' })
  source!: string;

  @Field(() => ReportReturns, {
    nullable: true,
    description: 'Where boroughs’ monthly returns say it: which, and how many of them; else null.',
  })
  returns!: ReportReturns | null;

  @Field(() => [ReportRow], { description: 'Every category, also those of which there are none.' })
  rows!: ReportRow[];

  @Field(() => ReportNumbers, { description: 'Of all categories together.' })
  total!: ReportNumbers;

  parts!: readonly BoroughPart[];
}
