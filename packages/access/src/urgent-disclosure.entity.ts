import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { TENANT, readableByAudienceRole, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { ownedByCaller } from './audience.js';

const OWN = `owner_id = ${TENANT}`;

/**
 * That something was shared in an emergency with organisations that no agreement covers (rules 2): why, by whom, and
 * what came of its review. Read by both sides while it lasts, and by
 * the owner's after it; written by the owner's.
 */
@Entity({
  tableName: 'urgent_disclosure',
  policies: [
    tenantReads(`${OWN} or exists (
      select from urgent_disclosure_recipient r where r.disclosure_id = urgent_disclosure.id
      and r.organisation_id = ${TENANT} and r.ended_at is null)`),
    readableByAudienceRole(),
    tenantInserts(`${OWN} and ${ownedByCaller('urgent_disclosure.sharing_id')}`),
    tenantUpdates(OWN),
  ],
})
@Index({ properties: ['ownerId', 'disclosedAt'] })
@Index({ properties: ['sharingId'] })
@Check({
  name: 'urgent_disclosure_reviewed',
  expression: 'num_nonnulls(outcome, outcome_reason, reviewed_at) in (0, 3)',
})
export class UrgentDisclosureRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  sharingId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ columnType: 'text' })
  fearedHarm!: string;

  @Property({ columnType: 'text' })
  reason!: string;

  @Property({ columnType: 'text' })
  disclosedBy!: string;

  @Property({ columnType: 'timestamptz' })
  disclosedAt!: Date;

  /** The day on whose last minute in London the time for its review ends. */
  @Property({ columnType: 'date' })
  reviewBy!: string;

  @Property({ columnType: 'boolean' })
  reviewByIsCertain!: boolean;

  @Property({ columnType: 'text', nullable: true })
  outcome: 'STANDS' | 'ENDED' | null = null;

  @Property({ columnType: 'text', nullable: true })
  outcomeReason: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  reviewedBy: string | null = null;

  @Property({ columnType: 'timestamptz', nullable: true })
  reviewedAt: Date | null = null;

  @Property({ columnType: 'int' })
  version: number = 1;
}

/** One organisation that it was disclosed to: a ground of the audience until it is ended. */
@Entity({
  tableName: 'urgent_disclosure_recipient',
  policies: [
    tenantReads(`${OWN} or organisation_id = ${TENANT}`),
    readableByAudienceRole(),
    tenantInserts(`${OWN} and ${ownedByCaller('urgent_disclosure_recipient.sharing_id')}`),
    tenantUpdates(OWN),
  ],
})
@Index({ properties: ['organisationId', 'sharingId'] })
@Index({ properties: ['sharingId'] })
export class UrgentDisclosureRecipient {
  @PrimaryKey({ type: 'uuid' })
  disclosureId!: string;

  @PrimaryKey({ type: 'uuid' })
  organisationId!: string;

  @Property({ type: 'uuid' })
  sharingId!: string;

  /** The owner again, so that this table's policy need not read the disclosure's, whose policy reads this one. */
  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ columnType: 'timestamptz', nullable: true })
  endedAt: Date | null = null;
}
