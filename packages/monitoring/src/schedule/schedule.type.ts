import { CalendarDate } from '@accord/access';
import { Field, Int, ObjectType } from 'type-graphql';
import { ScheduledVisitState } from './vocabulary.js';
import { VisitRule } from './visit-rule.entity.js';

@ObjectType({
  simpleResolvers: true,
  description: 'A visit that is next to be made to a home by a rule of the own borough.',
})
export class ScheduledVisit {
  homeId!: string;

  @Field(() => VisitRule, { description: 'By which rule.' })
  rule!: VisitRule;

  @Field(() => CalendarDate, { description: 'The last day for it.' })
  dueOn!: string;

  @Field(() => ScheduledVisitState, { description: 'Where it stands.' })
  state!: ScheduledVisitState;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'A working day to make it by, in a week in which nobody else of the borough visits. Null past the last year whose bank holidays are known.',
  })
  planBy!: string | null;

  @Field(() => Boolean, { description: 'Whether somebody else visits in the same week, as no other is left.' })
  clashes!: boolean;

  @Field(() => CalendarDate, { nullable: true, description: 'When the last one was made.' })
  lastVisitOn!: string | null;

  @Field(() => String, { nullable: true, description: 'What is not certain about these days, and why.' })
  warning!: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A visit that was made to a home and counted for a rule of the own borough.',
})
export class DoneVisit {
  homeId!: string;

  @Field(() => VisitRule, { description: 'For which rule.' })
  rule!: VisitRule;

  @Field(() => CalendarDate, { description: 'When it was due.' })
  dueOn!: string;

  @Field(() => CalendarDate, { description: 'When it was made.' })
  doneOn!: string;

  @Field(() => Boolean, { description: 'Whether that was later than the rule tolerates.' })
  wasLate!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'Visits of the own borough’s schedule, in numbers.' })
export class VisitScheduleFigures {
  @Field(() => Int, { description: 'Due later.' })
  upcoming!: number;

  @Field(() => Int, { description: 'Due soon.' })
  due!: number;

  @Field(() => Int, { description: 'Past their day.' })
  overdue!: number;

  @Field(() => Int, { description: 'Made in the last twelve months.' })
  done!: number;

  @Field(() => Int, { description: 'Of these, later than their rules tolerate.' })
  doneLate!: number;
}
