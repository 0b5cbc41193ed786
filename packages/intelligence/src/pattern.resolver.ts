import type { Operation } from '@accord/access';
import { Provider, ProviderLoader } from '@accord/providers';
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { PatternQuestion, PatternReview } from './pattern.entity.js';
import { AnswerPatternInput, AskOwnersInput, ClosePatternInput, ReleasePatternInput } from './pattern.inputs.js';
import { PatternService } from './pattern.service.js';

@ObjectType({ simpleResolvers: true, description: 'A pattern of concern that was seen to.' })
class PatternReviewPayload {
  @Field(() => PatternReview, { description: 'The pattern.' })
  review!: PatternReview;
}

@ObjectType({ simpleResolvers: true, description: 'A question about a pattern that was answered.' })
class PatternQuestionPayload {
  @Field(() => PatternQuestion, { description: 'The question, with the answer.' })
  question!: PatternQuestion;
}

@Resolver(() => PatternReview)
export class PatternReviewResolver {
  @Query(() => [PatternReview], { description: 'Patterns of concern, the latest first; at most 100.' })
  patternReviews(@Ctx() op: Operation): Promise<PatternReview[]> {
    return op.get(PatternService).reviews();
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'On which provider.' })
  provider(@Ctx() op: Operation, @Root() review: PatternReview): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(review.providerId);
  }

  @Mutation(() => PatternReviewPayload, {
    description: 'Asks the owners of a pattern’s items whether a flag may say so much.',
  })
  async askPatternOwners(
    @Ctx() op: Operation,
    @Arg('input', () => AskOwnersInput) input: AskOwnersInput,
  ): Promise<PatternReviewPayload> {
    return { review: await op.get(PatternService).ask(input) };
  }

  @Mutation(() => PatternReviewPayload, {
    description: 'Raises a flag in the words that the owners agreed to, as far as they agreed.',
  })
  async releasePattern(
    @Ctx() op: Operation,
    @Arg('input', () => ReleasePatternInput) input: ReleasePatternInput,
  ): Promise<PatternReviewPayload> {
    return { review: await op.get(PatternService).release(input) };
  }

  @Mutation(() => PatternReviewPayload, { description: 'Ends a pattern without a flag, with a reason.' })
  async closePattern(
    @Ctx() op: Operation,
    @Arg('input', () => ClosePatternInput) input: ClosePatternInput,
  ): Promise<PatternReviewPayload> {
    return { review: await op.get(PatternService).close(input) };
  }
}

@Resolver(() => PatternQuestion)
export class PatternQuestionResolver {
  @Query(() => [PatternQuestion], {
    description: 'What the own borough is asked about patterns that its items are part of.',
  })
  patternQuestions(@Ctx() op: Operation): Promise<PatternQuestion[]> {
    return op.get(PatternService).questions();
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'On which provider.' })
  provider(@Ctx() op: Operation, @Root() question: PatternQuestion): Promise<Provider | null> {
    return op.get(ProviderLoader).provider.load(question.providerId);
  }

  @Mutation(() => PatternQuestionPayload, {
    description: 'Answers for the own borough whether a flag may say so much.',
  })
  async answerPattern(
    @Ctx() op: Operation,
    @Arg('input', () => AnswerPatternInput) input: AnswerPatternInput,
  ): Promise<PatternQuestionPayload> {
    return { question: await op.get(PatternService).answer(input) };
  }
}
