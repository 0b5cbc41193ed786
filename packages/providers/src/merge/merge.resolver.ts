import { connectionOf, PageArgs, type Connection, type Operation } from '@accord/access';
import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { AccreditationStanding, Provider } from '../provider.entity.js';
import { ProviderLoader } from '../provider.loader.js';
import { ProviderService } from '../provider.service.js';
import { DuplicateService } from './duplicate.service.js';
import { MergeProvidersInput, PreviewProviderMergeInput, UndoProviderMergeInput } from './merge.inputs.js';
import { MergeLoader } from './merge.loader.js';
import { MergeService } from './merge.service.js';
import { LikelyDuplicate, MergedProvider, ProviderMerge, ProviderMergePreview } from './merge.type.js';

const duplicates = connectionOf(LikelyDuplicate, 'LikelyDuplicate');

@ObjectType({ simpleResolvers: true, description: 'A merge that was made or undone.' })
class ProviderMergePayload {
  @Field(() => ProviderMerge, { description: 'The merge.' })
  merge!: ProviderMerge;

  @Field(() => Provider, { description: 'The provider that stayed, as it is now.' })
  provider!: Provider;
}

@Resolver(() => Provider)
export class MergeResolver {
  @Query(() => duplicates.Connection, { description: 'Providers that may be one, the most likely first.' })
  likelyDuplicates(@Ctx() op: Operation, @Args(() => PageArgs) page: PageArgs): Promise<Connection<LikelyDuplicate>> {
    return op.get(DuplicateService).list(page);
  }

  @Query(() => ProviderMergePreview, {
    nullable: true,
    description: 'What a merge would do, without doing it; null with NOT_FOUND when one of the two is not there.',
  })
  previewProviderMerge(
    @Ctx() op: Operation,
    @Arg('input', () => PreviewProviderMergeInput) input: PreviewProviderMergeInput,
  ): Promise<ProviderMergePreview> {
    return op.get(MergeService).preview(input);
  }

  @Mutation(() => ProviderMergePayload, {
    description:
      'Merges one provider into another. All that belongs to it goes over, its id and names go on answering, and everybody is told.',
  })
  async mergeProviders(
    @Ctx() op: Operation,
    @Arg('input', () => MergeProvidersInput) input: MergeProvidersInput,
  ): Promise<ProviderMergePayload> {
    return this.#payload(op, await op.get(MergeService).merge(input));
  }

  @Mutation(() => ProviderMergePayload, {
    description:
      'Undoes a merge: what went over goes back, and with a home or a file what was written of it since. What was written of the provider itself since then stays.',
  })
  async undoProviderMerge(
    @Ctx() op: Operation,
    @Arg('input', () => UndoProviderMergeInput) input: UndoProviderMergeInput,
  ): Promise<ProviderMergePayload> {
    return this.#payload(op, await op.get(MergeService).undo(input));
  }

  @FieldResolver(() => [MergedProvider], { description: 'Providers that were found to be this one.' })
  mergedFrom(@Ctx() op: Operation, @Root() provider: Provider): Promise<MergedProvider[]> {
    return op.get(MergeLoader).mergedFrom.load(provider.id);
  }

  @FieldResolver(() => [ProviderMerge], {
    description: 'Every merge that it was part of, the newest first, those undone too.',
  })
  merges(@Ctx() op: Operation, @Root() provider: Provider): Promise<ProviderMerge[]> {
    return op.get(MergeLoader).merges.load(provider.id);
  }

  async #payload(op: Operation, id: string): Promise<ProviderMergePayload> {
    const merge = await op.get(MergeLoader).merge(id);
    return { merge, provider: await op.get(ProviderService).provider(merge.keptId) };
  }
}

@Resolver(() => MergedProvider)
export class MergedProviderResolver {
  @FieldResolver(() => AccreditationStanding, {
    nullable: true,
    description: 'Where both had an accreditation: the one that was set aside, with its history.',
  })
  accreditationSetAside(
    @Ctx() op: Operation,
    @Root() { mergeId }: MergedProvider,
  ): Promise<AccreditationStanding | null> {
    return op.get(ProviderLoader).standing.load(mergeId);
  }
}
