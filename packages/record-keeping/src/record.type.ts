import { CalendarDate } from '@accord/access';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { RecordKind } from './vocabulary.js';

@ObjectType({
  simpleResolvers: true,
  description: 'A record of the own organisation, as far as keeping it is concerned: none of what it says.',
})
export class KeptRecord {
  @Field(() => ID, { description: 'The id of what it is a record of.' })
  id!: string;

  providerId!: string | null;

  homeId!: string | null;

  @Field(() => RecordKind, { description: 'What it is.' })
  kind!: RecordKind;

  @Field(() => CalendarDate, { nullable: true, description: 'From when its years run; null while it still holds.' })
  overOn!: string | null;

  @Field(() => String, { nullable: true, description: 'Why a legal hold keeps it, where there is one.' })
  holdReason!: string | null;

  @Field(() => String, { nullable: true, description: 'Who put the hold on it, by the name in the directory.' })
  heldBy!: string | null;

  @Field(() => CalendarDate, { nullable: true, description: 'Since when it is held.' })
  heldOn!: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What of the own organisation would be deleted now: a dry run.' })
export class RecordsDue {
  @Field(() => [KeptRecord], { description: 'The records, those first over at the head; at most 200 at a time.' })
  records!: KeptRecord[];

  @Field(() => String, { description: 'To be sent back with the deletion: it deletes exactly these, or nothing.' })
  token!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What is left of a record of the own organisation that was deleted when its time was over.',
})
export class RecordTombstone {
  @Field(() => ID, { description: 'The id that it had.' })
  id!: string;

  providerId!: string | null;

  homeId!: string | null;

  @Field(() => RecordKind, { description: 'What it was.' })
  kind!: RecordKind;

  @Field(() => CalendarDate, { description: 'From when its years ran.' })
  overOn!: string;

  @Field(() => CalendarDate, { description: 'When it was deleted.' })
  deletedOn!: string;

  @Field(() => String, { description: 'By whom, by the name in the directory.' })
  deletedBy!: string;

  @Field(() => String, { description: 'Why.' })
  reason!: string;
}

@InputType({ description: 'A legal hold on a record of the own organisation, which stops its deletion.' })
export class HoldRecordInput {
  @Field(() => RecordKind, { description: 'What it is.' })
  kind!: RecordKind;

  @Field(() => ID, { description: 'Which one.' })
  recordId!: string;

  @Field(() => String, { nullable: true, description: 'Why it must be kept; left out to lift the hold.' })
  reason?: string | null;
}

@InputType({ description: 'The deletion of what a dry run showed.' })
export class DeleteDueRecordsInput {
  @Field(() => String, { description: 'The token of the dry run (recordsDue).' })
  token!: string;

  @Field(() => String, { description: 'Why; recorded.' })
  reason!: string;

  @Field(() => String, { description: 'A random key, new for each act.' })
  idempotencyKey!: string;
}
