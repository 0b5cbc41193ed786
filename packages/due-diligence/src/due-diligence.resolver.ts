import { connectionOf, Organisation, PageArgs, type Connection, type Operation } from '@accord/access';
import { Home, Provider, ProviderLoader } from '@accord/providers';
import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { AnswerService } from './answer.service.js';
import {
  AnswerDueDiligenceInput,
  ChallengeDueDiligenceAnswerInput,
  ConfirmDueDiligenceAnswerInput,
  DueDiligenceFilter,
  WithdrawDueDiligenceAnswerInput,
} from './due-diligence.inputs.js';
import { DueDiligenceLoader } from './due-diligence.loader.js';
import { DueDiligenceAnswer, DueDiligenceItem, DueDiligenceMark } from './due-diligence.type.js';
import { Question } from './question-set.entity.js';

const items = connectionOf(DueDiligenceItem, 'DueDiligenceItem');

@ObjectType({ simpleResolvers: true, description: 'Of whom questions were answered.' })
class DueDiligencePayload {
  @Field(() => Provider, { nullable: true, description: 'The provider.' })
  provider!: Provider | null;

  @Field(() => Home, { nullable: true, description: 'The home; null where the provider was answered about.' })
  home!: Home | null;
}

@ObjectType({ simpleResolvers: true, description: 'An answer that was confirmed, challenged or withdrawn.' })
class DueDiligenceAnswerPayload {
  @Field(() => DueDiligenceAnswer, { description: 'The answer, as the caller sees it now.' })
  answer!: DueDiligenceAnswer;
}

@Resolver(() => DueDiligenceItem)
export class DueDiligenceItemResolver {
  @FieldResolver(() => Home, { nullable: true, description: 'Of which home; null where it is asked of the provider.' })
  home(@Ctx() op: Operation, @Root() item: DueDiligenceItem): Promise<Home | null> | null {
    return item.homeId === null ? null : op.get(ProviderLoader).home.load(item.homeId);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'Who answered.' })
  answeredBy(@Ctx() op: Operation, @Root() item: DueDiligenceItem): Promise<Organisation | null> | null {
    return op.get(DueDiligenceLoader).organisation(item.ownerId);
  }

  @FieldResolver(() => DueDiligenceAnswer, {
    nullable: true,
    description: 'The answer that counts; null where there is none.',
  })
  answer(@Ctx() op: Operation, @Root() item: DueDiligenceItem): Promise<DueDiligenceAnswer | null> | null {
    return item.answerId === null ? null : op.get(DueDiligenceLoader).answer.load(item.answerId);
  }

  @FieldResolver(() => [DueDiligenceAnswer], {
    description: 'The answers that it took the place of, the latest first.',
  })
  earlier(@Ctx() op: Operation, @Root() item: DueDiligenceItem): Promise<DueDiligenceAnswer[]> {
    return op.get(DueDiligenceLoader).earlier.load(item);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether it was answered under an earlier version that asked otherwise, and has to be asked again.',
  })
  isAskedAgain(@Ctx() op: Operation, @Root() item: DueDiligenceItem): Promise<boolean> {
    return op.get(DueDiligenceLoader).askedAgain.load(item);
  }
}

@Resolver(() => DueDiligenceAnswer)
export class DueDiligenceAnswerResolver {
  @Query(() => DueDiligenceAnswer, {
    nullable: true,
    description: 'One answer; null with NOT_FOUND when there is none that the caller may see.',
  })
  dueDiligenceAnswer(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<DueDiligenceAnswer> {
    return op.get(AnswerService).seen(id);
  }

  @FieldResolver(() => Question, { nullable: true, description: 'The question, as it stood when it was answered.' })
  question(@Ctx() op: Operation, @Root() answer: DueDiligenceAnswer): Promise<Question | null> {
    return op.get(DueDiligenceLoader).question.load(answer.questionId);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'About which provider.' })
  provider(@Ctx() op: Operation, @Root() answer: DueDiligenceAnswer): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(answer.providerId);
  }

  @FieldResolver(() => Home, { nullable: true, description: 'About which home; null where it is about the provider.' })
  home(@Ctx() op: Operation, @Root() answer: DueDiligenceAnswer): Promise<Home | null> | null {
    return answer.homeId === null ? null : op.get(ProviderLoader).home.load(answer.homeId);
  }

  @FieldResolver(() => Organisation, { nullable: true, description: 'Who answered, or to whom the provider did.' })
  answeredBy(@Ctx() op: Operation, @Root() answer: DueDiligenceAnswer): Promise<Organisation | null> | null {
    return op.get(DueDiligenceLoader).organisation(answer.ownerId);
  }

  @FieldResolver(() => [DueDiligenceMark], {
    description: 'Who confirms it and who challenges it, as far as the caller may see.',
  })
  marks(@Ctx() op: Operation, @Root() answer: DueDiligenceAnswer): Promise<DueDiligenceMark[]> {
    return op.get(DueDiligenceLoader).marks.load(answer.id);
  }

  @Mutation(() => DueDiligencePayload, {
    description: 'Answers questions about a provider or one of its homes. One that is refused keeps all of them back.',
  })
  async answerDueDiligence(
    @Ctx() op: Operation,
    @Arg('input', () => AnswerDueDiligenceInput) input: AnswerDueDiligenceInput,
  ): Promise<DueDiligencePayload> {
    const { providerId, homeId } = await op.get(AnswerService).answer(input);
    const { provider, home } = op.get(ProviderLoader);
    return { provider: await provider.load(providerId), home: homeId === null ? null : await home.load(homeId) };
  }

  @Mutation(() => DueDiligenceAnswerPayload, { description: 'Confirms an answer for the own organisation.' })
  async confirmDueDiligenceAnswer(
    @Ctx() op: Operation,
    @Arg('input', () => ConfirmDueDiligenceAnswerInput) input: ConfirmDueDiligenceAnswerInput,
  ): Promise<DueDiligenceAnswerPayload> {
    return { answer: await op.get(AnswerService).confirm(input) };
  }

  @Mutation(() => DueDiligenceAnswerPayload, {
    description: 'Says that another organisation’s answer does not hold, and tells it and those who rely on it.',
  })
  async challengeDueDiligenceAnswer(
    @Ctx() op: Operation,
    @Arg('input', () => ChallengeDueDiligenceAnswerInput) input: ChallengeDueDiligenceAnswerInput,
  ): Promise<DueDiligenceAnswerPayload> {
    return { answer: await op.get(AnswerService).challenge(input) };
  }

  @Mutation(() => DueDiligenceAnswerPayload, {
    description: 'Takes an answer of the own organisation back: it counts no longer, and others no longer see it.',
  })
  async withdrawDueDiligenceAnswer(
    @Ctx() op: Operation,
    @Arg('input', () => WithdrawDueDiligenceAnswerInput) input: WithdrawDueDiligenceAnswerInput,
  ): Promise<DueDiligenceAnswerPayload> {
    return { answer: await op.get(AnswerService).withdraw(input) };
  }
}

@Resolver(() => DueDiligenceMark)
export class DueDiligenceMarkResolver {
  @FieldResolver(() => Organisation, { nullable: true, description: 'Who says so.' })
  by(@Ctx() op: Operation, @Root() mark: DueDiligenceMark): Promise<Organisation | null> | null {
    return op.get(DueDiligenceLoader).organisation(mark.ownerId);
  }
}

@Resolver(() => Provider)
export class ProviderDueDiligenceResolver {
  @FieldResolver(() => items.Connection, {
    description: 'The alliance’s questions as they are asked of it and of its homes, each with the answer that counts.',
  })
  dueDiligence(
    @Ctx() op: Operation,
    @Root() provider: Provider,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => DueDiligenceFilter, { nullable: true, description: 'Only these.' })
    filter: DueDiligenceFilter | null,
  ): Promise<Connection<DueDiligenceItem>> {
    return op.get(DueDiligenceLoader).page('provider', provider.id, page, filter);
  }
}

@Resolver(() => Home)
export class HomeDueDiligenceResolver {
  @FieldResolver(() => items.Connection, {
    description:
      'The alliance’s questions that count for a placement here: those of the home, and those of its provider.',
  })
  dueDiligence(
    @Ctx() op: Operation,
    @Root() home: Home,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => DueDiligenceFilter, { nullable: true, description: 'Only these.' })
    filter: DueDiligenceFilter | null,
  ): Promise<Connection<DueDiligenceItem>> {
    return op.get(DueDiligenceLoader).page('home', home.id, page, filter);
  }
}
