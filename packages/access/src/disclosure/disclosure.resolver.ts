import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { connectionOf, PageArgs, type Connection } from '../connection.js';
import { DirectoryService } from '../directory.service.js';
import type { Operation } from '../operation.js';
import { Organisation } from '../organisation.entity.js';
import { SharingRefusal } from '../sharing-refusal.entity.js';
import { RecordSharingRefusalInput, ReviewUrgentDisclosureInput, UrgentDisclosureInput } from './disclosure.inputs.js';
import { DisclosureLoader } from './disclosure.loader.js';
import { DisclosureService } from './disclosure.service.js';
import { DisclosureView } from './disclosure.type.js';
import { RefusalService } from './refusal.service.js';

const disclosures = connectionOf(DisclosureView, 'UrgentDisclosure');
const refusals = connectionOf(SharingRefusal, 'SharingRefusal');

@ObjectType({ simpleResolvers: true, description: 'An urgent disclosure that was made or reviewed.' })
class UrgentDisclosurePayload {
  @Field(() => DisclosureView, { description: 'The disclosure, as it stands now.' })
  disclosure!: DisclosureView;
}

@ObjectType({ simpleResolvers: true, description: 'A refusal to share that was recorded.' })
class SharingRefusalPayload {
  @Field(() => SharingRefusal, { description: 'The refusal.' })
  refusal!: SharingRefusal;
}

@Resolver(() => DisclosureView)
export class DisclosureResolver {
  @Query(() => disclosures.Connection, {
    description:
      'Urgent disclosures that the own organisation made, and those that were made to it: the newest day first.',
  })
  urgentDisclosures(
    @Ctx() op: Operation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('awaitingReview', () => Boolean, {
      defaultValue: false,
      description: 'Only those that are still to be reviewed.',
    })
    awaitingReview: boolean,
  ): Promise<Connection<DisclosureView>> {
    return op.get(DisclosureLoader).list(page, awaitingReview);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Who disclosed it; null to others where the owner is anonymous.',
  })
  owner(@Ctx() op: Operation, @Root() disclosure: DisclosureView): Promise<Organisation | null> | null {
    return disclosure.ownerId === null ? null : op.get(DirectoryService).organisation.load(disclosure.ownerId);
  }

  @FieldResolver(() => [Organisation], {
    description: 'With whom it was shared: to the owner all, to the others themselves.',
  })
  async recipients(@Ctx() op: Operation, @Root() disclosure: DisclosureView): Promise<Organisation[]> {
    const ids = await op.get(DisclosureLoader).recipients.load(disclosure.id);
    const found = await op.get(DirectoryService).organisation.loadMany(ids);
    return found.filter((organisation) => organisation instanceof Organisation);
  }

  @Mutation(() => UrgentDisclosurePayload, {
    description:
      'Shares something in an emergency with organisations that no agreement covers. Both sides’ information-governance officers are told at once, and it is reviewed within 2 working days.',
  })
  async urgentDisclosure(
    @Ctx() op: Operation,
    @Arg('input', () => UrgentDisclosureInput) input: UrgentDisclosureInput,
  ): Promise<UrgentDisclosurePayload> {
    return { disclosure: await op.get(DisclosureService).disclose(input) };
  }

  @Mutation(() => UrgentDisclosurePayload, {
    description:
      'Reviews an urgent disclosure of the own organisation: it stands, or it is ended and gone for those it was made to.',
  })
  async reviewUrgentDisclosure(
    @Ctx() op: Operation,
    @Arg('input', () => ReviewUrgentDisclosureInput) input: ReviewUrgentDisclosureInput,
  ): Promise<UrgentDisclosurePayload> {
    return { disclosure: await op.get(DisclosureService).review(input) };
  }
}

@Resolver(() => SharingRefusal)
export class RefusalResolver {
  @Query(() => refusals.Connection, { description: 'Refusals to share of the own organisation, the newest first.' })
  sharingRefusals(@Ctx() op: Operation, @Args(() => PageArgs) page: PageArgs): Promise<Connection<SharingRefusal>> {
    return op.get(RefusalService).list(page);
  }

  @Mutation(() => SharingRefusalPayload, {
    description: 'Records that the own organisation was asked to share something and refused, and why.',
  })
  async recordSharingRefusal(
    @Ctx() op: Operation,
    @Arg('input', () => RecordSharingRefusalInput) input: RecordSharingRefusalInput,
  ): Promise<SharingRefusalPayload> {
    return { refusal: await op.get(RefusalService).record(input) };
  }
}
