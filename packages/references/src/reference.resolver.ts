import {
  connectionOf,
  DirectoryService,
  Organisation,
  PageArgs,
  type Connection,
  type Operation,
} from '@accord/access';
import { Home, Provider, ProviderLoader } from '@accord/providers';
import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import {
  AnswerReferenceInput,
  AskForReferencesInput,
  DeclineReferenceInput,
  ReferenceSettingInput,
  ShareReferenceInput,
} from './reference.inputs.js';
import { ReferenceRequestService } from './reference-request.service.js';
import { ReferenceSettingService } from './reference-setting.service.js';
import { ReferenceService } from './reference.service.js';
import { Reference, ReferenceRequest, ReferenceSetting } from './reference.type.js';

const references = connectionOf(Reference, 'Reference');
const requests = connectionOf(ReferenceRequest, 'ReferenceRequest');

@ObjectType({ simpleResolvers: true, description: 'A request for references that was made.' })
class ReferenceRequestPayload {
  @Field(() => ReferenceRequest, { description: 'The request.' })
  request!: ReferenceRequest;
}

@ObjectType({ simpleResolvers: true, description: 'A reference that was given, declined or shared.' })
class ReferencePayload {
  @Field(() => Reference, { description: 'The reference of the own borough.' })
  reference!: Reference;
}

@ObjectType({ simpleResolvers: true, description: 'A changed setting.' })
class ReferenceSettingPayload {
  @Field(() => ReferenceSetting, { description: 'The setting.' })
  setting!: ReferenceSetting;
}

@Resolver(() => ReferenceRequest)
export class ReferenceRequestResolver {
  @Query(() => requests.Connection, {
    description: 'Requests for references of the own borough and to it, the latest first.',
  })
  referenceRequests(@Ctx() op: Operation, @Args(() => PageArgs) page: PageArgs): Promise<Connection<ReferenceRequest>> {
    return op.get(ReferenceRequestService).list(page);
  }

  @Query(() => ReferenceRequest, {
    nullable: true,
    description: 'One request; null with NOT_FOUND where the own borough neither asked nor was asked.',
  })
  referenceRequest(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<ReferenceRequest> {
    return op.get(ReferenceRequestService).seen(id);
  }

  @Query(() => ReferenceSetting, { description: 'What the own borough settled about references.' })
  referenceSetting(@Ctx() op: Operation): Promise<ReferenceSetting> {
    return op.get(ReferenceSettingService).setting();
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'On which provider.' })
  provider(@Ctx() op: Operation, @Root() request: ReferenceRequest): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(request.providerId);
  }

  @FieldResolver(() => Home, { nullable: true, description: 'On which home; null where it is about the provider.' })
  home(@Ctx() op: Operation, @Root() request: ReferenceRequest): Promise<Home | null> | null {
    return request.homeId === null ? null : op.get(ProviderLoader).home.load(request.homeId);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'The borough that asks.' })
  borough(@Ctx() op: Operation, @Root() request: ReferenceRequest): Promise<Organisation | null> {
    return op.get(DirectoryService).organisation.load(request.requesterId);
  }

  @Mutation(() => ReferenceRequestPayload, {
    description: 'Asks all boroughs that place there for a reference, without saying which they are or how many.',
  })
  async askForReferences(
    @Ctx() op: Operation,
    @Arg('input', () => AskForReferencesInput) input: AskForReferencesInput,
  ): Promise<ReferenceRequestPayload> {
    return { request: await op.get(ReferenceRequestService).ask(input) };
  }

  @Mutation(() => ReferencePayload, { description: 'Gives a reference. The borough that asks is told.' })
  async answerReference(
    @Ctx() op: Operation,
    @Arg('input', () => AnswerReferenceInput) input: AnswerReferenceInput,
  ): Promise<ReferencePayload> {
    return { reference: await op.get(ReferenceService).answer(input) };
  }

  @Mutation(() => ReferencePayload, {
    description: 'Says that the own borough gives no reference, with a reason. The borough that asks is told.',
  })
  async declineReference(
    @Ctx() op: Operation,
    @Arg('input', () => DeclineReferenceInput) input: DeclineReferenceInput,
  ): Promise<ReferencePayload> {
    return { reference: await op.get(ReferenceService).decline(input) };
  }

  @Mutation(() => ReferencePayload, {
    description: 'Lets the other members of the agreement see a reference of the own borough, or no longer.',
  })
  async shareReference(
    @Ctx() op: Operation,
    @Arg('input', () => ShareReferenceInput) input: ShareReferenceInput,
  ): Promise<ReferencePayload> {
    return { reference: await op.get(ReferenceService).share(input) };
  }

  @Mutation(() => ReferenceSettingPayload, {
    description: 'Settles whether others’ requests reach the own borough, and how many answers it needs.',
  })
  async settleReferences(
    @Ctx() op: Operation,
    @Arg('input', () => ReferenceSettingInput) input: ReferenceSettingInput,
  ): Promise<ReferenceSettingPayload> {
    return { setting: await op.get(ReferenceSettingService).settle(input) };
  }
}

@Resolver(() => Reference)
export class ReferenceResolver {
  @FieldResolver(() => Provider, { nullable: true, description: 'On which provider.' })
  provider(@Ctx() op: Operation, @Root() reference: Reference): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(reference.providerId);
  }

  @FieldResolver(() => Home, { nullable: true, description: 'On which home; null where it is about the provider.' })
  home(@Ctx() op: Operation, @Root() reference: Reference): Promise<Home | null> | null {
    return reference.homeId === null ? null : op.get(ProviderLoader).home.load(reference.homeId);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'The borough whose reference it is.' })
  borough(@Ctx() op: Operation, @Root() reference: Reference): Promise<Organisation | null> {
    return op.get(DirectoryService).organisation.load(reference.boroughId);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'The borough that had asked; for the two alone.' })
  requestedBy(@Ctx() op: Operation, @Root() reference: Reference): Promise<Organisation | null> | null {
    return reference.requesterId === null ? null : op.get(DirectoryService).organisation.load(reference.requesterId);
  }
}

@Resolver(() => Provider)
export class ProviderReferencesResolver {
  @FieldResolver(() => references.Connection, {
    description: 'References on it and on its homes that the caller may see, the latest first.',
  })
  references(
    @Ctx() op: Operation,
    @Root() provider: Provider,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Reference>> {
    return op.get(ReferenceService).referencesOf(provider.id, page);
  }
}
