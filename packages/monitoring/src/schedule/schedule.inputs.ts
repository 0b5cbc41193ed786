import { PlacementType } from '@accord/providers';
import { Field, ID, InputType, Int } from 'type-graphql';
import { VisitingFunction } from '../visit/vocabulary.js';
import { SpanUnit } from './span.js';
import { ScheduledVisitState, VisitRegime, VisitScheduleTemplate } from './vocabulary.js';

@InputType({ description: 'A length of time, such as 12 weeks.' })
export class VisitSpanInput {
  @Field(() => Int, { description: 'How many, 1 or more.' })
  count!: number;

  @Field(() => SpanUnit, { description: 'Of what.' })
  unit!: SpanUnit;
}

@InputType({ description: 'Who visits which of the homes that the own borough uses, and when.' })
export class VisitRuleInput {
  @Field(() => String, { description: 'What it asks for.' })
  name!: string;

  @Field(() => [VisitingFunction], { description: 'Who visits: any of them will do.' })
  functions!: VisitingFunction[];

  @Field(() => VisitRegime, { nullable: true, description: 'Which homes, by their registration; any unless given.' })
  regime?: VisitRegime | null;

  @Field(() => [PlacementType], { nullable: true, description: 'Homes that offer any of these; all unless given.' })
  placementTypes?: PlacementType[] | null;

  @Field(() => VisitSpanInput, { nullable: true, description: 'How long after the beginning it sets in.' })
  startsAfter?: VisitSpanInput | null;

  @Field(() => VisitSpanInput, { nullable: true, description: 'How long after the beginning it ends.' })
  endsAfter?: VisitSpanInput | null;

  @Field(() => VisitSpanInput, { nullable: true, description: 'By when the first visit is due.' })
  firstWithin?: VisitSpanInput | null;

  @Field(() => VisitSpanInput, { nullable: true, description: 'How long after a visit the next is due.' })
  every?: VisitSpanInput | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many days before it sets in a visit counts; none unless given.',
  })
  earlyDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many days later is not yet overdue; none unless given.' })
  toleranceDays?: number | null;

  @Field(() => String, { nullable: true, description: 'Where it comes from.' })
  source?: string | null;
}

@InputType({ description: 'A schedule that ships, taken over to begin with.' })
export class AdoptVisitScheduleInput {
  @Field(() => VisitScheduleTemplate, { description: 'Which.' })
  template!: VisitScheduleTemplate;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A new rule.' })
export class AddVisitRuleInput {
  @Field(() => VisitRuleInput, { description: 'The rule.' })
  rule!: VisitRuleInput;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}

@InputType({ description: 'A rule as it is now, whole.' })
export class ChangeVisitRuleInput {
  @Field(() => ID, { description: 'Which.' })
  ruleId!: string;

  @Field(() => VisitRuleInput, { description: 'The rule.' })
  rule!: VisitRuleInput;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'A rule that is to hold no longer.' })
export class RetireVisitRuleInput {
  @Field(() => ID, { description: 'Which.' })
  ruleId!: string;

  @Field(() => Int, { description: 'The version that the caller saw; another one is CONFLICT.' })
  expectedVersion!: number;
}

@InputType({ description: 'Which visits; what is not given does not narrow.' })
export class VisitScheduleFilter {
  @Field(() => ID, { nullable: true, description: 'To this home.' })
  homeId?: string | null;

  @Field(() => [ScheduledVisitState], { nullable: true, description: 'In any of these states.' })
  state?: ScheduledVisitState[] | null;

  @Field(() => [VisitingFunction], { nullable: true, description: 'That any of these may make.' })
  functions?: VisitingFunction[] | null;
}
