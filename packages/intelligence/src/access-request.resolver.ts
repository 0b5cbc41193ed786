import {
  connectionOf,
  DirectoryService,
  Organisation,
  PageArgs,
  type Connection,
  type Operation,
} from '@accord/access';
import { Home, Provider, ProviderLoader } from '@accord/providers';
import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { AccessRequest, HeldIntelligence } from './access-request.entity.js';
import { AnswerAccessRequestInput, AskForIntelligenceInput } from './access-request.inputs.js';
import { AccessRequestService } from './access-request.service.js';

const requests = connectionOf(AccessRequest, 'AccessRequest');

@ObjectType({ simpleResolvers: true, description: 'A request that was made, passed on or answered.' })
class AccessRequestPayload {
  @Field(() => AccessRequest, { description: 'The request.' })
  request!: AccessRequest;
}

@Resolver(() => AccessRequest)
export class AccessRequestResolver {
  @Query(() => requests.Connection, {
    description: 'Requests of the own borough and to it, the latest first; to the alliance those that it passes on.',
  })
  accessRequests(@Ctx() op: Operation, @Args(() => PageArgs) page: PageArgs): Promise<Connection<AccessRequest>> {
    return op.get(AccessRequestService).list(page);
  }

  @Mutation(() => AccessRequestPayload, { description: 'Asks to see what somebody holds, with a purpose.' })
  async askForIntelligence(
    @Ctx() op: Operation,
    @Arg('input', () => AskForIntelligenceInput) input: AskForIntelligenceInput,
  ): Promise<AccessRequestPayload> {
    return { request: await op.get(AccessRequestService).ask(input) };
  }

  @Mutation(() => AccessRequestPayload, { description: 'Passes a request on to an owner who stays anonymous.' })
  async passOnAccessRequest(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<AccessRequestPayload> {
    return { request: await op.get(AccessRequestService).passOn(id) };
  }

  @Mutation(() => AccessRequestPayload, {
    description: 'Grants a request for a time that ends by itself, or declines it, with a reason.',
  })
  async answerAccessRequest(
    @Ctx() op: Operation,
    @Arg('input', () => AnswerAccessRequestInput) input: AnswerAccessRequestInput,
  ): Promise<AccessRequestPayload> {
    return { request: await op.get(AccessRequestService).answer(input) };
  }
}

@Resolver(() => HeldIntelligence)
export class HeldIntelligenceResolver {
  @FieldResolver(() => Home, { nullable: true, description: 'On which home; null where it is about the provider.' })
  home(@Ctx() op: Operation, @Root() held: HeldIntelligence): Promise<Home | null> | null {
    return held.homeId === null ? null : op.get(ProviderLoader).home.load(held.homeId);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'Who holds it; null where they stay anonymous.' })
  borough(@Ctx() op: Operation, @Root() held: HeldIntelligence): Promise<Organisation | null> | null {
    return held.ownerId === null ? null : op.get(DirectoryService).organisation.load(held.ownerId);
  }
}

@Resolver(() => Provider)
export class ProviderHeldIntelligenceResolver {
  @FieldResolver(() => [HeldIntelligence], {
    description:
      'That somebody holds something on it or its homes, where the own borough places and owners allow even that.',
  })
  heldIntelligence(@Ctx() op: Operation, @Root() provider: Provider): Promise<HeldIntelligence[]> {
    return op.get(AccessRequestService).held(provider.id);
  }
}
