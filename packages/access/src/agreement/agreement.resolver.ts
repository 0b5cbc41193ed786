import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { DirectoryService } from '../directory.service.js';
import type { Operation } from '../operation.js';
import { Organisation } from '../organisation.entity.js';
import {
  AcceptSharingAgreementInput,
  AmendSharingAgreementInput,
  DraftSharingAgreementInput,
  EndSharingAgreementInput,
  InviteToSharingAgreementInput,
  LeaveSharingAgreementInput,
  RemoveFromSharingAgreementInput,
  ReviewSharingAgreementInput,
} from './agreement.inputs.js';
import { AgreementLoader } from './agreement.loader.js';
import { AgreementService } from './agreement.service.js';
import { AgreementView, SharingAgreementMember } from './agreement.type.js';
import { MembershipService } from './membership.service.js';

@ObjectType({ simpleResolvers: true, description: 'An agreement that was drafted or changed.' })
class SharingAgreementPayload {
  @Field(() => AgreementView, { description: 'The version, as it stands now.' })
  agreement!: AgreementView;
}

@Resolver(() => AgreementView)
export class AgreementResolver {
  @Query(() => [AgreementView], {
    description: 'Sharing agreements, version by version: those in force and to come, by name, the latest first.',
  })
  sharingAgreements(
    @Ctx() op: Operation,
    @Arg('includeOver', () => Boolean, { defaultValue: false, description: 'Those that are over, too.' })
    includeOver: boolean,
  ): Promise<AgreementView[]> {
    return op.get(AgreementLoader).list(includeOver);
  }

  @FieldResolver(() => [SharingAgreementMember], { description: 'Who is asked, has accepted, and has left.' })
  members(@Ctx() op: Operation, @Root() agreement: AgreementView): Promise<SharingAgreementMember[]> {
    return op.get(AgreementLoader).members.load(agreement.id);
  }

  @Mutation(() => SharingAgreementPayload, {
    description: 'Drafts an agreement and asks organisations to be members. It covers nobody until they have accepted.',
  })
  async draftSharingAgreement(
    @Ctx() op: Operation,
    @Arg('input', () => DraftSharingAgreementInput) input: DraftSharingAgreementInput,
  ): Promise<SharingAgreementPayload> {
    return { agreement: await op.get(AgreementService).draft(input) };
  }

  @Mutation(() => SharingAgreementPayload, {
    description:
      'Changes what an agreement says: a later version, to be accepted anew. The one before stays in force until its day; from then on it counts for those who have accepted it.',
  })
  async amendSharingAgreement(
    @Ctx() op: Operation,
    @Arg('input', () => AmendSharingAgreementInput) input: AmendSharingAgreementInput,
  ): Promise<SharingAgreementPayload> {
    return { agreement: await op.get(AgreementService).amend(input) };
  }

  @Mutation(() => SharingAgreementPayload, {
    description: 'Records that an agreement was reviewed and goes on as it is, until it is reviewed again.',
  })
  async reviewSharingAgreement(
    @Ctx() op: Operation,
    @Arg('input', () => ReviewSharingAgreementInput) input: ReviewSharingAgreementInput,
  ): Promise<SharingAgreementPayload> {
    return { agreement: await op.get(AgreementService).review(input) };
  }

  @Mutation(() => SharingAgreementPayload, { description: 'Asks more organisations to be members of an agreement.' })
  async inviteToSharingAgreement(
    @Ctx() op: Operation,
    @Arg('input', () => InviteToSharingAgreementInput) input: InviteToSharingAgreementInput,
  ): Promise<SharingAgreementPayload> {
    return { agreement: await op.get(AgreementService).invite(input) };
  }

  @Mutation(() => SharingAgreementPayload, {
    description:
      'Ends an organisation’s part in an agreement, with a reason. What was shared under it is gone for it at once, and it is told.',
  })
  async removeFromSharingAgreement(
    @Ctx() op: Operation,
    @Arg('input', () => RemoveFromSharingAgreementInput) input: RemoveFromSharingAgreementInput,
  ): Promise<SharingAgreementPayload> {
    return { agreement: await op.get(AgreementService).remove(input) };
  }

  @Mutation(() => SharingAgreementPayload, {
    description: 'Ends an agreement, with a reason. Whoever loses sight of something by it is told.',
  })
  async endSharingAgreement(
    @Ctx() op: Operation,
    @Arg('input', () => EndSharingAgreementInput) input: EndSharingAgreementInput,
  ): Promise<SharingAgreementPayload> {
    return { agreement: await op.get(AgreementService).end(input) };
  }

  @Mutation(() => SharingAgreementPayload, {
    description: 'Accepts a version of an agreement for the own organisation: from its day on it is a member.',
  })
  async acceptSharingAgreement(
    @Ctx() op: Operation,
    @Arg('input', () => AcceptSharingAgreementInput) input: AcceptSharingAgreementInput,
  ): Promise<SharingAgreementPayload> {
    return { agreement: await op.get(MembershipService).accept(input) };
  }

  @Mutation(() => SharingAgreementPayload, {
    description:
      'Ends the own organisation’s part in an agreement, with a reason. What was shared under it is gone at once, both ways.',
  })
  async leaveSharingAgreement(
    @Ctx() op: Operation,
    @Arg('input', () => LeaveSharingAgreementInput) input: LeaveSharingAgreementInput,
  ): Promise<SharingAgreementPayload> {
    return { agreement: await op.get(MembershipService).leave(input) };
  }
}

@Resolver(() => SharingAgreementMember)
export class AgreementMemberResolver {
  @FieldResolver(() => Organisation, { nullable: true, description: 'Which organisation.' })
  organisation(@Ctx() op: Operation, @Root() member: SharingAgreementMember): Promise<Organisation | null> {
    return op.get(DirectoryService).organisation.load(member.organisationId);
  }
}
