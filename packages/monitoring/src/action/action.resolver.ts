import type { Operation } from '@accord/access';
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Visit } from '../visit/visit.type.js';
import { ActionService } from './action.service.js';
import {
  AgreeActionInput,
  ChangeActionInput,
  CompleteActionInput,
  VerifyActionInput,
  VisitAction,
} from './action.type.js';

@ObjectType({ simpleResolvers: true, description: 'An action that was agreed or changed.' })
class VisitActionPayload {
  @Field(() => VisitAction, { description: 'The action, as it is now.' })
  action!: VisitAction;
}

@Resolver(() => Visit)
export class ActionResolver {
  @FieldResolver(() => [VisitAction], { description: 'What was agreed to be done, what is due first before the rest.' })
  actions(@Ctx() op: Operation, @Root() visit: Visit): Promise<VisitAction[]> {
    return op.get(ActionService).ofVisit.load(visit.id);
  }

  @Query(() => [VisitAction], {
    description: 'Actions of the own borough’s that are long overdue, and so have moved up to the assistant director.',
  })
  escalatedActions(@Ctx() op: Operation): Promise<VisitAction[]> {
    return op.get(ActionService).escalated();
  }

  @Mutation(() => VisitActionPayload, { description: 'Writes down what is to be done, by whom and by when.' })
  async agreeAction(
    @Ctx() op: Operation,
    @Arg('input', () => AgreeActionInput) input: AgreeActionInput,
  ): Promise<VisitActionPayload> {
    return { action: await op.get(ActionService).agree(input) };
  }

  @Mutation(() => VisitActionPayload, { description: 'Changes what is to be done, by whom or by when.' })
  async changeAction(
    @Ctx() op: Operation,
    @Arg('input', () => ChangeActionInput) input: ChangeActionInput,
  ): Promise<VisitActionPayload> {
    return { action: await op.get(ActionService).change(input) };
  }

  @Mutation(() => VisitActionPayload, { description: 'Notes that the provider says it is done.' })
  async completeAction(
    @Ctx() op: Operation,
    @Arg('input', () => CompleteActionInput) input: CompleteActionInput,
  ): Promise<VisitActionPayload> {
    return { action: await op.get(ActionService).complete(input) };
  }

  @Mutation(() => VisitActionPayload, {
    description: 'Notes what the visiting borough saw of it: done, or not, and then it is open again.',
  })
  async verifyAction(
    @Ctx() op: Operation,
    @Arg('input', () => VerifyActionInput) input: VerifyActionInput,
  ): Promise<VisitActionPayload> {
    return { action: await op.get(ActionService).verify(input) };
  }
}
