import { CalendarDate, type Operation } from '@accord/access';
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { IntelligenceLoader } from './intelligence.loader.js';
import { IntelligencePayload } from './intelligence.payload.js';
import { IntelligenceItem } from './intelligence.type.js';
import { ConfirmIntelligenceInput, DeleteDueIntelligenceInput, HoldIntelligenceInput } from './retention.inputs.js';
import { RetentionService } from './retention.service.js';
import { RetentionDue } from './retention.type.js';

@ObjectType({ simpleResolvers: true, description: 'What was deleted.' })
class DeletedIntelligencePayload {
  @Field(() => [IntelligenceItem], { description: 'The tombstones.' })
  items!: IntelligenceItem[];
}

@Resolver(() => IntelligenceItem)
export class RetentionResolver {
  @FieldResolver(() => CalendarDate, {
    nullable: true,
    description: 'When it is deleted unless it is confirmed; for its own borough.',
  })
  async deleteOn(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<string | null> {
    return (await op.get(IntelligenceLoader).keeping.load(item.id))?.deleteOn ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why a legal hold keeps it, where there is one; for its own borough.',
  })
  async holdReason(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<string | null> {
    return (await op.get(IntelligenceLoader).keeping.load(item.id))?.holdReason ?? null;
  }

  @Query(() => RetentionDue, { description: 'What of the own borough would be deleted now, and nothing is.' })
  retentionDue(@Ctx() op: Operation): Promise<RetentionDue> {
    return op.get(RetentionService).due();
  }

  @Mutation(() => IntelligencePayload, {
    description: 'Says that an item of the own borough still holds: it counts again for 90 days.',
  })
  async confirmIntelligence(
    @Ctx() op: Operation,
    @Arg('input', () => ConfirmIntelligenceInput) input: ConfirmIntelligenceInput,
  ): Promise<IntelligencePayload> {
    return { item: await op.get(RetentionService).confirm(input) };
  }

  @Mutation(() => IntelligencePayload, { description: 'Puts a legal hold on an item of the own borough, or lifts it.' })
  async holdIntelligence(
    @Ctx() op: Operation,
    @Arg('input', () => HoldIntelligenceInput) input: HoldIntelligenceInput,
  ): Promise<IntelligencePayload> {
    return { item: await op.get(RetentionService).hold(input) };
  }

  @Mutation(() => DeletedIntelligencePayload, {
    description: 'Deletes what the dry run showed, leaving tombstones.',
  })
  async deleteDueIntelligence(
    @Ctx() op: Operation,
    @Arg('input', () => DeleteDueIntelligenceInput) input: DeleteDueIntelligenceInput,
  ): Promise<DeletedIntelligencePayload> {
    return { items: await op.get(RetentionService).deleteDue(input) };
  }
}
