import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { isAlliance, knownToCaller, ownedByCaller } from '@accord/access';
import { ROLE, TENANT, readableByAudienceRole, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import type { FlagKind, Severity } from './vocabulary.js';

/**
 * What a flag says, for its audience. Whose it is, about whom, and how far it goes stands in the `sharing`
 * with its id; those who may know only that it exists find that row and not this one.
 */
@Entity({
  tableName: 'flag',
  policies: [
    tenantReads(knownToCaller('flag.id')),
    tenantInserts(ownedByCaller('flag.id')),
    tenantUpdates(ownedByCaller('flag.id')),
    {
      name: 'import_inserts',
      command: 'insert',
      roles: [ROLE.worker],
      check: `${ownedByCaller('flag.id')} and ${isAlliance(TENANT)}`,
    },
    // A fact that is over, such as a certificate that was renewed.
    {
      name: 'clock_updates',
      command: 'update',
      roles: [ROLE.worker],
      using: `${ownedByCaller('flag.id')} and ${isAlliance(TENANT)}`,
      check: `${ownedByCaller('flag.id')} and ${isAlliance(TENANT)}`,
    },
  ],
})
@Check({ name: 'flag_ended_with_reason', expression: `(outcome is null) = (outcome_reason is null)` })
export class FlagRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ columnType: 'text' })
  kind!: FlagKind;

  @Property({ columnType: 'text' })
  severity!: Severity;

  @Property({ columnType: 'text' })
  summary!: string;

  /** Null while open. */
  @Property({ columnType: 'text', nullable: true })
  outcome: 'RESOLVED' | 'WITHDRAWN' | null = null;

  @Property({ columnType: 'text', nullable: true })
  outcomeReason: string | null = null;

  @Property({ columnType: 'int' })
  version: number = 1;

  @Property({ columnType: 'timestamptz' })
  raisedAt!: Date;
}

/** The detail of a flag: its own borough's. */
@Entity({
  tableName: 'flag_detail',
  policies: [tenantReads(ownedByCaller('flag_detail.flag_id')), tenantInserts(ownedByCaller('flag_detail.flag_id'))],
})
export class FlagDetail {
  @PrimaryKey({ type: 'uuid' })
  flagId!: string;

  @Property({ columnType: 'text' })
  detail!: string;
}

/** That an organisation has taken note of a flag. Seen by that organisation, and by the one that raised the flag. */
@Entity({
  tableName: 'flag_acknowledgement',
  policies: [
    tenantReads(`organisation_id = ${TENANT} or ${ownedByCaller('flag_acknowledgement.flag_id')}`),
    tenantInserts(`organisation_id = ${TENANT} and ${knownToCaller('flag_acknowledgement.flag_id')}`),
    readableByAudienceRole(),
  ],
})
export class FlagAcknowledgement {
  @PrimaryKey({ type: 'uuid' })
  flagId!: string;

  @PrimaryKey({ type: 'uuid' })
  organisationId!: string;

  @Property({ type: 'uuid' })
  principalId!: string;

  /** Kept here: the raising organisation may not read another's directory. */
  @Property({ columnType: 'text' })
  acknowledgedBy!: string;

  @Property({ columnType: 'timestamptz' })
  acknowledgedAt!: Date;
}
