import {
  connectionOf,
  DirectoryService,
  ExportFile,
  PageArgs,
  PrintFormat,
  type Connection,
  type Operation,
} from '@accord/access';
import { Home, Provider, ProviderLoader } from '@accord/providers';
import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { PlacementCheckService } from './check.service.js';
import { PlacementCheck, PlacementCheckInput } from './check.type.js';
import { evidencePack } from './evidence-pack.js';
import { NominationService } from './nomination.service.js';
import { SavedCheckService } from './saved-check.service.js';
import {
  OverridePlacementCheckInput,
  PlacementCheckSince,
  PlacementNomination,
  SavedPlacementCheck,
  SavePlacementCheckInput,
} from './saved-check.type.js';

const saved = connectionOf(SavedPlacementCheck, 'SavedPlacementCheck');

@ObjectType({ simpleResolvers: true, description: 'A placement check that was saved or overridden.' })
class SavedPlacementCheckPayload {
  @Field(() => SavedPlacementCheck, { description: 'The check.' })
  check!: SavedPlacementCheck;
}

@ObjectType({ simpleResolvers: true, description: 'Who may override placement checks besides assistant directors.' })
class PlacementNominationPayload {
  @Field(() => [PlacementNomination], { description: 'All officers who are nominated now.' })
  nominations!: PlacementNomination[];
}

@Resolver(() => PlacementCheck)
export class PlacementCheckResolver {
  @Query(() => PlacementCheck, {
    nullable: true,
    description:
      'What is known for and against placing somebody at a home, from what the own borough may see; null with NOT_FOUND for a home that is none.',
  })
  placementCheck(
    @Ctx() op: Operation,
    @Arg('input', () => PlacementCheckInput) input: PlacementCheckInput,
  ): Promise<PlacementCheck> {
    return op.get(PlacementCheckService).check(input);
  }

  @FieldResolver(() => Home, { nullable: true, description: 'At which home.' })
  home(@Ctx() op: Operation, @Root() check: PlacementCheck): Promise<Home | null> {
    return op.get(ProviderLoader).home.load(check.homeId);
  }
}

@Resolver(() => SavedPlacementCheck)
export class SavedPlacementCheckResolver {
  @Query(() => saved.Connection, { description: 'Placement checks that the own borough saved, the latest first.' })
  savedPlacementChecks(
    @Ctx() op: Operation,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<SavedPlacementCheck>> {
    return op.get(SavedCheckService).list(page);
  }

  @Query(() => PlacementCheckSince, {
    nullable: true,
    description: 'A saved check beside the same made today, and what has changed; null with NOT_FOUND if it is none.',
  })
  savedPlacementCheck(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<PlacementCheckSince> {
    return op.get(SavedCheckService).since(id);
  }

  @Query(() => ExportFile, {
    nullable: true,
    description: 'A saved check as a page to print, in the words that may be shown today.',
  })
  async placementCheckPack(
    @Ctx() op: Operation,
    @Arg('id', () => ID) id: string,
    @Arg('format', () => PrintFormat, { defaultValue: PrintFormat.HTML }) format: PrintFormat,
  ): Promise<ExportFile> {
    const since = await op.get(SavedCheckService).since(id);
    const { tenantId, displayName: printedBy } = await op.caller();
    const [home, provider, borough] = await Promise.all([
      op.get(ProviderLoader).home.load(since.saved.homeId),
      op.get(ProviderLoader).provider.load(since.saved.providerId),
      op.get(DirectoryService).organisation.load(tenantId),
    ]);
    const named = {
      provider: provider?.name ?? '',
      home: home?.name ?? '',
      borough: borough?.name ?? '',
      printedBy,
      printedAt: new Date(),
    };
    return evidencePack(since, named, format);
  }

  @Query(() => [PlacementNomination], {
    description: 'Officers whom assistant directors of the own borough nominated to override placement checks.',
  })
  placementNominations(@Ctx() op: Operation): Promise<PlacementNomination[]> {
    return op.get(NominationService).list();
  }

  @FieldResolver(() => Home, { nullable: true, description: 'At which home.' })
  home(@Ctx() op: Operation, @Root() check: SavedPlacementCheck): Promise<Home | null> {
    return op.get(ProviderLoader).home.load(check.homeId);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'Of which provider, today.' })
  provider(@Ctx() op: Operation, @Root() check: SavedPlacementCheck): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(check.providerId);
  }

  @Mutation(() => SavedPlacementCheckPayload, {
    description:
      'Checks a home and keeps what was asked, found and seen. For 30 days the home concerns the own borough, which sees what goes to the boroughs concerned.',
  })
  async savePlacementCheck(
    @Ctx() op: Operation,
    @Arg('input', () => SavePlacementCheckInput) input: SavePlacementCheckInput,
  ): Promise<SavedPlacementCheckPayload> {
    return { check: await op.get(SavedCheckService).save(input) };
  }

  @Mutation(() => SavedPlacementCheckPayload, {
    description:
      'Records that a placement goes on in spite of what blocks it: by an assistant director or an officer nominated by one, with a reason. What the law blocks cannot be overridden.',
  })
  async overridePlacementCheck(
    @Ctx() op: Operation,
    @Arg('input', () => OverridePlacementCheckInput) input: OverridePlacementCheckInput,
  ): Promise<SavedPlacementCheckPayload> {
    return { check: await op.get(SavedCheckService).override(input) };
  }

  @Mutation(() => PlacementNominationPayload, {
    description: 'Nominates an officer of the own borough to override placement checks.',
  })
  async nominatePlacementOfficer(
    @Ctx() op: Operation,
    @Arg('principalId', () => ID) principalId: string,
  ): Promise<PlacementNominationPayload> {
    return { nominations: await op.get(NominationService).nominate(principalId, true) };
  }

  @Mutation(() => PlacementNominationPayload, { description: 'Ends a nomination.' })
  async endPlacementNomination(
    @Ctx() op: Operation,
    @Arg('principalId', () => ID) principalId: string,
  ): Promise<PlacementNominationPayload> {
    return { nominations: await op.get(NominationService).nominate(principalId, false) };
  }
}
