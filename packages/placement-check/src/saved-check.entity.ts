import { mayGo } from '@accord/access';
import type { PlacementType } from '@accord/providers';
import {
  readableByAudienceRole,
  TENANT,
  tenantDeletes,
  tenantInserts,
  tenantReads,
  tenantUpdates,
} from '@accord/persistence';
import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Seen } from './check.service.js';
import type { AgeBand, PlacementGroundCode } from './vocabulary.js';

const OWN = `tenant_id = ${TENANT}`;

/** SQL: the day on which a check was last decided on: made, or overridden. */
export const checkOverOn = (check: string): string =>
  `greatest(${check}.checked_on, (${check}.overridden_at at time zone 'Europe/London')::date)`;

/** What a check had found, without its words: they are read anew, under the rights of whoever reads. */
export interface KeptGround {
  readonly code: PlacementGroundCode;
  readonly blocks: boolean;
  readonly isAbsolute: boolean;
  readonly asOf: string | null;
}

/**
 * A placement check that was saved: what was asked, found and seen, by whom and when. It keeps ids, versions and hashes
 * of what was seen, and no text of anybody's. For thirty days it makes its borough one that the home concerns.
 */
@Entity({
  tableName: 'placement_check',
  policies: [
    tenantReads(OWN),
    tenantInserts(OWN),
    tenantUpdates(OWN),
    tenantDeletes(`${OWN} and ${mayGo('placement_check.id', checkOverOn('placement_check'))}`),
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['tenantId', 'checkedAt'] })
@Index({ properties: ['providerId', 'checkedOn'] })
@Check({
  name: 'placement_check_overridden_whole',
  expression: 'num_nonnulls(override_reason, overridden_by, overridden_at) in (0, 3)',
})
export class PlacementCheckRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  tenantId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ type: 'uuid' })
  homeId!: string;

  @Property({ columnType: 'text' })
  ageBand!: AgeBand;

  @Property({ columnType: 'text', nullable: true })
  placementType: PlacementType | null = null;

  @Property({ columnType: 'boolean' })
  isEmergency!: boolean;

  /** The borough's own reference; no child is named. */
  @Property({ columnType: 'text', nullable: true })
  reference: string | null = null;

  @Property({ columnType: 'text' })
  checkedBy!: string;

  @Property({ columnType: 'timestamptz' })
  checkedAt!: Date;

  @Property({ columnType: 'date' })
  checkedOn!: string;

  @Property({ columnType: 'jsonb' })
  grounds!: readonly KeptGround[];

  @Property({ columnType: 'jsonb' })
  seen!: readonly Seen[];

  @Property({ columnType: 'text', nullable: true })
  overrideReason: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  overriddenBy: string | null = null;

  @Property({ columnType: 'timestamptz', nullable: true })
  overriddenAt: Date | null = null;
}

/** That an assistant director nominated an officer to override checks; whoever is nominated anew has another. */
@Entity({
  tableName: 'placement_nomination',
  policies: [
    tenantReads(OWN),
    tenantInserts(OWN),
    tenantUpdates(OWN),
    tenantDeletes(`${OWN} and ${mayGo('placement_nomination.id', 'placement_nomination.ended_on')}`),
  ],
})
@Index({
  name: 'placement_nomination_in_force',
  expression:
    'create unique index placement_nomination_in_force on placement_nomination (tenant_id, principal_id) where ended_on is null',
})
export class PlacementNominationRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  tenantId!: string;

  @Property({ type: 'uuid' })
  principalId!: string;

  @Property({ columnType: 'text' })
  nominatedBy!: string;

  @Property({ columnType: 'date' })
  nominatedOn!: string;

  @Property({ columnType: 'date', nullable: true })
  endedOn: string | null = null;
}
