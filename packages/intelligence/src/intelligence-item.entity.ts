import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { knownToCaller, ownedByCaller } from '@accord/access';
import {
  CALLER,
  readableByAudienceRole,
  tenantDeletes,
  tenantInserts,
  tenantReads,
  tenantUpdates,
} from '@accord/persistence';
import type { IntelligenceCategory } from './vocabulary.js';

/** SQL: the calling tenant owns what has this id. */
export const OWNED = ownedByCaller;

/** SQL: the calling tenant is in the audience of what has this id. */
export const IN_AUDIENCE = knownToCaller;

/** SQL: this very transaction has logged that the caller opens it. */
const OPENED = (id: string): string =>
  `exists (select from read_log_entry r where r.item_id = ${id} and r.reader_id = ${CALLER}
     and r.kind in ('DETAIL', 'EXPORT') and r.read_at = now())`;

/**
 * Soft intelligence, for its audience. Whose it is, about whom, and how far it goes stands in the `sharing` with
 * its id. What was withdrawn or deleted has no text any more, here or anywhere.
 */
@Entity({
  tableName: 'intelligence_item',
  policies: [
    tenantReads(IN_AUDIENCE('intelligence_item.id')),
    tenantInserts(OWNED('intelligence_item.id')),
    tenantUpdates(OWNED('intelligence_item.id')),
  ],
})
@Check({
  name: 'intelligence_item_text_while_it_lives',
  expression: '(summary is null) = (withdrawn_at is not null or deleted_on is not null)',
})
@Check({
  name: 'intelligence_item_withdrawn_with_reason',
  expression: '(withdrawn_at is null) = (withdrawal_reason is null) or deleted_on is not null',
})
export class IntelligenceRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ columnType: 'text' })
  category!: IntelligenceCategory;

  @Property({ columnType: 'text', nullable: true })
  summary: string | null = null;

  @Property({ columnType: 'date' })
  observedOn!: string;

  /** From this day on it fades, unless its borough confirms it (rules 8). */
  @Property({ columnType: 'date' })
  reviewOn!: string;

  @Property({ columnType: 'int' })
  version: number = 1;

  /** The day on which its text was last corrected. */
  @Property({ columnType: 'date', nullable: true })
  correctedOn: string | null = null;

  @Property({ columnType: 'timestamptz', nullable: true })
  withdrawnAt: Date | null = null;

  @Property({ columnType: 'text', nullable: true })
  withdrawalReason: string | null = null;

  /** A tombstone: that it was there, and until when. */
  @Property({ columnType: 'date', nullable: true })
  deletedOn: string | null = null;
}

/**
 * The detail: its own borough's, and for others of the audience only in the transaction that has logged their
 * opening it. So no text of it can leave unlogged, whichever query asks.
 */
@Entity({
  tableName: 'intelligence_detail',
  policies: [
    tenantReads(
      `${OWNED('intelligence_detail.item_id')}
       or (${OPENED('intelligence_detail.item_id')} and ${IN_AUDIENCE('intelligence_detail.item_id')})`,
    ),
    tenantInserts(OWNED('intelligence_detail.item_id')),
    tenantUpdates(OWNED('intelligence_detail.item_id')),
    tenantDeletes(OWNED('intelligence_detail.item_id')),
  ],
})
export class IntelligenceDetail {
  @PrimaryKey({ type: 'uuid' })
  itemId!: string;

  @Property({ columnType: 'text' })
  detail!: string;
}

const owners = (id: string) => [tenantReads(OWNED(id)), tenantInserts(OWNED(id))];

/** How the owner keeps it: nobody else's business. */
@Entity({
  tableName: 'intelligence_keeping',
  policies: [
    ...owners('intelligence_keeping.item_id'),
    tenantUpdates(OWNED('intelligence_keeping.item_id')),
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['deleteOn'] })
@Check({ name: 'intelligence_keeping_hold_with_reason', expression: '(held_at is null) = (hold_reason is null)' })
export class IntelligenceKeeping {
  @PrimaryKey({ type: 'uuid' })
  itemId!: string;

  @Property({ type: 'uuid' })
  recordedBy!: string;

  @Property({ columnType: 'text' })
  recordedByName!: string;

  @Property({ columnType: 'timestamptz' })
  recordedAt!: Date;

  /** Whether it may count towards a pattern of concern (rules 5). */
  @Property({ columnType: 'boolean' })
  mayCount!: boolean;

  /** Telling of it could harm whoever told: it never counts. */
  @Property({ columnType: 'boolean' })
  sourceAtRisk!: boolean;

  /** Police-originated: it never counts. */
  @Property({ columnType: 'boolean' })
  policeOriginated!: boolean;

  /** Until when it counts; the review date again. */
  @Property({ columnType: 'date' })
  countsUntil!: string;

  /** When it is deleted unless it is re-evidenced, and the day after which nothing keeps it (rules 8). */
  @Property({ columnType: 'date' })
  deleteOn!: string;

  @Property({ columnType: 'date' })
  deleteAtLatestOn!: string;

  /** A legal hold stops deletion (rules 7). */
  @Property({ columnType: 'timestamptz', nullable: true })
  heldAt: Date | null = null;

  @Property({ columnType: 'text', nullable: true })
  holdReason: string | null = null;

  /** What showed last that it still holds. */
  @Property({ columnType: 'text', nullable: true })
  evidence: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  deletionReason: string | null = null;
}

/** What an item said before it was corrected; kept for its own borough. */
@Entity({
  tableName: 'intelligence_version',
  policies: [...owners('intelligence_version.item_id'), tenantDeletes(OWNED('intelligence_version.item_id'))],
})
export class IntelligenceVersion {
  @PrimaryKey({ type: 'uuid' })
  itemId!: string;

  @PrimaryKey({ columnType: 'int' })
  version!: number;

  @Property({ columnType: 'text' })
  category!: IntelligenceCategory;

  @Property({ columnType: 'text' })
  summary!: string;

  @Property({ columnType: 'text' })
  detail!: string;

  @Property({ columnType: 'date' })
  observedOn!: string;

  /** Why it was corrected, and by whom. */
  @Property({ columnType: 'text' })
  reason!: string;

  @Property({ columnType: 'text' })
  replacedBy!: string;

  @Property({ columnType: 'timestamptz' })
  replacedAt!: Date;
}

/** Where a police-originated item came from, and its 3x5x2 grading (rules 6). */
@Entity({
  tableName: 'police_origin',
  policies: [...owners('police_origin.item_id'), tenantDeletes(OWNED('police_origin.item_id'))],
})
@Check({ name: 'police_origin_source', expression: 'source between 1 and 3' })
@Check({ name: 'police_origin_information', expression: `information in ('A', 'B', 'C', 'D', 'E')` })
@Check({ name: 'police_origin_handling', expression: `handling in ('P', 'C')` })
export class PoliceOriginRecord {
  @PrimaryKey({ type: 'uuid' })
  itemId!: string;

  @Property({ columnType: 'text' })
  force!: string;

  @Property({ columnType: 'text' })
  reference!: string;

  @Property({ columnType: 'date' })
  receivedOn!: string;

  @Property({ columnType: 'int' })
  source!: number;

  @Property({ columnType: 'text' })
  information!: string;

  @Property({ columnType: 'text' })
  handling!: string;

  @Property({ columnType: 'text', nullable: true })
  conditions: string | null = null;
}
