import type { Operation } from '@accord/access';
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Visit } from '../visit/visit.type.js';
import { FindingLoader } from './finding.loader.js';
import { FindingService } from './finding.service.js';
import {
  ChangeFindingInput,
  Finding,
  FindingActionInput,
  RecordFindingReplyInput,
  WriteFindingInput,
} from './finding.type.js';

@ObjectType({ simpleResolvers: true, description: 'A finding that was written or changed.' })
class FindingPayload {
  @Field(() => Finding, { description: 'The finding, as the caller sees it now.' })
  finding!: Finding;
}

@Resolver(() => Visit)
export class FindingResolver {
  @FieldResolver(() => [Finding], {
    description: 'What it found, the gravest first. To others: what a second officer has published.',
  })
  findings(@Ctx() op: Operation, @Root() visit: Visit): Promise<Finding[]> {
    return op.get(FindingLoader).ofVisit.load(visit.id);
  }

  @Mutation(() => FindingPayload, { description: 'Writes a finding down, for the own borough at first.' })
  async writeFinding(
    @Ctx() op: Operation,
    @Arg('input', () => WriteFindingInput) input: WriteFindingInput,
  ): Promise<FindingPayload> {
    return { finding: await op.get(FindingService).write(input) };
  }

  @Mutation(() => FindingPayload, { description: 'Changes a finding that the provider has not been asked about yet.' })
  async changeFinding(
    @Ctx() op: Operation,
    @Arg('input', () => ChangeFindingInput) input: ChangeFindingInput,
  ): Promise<FindingPayload> {
    return { finding: await op.get(FindingService).change(input) };
  }

  @Mutation(() => FindingPayload, {
    description: 'Notes that the provider was asked for its comments today; its time to reply begins.',
  })
  async askForReply(
    @Ctx() op: Operation,
    @Arg('input', () => FindingActionInput) input: FindingActionInput,
  ): Promise<FindingPayload> {
    return { finding: await op.get(FindingService).askForReply(input) };
  }

  @Mutation(() => FindingPayload, { description: 'Records what the provider says to a finding.' })
  async recordFindingReply(
    @Ctx() op: Operation,
    @Arg('input', () => RecordFindingReplyInput) input: RecordFindingReplyInput,
  ): Promise<FindingPayload> {
    return { finding: await op.get(FindingService).recordReply(input) };
  }

  @Mutation(() => FindingPayload, {
    description:
      'Publishes a finding that somebody else wrote, with the provider’s reply, or after its time to reply: it goes where its visit goes.',
  })
  async publishFinding(
    @Ctx() op: Operation,
    @Arg('input', () => FindingActionInput) input: FindingActionInput,
  ): Promise<FindingPayload> {
    return { finding: await op.get(FindingService).publish(input) };
  }

  @Mutation(() => FindingPayload, { description: 'Drops a finding that does not hold, before it is published.' })
  async dropFinding(
    @Ctx() op: Operation,
    @Arg('input', () => FindingActionInput) input: FindingActionInput,
  ): Promise<FindingPayload> {
    return { finding: await op.get(FindingService).drop(input) };
  }
}
