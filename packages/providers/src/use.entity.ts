import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CalendarDate, Organisation } from '@accord/access';
import {
  readableByAudienceRole,
  readableByMembers,
  TENANT,
  tenantDeletes,
  tenantInserts,
  tenantReads,
  tenantUpdates,
} from '@accord/persistence';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ProcurementRoute } from './vocabulary.js';

const OWN = `borough_id = ${TENANT}`;

/** How a borough came to use a provider. Its own business: others see only what is declared. */
@ObjectType({ simpleResolvers: true, description: 'How the own borough came to use a provider, and since when.' })
@Entity({
  tableName: 'commissioning_arrangement',
  policies: [tenantReads(OWN), tenantInserts(OWN), tenantUpdates(OWN)],
})
@Index({ properties: ['boroughId', 'providerId'] })
export class CommissioningArrangement {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  boroughId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Field(() => ProcurementRoute, { description: 'By which route.' })
  @Property({ columnType: 'text' })
  route!: ProcurementRoute;

  @Field(() => CalendarDate, { description: 'From which day.' })
  @Property({ columnType: 'date' })
  startsOn!: string;

  @Field(() => CalendarDate, { nullable: true, description: 'The first day on which it no longer held.' })
  @Property({ columnType: 'date', nullable: true })
  endsOn: string | null = null;
}

/**
 * How many young people a borough has at a home, or with a provider that has no homes (fostering). Numbers
 * and nothing else; the borough's alone, whoever asks. That it places there at all is what the audience is
 * worked out on (`borough_concerned`), by a role that cannot read the number.
 */
@Entity({
  tableName: 'placement_number',
  policies: [tenantReads(OWN), tenantInserts(OWN), tenantUpdates(OWN), readableByAudienceRole()],
})
@Unique({
  name: 'placement_number_one',
  expression:
    'create unique index placement_number_one on placement_number (borough_id, provider_id, home_id) nulls not distinct',
})
@Index({ properties: ['providerId'] })
@Check({ name: 'placement_number_not_negative', expression: 'young_people >= 0' })
export class PlacementNumber {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  boroughId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  @Property({ columnType: 'int' })
  youngPeople!: number;

  /** Whether anybody is there at all. */
  @Property({ columnType: 'boolean', generated: '(young_people > 0) stored' })
  placesThere!: boolean;

  @Property({ columnType: 'date' })
  asAt!: string;

  /** Since when somebody has been there without a break, as far as numbers tell; a trigger keeps it (`providers.sql.ts`). */
  @Property({ columnType: 'date', nullable: true })
  usedSince: string | null = null;
}

/**
 * A borough's word to the alliance that it uses a provider, per provider and rounded to five (rules 10). The
 * exact number never leaves `placement_number`; this row is kept in step in the same transaction.
 */
@Entity({
  tableName: 'declared_use',
  policies: [readableByMembers(), tenantInserts(OWN), tenantUpdates(OWN), tenantDeletes(OWN)],
})
@Index({ properties: ['providerId'] })
export class DeclaredUse {
  @PrimaryKey({ type: 'uuid' })
  boroughId!: string;

  @PrimaryKey({ type: 'uuid' })
  providerId!: string;

  @Property({ columnType: 'int' })
  youngPeopleRounded!: number;
}

/** Who uses a provider, as the caller may know it. */
@ObjectType({ simpleResolvers: true, description: 'A borough that uses a provider, as the caller may know it.' })
export class ProviderUse {
  @Field(() => Organisation, { description: 'The borough: the own one, or one that declared its use.' })
  borough!: Organisation;

  @Field(() => Int, {
    nullable: true,
    description: 'Young people there: exact for the own borough, rounded to five for others.',
  })
  youngPeople!: number | null;
}
