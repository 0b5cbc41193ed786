import type { PolicyDef } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CalendarDate, isAlliance } from '@accord/access';
import {
  readableByAudienceRole,
  readableByMembers,
  ROLE,
  TENANT,
  tenantInserts,
  tenantUpdates,
} from '@accord/persistence';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AccreditationStatus, PlacementType } from './vocabulary.js';

/** Members read, the alliance writes: what is public to the alliance has this policy. */
export const registerPolicies = () => [
  readableByMembers(),
  tenantInserts(isAlliance(TENANT)),
  tenantUpdates(isAlliance(TENANT)),
];

/** The worker writes the register too when it brings in the regulator's file: in the alliance's name, and in nobody else's. */
export const importPolicies = (): PolicyDef[] => [
  { name: 'import_inserts', command: 'insert', roles: [ROLE.worker], check: isAlliance(TENANT) },
  {
    name: 'import_updates',
    command: 'update',
    roles: [ROLE.worker],
    using: isAlliance(TENANT),
    check: isAlliance(TENANT),
  },
];

/** A legal entity that runs homes, or a fostering agency. */
@ObjectType({
  simpleResolvers: true,
  description: 'A legal entity that runs one or more homes, or a fostering agency.',
})
@Entity({
  tableName: 'provider',
  policies: [
    // One that was merged into another is there for nobody, however a query is written: its old id is looked up.
    { ...readableByMembers(), using: `${TENANT} is not null and merged_into is null` },
    tenantInserts(isAlliance(TENANT)),
    tenantUpdates(isAlliance(TENANT)),
    ...importPolicies(),
  ],
})
@Index({ name: 'provider_by_name', expression: 'create index provider_by_name on provider (lower(name), id)' })
@Index({ properties: ['updatedAt', 'id'] })
@Index({
  name: 'provider_one_company',
  expression: 'create unique index provider_one_company on provider (company_number) where merged_into is null',
})
@Index({
  name: 'provider_one_owner',
  expression: 'create unique index provider_one_owner on provider (owner_key) where merged_into is null',
})
export class Provider {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Field(() => String, { description: 'The registered name.' })
  @Property({ columnType: 'text' })
  name!: string;

  @Field(() => [String], { description: 'Other names it goes by.' })
  @Property({ columnType: 'text[]' })
  tradingNames: string[] = [];

  @Field(() => String, { nullable: true, description: 'Companies House number, eight characters.' })
  @Property({ columnType: 'text', nullable: true })
  companyNumber: string | null = null;

  @Field(() => String, { nullable: true, description: 'Postcode of its registered office.' })
  @Property({ columnType: 'text', nullable: true })
  postcode: string | null = null;

  @Field(() => String, { nullable: true, description: 'The group that owns it.' })
  @Property({ columnType: 'text', nullable: true })
  ownershipGroup: string | null = null;

  @Field(() => [String], {
    description: 'Directors, as Companies House publishes them: shared directors link providers.',
  })
  @Property({ columnType: 'text[]' })
  directors: string[] = [];

  @Field(() => String, { nullable: true, description: 'The responsible (or nominated) individual.' })
  @Property({ columnType: 'text', nullable: true })
  responsibleIndividual: string | null = null;

  @Field(() => Int, { nullable: true, description: 'Notice that it gives to end a placement, in days.' })
  @Property({ columnType: 'int', nullable: true })
  noticePeriodDays: number | null = null;

  @Field(() => String, {
    nullable: true,
    description: 'Lot of the alliance’s purchasing vehicle. Being on it is not accreditation.',
  })
  @Property({ columnType: 'text', nullable: true })
  dpvLot: string | null = null;

  /** The owner's name in the regulator's file, spelling aside: by this the import knows it again (`import/name-key.ts`). */
  @Property({ columnType: 'text', nullable: true })
  ownerKey: string | null = null;

  /** The provider that it was found to be (`merge/`). */
  @Property({ type: 'uuid', nullable: true })
  mergedInto: string | null = null;

  @Field(() => Int, { description: 'Goes up with every change; send it back as expectedVersion.' })
  @Property({ columnType: 'int' })
  version: number = 1;

  @Field(() => Date, { description: 'When it last changed.' })
  @Property({ columnType: 'timestamptz' })
  updatedAt!: Date;
}

/** A setting where children or young people live. Its host is the authority in whose area it stands. */
@ObjectType({ simpleResolvers: true, description: 'A place where children and young people live, run by a provider.' })
@Entity({ tableName: 'home', policies: [...registerPolicies(), ...importPolicies(), readableByAudienceRole()] })
@Index({ properties: ['providerId', 'name', 'id'] })
@Index({ properties: ['hostBoroughId', 'providerId', 'id'] })
export class Home {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Field(() => String, { description: 'Its name; where the regulator withholds it, its registration.' })
  @Property({ columnType: 'text' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Street address.' })
  @Property({ columnType: 'text', nullable: true })
  address: string | null = null;

  @Field(() => String, { nullable: true, description: 'Postcode.' })
  @Property({ columnType: 'text', nullable: true })
  postcode: string | null = null;

  /** Null where it stands outside the alliance. */
  @Property({ type: 'uuid', nullable: true })
  hostBoroughId: string | null = null;

  @Field(() => String, {
    nullable: true,
    description: 'The local authority in whose area it stands, as the regulator names it.',
  })
  @Property({ columnType: 'text', nullable: true })
  localAuthority: string | null = null;

  @Field(() => [PlacementType], { description: 'What it offers.' })
  @Property({ columnType: 'text[]' })
  placementTypes: PlacementType[] = [];

  @Field(() => Int, { nullable: true, description: 'Places.' })
  @Property({ columnType: 'int', nullable: true })
  beds: number | null = null;

  @Field(() => String, { nullable: true, description: 'Whom it takes, by gender.' })
  @Property({ columnType: 'text', nullable: true })
  gender: string | null = null;

  @Field(() => Int, { nullable: true, description: 'Youngest age taken.' })
  @Property({ columnType: 'int', nullable: true })
  ageFrom: number | null = null;

  @Field(() => Int, { nullable: true, description: 'Oldest age taken.' })
  @Property({ columnType: 'int', nullable: true })
  ageTo: number | null = null;

  @Field(() => String, {
    nullable: true,
    description: 'How support is given: on site day and night, daytime, or floating.',
  })
  @Property({ columnType: 'text', nullable: true })
  supportModel: string | null = null;

  @Field(() => String, { nullable: true, description: 'The registered manager.' })
  @Property({ columnType: 'text', nullable: true })
  registeredManager: string | null = null;

  @Field(() => CalendarDate, { nullable: true, description: 'Since when it has had no registered manager.' })
  @Property({ columnType: 'date', nullable: true })
  managerVacantSince: string | null = null;

  @Field(() => String, { nullable: true, description: 'Planning permission: where it stands.' })
  @Property({ columnType: 'text', nullable: true })
  planning: string | null = null;

  @Field(() => String, { nullable: true, description: 'Licence as a house in multiple occupation.' })
  @Property({ columnType: 'text', nullable: true })
  hmoLicence: string | null = null;

  @Field(() => CalendarDate, { nullable: true, description: 'When the missing protocol was last agreed.' })
  @Property({ columnType: 'date', nullable: true })
  missingProtocolOn: string | null = null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'Date of the last independent visitor’s (Regulation 44) or quality (Regulation 32) report.',
  })
  @Property({ columnType: 'date', nullable: true })
  lastIndependentReportOn: string | null = null;

  @Field(() => Int, { description: 'Goes up with every change; send it back as expectedVersion.' })
  @Property({ columnType: 'int' })
  version: number = 1;

  @Property({ columnType: 'timestamptz' })
  updatedAt!: Date;
}

/** Where a provider stands with the alliance today: what every member reads and the register is filtered by. */
@ObjectType('Accreditation', {
  simpleResolvers: true,
  description: 'Where a provider stands with the alliance’s accreditation.',
})
@Entity({
  tableName: 'accreditation_standing',
  policies: [
    ...registerPolicies(),
    // What falls due changes it too: the worker's clock, in the alliance's name (packages/accreditation).
    {
      name: 'clock_updates',
      command: 'update',
      roles: [ROLE.worker],
      using: isAlliance(TENANT),
      check: isAlliance(TENANT),
    },
  ],
})
export class AccreditationStanding {
  @PrimaryKey({ type: 'uuid' })
  providerId!: string;

  @Field(() => AccreditationStatus, { description: 'Where it stands.' })
  @Property({ columnType: 'text' })
  status!: AccreditationStatus;

  @Field(() => CalendarDate, { description: 'Since when.' })
  @Property({ columnType: 'date' })
  effectiveFrom!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'When the alliance is to review it.' })
  @Property({ columnType: 'date', nullable: true })
  reviewDue: string | null = null;

  @Field(() => [String], { description: 'Conditions that it keeps to.' })
  @Property({ columnType: 'text[]' })
  conditions: string[] = [];
}
