import type { Operation } from '@accord/access';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { VisitingFunction } from '../visit/vocabulary.js';
import { CalendarFeed } from './calendar-feed.entity.js';
import { CalendarService } from './calendar.service.js';

@InputType({ description: 'A calendar for the caller’s own program.' })
export class CreateCalendarFeedInput {
  @Field(() => [VisitingFunction], {
    nullable: true,
    description: 'Visits that any of these may make; all unless given.',
  })
  functions?: VisitingFunction[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'A calendar that was made, with its secret address.' })
class CreatedCalendarFeed {
  @Field(() => CalendarFeed, { description: 'The calendar.' })
  feed!: CalendarFeed;

  @Field(() => String, {
    description:
      'The path of its address at the gateway, shown this once. Whoever has it reads the calendar: it is to be kept like a password.',
  })
  path!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The caller’s own calendars.' })
class CalendarFeedsPayload {
  @Field(() => [CalendarFeed], { description: 'Those that are not revoked, newest first.' })
  feeds!: CalendarFeed[];
}

@Resolver(() => CalendarFeed)
export class CalendarResolver {
  @Query(() => [CalendarFeed], { description: 'The caller’s own calendars that are not revoked, newest first.' })
  calendarFeeds(@Ctx() op: Operation): Promise<CalendarFeed[]> {
    return op.get(CalendarService).feeds();
  }

  @Mutation(() => CreatedCalendarFeed, {
    description: 'Makes a calendar of the own borough’s schedule for the caller’s own program.',
  })
  createCalendarFeed(
    @Ctx() op: Operation,
    @Arg('input', () => CreateCalendarFeedInput) input: CreateCalendarFeedInput,
  ): Promise<CreatedCalendarFeed> {
    return op.get(CalendarService).create(input);
  }

  @Mutation(() => CalendarFeedsPayload, {
    description: 'Revokes calendars of the caller’s own, at once. Others’ are passed over.',
  })
  async revokeCalendarFeeds(
    @Ctx() op: Operation,
    @Arg('ids', () => [ID], { description: 'Which.' }) ids: string[],
  ): Promise<CalendarFeedsPayload> {
    return { feeds: await op.get(CalendarService).revoke(ids) };
  }
}
