import type { Operation } from '@accord/access';
import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { Correction, CorroborationSummary } from './corroboration.entity.js';
import { CorroborateInput, DecideCorrectionInput, ProposeCorrectionInput } from './corroboration.inputs.js';
import { CorroborationService } from './corroboration.service.js';
import { IntelligencePayload } from './intelligence.payload.js';
import { IntelligenceItem } from './intelligence.type.js';

@Resolver(() => IntelligenceItem)
export class CorroborationResolver {
  @FieldResolver(() => CorroborationSummary, { description: 'What other boroughs say of it.' })
  corroboration(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<CorroborationSummary> {
    return op.get(CorroborationService).summary.load(item.id);
  }

  @FieldResolver(() => [Correction], {
    description: 'Corrections that were proposed: to its own borough all, to others those of their own.',
  })
  corrections(@Ctx() op: Operation, @Root() item: IntelligenceItem): Promise<Correction[]> {
    return op.get(CorroborationService).corrections.load(item.id);
  }

  @Mutation(() => IntelligencePayload, {
    description: 'Says of another borough’s item that the own one has seen the same, or has not.',
  })
  async corroborateIntelligence(
    @Ctx() op: Operation,
    @Arg('input', () => CorroborateInput) input: CorroborateInput,
  ): Promise<IntelligencePayload> {
    return { item: await op.get(CorroborationService).corroborate(input) };
  }

  @Mutation(() => IntelligencePayload, { description: 'Takes back what the own borough has said of an item.' })
  async withdrawCorroboration(
    @Ctx() op: Operation,
    @Arg('itemId', () => ID) itemId: string,
  ): Promise<IntelligencePayload> {
    return { item: await op.get(CorroborationService).withdraw(itemId) };
  }

  @Mutation(() => IntelligencePayload, {
    description: 'Tells the owner of an item alone that something in it is wrong.',
  })
  async proposeCorrection(
    @Ctx() op: Operation,
    @Arg('input', () => ProposeCorrectionInput) input: ProposeCorrectionInput,
  ): Promise<IntelligencePayload> {
    return { item: await op.get(CorroborationService).propose(input) };
  }

  @Mutation(() => IntelligencePayload, { description: 'Says whether the owner takes a proposed correction up.' })
  async decideCorrection(
    @Ctx() op: Operation,
    @Arg('input', () => DecideCorrectionInput) input: DecideCorrectionInput,
  ): Promise<IntelligencePayload> {
    return { item: await op.get(CorroborationService).decide(input) };
  }
}
