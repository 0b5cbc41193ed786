import type { Operation } from '@accord/access';
import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { WriteVisitorPartInput } from './visit.inputs.js';
import { VisitorPartPayload } from './visit.payload.js';
import { MyVisit } from './visit.type.js';
import { VisitorService } from './visitor.service.js';

@ObjectType({
  simpleResolvers: true,
  description: 'Somebody of the own directory who may be written down as a visitor.',
})
class PossibleVisitor {
  @Field(() => ID, { description: 'For visitorIds.' })
  id!: string;

  @Field(() => String, { description: 'Their name.' })
  displayName!: string;

  @Field(() => Boolean, { description: 'Whether they go as somebody who has been in care.' })
  isCareExperienced!: boolean;
}

@Resolver()
export class VisitorResolver {
  @Query(() => [PossibleVisitor], { description: 'People of the own directory who may be written down as visitors.' })
  possibleVisitors(@Ctx() op: Operation): Promise<PossibleVisitor[]> {
    return op.get(VisitorService).colleagues();
  }

  @Query(() => [MyVisit], {
    description: 'The caller’s own visits as a care-experienced visitor, with their own part and nothing else of them.',
  })
  myVisits(@Ctx() op: Operation): Promise<MyVisit[]> {
    return op.get(VisitorService).mine();
  }

  @Mutation(() => VisitorPartPayload, {
    description:
      'Keeps the caller’s own words of a visit, hands them in, and says whether others see the caller’s name.',
  })
  async writeVisitorPart(
    @Ctx() op: Operation,
    @Arg('input', () => WriteVisitorPartInput) input: WriteVisitorPartInput,
  ): Promise<VisitorPartPayload> {
    return { visit: await op.get(VisitorService).write(input) };
  }
}
