import {
  callerMay,
  connectionOf,
  DirectoryService,
  loggedReads,
  type LoggedRead,
  Organisation,
  PageArgs,
  ReadLogService,
  ReadPurpose,
  selectsOfEach,
  SharingDecision,
  type Connection,
  type Operation,
} from '@accord/access';
import { Home, Provider, ProviderLoader } from '@accord/providers';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { AudiencePreviewService } from './audience-preview.service.js';
import { IntelligenceFeedService, type WantedOfItems } from './intelligence-feed.service.js';
import {
  ChangeIntelligenceSharingInput,
  CorrectIntelligenceInput,
  IntelligenceFilter,
  PreviewAudienceInput,
  RecordIntelligenceInput,
  WithdrawIntelligenceInput,
} from './intelligence.inputs.js';
import { IntelligencePayload } from './intelligence.payload.js';
import { IntelligenceLoader } from './intelligence.loader.js';
import { IntelligenceService } from './intelligence.service.js';
import {
  AudiencePreview,
  IntelligenceAudience,
  IntelligenceItem,
  IntelligenceWording,
  PoliceOrigin,
} from './intelligence.type.js';

const items = connectionOf(IntelligenceItem, 'IntelligenceItem');

const wantedOf = (info: GraphQLResolveInfo): WantedOfItems => ({
  provider: selectsOfEach(info, 'provider'),
  home: selectsOfEach(info, 'home'),
  borough: selectsOfEach(info, 'borough'),
});

@Resolver(() => IntelligenceItem)
export class IntelligenceResolver {
  @Query(() => items.Connection, {
    description:
      'Intelligence that the caller may see, the latest shared first. Summaries of other organisations are logged as read.',
  })
  intelligence(
    @Ctx() op: Operation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => IntelligenceFilter, { nullable: true, description: 'Which.' })
    filter: IntelligenceFilter | null,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<IntelligenceItem>> {
    return op.get(IntelligenceFeedService).list(page, filter ?? {}, wantedOf(info));
  }

  @Query(() => IntelligenceItem, {
    nullable: true,
    description: 'One item; null with NOT_FOUND when there is none that the caller may see.',
  })
  intelligenceItem(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<IntelligenceItem> {
    return op.get(IntelligenceService).seen(id);
  }

  @Query(() => AudiencePreview, { description: 'Who would see intelligence if it were shared so, and who would not.' })
  previewAudience(
    @Ctx() op: Operation,
    @Arg('input', () => PreviewAudienceInput) input: PreviewAudienceInput,
  ): Promise<AudiencePreview> {
    return op.get(AudiencePreviewService).preview(input);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'In short. Null once it is withdrawn or deleted. Showing another organisation’s is logged.',
  })
  summary(@Ctx() op: Operation, @Root() item: IntelligenceItem): string | null {
    const { id, logOwnerId: ownerId, version, providerId, text, isOwn, isOpened, isLogged } = item;
    if (text !== null && !isOwn && !isLogged && isOpened !== true)
      op.get(ReadLogService).summaryShown({ id, ownerId, version, providerId });
    return text;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'In full: the own borough’s; another’s in the answer to openIntelligence, and null elsewhere.',
  })
  detail(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<string | null> {
    return op.get(IntelligenceLoader).detail.load(item.id);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'On which provider.' })
  provider(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(item.providerId);
  }

  @FieldResolver(() => Home, { nullable: true, description: 'On which home; null where it is about the provider.' })
  home(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<Home | null> | null {
    return item.homeId === null ? null : op.get(ProviderLoader).home.load(item.homeId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Whose it is; null where they chose to stay anonymous.',
  })
  borough(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<Organisation | null> | null {
    return item.ownerId === null ? null : op.get(DirectoryService).organisation.load(item.ownerId);
  }

  @FieldResolver(() => IntelligenceAudience, {
    nullable: true,
    description: 'Who can see it now; for its own borough.',
  })
  audience(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<IntelligenceAudience | null> {
    return op.get(IntelligenceLoader).audience(item);
  }

  @FieldResolver(() => loggedReads.Connection, {
    nullable: true,
    description: 'Who of another organisation read it, the latest first; for its own borough.',
  })
  async readers(
    @Ctx() op: Operation,
    @Root() item: IntelligenceItem,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<LoggedRead> | null> {
    return item.isOwn ? op.get(ReadLogService).list(page, { itemId: item.id }) : null;
  }

  @FieldResolver(() => [IntelligenceWording], {
    description: 'Earlier wordings, the latest first; for its own borough.',
  })
  wordings(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<IntelligenceWording[]> {
    return op.get(IntelligenceLoader).wordings.load(item.id);
  }

  @FieldResolver(() => [SharingDecision], {
    description:
      'How far it was to go and why, each time that this was decided, the latest first; for its own borough.',
  })
  sharingDecisions(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<SharingDecision[]> {
    return op.get(IntelligenceLoader).sharingDecisions.load(item.id);
  }

  @FieldResolver(() => PoliceOrigin, {
    nullable: true,
    description: 'Where it came from, if from the police; for its own borough.',
  })
  policeOrigin(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<PoliceOrigin | null> {
    return op.get(IntelligenceLoader).policeOrigin.load(item.id);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether it may count towards a pattern of concern; for its own borough.',
  })
  async mayCount(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<boolean | null> {
    return (await op.get(IntelligenceLoader).keeping.load(item.id))?.mayCount ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: 'Who recorded it; for its own borough.' })
  async recordedBy(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<string | null> {
    return (await op.get(IntelligenceLoader).keeping.load(item.id))?.recordedByName ?? null;
  }

  @Mutation(() => IntelligencePayload, {
    description: 'Records an item, shared so from the first moment, and tells everybody else who may see it.',
  })
  async recordIntelligence(
    @Ctx() op: Operation,
    @Arg('input', () => RecordIntelligenceInput) input: RecordIntelligenceInput,
  ): Promise<IntelligencePayload> {
    return { item: await op.get(IntelligenceService).record(input) };
  }

  @Mutation(() => IntelligencePayload, {
    description: 'Corrects an item of the own borough. Those who see it are told that it changed.',
  })
  async correctIntelligence(
    @Ctx() op: Operation,
    @Arg('input', () => CorrectIntelligenceInput) input: CorrectIntelligenceInput,
  ): Promise<IntelligencePayload> {
    return { item: await op.get(IntelligenceService).correct(input) };
  }

  @Mutation(() => IntelligencePayload, {
    description: 'Widens or narrows the audience of an item of the own borough. It takes effect at once, everywhere.',
  })
  async changeIntelligenceSharing(
    @Ctx() op: Operation,
    @Arg('input', () => ChangeIntelligenceSharingInput) input: ChangeIntelligenceSharingInput,
  ): Promise<IntelligencePayload> {
    return { item: await op.get(IntelligenceService).changeSharing(input) };
  }

  @Mutation(() => IntelligencePayload, {
    description: 'Takes back an item of the own borough, with a reason. Its text is gone everywhere at once.',
  })
  async withdrawIntelligence(
    @Ctx() op: Operation,
    @Arg('input', () => WithdrawIntelligenceInput) input: WithdrawIntelligenceInput,
  ): Promise<IntelligencePayload> {
    return { item: await op.get(IntelligenceService).withdraw(input) };
  }

  @Mutation(() => IntelligencePayload, {
    description:
      'Opens the detail of an item. Opening another organisation’s is logged with the purpose before the text leaves, and its owner sees the log.',
  })
  async openIntelligence(
    @Ctx() op: Operation,
    @Arg('id', () => ID) id: string,
    @Arg('purpose', () => ReadPurpose) purpose: ReadPurpose,
    @Arg('note', () => String, { nullable: true }) note: string | null,
  ): Promise<IntelligencePayload> {
    return { item: await op.get(IntelligenceService).open(id, purpose, note) };
  }
}

@Resolver(() => Provider)
export class ProviderIntelligenceResolver {
  @FieldResolver(() => items.Connection, {
    description: 'Intelligence on it and its homes that the caller may see, the latest shared first.',
  })
  intelligence(
    @Ctx() op: Operation,
    @Root() provider: Provider,
    @Args(() => PageArgs) page: PageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<IntelligenceItem>> {
    return op.get(IntelligenceFeedService).list(page, { providerId: provider.id }, wantedOf(info));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many items on it and its homes the caller may see; null for roles that see no intelligence.',
  })
  async visibleIntelligenceCount(@Ctx() op: Operation, @Root() provider: Provider): Promise<number | null> {
    return callerMay(await op.caller(), 'intelligence:read')
      ? op.get(IntelligenceLoader).count.load(provider.id)
      : null;
  }

  @FieldResolver(() => ReadPurpose, {
    nullable: true,
    description: 'What the caller last opened something about it for today: a purpose is asked for once a day.',
  })
  readPurposeToday(@Ctx() op: Operation, @Root() provider: Provider): Promise<ReadPurpose | null> {
    return op.get(IntelligenceLoader).purposeToday.load(provider.id);
  }
}
