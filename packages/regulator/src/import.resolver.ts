import { connectionOf, PageArgs, type Connection, type Operation } from '@accord/access';
import { Registration } from '@accord/providers';
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
import { RegulatorFinding, RegulatorImport, RegulatorImportChange } from './import.entity.js';
import { countOf, ImportService } from './import.service.js';
import { ImportRegulatorFileInput, RecordRegulatorNoticeInput } from './inputs.js';
import { RegulatorNotice } from './notice.entity.js';
import { NoticeService } from './notice.service.js';
import { RegulatorFindingKind, RegulatorImportKind } from './vocabulary.js';

const imports = connectionOf(RegulatorImport, 'RegulatorImport');
const findings = connectionOf(RegulatorFinding, 'RegulatorFinding');
const changes = connectionOf(RegulatorImportChange, 'RegulatorImportChange');

@ObjectType({ simpleResolvers: true, description: 'How many of a kind, by what became of them.' })
class RegulatorImportCount {
  @Field(() => Int, { description: 'Were not there.' })
  added!: number;

  @Field(() => Int, { description: 'Were there, and are otherwise now.' })
  changed!: number;

  @Field(() => Int, { description: 'Were there as the file has them.' })
  unchanged!: number;
}

@ObjectType({ simpleResolvers: true, description: 'An import that was queued.' })
class RegulatorImportPayload {
  @Field(() => RegulatorImport, { description: 'The import; ask for it again to see how far it is.' })
  import!: RegulatorImport;
}

@ObjectType({ simpleResolvers: true, description: 'A notification that was entered.' })
class RegulatorNoticePayload {
  @Field(() => RegulatorNotice, { description: 'The notification.' })
  notice!: RegulatorNotice;
}

@Resolver(() => RegulatorImport)
export class RegulatorImportResolver {
  @Query(() => RegulatorImport, {
    nullable: true,
    description: 'One import of the regulator’s file; null with NOT_FOUND when there is none.',
  })
  regulatorImport(@Ctx() op: Operation, @Arg('id', () => ID) id: string): Promise<RegulatorImport> {
    return op.get(ImportService).one(id);
  }

  @Query(() => imports.Connection, { description: 'Imports of the regulator’s files, newest first.' })
  regulatorImports(@Ctx() op: Operation, @Args(() => PageArgs) page: PageArgs): Promise<Connection<RegulatorImport>> {
    return op.get(ImportService).list(page);
  }

  @Mutation(() => RegulatorImportPayload, {
    description:
      'Queues the import of a file of the regulator’s. A file that is something else or damaged is refused at once, and leaves nothing. Sent as the GraphQL multipart request specification says.',
  })
  async importRegulatorFile(
    @Ctx() op: Operation,
    @Arg('input', () => ImportRegulatorFileInput) input: ImportRegulatorFileInput,
  ): Promise<RegulatorImportPayload> {
    return { import: await op.get(ImportService).queue(input) };
  }

  @FieldResolver(() => RegulatorImportCount, { description: 'Providers, so far.' })
  providers(@Root() own: RegulatorImport): RegulatorImportCount {
    return countOf(own, RegulatorImportKind.PROVIDER);
  }

  @FieldResolver(() => RegulatorImportCount, { description: 'Homes, so far.' })
  homes(@Root() own: RegulatorImport): RegulatorImportCount {
    return countOf(own, RegulatorImportKind.HOME);
  }

  @FieldResolver(() => RegulatorImportCount, { description: 'Registrations, so far.' })
  registrations(@Root() own: RegulatorImport): RegulatorImportCount {
    return countOf(own, RegulatorImportKind.REGISTRATION);
  }

  @FieldResolver(() => RegulatorImportCount, { description: 'Inspections, so far.' })
  inspections(@Root() own: RegulatorImport): RegulatorImportCount {
    return countOf(own, RegulatorImportKind.INSPECTION);
  }

  @FieldResolver(() => Int, { description: 'Flags that it raised, or in a dry run would raise, so far.' })
  flagsRaised(@Root() own: RegulatorImport): number {
    return countOf(own, RegulatorImportKind.FLAG).added;
  }

  @FieldResolver(() => findings.Connection, {
    description:
      'What did not come in, and what should be looked at: with line, column and reason, in the file’s order.',
  })
  findings(
    @Ctx() op: Operation,
    @Root() own: RegulatorImport,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('kind', () => RegulatorFindingKind, { nullable: true, description: 'Only these.' })
    kind: RegulatorFindingKind | null,
  ): Promise<Connection<RegulatorFinding>> {
    return op.get(ImportService).findings(own.id, kind ?? null, page);
  }

  @FieldResolver(() => changes.Connection, {
    description: 'What was added and changed, or in a dry run would be.',
  })
  changes(
    @Ctx() op: Operation,
    @Root() own: RegulatorImport,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('kind', () => RegulatorImportKind, { nullable: true, description: 'Only these.' })
    kind: RegulatorImportKind | null,
  ): Promise<Connection<RegulatorImportChange>> {
    return op.get(ImportService).changes(own.id, kind ?? null, page);
  }
}

@Resolver(() => Registration)
export class RegistrationNoticeResolver {
  @FieldResolver(() => [RegulatorNotice], { description: 'What the regulator decided about it, newest first.' })
  notices(@Ctx() op: Operation, @Root() registration: Registration): Promise<RegulatorNotice[]> {
    return op.get(NoticeService).ofRegistration.load(registration.id);
  }

  @Mutation(() => RegulatorNoticePayload, {
    description:
      'Enters a notification of the regulator’s on the day it comes (Care Standards Act 2000, section 30A): the registration stands as it says, and the boroughs concerned get a flag.',
  })
  async recordRegulatorNotice(
    @Ctx() op: Operation,
    @Arg('input', () => RecordRegulatorNoticeInput) input: RecordRegulatorNoticeInput,
  ): Promise<RegulatorNoticePayload> {
    return { notice: await op.get(NoticeService).record(input) };
  }
}
