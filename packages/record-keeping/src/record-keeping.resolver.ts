import { connectionOf, PageArgs, type Connection, type Operation } from '@accord/access';
import { Home, Provider, ProviderLoader } from '@accord/providers';
import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { RecordKeepingService } from './record-keeping.service.js';
import { DeleteDueRecordsInput, HoldRecordInput, KeptRecord, RecordsDue, RecordTombstone } from './record.type.js';

const tombstones = connectionOf(RecordTombstone, 'RecordTombstone');

@ObjectType({ simpleResolvers: true, description: 'A record that is held, or held no longer.' })
class KeptRecordPayload {
  @Field(() => KeptRecord, { description: 'The record.' })
  record!: KeptRecord;
}

@ObjectType({ simpleResolvers: true, description: 'What was deleted.' })
class DeletedRecordsPayload {
  @Field(() => [RecordTombstone], { description: 'The tombstones.' })
  tombstones!: RecordTombstone[];
}

@Resolver(() => KeptRecord)
export class KeptRecordResolver {
  @Query(() => RecordsDue, { description: 'What of the own organisation would be deleted now, and nothing is.' })
  recordsDue(@Ctx() op: Operation): Promise<RecordsDue> {
    return op.get(RecordKeepingService).due();
  }

  @Query(() => [KeptRecord], { description: 'What of the own organisation a legal hold keeps.' })
  heldRecords(@Ctx() op: Operation): Promise<KeptRecord[]> {
    return op.get(RecordKeepingService).held();
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'About which provider; null where it is about none.' })
  provider(@Ctx() op: Operation, @Root() record: KeptRecord): Promise<Provider | null> | null {
    return record.providerId === null ? null : op.get(ProviderLoader).provider.load(record.providerId);
  }

  @FieldResolver(() => Home, { nullable: true, description: 'About which home; null where it is about the provider.' })
  home(@Ctx() op: Operation, @Root() record: KeptRecord): Promise<Home | null> | null {
    return record.homeId === null ? null : op.get(ProviderLoader).home.load(record.homeId);
  }

  @Mutation(() => KeptRecordPayload, {
    description: 'Puts a legal hold on a record of the own organisation, or lifts it.',
  })
  async holdRecord(
    @Ctx() op: Operation,
    @Arg('input', () => HoldRecordInput) input: HoldRecordInput,
  ): Promise<KeptRecordPayload> {
    return { record: await op.get(RecordKeepingService).hold(input) };
  }

  @Mutation(() => DeletedRecordsPayload, {
    description: 'Deletes what the dry run showed, leaving tombstones. Nobody is told.',
  })
  async deleteDueRecords(
    @Ctx() op: Operation,
    @Arg('input', () => DeleteDueRecordsInput) input: DeleteDueRecordsInput,
  ): Promise<DeletedRecordsPayload> {
    return { tombstones: await op.get(RecordKeepingService).deleteDue(input) };
  }
}

@Resolver(() => RecordTombstone)
export class RecordTombstoneResolver {
  @Query(() => tombstones.Connection, {
    description: 'What is left of records of the own organisation that were deleted, the latest first.',
  })
  recordTombstones(@Ctx() op: Operation, @Args(() => PageArgs) page: PageArgs): Promise<Connection<RecordTombstone>> {
    return op.get(RecordKeepingService).tombstones(page);
  }

  @FieldResolver(() => Provider, { nullable: true, description: 'About which provider it was; null where about none.' })
  provider(@Ctx() op: Operation, @Root() tombstone: RecordTombstone): Promise<Provider | null> | null {
    return tombstone.providerId === null ? null : op.get(ProviderLoader).provider.load(tombstone.providerId);
  }

  @FieldResolver(() => Home, { nullable: true, description: 'About which home it was.' })
  home(@Ctx() op: Operation, @Root() tombstone: RecordTombstone): Promise<Home | null> | null {
    return tombstone.homeId === null ? null : op.get(ProviderLoader).home.load(tombstone.homeId);
  }
}
