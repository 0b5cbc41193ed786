import type { Operation } from '@accord/access';
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import {
  DiscardDueDiligenceDraftInput,
  PublishDueDiligenceSetInput,
  PutDueDiligenceQuestionInput,
  RemoveDueDiligenceQuestionInput,
  StartDueDiligenceDraftInput,
} from './due-diligence.inputs.js';
import { Question, QuestionSet } from './question-set.entity.js';
import { QuestionSetService } from './question-set.service.js';

@ObjectType({ simpleResolvers: true, description: 'A version that was begun, changed or published.' })
class DueDiligenceSetPayload {
  @Field(() => QuestionSet, { description: 'The version.' })
  set!: QuestionSet;
}

@ObjectType({ simpleResolvers: true, description: 'The versions that are left.' })
class DueDiligenceSetsPayload {
  @Field(() => [QuestionSet], { description: 'Newest first.' })
  sets!: QuestionSet[];
}

@Resolver(() => QuestionSet)
export class QuestionSetResolver {
  @Query(() => [QuestionSet], {
    description: 'The versions of the alliance’s questions, newest first; a draft is shown to the alliance alone.',
  })
  dueDiligenceSets(@Ctx() op: Operation): Promise<QuestionSet[]> {
    return op.get(QuestionSetService).all();
  }

  @FieldResolver(() => [Question], { description: 'Its questions, in their order.' })
  questions(@Ctx() op: Operation, @Root() set: QuestionSet): Promise<Question[]> {
    return op.get(QuestionSetService).questions(set.id);
  }

  @FieldResolver(() => [Question], {
    description:
      'Those of its questions that the version before did not ask, or asked otherwise: answers do not carry over to them.',
  })
  askedAgain(@Ctx() op: Operation, @Root() set: QuestionSet): Promise<Question[]> {
    return op.get(QuestionSetService).askedAgain(set);
  }

  @Mutation(() => DueDiligenceSetPayload, {
    description: 'Begins the next version as a copy of the one that is published.',
  })
  async startDueDiligenceDraft(
    @Ctx() op: Operation,
    @Arg('input', () => StartDueDiligenceDraftInput) input: StartDueDiligenceDraftInput,
  ): Promise<DueDiligenceSetPayload> {
    return { set: await op.get(QuestionSetService).start(input) };
  }

  @Mutation(() => DueDiligenceSetPayload, {
    description: 'Adds a question to the draft, or changes the one of its code.',
  })
  async putDueDiligenceQuestion(
    @Ctx() op: Operation,
    @Arg('input', () => PutDueDiligenceQuestionInput) input: PutDueDiligenceQuestionInput,
  ): Promise<DueDiligenceSetPayload> {
    return { set: await op.get(QuestionSetService).put(input) };
  }

  @Mutation(() => DueDiligenceSetPayload, { description: 'Takes a question out of the draft.' })
  async removeDueDiligenceQuestion(
    @Ctx() op: Operation,
    @Arg('input', () => RemoveDueDiligenceQuestionInput) input: RemoveDueDiligenceQuestionInput,
  ): Promise<DueDiligenceSetPayload> {
    return { set: await op.get(QuestionSetService).remove(input) };
  }

  @Mutation(() => DueDiligenceSetPayload, {
    description:
      'Lets the draft take over: answers to what is asked as before carry over, and everything else is asked again (askedAgain).',
  })
  async publishDueDiligenceSet(
    @Ctx() op: Operation,
    @Arg('input', () => PublishDueDiligenceSetInput) input: PublishDueDiligenceSetInput,
  ): Promise<DueDiligenceSetPayload> {
    return { set: await op.get(QuestionSetService).publish(input) };
  }

  @Mutation(() => DueDiligenceSetsPayload, { description: 'Gives the draft up.' })
  async discardDueDiligenceDraft(
    @Ctx() op: Operation,
    @Arg('input', () => DiscardDueDiligenceDraftInput) input: DiscardDueDiligenceDraftInput,
  ): Promise<DueDiligenceSetsPayload> {
    await op.get(QuestionSetService).discard(input);
    return { sets: await op.get(QuestionSetService).all() };
  }
}
