import { CalendarDate, type Operation } from '@accord/access';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { HostNoticeState } from './host-notice.entity.js';
import { HostNoticeService } from './host-notice.service.js';

@InputType({ description: 'The own borough’s notices to a host borough are up to date.' })
export class RecordHostNoticeInput {
  @Field(() => ID, { description: 'To which borough.' })
  hostBoroughId!: string;

  @Field(() => CalendarDate, { description: 'As of which day.' })
  upToDateAsAt!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What is recorded of notices to a host borough.' })
class HostNoticePayload {
  @Field(() => HostNoticeState, { description: 'What is recorded.' })
  hostNotice!: HostNoticeState;
}

@Resolver(() => HostNoticeState)
export class HostNoticeResolver {
  @Query(() => [HostNoticeState], {
    description:
      'Whether the own borough’s notices to host boroughs are up to date, and what others say of theirs to it.',
  })
  hostNotices(@Ctx() op: Operation): Promise<HostNoticeState[]> {
    return op.get(HostNoticeService).states();
  }

  @Mutation(() => HostNoticePayload, {
    description:
      'Records that the own borough’s notices to a host borough are up to date. Saying it again says it anew.',
  })
  async recordHostNotice(
    @Ctx() op: Operation,
    @Arg('input', () => RecordHostNoticeInput) input: RecordHostNoticeInput,
  ): Promise<HostNoticePayload> {
    return { hostNotice: await op.get(HostNoticeService).record(input) };
  }
}
