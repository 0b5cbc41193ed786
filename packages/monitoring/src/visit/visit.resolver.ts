import {
  connectionOf,
  DirectoryService,
  Organisation,
  PageArgs,
  type Connection,
  type Operation,
} from '@accord/access';
import { Home, Provider, ProviderLoader } from '@accord/providers';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { FormTemplate } from '../form/form.entity.js';
import { FormLoader } from '../form/form.loader.js';
import { VisitDraftService } from './visit-draft.service.js';
import {
  ChangeVisitSharingInput,
  SaveVisitInput,
  ShareVisitInput,
  StartVisitInput,
  WithdrawVisitInput,
} from './visit.inputs.js';
import { VisitLoader } from './visit.loader.js';
import { VisitPayload } from './visit.payload.js';
import { VisitService } from './visit.service.js';
import { ExpectationAssessed, Visit, VisitAnswer, Visitor, VisitorPart, VisitSharing } from './visit.type.js';
import { VisitState } from './vocabulary.js';

const visits = connectionOf(Visit, 'Visit');

@Resolver(() => Visit)
export class VisitResolver {
  @Query(() => Visit, {
    nullable: true,
    description: 'One visit; null with NOT_FOUND when there is none that the caller may see.',
  })
  visit(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<Visit> {
    return op.get(VisitService).seen(id);
  }

  @Query(() => visits.Connection, { description: 'Visits of the own borough, drafts too, the latest first.' })
  visits(
    @Ctx() op: Operation,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('state', () => VisitState, { nullable: true, description: 'In this state alone.' }) state: VisitState | null,
  ): Promise<Connection<Visit>> {
    return op.get(VisitLoader).own(state, page);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'To which provider.' })
  provider(@Ctx() op: Operation, @Root() visit: Visit): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(visit.providerId);
  }

  @FieldResolver(() => Home, { nullable: true, description: 'To which home; null where the provider has none.' })
  home(@Ctx() op: Operation, @Root() visit: Visit): Promise<Home | null> | null {
    return visit.homeId === null ? null : op.get(ProviderLoader).home.load(visit.homeId);
  }

  @FieldResolver(() => Organisation, {
    nullable: true,
    description: 'Which borough made it; null where it chose to stay anonymous.',
  })
  borough(@Ctx() op: Operation, @Root() visit: Visit): Promise<Organisation | null> | null {
    return visit.ownerId === null ? null : op.get(DirectoryService).organisation.load(visit.ownerId);
  }

  @FieldResolver(() => FormTemplate, { nullable: true, description: 'The version of the form that it is made with.' })
  form(@Ctx() op: Operation, @Root() visit: Visit): Promise<FormTemplate | null> {
    return op.get(FormLoader).template.load(visit.templateId);
  }

  @FieldResolver(() => FormTemplate, {
    nullable: true,
    description: 'The version of the framework that it is assessed by.',
  })
  framework(@Ctx() op: Operation, @Root() visit: Visit): Promise<FormTemplate | null> {
    return op.get(FormLoader).template.load(visit.frameworkId);
  }

  @FieldResolver(() => [VisitAnswer], {
    description: 'Answers, in the order of the form. To others without those that stay in the borough.',
  })
  answers(@Ctx() op: Operation, @Root() visit: Visit): Promise<VisitAnswer[]> {
    return op.get(VisitLoader).answers(visit);
  }

  @FieldResolver(() => [ExpectationAssessed], { description: 'How far each expectation was met that was looked at.' })
  expectations(@Ctx() op: Operation, @Root() visit: Visit): Promise<ExpectationAssessed[]> {
    return op.get(VisitLoader).expectations(visit);
  }

  @FieldResolver(() => [Visitor], {
    description:
      'Who made it. To others: no care-experienced visitor who has not agreed to be named, and nobody of an anonymous borough.',
  })
  visitors(@Ctx() op: Operation, @Root() visit: Visit): Promise<Visitor[]> {
    return op.get(VisitLoader).visitors(visit);
  }

  @FieldResolver(() => [VisitorPart], { description: 'What care-experienced visitors say of the home.' })
  visitorParts(@Ctx() op: Operation, @Root() visit: Visit): Promise<VisitorPart[]> {
    return op.get(VisitLoader).parts(visit);
  }

  @FieldResolver(() => VisitSharing, {
    nullable: true,
    description: 'How far it goes, for its own borough; null of a draft.',
  })
  sharing(@Ctx() op: Operation, @Root() visit: Visit): Promise<VisitSharing | null> {
    return op.get(VisitLoader).sharing(visit);
  }

  @Mutation(() => VisitPayload, { description: 'Begins to write a visit down: a draft of the own borough’s.' })
  async startVisit(
    @Ctx() op: Operation,
    @Arg('input', () => StartVisitInput) input: StartVisitInput,
  ): Promise<VisitPayload> {
    return { visit: await op.get(VisitService).start(input) };
  }

  @Mutation(() => VisitPayload, { description: 'Keeps what is new of a draft: as one writes, as often as one likes.' })
  async saveVisit(
    @Ctx() op: Operation,
    @Arg('input', () => SaveVisitInput) input: SaveVisitInput,
  ): Promise<VisitPayload> {
    return { visit: await op.get(VisitDraftService).save(input) };
  }

  @Mutation(() => VisitPayload, {
    description:
      'Finishes a draft and shares it, with the boroughs concerned unless chosen otherwise. Answers that stay in the borough stay there.',
  })
  async shareVisit(
    @Ctx() op: Operation,
    @Arg('input', () => ShareVisitInput) input: ShareVisitInput,
  ): Promise<VisitPayload> {
    return { visit: await op.get(VisitService).share(input) };
  }

  @Mutation(() => VisitPayload, {
    description:
      'Widens or narrows the audience of a visit of the own borough. Those who lose sight of it are told so.',
  })
  async changeVisitSharing(
    @Ctx() op: Operation,
    @Arg('input', () => ChangeVisitSharingInput) input: ChangeVisitSharingInput,
  ): Promise<VisitPayload> {
    return { visit: await op.get(VisitService).changeSharing(input) };
  }

  @Mutation(() => VisitPayload, {
    description:
      'Takes back a visit of the own borough, with a reason. What it said is gone for everybody else at once.',
  })
  async withdrawVisit(
    @Ctx() op: Operation,
    @Arg('input', () => WithdrawVisitInput) input: WithdrawVisitInput,
  ): Promise<VisitPayload> {
    return { visit: await op.get(VisitService).withdraw(input) };
  }
}

@Resolver(() => Home)
export class HomeVisitsResolver {
  @FieldResolver(() => visits.Connection, {
    description: 'Visits to it that the caller may see, the latest first; drafts of the own borough too.',
  })
  visits(@Ctx() op: Operation, @Root() home: Home, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Visit>> {
    return op.get(VisitLoader).ofHome(home.id, page);
  }
}

@Resolver(() => Provider)
export class ProviderVisitsResolver {
  @FieldResolver(() => visits.Connection, {
    description: 'Visits to it and its homes that the caller may see, the latest first; drafts of the own borough too.',
  })
  visits(
    @Ctx() op: Operation,
    @Root() provider: Provider,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<Visit>> {
    return op.get(VisitLoader).ofProvider(provider.id, page);
  }
}
