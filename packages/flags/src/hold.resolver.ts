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
import { ChangeHoldSharingInput, LiftHoldInput, ReviewHoldInput, StartHoldInput } from './hold.inputs.js';
import { HoldService } from './hold.service.js';
import { Hold } from './hold.type.js';

const holds = connectionOf(Hold, 'Hold');

@ObjectType({ simpleResolvers: true, description: 'A hold that was started or changed.' })
class HoldPayload {
  @Field(() => Hold, { description: 'The hold, as the caller sees it now.' })
  hold!: Hold;
}

@Resolver(() => Hold)
export class HoldResolver {
  @Query(() => Hold, {
    nullable: true,
    description: 'One hold on new placements; null with NOT_FOUND when there is none that the caller may know of.',
  })
  hold(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<Hold> {
    return op.get(HoldService).seen(id);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'At which provider.' })
  provider(@Ctx() op: Operation, @Root() hold: Hold): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(hold.providerId);
  }

  @FieldResolver(() => Home, { nullable: true, description: 'At which home; null where it holds at all of them.' })
  home(@Ctx() op: Operation, @Root() hold: Hold): Promise<Home | null> | null {
    return hold.homeId === null ? null : op.get(ProviderLoader).home.load(hold.homeId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'The borough that decided it and that it binds; null where they chose to stay anonymous.',
  })
  borough(@Ctx() op: Operation, @Root() hold: Hold): Promise<Organisation | null> | null {
    return hold.ownerId === null ? null : op.get(DirectoryService).organisation.load(hold.ownerId);
  }

  @Mutation(() => HoldPayload, {
    description: 'Puts a hold on new placements of the own borough, and tells everybody who may know, and nobody else.',
  })
  async startHold(
    @Ctx() op: Operation,
    @Arg('input', () => StartHoldInput) input: StartHoldInput,
  ): Promise<HoldPayload> {
    return { hold: await op.get(HoldService).start(input) };
  }

  @Mutation(() => HoldPayload, { description: 'Records that a hold of the own borough was looked at and goes on.' })
  async reviewHold(
    @Ctx() op: Operation,
    @Arg('input', () => ReviewHoldInput) input: ReviewHoldInput,
  ): Promise<HoldPayload> {
    return { hold: await op.get(HoldService).review(input) };
  }

  @Mutation(() => HoldPayload, {
    description: 'Lifts a hold of the own borough, with a reason. Whoever was told of it is told of this.',
  })
  async liftHold(@Ctx() op: Operation, @Arg('input', () => LiftHoldInput) input: LiftHoldInput): Promise<HoldPayload> {
    return { hold: await op.get(HoldService).lift(input) };
  }

  @Mutation(() => HoldPayload, { description: 'Widens or narrows the audience of a hold of the own borough.' })
  async changeHoldSharing(
    @Ctx() op: Operation,
    @Arg('input', () => ChangeHoldSharingInput) input: ChangeHoldSharingInput,
  ): Promise<HoldPayload> {
    return { hold: await op.get(HoldService).changeSharing(input) };
  }
}

@Resolver(() => Provider)
export class ProviderHoldsResolver {
  @FieldResolver(() => holds.Connection, {
    description:
      'Holds on new placements at it and at its homes that the caller may know of: those not lifted first, then the latest.',
  })
  holds(
    @Ctx() op: Operation,
    @Root() provider: Provider,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Hold>> {
    return op.get(HoldService).holdsOf(provider.id, page);
  }
}
