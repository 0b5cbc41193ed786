import { CALLER, TENANT, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, ObjectType } from 'type-graphql';
import { VisitingFunction } from '../visit/vocabulary.js';

const OWN = `tenant_id = ${TENANT} and principal_id = ${CALLER}`;

/** A calendar that a person's own program reads by an address that nobody can guess. Only the hash of its secret is kept. */
@ObjectType({
  simpleResolvers: true,
  description:
    'A calendar of the own borough’s schedule that the caller’s own program reads. No personal data is in it.',
})
@Entity({ tableName: 'calendar_feed', policies: [tenantReads(OWN), tenantInserts(OWN), tenantUpdates(OWN)] })
@Index({ properties: ['principalId'] })
export class CalendarFeed {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  tenantId!: string;

  @Property({ type: 'uuid' })
  principalId!: string;

  @Field(() => [VisitingFunction], { description: 'Visits that any of these may make; all where there are none.' })
  @Property({ columnType: 'text[]' })
  functions!: VisitingFunction[];

  /** SHA-256 of a random 256-bit secret, hexadecimal. */
  @Property({ columnType: 'text' })
  secretHash!: string;

  @Field(() => Date, { description: 'When it was made.' })
  @Property({ columnType: 'timestamptz' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it ends by itself; it ends earlier with its owner’s rights.' })
  @Property({ columnType: 'timestamptz' })
  expiresAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it was revoked.' })
  @Property({ columnType: 'timestamptz', nullable: true })
  revokedAt: Date | null = null;
}
