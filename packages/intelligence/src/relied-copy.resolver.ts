import type { Operation } from '@accord/access';
import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { OpenedCopy, ReliedCopy } from './relied-copy.entity.js';
import { RelyOnIntelligenceInput } from './relied-copy.inputs.js';
import { ReliedCopyService } from './relied-copy.service.js';

@ObjectType({ simpleResolvers: true, description: 'What a decision relied on.' })
class ReliedCopyPayload {
  @Field(() => ReliedCopy, { description: 'That it did; the text is sealed.' })
  copy!: ReliedCopy;
}

@Resolver(() => ReliedCopy)
export class ReliedCopyResolver {
  @Query(() => [ReliedCopy], {
    description: 'What placement checks and decisions of the own borough relied on, the latest first; at most 200.',
  })
  reliedCopies(@Ctx() op: Operation): Promise<ReliedCopy[]> {
    return op.get(ReliedCopyService).list();
  }

  @Mutation(() => ReliedCopyPayload, {
    description: 'Records that a placement check or decision relies on an item, and seals a copy of it as it is now.',
  })
  async relyOnIntelligence(
    @Ctx() op: Operation,
    @Arg('input', () => RelyOnIntelligenceInput) input: RelyOnIntelligenceInput,
  ): Promise<ReliedCopyPayload> {
    return { copy: await op.get(ReliedCopyService).rely(input) };
  }

  @Mutation(() => OpenedCopy, {
    description: 'Opens a sealed copy, with a reason, which its author’s borough sees in its read log.',
  })
  openSealedCopy(
    @Ctx() op: Operation,
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String) reason: string,
  ): Promise<OpenedCopy> {
    return op.get(ReliedCopyService).open(id, reason);
  }
}
