import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { knownToCaller, ownedByCaller } from '@accord/access';
import { readableByAudienceRole, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import type { FlagKind } from './vocabulary.js';

/**
 * What a hold on new placements says, for its audience. Whose it is, where it holds, and how far it goes stands in the
 * `sharing` with its id; those who may know only that it exists find that row and not this one.
 */
@Entity({
  tableName: 'placement_hold',
  policies: [
    tenantReads(knownToCaller('placement_hold.id')),
    tenantInserts(ownedByCaller('placement_hold.id')),
    tenantUpdates(ownedByCaller('placement_hold.id')),
    // The clock asks whose review is due: ids and days.
    readableByAudienceRole(),
  ],
})
@Check({ name: 'placement_hold_lifted_with_reason', expression: `(lifted_on is null) = (lift_reason is null)` })
@Check({ name: 'placement_hold_reviewed_with_note', expression: `(reviewed_on is null) = (review_note is null)` })
export class HoldRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ columnType: 'text' })
  kind!: FlagKind;

  @Property({ columnType: 'date' })
  startsOn!: string;

  @Property({ columnType: 'date' })
  reviewOn!: string;

  @Property({ columnType: 'text' })
  reason!: string;

  @Property({ columnType: 'date', nullable: true })
  reviewedOn: string | null = null;

  /** What its last review found. */
  @Property({ columnType: 'text', nullable: true })
  reviewNote: string | null = null;

  /** Null while it is not lifted. */
  @Property({ columnType: 'date', nullable: true })
  liftedOn: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  liftReason: string | null = null;

  @Property({ columnType: 'int' })
  version: number = 1;

  @Property({ columnType: 'timestamptz' })
  decidedAt!: Date;
}
