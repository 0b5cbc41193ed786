import { connectionOf, PageArgs, type Connection, type Operation } from '@accord/access';
import { Home, Provider, ProviderLoader } from '@accord/providers';
import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { DueDiligenceLoader } from './due-diligence.loader.js';
import { DeclarationLinkRecord } from './link.entity.js';
import { IssueDueDiligenceLinkInput, RevokeDueDiligenceLinkInput } from './link.inputs.js';
import { LinkService } from './link.service.js';
import { Question } from './question-set.entity.js';

const links = connectionOf(DeclarationLinkRecord, 'DueDiligenceLink');

@ObjectType({ simpleResolvers: true, description: 'A link that was issued.' })
class IssuedDueDiligenceLink {
  @Field(() => DeclarationLinkRecord, { description: 'The link.' })
  link!: DeclarationLinkRecord;

  @Field(() => String, {
    nullable: true,
    description:
      'What the provider shows to answer: to be passed on to it. Shown this once; null to whoever repeats the act with the same key.',
  })
  token!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'A link that was taken back.' })
class DueDiligenceLinkPayload {
  @Field(() => DeclarationLinkRecord, { description: 'The link.' })
  link!: DeclarationLinkRecord;
}

@Resolver(() => DeclarationLinkRecord)
export class DueDiligenceLinkResolver {
  @Query(() => links.Connection, { description: 'Links that the own organisation has issued, newest first.' })
  dueDiligenceLinks(
    @Ctx() op: Operation,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<DeclarationLinkRecord>> {
    return op.get(LinkService).list(page);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'Which provider is asked.' })
  provider(@Ctx() op: Operation, @Root() link: DeclarationLinkRecord): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(link.providerId);
  }

  @FieldResolver(() => Home, { nullable: true, description: 'About which home; null where it is about the provider.' })
  home(@Ctx() op: Operation, @Root() link: DeclarationLinkRecord): Promise<Home | null> | null {
    return link.homeId === null ? null : op.get(ProviderLoader).home.load(link.homeId);
  }

  @FieldResolver(() => [Question], { description: 'What is asked.' })
  async questions(@Ctx() op: Operation, @Root() link: DeclarationLinkRecord): Promise<Question[]> {
    const questions = await op.get(DueDiligenceLoader).question.loadMany(link.questionIds);
    return questions.filter((question) => question instanceof Question);
  }

  @Mutation(() => IssuedDueDiligenceLink, {
    description: 'Asks a provider some questions through a link that it uses once, without an account.',
  })
  issueDueDiligenceLink(
    @Ctx() op: Operation,
    @Arg('input', () => IssueDueDiligenceLinkInput) input: IssueDueDiligenceLinkInput,
  ): Promise<IssuedDueDiligenceLink> {
    return op.get(LinkService).issue(input);
  }

  @Mutation(() => DueDiligenceLinkPayload, { description: 'Takes a link back that was not used.' })
  async revokeDueDiligenceLink(
    @Ctx() op: Operation,
    @Arg('input', () => RevokeDueDiligenceLinkInput) input: RevokeDueDiligenceLinkInput,
  ): Promise<DueDiligenceLinkPayload> {
    return { link: await op.get(LinkService).revoke(input) };
  }
}
