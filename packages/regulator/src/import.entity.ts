import type { PolicyDef } from '@mikro-orm/core';
import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CalendarDate, isAlliance } from '@accord/access';
import { ROLE, TENANT, tenantDeletes, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import type { ColumnMeaning, Difference } from '@accord/providers';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import {
  RegulatorFindingKind,
  RegulatorImportKind,
  RegulatorImportOutcome,
  RegulatorImportState,
} from './vocabulary.js';

const ALLIANCE = isAlliance(TENANT);

/** The alliance's own: no borough has a row of it. The worker works on it in the alliance's name. */
const alliancePolicies = (): PolicyDef[] => [tenantReads(ALLIANCE), tenantInserts(ALLIANCE)];

const addedByImport = (): PolicyDef[] => [
  { name: 'import_inserts', command: 'insert', roles: [ROLE.worker], check: ALLIANCE },
];

const changedByImport = (): PolicyDef[] => [
  tenantUpdates(ALLIANCE),
  { name: 'import_updates', command: 'update', roles: [ROLE.worker], using: ALLIANCE, check: ALLIANCE },
];

const deletedByImport = (): PolicyDef[] => [
  tenantDeletes(ALLIANCE),
  { name: 'import_deletes', command: 'delete', roles: [ROLE.worker], using: ALLIANCE },
];

/**
 * A file of the regulator's on its way into the register. Until it has come in it is its own place in the queue:
 * whoever dies with it in hand leaves a row from which the next one goes on.
 */
@ObjectType({ simpleResolvers: true, description: 'A file of the regulator’s that comes or came into the register.' })
@Entity({ tableName: 'regulator_import', policies: [...alliancePolicies(), ...changedByImport()] })
@Check({ name: 'regulator_import_state_known', expression: `state in ('QUEUED', 'RUNNING', 'DONE', 'FAILED')` })
@Check({ name: 'regulator_import_failed_with_problem', expression: `(state = 'FAILED') = (problem is not null)` })
@Check({ name: 'regulator_import_rows_in_order', expression: 'rows_done between 0 and rows' })
@Index({ properties: ['requestedAt', 'id'] })
@Index({
  name: 'regulator_import_unfinished',
  expression: `create index regulator_import_unfinished on regulator_import (requested_at) where state in ('QUEUED', 'RUNNING')`,
})
export class RegulatorImport {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => String, { description: 'The file’s name, as it was brought.' })
  @Property({ columnType: 'text' })
  fileName!: string;

  /** SHA-256 of the file. */
  @Property({ columnType: 'text' })
  fileHash!: string;

  /** What columns mean that no year had before. */
  @Property({ columnType: 'jsonb' })
  meanings!: readonly ColumnMeaning[];

  @Field(() => CalendarDate, { description: 'The day as of which the file tells.' })
  @Property({ columnType: 'date' })
  asAt!: string;

  @Field(() => Boolean, { description: 'Whether it only shows what would change, and writes nothing.' })
  @Property({ columnType: 'boolean' })
  dryRun!: boolean;

  @Field(() => RegulatorImportState, { description: 'Where it stands.' })
  @Property({ columnType: 'text' })
  state!: RegulatorImportState;

  @Field(() => Int, { description: 'Rows of data in the file.' })
  @Property({ columnType: 'int' })
  rows!: number;

  @Field(() => Int, { description: 'How many of them have been gone through.' })
  @Property({ columnType: 'int' })
  rowsDone: number = 0;

  @Field(() => Int, { description: 'How many of them did not come in.' })
  @Property({ columnType: 'int' })
  refusedRows: number = 0;

  /** By kind and outcome. */
  @Property({ columnType: 'jsonb' })
  counts!: Partial<Record<RegulatorImportKind, Partial<Record<RegulatorImportOutcome, number>>>>;

  /** Whether nothing of the regulator's was there before: then nobody is told of anything. Null until it begins. */
  @Property({ columnType: 'boolean', nullable: true })
  isFirstLoad: boolean | null = null;

  /** How often it was begun since it last got further. */
  @Property({ columnType: 'int' })
  tries: number = 0;

  @Field(() => String, { nullable: true, description: 'Why it failed, and what to do.' })
  @Property({ columnType: 'text', nullable: true })
  problem: string | null = null;

  @Field(() => String, { description: 'Who brought it, by the name in their directory.' })
  @Property({ columnType: 'text' })
  requestedBy!: string;

  @Field(() => Date, { description: 'When.' })
  @Property({ columnType: 'timestamptz' })
  requestedAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it began.' })
  @Property({ columnType: 'timestamptz', nullable: true })
  startedAt: Date | null = null;

  @Field(() => Date, { nullable: true, description: 'When it was done, or failed.' })
  @Property({ columnType: 'timestamptz', nullable: true })
  finishedAt: Date | null = null;

  @Property({ columnType: 'timestamptz', nullable: true })
  handedOverAt: Date | null = null;
}

/** A piece of the file; gone when it has come in. */
@Entity({ tableName: 'regulator_import_part', policies: [...alliancePolicies(), ...deletedByImport()] })
export class RegulatorImportPart {
  @PrimaryKey({ type: 'uuid' })
  importId!: string;

  @PrimaryKey({ columnType: 'int' })
  number!: number;

  @Property({ columnType: 'bytea' })
  content!: Buffer;
}

@ObjectType('RegulatorFinding', {
  simpleResolvers: true,
  description: 'A cell that kept its row, or a part of it, from coming in; or one that a person should look at.',
})
@Entity({ tableName: 'regulator_import_finding', policies: [...alliancePolicies(), ...addedByImport()] })
export class RegulatorFinding {
  @PrimaryKey({ type: 'uuid' })
  importId!: string;

  @PrimaryKey({ columnType: 'bigint', generated: 'identity' })
  number!: string;

  @Field(() => RegulatorFindingKind, { description: 'Refused, or to be looked at.' })
  @Property({ columnType: 'text' })
  kind!: RegulatorFindingKind;

  @Field(() => Int, { description: 'The line in the file on which the row begins, counted from 1.' })
  @Property({ columnType: 'int' })
  line!: number;

  @Field(() => String, { description: 'The column, as the file names it.' })
  @Property({ columnType: 'text', fieldName: 'column_name' })
  column!: string;

  @Field(() => String, { description: 'What is wrong, and what would be right.' })
  @Property({ columnType: 'text' })
  reason!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A fact before and after.' })
export class RegulatorImportDifference implements Difference {
  @Field(() => String, { description: 'Which fact.' })
  field!: string;

  @Field(() => String, { nullable: true, description: 'What was known before.' })
  before!: string | null;

  @Field(() => String, { nullable: true, description: 'What is known with the file.' })
  after!: string | null;
}

/** What became of one thing that the file tells of; what did not change is forgotten when the import is done. */
@ObjectType('RegulatorImportChange', { simpleResolvers: true, description: 'What an import added or changed.' })
@Entity({
  tableName: 'regulator_import_change',
  policies: [...alliancePolicies(), ...addedByImport(), ...changedByImport(), ...deletedByImport()],
})
export class RegulatorImportChange {
  @PrimaryKey({ type: 'uuid' })
  importId!: string;

  @Field(() => RegulatorImportKind, { description: 'What it is.' })
  @PrimaryKey({ columnType: 'text' })
  kind!: RegulatorImportKind;

  @PrimaryKey({ columnType: 'text' })
  key!: string;

  @Field(() => RegulatorImportOutcome, { description: 'What became of it.' })
  @Property({ columnType: 'text' })
  outcome!: RegulatorImportOutcome;

  @Field(() => String, { description: 'How a person knows it.' })
  @Property({ columnType: 'text' })
  label!: string;

  @Field(() => [RegulatorImportDifference], { description: 'What of it changed.' })
  @Property({ columnType: 'jsonb' })
  differences!: readonly Difference[];
}
