import {
  callerMay,
  connectionOf,
  DirectoryService,
  Organisation,
  PageArgs,
  type Connection,
  type Operation,
} from '@accord/access';
import { isId, notFound } from '@accord/kernel';
import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { HomePages } from './home-pages.js';
import { AccreditationStanding, Home, Provider } from './provider.entity.js';
import {
  AddHomeInput,
  AddProviderInput,
  ChangeHomeInput,
  ChangeProviderInput,
  ProviderFilter,
  ProviderOrder,
  RecordArrangementInput,
  RecordPlacementNumberInput,
} from './provider.inputs.js';
import { knownCounts, ProviderListService, wantedOf, type ProviderPage } from './provider-list.service.js';
import { ProviderLoader } from './provider.loader.js';
import { ProviderService } from './provider.service.js';
import { Inspection, Registration } from './registration.entity.js';
import { CommissioningArrangement, ProviderUse } from './use.entity.js';
import { UseService } from './use.service.js';

const providers = connectionOf(Provider, 'Provider', { counted: true });
const homes = connectionOf(Home, 'Home');

@ObjectType({ simpleResolvers: true, description: 'A provider that was added or changed.' })
class ProviderPayload {
  @Field(() => Provider, { description: 'The provider.' })
  provider!: Provider;
}

@ObjectType({ simpleResolvers: true, description: 'A home that was added or changed.' })
class HomePayload {
  @Field(() => Home, { description: 'The home.' })
  home!: Home;
}

@Resolver(() => Provider)
export class ProviderResolver {
  @Query(() => providers.Connection, { description: 'The register of providers, searched, narrowed and ordered.' })
  providers(
    @Ctx() op: Operation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ProviderFilter, { nullable: true, description: 'Which.' }) filter: ProviderFilter | null,
    @Arg('orderBy', () => ProviderOrder, { nullable: true, description: 'In which order; by name unless given.' })
    order: ProviderOrder | null,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ProviderPage> {
    return op.get(ProviderListService).list(page, filter ?? {}, order ?? undefined, wantedOf(info));
  }

  @Query(() => Provider, { nullable: true, description: 'One provider; null with NOT_FOUND when there is none.' })
  async provider(
    @Ctx() op: Operation,
    @Arg('id', () => ID) id: string,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Provider> {
    if (!isId(id)) throw notFound('provider');
    const provider = await op.get(ProviderLoader).asked(id, info);
    if (!provider) throw notFound('provider');
    return provider;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Open flags that the caller may know of; null for roles that see no flags.',
  })
  openFlagCount(@Ctx() op: Operation, @Root() provider: Provider): number | Promise<number | null> {
    // The list brings counts along only for those who may see them.
    return knownCounts.get(provider) ?? this.#countFlags(op, provider);
  }

  async #countFlags(op: Operation, provider: Provider): Promise<number | null> {
    return callerMay(await op.caller(), 'flag:read') ? op.get(ProviderLoader).openFlagCount.load(provider.id) : null;
  }

  @FieldResolver(() => AccreditationStanding, {
    nullable: true,
    description: 'Where it stands with the alliance; null where it never applied.',
  })
  accreditation(@Ctx() op: Operation, @Root() provider: Provider): Promise<AccreditationStanding | null> {
    return op.get(ProviderLoader).standing.load(provider.id);
  }

  @FieldResolver(() => [Registration], {
    description: 'Registrations of the provider itself; those of its homes are with the homes.',
  })
  registrations(@Ctx() op: Operation, @Root() provider: Provider): Promise<Registration[]> {
    return op.get(ProviderLoader).registrationsOfProvider.load(provider.id);
  }

  @FieldResolver(() => homes.Connection, { description: 'Its homes, by name.' })
  homes(
    @Ctx() op: Operation,
    @Root() provider: Provider,
    @Args(() => PageArgs) page: PageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Home>> {
    return op.get(HomePages).page(provider.id, page, info);
  }

  @FieldResolver(() => [ProviderUse], { description: 'Who uses it: the own borough, and those that declared it.' })
  usedBy(@Ctx() op: Operation, @Root() provider: Provider): Promise<ProviderUse[]> {
    return op.get(UseService).usedBy.load(provider.id);
  }

  @FieldResolver(() => [CommissioningArrangement], {
    description: 'The own borough’s arrangements with it, newest first.',
  })
  arrangements(@Ctx() op: Operation, @Root() provider: Provider): Promise<CommissioningArrangement[]> {
    return op.get(UseService).arrangements.load(provider.id);
  }

  @Mutation(() => ProviderPayload, { description: 'Adds a provider to the register.' })
  async addProvider(
    @Ctx() op: Operation,
    @Arg('input', () => AddProviderInput) input: AddProviderInput,
  ): Promise<ProviderPayload> {
    return { provider: await op.get(ProviderService).addProvider(input) };
  }

  @Mutation(() => ProviderPayload, { description: 'Changes facts of a provider.' })
  async changeProvider(
    @Ctx() op: Operation,
    @Arg('input', () => ChangeProviderInput) input: ChangeProviderInput,
  ): Promise<ProviderPayload> {
    return { provider: await op.get(ProviderService).changeProvider(input) };
  }

  @Mutation(() => ProviderPayload, { description: 'Records how the own borough came to use a provider.' })
  async recordArrangement(
    @Ctx() op: Operation,
    @Arg('input', () => RecordArrangementInput) input: RecordArrangementInput,
  ): Promise<ProviderPayload> {
    return { provider: await op.get(ProviderService).provider(await op.get(UseService).recordArrangement(input)) };
  }

  @Mutation(() => ProviderPayload, {
    description: 'Records how many young people the own borough has there. Saying it again says it anew.',
  })
  async recordPlacementNumber(
    @Ctx() op: Operation,
    @Arg('input', () => RecordPlacementNumberInput) input: RecordPlacementNumberInput,
  ): Promise<ProviderPayload> {
    return { provider: await op.get(ProviderService).provider(await op.get(UseService).recordPlacementNumber(input)) };
  }

  @Mutation(() => ProviderPayload, {
    description: 'Declares to the alliance that the own borough uses a provider, or takes it back.',
  })
  async declareUse(
    @Ctx() op: Operation,
    @Arg('providerId', () => ID) providerId: string,
    @Arg('declared', () => Boolean, {
      description: 'Whether other members may know, per provider and rounded to five.',
    })
    declared: boolean,
  ): Promise<ProviderPayload> {
    return {
      provider: await op.get(ProviderService).provider(await op.get(UseService).declareUse(providerId, declared)),
    };
  }
}

@Resolver(() => Home)
export class HomeResolver {
  @Query(() => Home, { nullable: true, description: 'One home; null with NOT_FOUND when there is none.' })
  home(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<Home> {
    return op.get(ProviderService).home(id);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'Who runs it.' })
  provider(@Ctx() op: Operation, @Root() home: Home): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(home.providerId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'The borough of the alliance in whose area it stands; null outside.',
  })
  hostBorough(@Ctx() op: Operation, @Root() home: Home): Promise<Organisation | null> | null {
    return home.hostBoroughId === null ? null : op.get(DirectoryService).organisation.load(home.hostBoroughId);
  }

  @FieldResolver(() => [Registration], { description: 'Its registrations.' })
  registrations(@Ctx() op: Operation, @Root() home: Home): Promise<Registration[]> {
    return op.get(ProviderLoader).registrationsOfHome.load(home.id);
  }

  @FieldResolver(() => Inspection, { nullable: true, description: 'The latest inspection of the home.' })
  latestInspection(@Ctx() op: Operation, @Root() home: Home): Promise<Inspection | null> {
    return op.get(ProviderLoader).latestInspection.load(home.id);
  }

  @Mutation(() => HomePayload, { description: 'Adds a home to a provider.' })
  async addHome(@Ctx() op: Operation, @Arg('input', () => AddHomeInput) input: AddHomeInput): Promise<HomePayload> {
    return { home: await op.get(ProviderService).addHome(input) };
  }

  @Mutation(() => HomePayload, { description: 'Changes facts of a home.' })
  async changeHome(
    @Ctx() op: Operation,
    @Arg('input', () => ChangeHomeInput) input: ChangeHomeInput,
  ): Promise<HomePayload> {
    return { home: await op.get(ProviderService).changeHome(input) };
  }
}
