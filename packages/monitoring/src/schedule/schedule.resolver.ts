import { connectionOf, PageArgs, type Connection, type Operation } from '@accord/access';
import { Home, ProviderLoader } from '@accord/providers';
import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import {
  AddVisitRuleInput,
  AdoptVisitScheduleInput,
  ChangeVisitRuleInput,
  RetireVisitRuleInput,
  VisitScheduleFilter,
} from './schedule.inputs.js';
import { ScheduleService } from './schedule.service.js';
import { DoneVisit, ScheduledVisit, VisitScheduleFigures } from './schedule.type.js';
import { VisitRule } from './visit-rule.entity.js';

const visits = connectionOf(ScheduledVisit, 'ScheduledVisit');

@ObjectType({ simpleResolvers: true, description: 'A rule that was added, changed or retired.' })
class VisitRulePayload {
  @Field(() => VisitRule, { description: 'The rule.' })
  rule!: VisitRule;
}

@ObjectType({ simpleResolvers: true, description: 'The rules that the own borough has now.' })
class VisitRulesPayload {
  @Field(() => [VisitRule], { description: 'By name.' })
  rules!: VisitRule[];
}

@Resolver(() => ScheduledVisit)
export class ScheduledVisitResolver {
  @Query(() => [VisitRule], { description: 'The rules of the own borough’s schedule, by name.' })
  visitRules(@Ctx() op: Operation): Promise<VisitRule[]> {
    return op.get(ScheduleService).rules();
  }

  @Query(() => visits.Connection, {
    description:
      'Visits that are next to be made to homes that the own borough uses, by the day on which they are due.',
  })
  visitSchedule(
    @Ctx() op: Operation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => VisitScheduleFilter, { nullable: true, description: 'Which.' })
    filter: VisitScheduleFilter | null,
  ): Promise<Connection<ScheduledVisit>> {
    return op.get(ScheduleService).list(filter ?? {}, page);
  }

  @Query(() => VisitScheduleFigures, { description: 'Visits of the own borough’s schedule, in numbers.' })
  visitScheduleFigures(
    @Ctx() op: Operation,
    @Arg('homeId', () => ID, { nullable: true, description: 'Of this home alone.' }) homeId: string | null,
  ): Promise<VisitScheduleFigures> {
    return op.get(ScheduleService).figures(homeId ?? null);
  }

  @FieldResolver(() => Home, { nullable: true, description: 'To which home.' })
  home(@Ctx() op: Operation, @Root() visit: ScheduledVisit): Promise<Home | null> {
    return op.get(ProviderLoader).home.load(visit.homeId);
  }

  @Mutation(() => VisitRulesPayload, {
    description: 'Takes a schedule that ships over beside what there is. Rules of the same name stay as they are.',
  })
  async adoptVisitSchedule(
    @Ctx() op: Operation,
    @Arg('input', () => AdoptVisitScheduleInput) input: AdoptVisitScheduleInput,
  ): Promise<VisitRulesPayload> {
    return { rules: await op.get(ScheduleService).adopt(input) };
  }

  @Mutation(() => VisitRulePayload, { description: 'Adds a rule to the own borough’s schedule.' })
  async addVisitRule(
    @Ctx() op: Operation,
    @Arg('input', () => AddVisitRuleInput) input: AddVisitRuleInput,
  ): Promise<VisitRulePayload> {
    return { rule: await op.get(ScheduleService).add(input) };
  }

  @Mutation(() => VisitRulePayload, { description: 'Says a rule anew: what is due follows at once.' })
  async changeVisitRule(
    @Ctx() op: Operation,
    @Arg('input', () => ChangeVisitRuleInput) input: ChangeVisitRuleInput,
  ): Promise<VisitRulePayload> {
    return { rule: await op.get(ScheduleService).change(input) };
  }

  @Mutation(() => VisitRulePayload, { description: 'Ends a rule: nothing is due by it any more.' })
  async retireVisitRule(
    @Ctx() op: Operation,
    @Arg('input', () => RetireVisitRuleInput) input: RetireVisitRuleInput,
  ): Promise<VisitRulePayload> {
    return { rule: await op.get(ScheduleService).retire(input) };
  }
}

@Resolver(() => Home)
export class HomeScheduleResolver {
  @FieldResolver(() => [ScheduledVisit], {
    description: 'Visits that are next to be made here by the own borough’s schedule; none where it does not use it.',
  })
  scheduledVisits(@Ctx() op: Operation, @Root() home: Home): Promise<ScheduledVisit[]> {
    return op.get(ScheduleService).ofHome(home.id);
  }

  @FieldResolver(() => [DoneVisit], {
    description: 'Visits that were made here and counted for a rule of the own borough’s, newest first.',
  })
  visitsDone(@Ctx() op: Operation, @Root() home: Home): Promise<DoneVisit[]> {
    return op.get(ScheduleService).doneAt(home.id);
  }
}
