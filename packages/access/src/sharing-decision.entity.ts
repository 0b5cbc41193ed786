import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { TENANT, tenantInserts, tenantReads } from '@accord/persistence';
import { Field, ObjectType } from 'type-graphql';
import { SharingLevel } from './sharing.entity.js';

/**
 * Why something was shared so far and no further, each time that somebody decided it: also that it was kept to the
 * own organisation (rules 2; DfE's seventh golden rule). For its owner; never changed.
 */
@Entity({
  tableName: 'sharing_decision',
  policies: [tenantReads(`owner_id = ${TENANT}`), tenantInserts(`owner_id = ${TENANT}`)],
})
@Index({ properties: ['sharingId', 'decidedAt'] })
@ObjectType({ simpleResolvers: true, description: 'How far something was to go, by a decision of its owner, and why.' })
export class SharingDecision {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  sharingId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Field(() => SharingLevel, { description: 'How far; OWN_BOROUGH says that it was not shared.' })
  @Property({ columnType: 'text' })
  level!: SharingLevel;

  @Field(() => String, { description: 'Why so far and no further.' })
  @Property({ columnType: 'text' })
  reason!: string;

  @Field(() => String, { description: 'Who decided it, as the directory named them then.' })
  @Property({ columnType: 'text' })
  decidedBy!: string;

  @Field(() => Date, { description: 'When.' })
  @Property({ columnType: 'timestamptz', defaultRaw: 'clock_timestamp()' })
  decidedAt!: Date;
}
