import { CalendarDate } from '@accord/access';
import { TENANT, tenantInserts, tenantReads } from '@accord/persistence';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { UseImportOutcome } from './vocabulary.js';

const OWN = `borough_id = ${TENANT}`;

/** A list of the homes that a borough uses, and what came of it. The borough's alone, as the numbers are. */
@ObjectType({
  simpleResolvers: true,
  description: 'A list of the homes that the own borough uses, and what came of it.',
})
@Entity({ tableName: 'use_import', policies: [tenantReads(OWN), tenantInserts(OWN)] })
@Index({ properties: ['boroughId', 'requestedAt', 'id'] })
export class UseImport {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  boroughId!: string;

  @Field(() => String, { description: 'The file’s name.' })
  @Property({ columnType: 'text' })
  fileName!: string;

  /** SHA-256, hexadecimal. The file itself is not kept: what somebody put into it by mistake goes no further. */
  @Property({ columnType: 'text' })
  fileHash!: string;

  @Field(() => CalendarDate, { description: 'The day as of which the file tells.' })
  @Property({ columnType: 'date' })
  asAt!: string;

  @Field(() => Boolean, { description: 'Whether it only showed what would change.' })
  @Property({ columnType: 'boolean' })
  dryRun!: boolean;

  @Field(() => Boolean, { description: 'Whether the file says that it names every home in use.' })
  @Property({ columnType: 'boolean' })
  isComplete!: boolean;

  @Field(() => Int, { description: 'Rows of the file.' })
  @Property({ columnType: 'int' })
  rows!: number;

  /** By outcome. */
  @Property({ columnType: 'jsonb' })
  counts!: Readonly<Partial<Record<UseImportOutcome, number>>>;

  @Field(() => String, { description: 'Who sent it.' })
  @Property({ columnType: 'text' })
  requestedBy!: string;

  @Field(() => Date, { description: 'When.' })
  @Property({ columnType: 'timestamptz' })
  requestedAt!: Date;
}

/** What became of one home, or of a row that is about none. Of refused rows nothing is kept that stood in them. */
@ObjectType({ simpleResolvers: true, description: 'What became of one home, or of a row that is about none.' })
@Entity({ tableName: 'use_import_line', policies: [tenantReads(OWN), tenantInserts(OWN)] })
export class UseImportLine {
  @PrimaryKey({ type: 'uuid' })
  importId!: string;

  @PrimaryKey({ columnType: 'int' })
  number!: number;

  @Property({ type: 'uuid' })
  boroughId!: string;

  @Field(() => UseImportOutcome, { description: 'What became of it.' })
  @Property({ columnType: 'text' })
  outcome!: UseImportOutcome;

  @Field(() => Int, { nullable: true, description: 'The line of the file; null for a home that it does not name.' })
  @Property({ columnType: 'int', nullable: true })
  line: number | null = null;

  @Field(() => String, { nullable: true, description: 'The column that is to be looked at.' })
  @Property({ columnType: 'text', nullable: true, fieldName: 'column_name' })
  column: string | null = null;

  @Field(() => String, { nullable: true, description: 'What is wrong, and what to do.' })
  @Property({ columnType: 'text', nullable: true })
  reason: string | null = null;

  @Field(() => String, {
    nullable: true,
    description: 'The home’s name in the register, or its provider’s for fostering; null for a row that is about none.',
  })
  @Property({ columnType: 'text', nullable: true })
  label: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  @Field(() => Int, { nullable: true, description: 'Young people there before; null where nothing was recorded.' })
  @Property({ columnType: 'int', nullable: true })
  before: number | null = null;

  @Field(() => Int, { nullable: true, description: 'Young people there now, or in a dry run then.' })
  @Property({ columnType: 'int', nullable: true })
  after: number | null = null;
}
