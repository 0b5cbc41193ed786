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
import { ChangeFlagSharingInput, FlagActionInput, RaiseFlagInput } from './flag.inputs.js';
import { FlagLoader } from './flag.loader.js';
import { FlagService } from './flag.service.js';
import { Acknowledgement, Flag } from './flag.type.js';

const flags = connectionOf(Flag, 'Flag');

@ObjectType({ simpleResolvers: true, description: 'A flag that was raised or changed.' })
class FlagPayload {
  @Field(() => Flag, { description: 'The flag, as the caller sees it now.' })
  flag!: Flag;
}

@Resolver(() => Flag)
export class FlagResolver {
  @Query(() => Flag, {
    nullable: true,
    description: 'One flag; null with NOT_FOUND when there is none that the caller may know of.',
  })
  flag(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<Flag> {
    return op.get(FlagService).seen(id);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'On which provider.' })
  provider(@Ctx() op: Operation, @Root() flag: Flag): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(flag.providerId);
  }

  @FieldResolver(() => Home, { nullable: true, description: 'On which home; null where it is about the provider.' })
  home(@Ctx() op: Operation, @Root() flag: Flag): Promise<Home | null> | null {
    return flag.homeId === null ? null : op.get(ProviderLoader).home.load(flag.homeId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who raised it; null where they chose to stay anonymous.',
  })
  raisedBy(@Ctx() op: Operation, @Root() flag: Flag): Promise<Organisation | null> | null {
    return flag.ownerId === null ? null : op.get(DirectoryService).organisation.load(flag.ownerId);
  }

  @FieldResolver(() => [Acknowledgement], {
    description: 'Who has taken note: the own organisation; for the one that raised the flag, all of them.',
  })
  acknowledgements(@Ctx() op: Operation, @Root() flag: Flag): Promise<Acknowledgement[]> {
    return op.get(FlagLoader).acknowledgements.load(flag.id);
  }

  @Mutation(() => FlagPayload, { description: 'Raises a flag and tells everybody who may know, and nobody else.' })
  async raiseFlag(
    @Ctx() op: Operation,
    @Arg('input', () => RaiseFlagInput) input: RaiseFlagInput,
  ): Promise<FlagPayload> {
    return { flag: await op.get(FlagService).raise(input) };
  }

  @Mutation(() => FlagPayload, { description: 'Takes note of a flag for the own organisation.' })
  async acknowledgeFlag(
    @Ctx() op: Operation,
    @Arg('input', () => FlagActionInput) input: FlagActionInput,
  ): Promise<FlagPayload> {
    return { flag: await op.get(FlagService).acknowledge(input) };
  }

  @Mutation(() => FlagPayload, {
    description: 'Ends a flag of the own organisation whose matter is settled, with a reason.',
  })
  async resolveFlag(
    @Ctx() op: Operation,
    @Arg('input', () => FlagActionInput) input: FlagActionInput,
  ): Promise<FlagPayload> {
    return { flag: await op.get(FlagService).resolve(input) };
  }

  @Mutation(() => FlagPayload, {
    description: 'Takes back a flag of the own organisation that should not have been raised, with a reason.',
  })
  async withdrawFlag(
    @Ctx() op: Operation,
    @Arg('input', () => FlagActionInput) input: FlagActionInput,
  ): Promise<FlagPayload> {
    return { flag: await op.get(FlagService).withdraw(input) };
  }

  @Mutation(() => FlagPayload, { description: 'Widens or narrows the audience of a flag of the own organisation.' })
  async changeFlagSharing(
    @Ctx() op: Operation,
    @Arg('input', () => ChangeFlagSharingInput) input: ChangeFlagSharingInput,
  ): Promise<FlagPayload> {
    return { flag: await op.get(FlagService).changeSharing(input) };
  }
}

@Resolver(() => Provider)
export class ProviderFlagsResolver {
  @FieldResolver(() => flags.Connection, {
    description: 'Flags on it and on its homes that the caller may know of: open ones first, then the newest.',
  })
  flags(
    @Ctx() op: Operation,
    @Root() provider: Provider,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Flag>> {
    return op.get(FlagLoader).flagsOf(provider.id, page);
  }
}
