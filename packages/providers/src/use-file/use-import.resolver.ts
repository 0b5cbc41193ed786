import { connectionOf, PageArgs, type Connection, type Operation } from '@accord/access';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Home } from '../provider.entity.js';
import { ProviderLoader } from '../provider.loader.js';
import { UseImport, UseImportLine } from './use-import.entity.js';
import { ImportUseFileInput } from './use-import.inputs.js';
import { UseImportService } from './use-import.service.js';
import { UseImportOutcome } from './vocabulary.js';

const imports = connectionOf(UseImport, 'UseImport');
const lines = connectionOf(UseImportLine, 'UseImportLine');

@ObjectType({ simpleResolvers: true, description: 'How many had one outcome.' })
class UseImportCount {
  @Field(() => UseImportOutcome, { description: 'Which.' })
  outcome!: UseImportOutcome;

  @Field(() => Int, { description: 'How many homes, or rows that are about none.' })
  count!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A list that came in, or was shown.' })
class UseImportPayload {
  @Field(() => UseImport, { description: 'What came of it.' })
  import!: UseImport;
}

@Resolver(() => UseImport)
export class UseImportResolver {
  @Query(() => UseImport, {
    nullable: true,
    description: 'One list of homes that the own borough sent; null with NOT_FOUND when there is none.',
  })
  useImport(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<UseImport> {
    return op.get(UseImportService).one(id);
  }

  @Query(() => imports.Connection, { description: 'Lists of homes that the own borough sent, newest first.' })
  useImports(@Ctx() op: Operation, @Args(() => PageArgs) page: PageArgs): Promise<Connection<UseImport>> {
    return op.get(UseImportService).list(page);
  }

  @Mutation(() => UseImportPayload, {
    description:
      'Brings in the list of the homes that the own borough uses, as a person or as a machine of the borough does each night. Checked row by row: a row that is refused changes nothing. A file that is something else or damaged is refused, and leaves nothing. Sent as the GraphQL multipart request specification says.',
  })
  async importUseFile(
    @Ctx() op: Operation,
    @Arg('input', () => ImportUseFileInput) input: ImportUseFileInput,
  ): Promise<UseImportPayload> {
    return { import: await op.get(UseImportService).import(input) };
  }

  @FieldResolver(() => [UseImportCount], {
    description: 'How many had which outcome; those that none had are left out.',
  })
  counts(@Root() { counts }: UseImport): UseImportCount[] {
    return Object.values(UseImportOutcome).flatMap((outcome) => {
      const count = counts[outcome];
      return count === undefined ? [] : [{ outcome, count }];
    });
  }

  @FieldResolver(() => lines.Connection, {
    description: 'What became of each home and row, in the file’s order; homes that it does not name at the end.',
  })
  lines(
    @Ctx() op: Operation,
    @Root() own: UseImport,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('outcomes', () => [UseImportOutcome], { nullable: true, description: 'Only these.' })
    outcomes: UseImportOutcome[] | null,
  ): Promise<Connection<UseImportLine>> {
    return op.get(UseImportService).lines(own.id, outcomes ?? null, page);
  }
}

@Resolver(() => UseImportLine)
export class UseImportLineResolver {
  @FieldResolver(() => Home, {
    nullable: true,
    description: 'Which home; null for fostering, and for a row that is about none.',
  })
  home(@Ctx() op: Operation, @Root() { homeId }: UseImportLine): Promise<Home | null> | null {
    return homeId === null ? null : op.get(ProviderLoader).home.load(homeId);
  }
}
