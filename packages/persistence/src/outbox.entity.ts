import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  TENANT,
  readableByAudienceRole,
  sequencerInserts,
  sequencerPlaces,
  tenantInserts,
  tenantReads,
  workerKeeps,
} from './policy.js';

/** Those who asked for references and those who were asked tell one another, by name. */
const OF_A_REFERENCE = `recipients is not null and exists (
    select from reference_request r where r.id = outbox_event.reference_request_id)`;

/** Of what one shares oneself; of what is nobody's in particular, only the alliance tells. */
const MAY_TELL = `case when reference_request_id is not null then sharing_id is null and ${OF_A_REFERENCE}
  when sharing_id is null
  then exists (select from organisation me where me.id = ${TENANT} and me.kind = 'ALLIANCE')
  else exists (select from sharing s where s.id = outbox_event.sharing_id and s.owner_id = ${TENANT}) end`;

/**
 * That one asks to see something of another's: told under the request's own id, so once, to the owner that it names,
 * or where that is anonymous to the alliance, which learns neither of what nor about whom.
 */
const ASKS = `(kind = 'ACCESS_REQUESTED' and exists (
  select from access_request r where r.id = outbox_event.id and r.requester_id = ${TENANT}
    and case when r.through_alliance
      then outbox_event.sharing_id is null and outbox_event.provider_id is null and outbox_event.home_id is null
        and outbox_event.recipients = array(select o.id from organisation o where o.kind = 'ALLIANCE')
      else outbox_event.sharing_id = r.item_id and outbox_event.recipients = array[r.owner_id] end))`;

/**
 * A fact that somebody has to hear of, written in the transaction that made it one. Ids only.
 *
 * Without `position` it is committed and not yet in order; the sequencer gives it its place, most often at the commit. Without
 * `handledAt` somebody may not have been told yet; the worker goes on until it is set.
 */
@Entity({
  tableName: 'outbox_event',
  policies: [
    tenantInserts(`owner_id = ${TENANT} and (${MAY_TELL} or ${ASKS})`),
    tenantReads(
      `exists (select from event_audience a where a.position = outbox_event.position and a.tenant_id = ${TENANT})`,
    ),
    workerKeeps(),
    readableByAudienceRole(),
    sequencerPlaces(),
  ],
})
@Index({
  name: 'outbox_event_unsequenced',
  expression: 'create index outbox_event_unsequenced on outbox_event (seq) where position is null',
})
@Index({
  name: 'outbox_event_unhandled',
  expression: 'create index outbox_event_unhandled on outbox_event (position) where handled_at is null',
})
export class OutboxEvent {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** Order of writing. Two writers about one provider hold its lock in turn, so for one provider it is the order of commits. */
  @Property({ columnType: 'bigint', generated: 'identity' })
  seq!: string;

  @Property({ columnType: 'bigint', nullable: true, unique: true })
  position: string | null = null;

  /** One of `AlertKind`. */
  @Property({ columnType: 'text' })
  kind!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  /** Null of what is about no provider, such as a sharing agreement. */
  @Property({ type: 'uuid', nullable: true })
  providerId: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  /** What is shared, whose audience is the event's; null for what every member may know. */
  @Property({ type: 'uuid', nullable: true })
  sharingId: string | null = null;

  /** Its class, where it is not a flag. */
  @Property({ columnType: 'text', nullable: true })
  sharingKind: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  agreementId: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  referenceRequestId: string | null = null;

  /** The tenants that the event is for, where it is for some of the audience (gained sight) or no longer for them (lost it). */
  @Property({ columnType: 'uuid[]', nullable: true })
  recipients: string[] | null = null;

  @Property({ columnType: 'timestamptz' })
  occurredAt!: Date;

  @Property({ columnType: 'timestamptz', nullable: true })
  handedOverAt: Date | null = null;

  @Property({ columnType: 'timestamptz', nullable: true })
  handledAt: Date | null = null;
}

/** Which tenants an event is for, worked out for all of them at once when it got its place. */
@Entity({
  tableName: 'event_audience',
  policies: [tenantReads(`tenant_id = ${TENANT}`), workerKeeps(), readableByAudienceRole(), sequencerInserts()],
})
@Index({ properties: ['position'] })
export class EventAudience {
  @PrimaryKey({ type: 'uuid' })
  tenantId!: string;

  @PrimaryKey({ columnType: 'bigint' })
  position!: string;
}
