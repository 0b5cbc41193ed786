import { CalendarDate, connectionOf, PageArgs, type Connection, type Operation } from '@accord/access';
import { AccreditationStanding, AccreditationStatus, Provider, ProviderLoader } from '@accord/providers';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { AccreditationLoader } from './accreditation.loader.js';
import { AccreditationService } from './accreditation.service.js';
import { DecisionService } from './decision.service.js';
import { HearingService } from './hearing.service.js';
import {
  AssessAccreditationStageInput,
  DecideAccreditationAppealInput,
  DecideAccreditationProposalInput,
  ProposeAccreditationDecisionInput,
  PutOffTellingProviderInput,
  RecordAccreditationAppealInput,
  RecordAccreditationApplicationInput,
  RecordProviderReplyInput,
  SuspendAccreditationInterimInput,
  TellProviderInput,
} from './inputs.js';
import { AccreditationChange, AccreditationDecision, AccreditationDecisionFile, StageAssessment } from './types.js';

const decisions = connectionOf(AccreditationDecision, 'AccreditationDecision');
const assessments = connectionOf(StageAssessment, 'StageAssessment');
const changes = connectionOf(AccreditationChange, 'AccreditationChange');

@ObjectType({ simpleResolvers: true, description: 'An accreditation that was changed.' })
class AccreditationPayload {
  @Field(() => AccreditationStanding, { description: 'Where the provider stands now.' })
  accreditation!: AccreditationStanding;
}

@ObjectType({ simpleResolvers: true, description: 'A decision that was proposed, decided or added to.' })
class AccreditationDecisionPayload {
  @Field(() => AccreditationDecision, { description: 'The decision.' })
  decision!: AccreditationDecision;

  @Field(() => AccreditationStanding, { description: 'Where the provider stands now.' })
  accreditation!: AccreditationStanding;
}

@Resolver(() => AccreditationStanding)
export class AccreditationResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Goes up with every change of its file; send it back as expectedVersion. Alliance staff alone: it moves with open proposals.',
  })
  async version(@Ctx() op: Operation, @Root() { providerId }: AccreditationStanding): Promise<number | null> {
    const loader = op.get(AccreditationLoader);
    return (await loader.mayReadFile()) ? loader.version.load(providerId) : null;
  }

  @FieldResolver(() => [StageAssessment], {
    description: 'Where each of the three stages stands since the application.',
  })
  stages(@Ctx() op: Operation, @Root() { providerId }: AccreditationStanding): Promise<StageAssessment[]> {
    return op.get(AccreditationLoader).stages.load(providerId);
  }

  @FieldResolver(() => assessments.Connection, { description: 'Every assessment, newest first.' })
  assessments(
    @Ctx() op: Operation,
    @Root() { providerId }: AccreditationStanding,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<StageAssessment>> {
    return op.get(AccreditationLoader).assessmentsOf(providerId, page);
  }

  @FieldResolver(() => decisions.Connection, {
    description: 'Decisions, newest first; proposals that nobody has approved are for alliance staff alone.',
  })
  decisions(
    @Ctx() op: Operation,
    @Root() { providerId }: AccreditationStanding,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<AccreditationDecision>> {
    return op.get(AccreditationLoader).decisionsOf(providerId, page);
  }

  @FieldResolver(() => changes.Connection, { description: 'Every status that it had, newest first.' })
  history(
    @Ctx() op: Operation,
    @Root() { providerId }: AccreditationStanding,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<AccreditationChange>> {
    return op.get(AccreditationLoader).changesOf(providerId, page);
  }

  @FieldResolver(() => AccreditationStatus, {
    nullable: true,
    description:
      'Where it stood at the end of a day, today as it is now; null before it applied. A day ahead is BAD_USER_INPUT.',
  })
  statusOn(
    @Ctx() op: Operation,
    @Root() standing: AccreditationStanding,
    @Arg('date', () => CalendarDate, { description: 'Which day.' }) date: string,
  ): Promise<AccreditationStatus | null> {
    return op.get(AccreditationLoader).statusOn(standing, date);
  }

  @Mutation(() => AccreditationPayload, {
    description: 'Records that a provider applied for accreditation, or applied anew.',
  })
  async recordAccreditationApplication(
    @Ctx() op: Operation,
    @Arg('input', () => RecordAccreditationApplicationInput) input: RecordAccreditationApplicationInput,
  ): Promise<AccreditationPayload> {
    return {
      accreditation: await op.get(AccreditationLoader).standing(await op.get(AccreditationService).apply(input)),
    };
  }

  @Mutation(() => AccreditationPayload, {
    description: 'Records an assessment of a stage; the latest counts. The first one takes the application up.',
  })
  async assessAccreditationStage(
    @Ctx() op: Operation,
    @Arg('input', () => AssessAccreditationStageInput) input: AssessAccreditationStageInput,
  ): Promise<AccreditationPayload> {
    return {
      accreditation: await op.get(AccreditationLoader).standing(await op.get(AccreditationService).assess(input)),
    };
  }
}

@Resolver(() => AccreditationDecision)
export class AccreditationDecisionResolver {
  @Query(() => AccreditationDecision, {
    nullable: true,
    description: 'One decision; null with NOT_FOUND when there is none that the caller may know of.',
  })
  accreditationDecision(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<AccreditationDecision> {
    return op.get(AccreditationLoader).decision(id);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'On which provider.' })
  provider(@Ctx() op: Operation, @Root() { providerId }: AccreditationDecision): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(providerId);
  }

  @FieldResolver(() => AccreditationDecisionFile, {
    nullable: true,
    description: 'What the alliance alone keeps of it; null for anybody else.',
  })
  file(@Ctx() op: Operation, @Root() { id }: AccreditationDecision): Promise<AccreditationDecisionFile | null> {
    return op.get(AccreditationLoader).file(id);
  }

  @Mutation(() => AccreditationDecisionPayload, {
    description: 'Proposes a decision, for somebody else to approve or reject.',
  })
  proposeAccreditationDecision(
    @Ctx() op: Operation,
    @Arg('input', () => ProposeAccreditationDecisionInput) input: ProposeAccreditationDecisionInput,
  ): Promise<AccreditationDecisionPayload> {
    return payload(op, op.get(DecisionService).propose(input));
  }

  @Mutation(() => AccreditationDecisionPayload, {
    description:
      'Approves what somebody else proposed, or ratifies their interim suspension. It takes effect now, or on its day, and every member is told then.',
  })
  approveAccreditationDecision(
    @Ctx() op: Operation,
    @Arg('input', () => DecideAccreditationProposalInput) input: DecideAccreditationProposalInput,
  ): Promise<AccreditationDecisionPayload> {
    return payload(op, op.get(DecisionService).approve(input));
  }

  @Mutation(() => AccreditationDecisionPayload, {
    description:
      'Rejects what somebody else proposed. An interim suspension that is rejected ends: what stood before stands again.',
  })
  rejectAccreditationDecision(
    @Ctx() op: Operation,
    @Arg('input', () => DecideAccreditationProposalInput) input: DecideAccreditationProposalInput,
  ): Promise<AccreditationDecisionPayload> {
    return payload(op, op.get(DecisionService).reject(input));
  }

  @Mutation(() => AccreditationDecisionPayload, {
    description: 'Suspends an accreditation at once; another lead is to ratify it within 2 working days.',
  })
  suspendAccreditationInterim(
    @Ctx() op: Operation,
    @Arg('input', () => SuspendAccreditationInterimInput) input: SuspendAccreditationInterimInput,
  ): Promise<AccreditationDecisionPayload> {
    return payload(op, op.get(DecisionService).suspendInterim(input));
  }

  @Mutation(() => AccreditationDecisionPayload, {
    description: 'Records that the provider was told the gist of a decision: its 14 days to reply begin.',
  })
  tellProvider(
    @Ctx() op: Operation,
    @Arg('input', () => TellProviderInput) input: TellProviderInput,
  ): Promise<AccreditationDecisionPayload> {
    return payload(op, op.get(HearingService).tell(input));
  }

  @Mutation(() => AccreditationDecisionPayload, {
    description:
      'Records that telling the provider is put off, at whose word and until when that is looked at again. An adverse decision waits for as long.',
  })
  putOffTellingProvider(
    @Ctx() op: Operation,
    @Arg('input', () => PutOffTellingProviderInput) input: PutOffTellingProviderInput,
  ): Promise<AccreditationDecisionPayload> {
    return payload(op, op.get(HearingService).putOff(input));
  }

  @Mutation(() => AccreditationDecisionPayload, { description: 'Records what the provider replied.' })
  recordProviderReply(
    @Ctx() op: Operation,
    @Arg('input', () => RecordProviderReplyInput) input: RecordProviderReplyInput,
  ): Promise<AccreditationDecisionPayload> {
    return payload(op, op.get(HearingService).reply(input));
  }

  @Mutation(() => AccreditationDecisionPayload, {
    description: 'Records that the provider appeals against a decision.',
  })
  recordAccreditationAppeal(
    @Ctx() op: Operation,
    @Arg('input', () => RecordAccreditationAppealInput) input: RecordAccreditationAppealInput,
  ): Promise<AccreditationDecisionPayload> {
    return payload(op, op.get(HearingService).appeal(input));
  }

  @Mutation(() => AccreditationDecisionPayload, {
    description:
      'Decides an appeal against what two others proposed and approved. Upheld: what stood before stands again.',
  })
  decideAccreditationAppeal(
    @Ctx() op: Operation,
    @Arg('input', () => DecideAccreditationAppealInput) input: DecideAccreditationAppealInput,
  ): Promise<AccreditationDecisionPayload> {
    return payload(op, op.get(HearingService).decideAppeal(input));
  }
}

/** The decision and where the provider stands, read after the act, under the caller's rights. */
async function payload(op: Operation, act: Promise<string>): Promise<AccreditationDecisionPayload> {
  const loader = op.get(AccreditationLoader);
  const decision = await loader.decision(await act);
  return { decision, accreditation: await loader.standing(decision.providerId) };
}
