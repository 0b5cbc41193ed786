import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  ROLE,
  TENANT,
  TODAY,
  readableByAudienceRole,
  tenantDeletes,
  tenantInserts,
  tenantReads,
  tenantUpdates,
} from '@accord/persistence';
import { registerEnumType } from 'type-graphql';
import { inGroup, type SharingClass } from './agreement.entity.js';
import { audience, existence } from './audience.js';
import { isAlliance } from './organisation.entity.js';

export enum SharingLevel {
  OWN_BOROUGH = 'OWN_BOROUGH',
  NAMED = 'NAMED',
  BOROUGHS_CONCERNED = 'BOROUGHS_CONCERNED',
  ALLIANCE = 'ALLIANCE',
}

registerEnumType(SharingLevel, {
  name: 'SharingLevel',
  description: 'How far something goes beyond the organisation that wrote it.',
  valuesConfig: {
    OWN_BOROUGH: { description: 'Nowhere. The alliance does not see it either.' },
    NAMED: { description: 'To the boroughs and groups named.' },
    BOROUGHS_CONCERNED: {
      description: 'To boroughs that place there, host it, or ran a placement check on it within 30 days.',
    },
    ALLIANCE: { description: 'To every member of the agreement.' },
  },
});

/** What a feed of intelligence is made of; its pages are read off an index in their order (packages/intelligence). */
export const FEED = `kind = 'INTELLIGENCE' and ended_at is null`;

const ALLIANCES_FLAG = `owner_id = ${TENANT} and kind = 'FLAG' and ${isAlliance(TENANT)}`;

/**
 * How far one thing is shared: the row on which the audience is worked out. It has the id of the thing
 * itself, whose text lies in the feature's own table behind a policy that asks this one.
 *
 * It holds what those may know who may know no more than that the thing exists.
 */
@Entity({
  tableName: 'sharing',
  policies: [
    tenantReads(`${audience('sharing')} or ${existence('sharing')}`),
    tenantInserts(`owner_id = ${TENANT}`),
    tenantUpdates(`owner_id = ${TENANT}`),
    // What the regulator's file sets off: the alliance's own flags, and nothing else.
    {
      name: 'import_inserts',
      command: 'insert',
      roles: [ROLE.worker],
      check: ALLIANCES_FLAG,
    },
    // A fact that is over, such as a certificate that was renewed.
    { name: 'clock_updates', command: 'update', roles: [ROLE.worker], using: ALLIANCES_FLAG, check: ALLIANCES_FLAG },
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['kind', 'providerId'] })
@Index({ properties: ['ownerId', 'kind'] })
@Index({
  name: 'sharing_feed_own',
  expression: `create index sharing_feed_own on sharing (owner_id, shared_on, id) where ${FEED}`,
})
@Index({
  name: 'sharing_feed_level',
  expression: `create index sharing_feed_level on sharing (level, shared_on, id) where ${FEED}`,
})
@Index({
  name: 'sharing_feed_provider',
  expression: `create index sharing_feed_provider on sharing (provider_id, shared_on, id) where ${FEED}`,
})
@Index({
  name: 'sharing_feed_home',
  expression: `create index sharing_feed_home on sharing (home_id, shared_on, id) where ${FEED}`,
})
@Check({
  name: 'sharing_level_known',
  expression: `level in ('OWN_BOROUGH', 'NAMED', 'BOROUGHS_CONCERNED', 'ALLIANCE')`,
})
export class Sharing {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ columnType: 'text' })
  kind!: SharingClass;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  @Property({ columnType: 'text' })
  level!: SharingLevel;

  /** The owner is not named to others (rules 3). */
  @Property({ columnType: 'boolean' })
  anonymous!: boolean;

  /** Whether those who place there learn that it exists, even outside its audience. */
  @Property({ columnType: 'boolean' })
  existenceKnown!: boolean;

  /** What is known with the existence; null where the class has no severity. */
  @Property({ columnType: 'text', nullable: true })
  severity: string | null = null;

  /** When it was resolved, withdrawn or deleted. */
  @Property({ columnType: 'timestamptz', nullable: true })
  endedAt: Date | null = null;

  /** The day on which somebody was last given sight of it: a feed's order, and never a moment (rules 3). */
  @Property({ columnType: 'date', defaultRaw: TODAY })
  sharedOn!: string;

  /** It came from somebody whose consent names who may have it; whoever is not named does not, whatever the level. */
  @Property({ columnType: 'boolean', default: false })
  needsConsent: boolean = false;

  /** Why it is shared as it is (DfE's seventh golden rule): recorded at creation and at each change. */
  @Property({ columnType: 'text' })
  reason!: string;

  /** Handling conditions that travel with it. */
  @Property({ columnType: 'text', nullable: true })
  conditions: string | null = null;
}

/** A borough or group named in a sharing of level `NAMED`. */
@Entity({
  tableName: 'sharing_named',
  policies: [
    tenantReads(`owner_id = ${TENANT} or organisation_id = ${TENANT} or ${inGroup('sharing_named.group_id')}`),
    tenantInserts(`owner_id = ${TENANT}`),
    tenantUpdates(`owner_id = ${TENANT}`),
    tenantDeletes(`owner_id = ${TENANT}`),
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['sharingId'] })
@Index({ properties: ['organisationId', 'sharedOn', 'sharingId'] })
@Index({ properties: ['groupId', 'sharedOn', 'sharingId'] })
@Check({ name: 'sharing_named_one', expression: 'num_nonnulls(organisation_id, group_id) = 1' })
export class SharingNamed {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  sharingId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ type: 'uuid', nullable: true })
  organisationId: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  groupId: string | null = null;

  /** As in the sharing: what names a borough is read off an index in the order of its feed. */
  @Property({ columnType: 'date', defaultRaw: TODAY })
  sharedOn!: string;
}

const OWN_OR_MINE = `owner_id = ${TENANT} or organisation_id = ${TENANT}`;

/** That one organisation has sight of a thing for a time, whatever its level. It ends by itself. Only the owner's count. */
@Entity({
  tableName: 'sharing_grant',
  policies: [
    tenantReads(OWN_OR_MINE),
    tenantInserts(`owner_id = ${TENANT}`),
    tenantUpdates(`owner_id = ${TENANT}`),
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['sharingId', 'organisationId'] })
@Index({ properties: ['organisationId', 'endsAt'] })
@Check({ name: 'sharing_grant_ends', expression: 'starts_at < ends_at' })
export class SharingGrant {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  sharingId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ type: 'uuid' })
  organisationId!: string;

  @Property({ columnType: 'timestamptz' })
  startsAt!: Date;

  @Property({ columnType: 'timestamptz' })
  endsAt!: Date;

  @Property({ columnType: 'timestamptz', nullable: true })
  revokedAt: Date | null = null;
}

/** That whoever a thing came from consents to one organisation having it (rules 6). Only what the owner wrote counts. */
@Entity({
  tableName: 'sharing_consent',
  policies: [
    tenantReads(OWN_OR_MINE),
    tenantInserts(`owner_id = ${TENANT}`),
    tenantDeletes(`owner_id = ${TENANT}`),
    readableByAudienceRole(),
  ],
})
export class SharingConsent {
  @PrimaryKey({ type: 'uuid' })
  sharingId!: string;

  @PrimaryKey({ type: 'uuid' })
  organisationId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;
}
