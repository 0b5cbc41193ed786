import { CalendarDate, connectionOf, PageArgs, type Connection, type Operation } from '@accord/access';
import { Arg, Args, Ctx, Field, FieldResolver, Int, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { writeMonth } from '../month.js';
import { PlacementReturn, PlacementReturnLine } from './placement-return.entity.js';
import { GivePlacementReturnInput, ImportPlacementReturnInput } from './placement-return.inputs.js';
import { PlacementReturnService } from './placement-return.service.js';

const returns = connectionOf(PlacementReturn, 'PlacementReturn');

@ObjectType({ simpleResolvers: true, description: 'A return that was given.' })
class PlacementReturnPayload {
  @Field(() => PlacementReturn, { description: 'As it is now.' })
  placementReturn!: PlacementReturn;
}

@ObjectType({ simpleResolvers: true, description: 'A cell for which a file was refused.' })
class PlacementReturnRefusal {
  @Field(() => Int, { description: 'The line of the file.' })
  line!: number;

  @Field(() => String, { description: 'The column.' })
  column!: string;

  @Field(() => String, { description: 'What is wrong, and what to do. Nothing of the cell is repeated.' })
  reason!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What came of a file.' })
class ImportedPlacementReturnPayload {
  @Field(() => PlacementReturn, {
    nullable: true,
    description: 'As it is now; null where the file was refused, and then nothing of it is kept.',
  })
  placementReturn!: PlacementReturn | null;

  @Field(() => [PlacementReturnRefusal], { description: 'Why it was refused, row by row.' })
  refusals!: readonly PlacementReturnRefusal[];
}

@Resolver(() => PlacementReturn)
export class PlacementReturnResolver {
  @Query(() => PlacementReturn, {
    nullable: true,
    description: 'What the own borough returned of a month’s placement searches; null where it has not.',
  })
  placementReturn(
    @Ctx() op: Operation,
    @Arg('month', () => String, { description: 'Which month, YYYY-MM.' }) month: string,
  ): Promise<PlacementReturn | null> {
    return op.get(PlacementReturnService).one(month);
  }

  @Query(() => returns.Connection, { description: 'The own borough’s returns, newest month first.' })
  placementReturns(@Ctx() op: Operation, @Args(() => PageArgs) page: PageArgs): Promise<Connection<PlacementReturn>> {
    return op.get(PlacementReturnService).list(page);
  }

  @Mutation(() => PlacementReturnPayload, {
    description:
      'Gives the own borough’s return of a month’s placement searches, whole: it replaces what was given before. Reports have it a month later; of other boroughs nothing is shown but what their rules allow.',
  })
  async givePlacementReturn(
    @Ctx() op: Operation,
    @Arg('input', () => GivePlacementReturnInput) input: GivePlacementReturnInput,
  ): Promise<PlacementReturnPayload> {
    return { placementReturn: await op.get(PlacementReturnService).give(input) };
  }

  @Mutation(() => ImportedPlacementReturnPayload, {
    description:
      'Gives the same as a file, checked row by row. Where one row cannot be right the file is refused, and leaves nothing. Sent as the GraphQL multipart request specification says.',
  })
  importPlacementReturn(
    @Ctx() op: Operation,
    @Arg('input', () => ImportPlacementReturnInput) input: ImportPlacementReturnInput,
  ): Promise<ImportedPlacementReturnPayload> {
    return op.get(PlacementReturnService).import(input);
  }

  @FieldResolver(() => String, { description: 'Of which month, YYYY-MM.' })
  month(@Root() { month }: PlacementReturn): string {
    return writeMonth(month);
  }

  @FieldResolver(() => [PlacementReturnLine], { description: 'By placement type; none where nothing was sought.' })
  lines(@Ctx() op: Operation, @Root() { month }: PlacementReturn): Promise<PlacementReturnLine[]> {
    return op.get(PlacementReturnService).lines.load(month);
  }

  @FieldResolver(() => CalendarDate, {
    nullable: true,
    description:
      'The day on which the figures were published that count this month’s returns; null before. What is given after it is in none.',
  })
  publishedOn(@Ctx() op: Operation, @Root() { month }: PlacementReturn): Promise<string | null> {
    return op.get(PlacementReturnService).publishedOn.load(month);
  }
}
