import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { AlertKind } from '@accord/access';
import { CALLER, TENANT, tenantInserts, tenantReads, tenantUpdates, workerKeeps } from '@accord/persistence';
import { Severity } from '@accord/flags';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

const MINE = `tenant_id = ${TENANT} and recipient_id = ${CALLER}`;

export enum Channel {
  IN_APP = 'IN_APP',
}

export enum DeliveryState {
  PENDING = 'PENDING',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
}

registerEnumType(Channel, { name: 'Channel', description: 'By which way somebody is told.' });
registerEnumType(DeliveryState, { name: 'DeliveryState', description: 'Where a delivery stands.' });

/**
 * That somebody is told of an event: once per person or machine and event, whatever happens in between. It
 * carries ids; what it says is read anew, under the reader's rights of that moment, each time it is opened.
 */
@ObjectType({
  simpleResolvers: true,
  description: 'That the caller is told of something. Its words are read anew under today’s rights each time.',
})
@Entity({ tableName: 'notification', policies: [tenantReads(MINE), tenantUpdates(MINE), workerKeeps()] })
@Unique({ properties: ['eventId', 'recipientId'] })
@Index({ properties: ['recipientId', 'position'] })
export class Notification {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  tenantId!: string;

  @Property({ type: 'uuid' })
  recipientId!: string;

  @Property({ type: 'uuid' })
  eventId!: string;

  /** The event's place: the inbox's order. */
  @Property({ columnType: 'bigint' })
  position!: string;

  @Field(() => AlertKind, { description: 'What happened.' })
  @Property({ columnType: 'text' })
  kind!: AlertKind;

  @Property({ type: 'uuid', nullable: true })
  sharingId: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  providerId: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  @Field(() => ID, { nullable: true, description: 'The sharing agreement that it is about.' })
  @Property({ type: 'uuid', nullable: true })
  agreementId: string | null = null;

  @Field(() => ID, { nullable: true, description: 'The request for references that it is about.' })
  @Property({ type: 'uuid', nullable: true })
  referenceRequestId: string | null = null;

  @Property({ columnType: 'timestamptz' })
  occurredAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When the caller marked it as read.' })
  @Property({ columnType: 'timestamptz', nullable: true })
  readAt: Date | null = null;
}

/** The way of a notification over one channel. */
@ObjectType({ simpleResolvers: true, description: 'The way of a notification over one channel.' })
@Entity({ tableName: 'delivery', policies: [tenantReads(MINE), workerKeeps()] })
@Unique({ properties: ['notificationId', 'channel'] })
export class Delivery {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  tenantId!: string;

  @Property({ type: 'uuid' })
  recipientId!: string;

  @Property({ type: 'uuid' })
  notificationId!: string;

  @Field(() => Channel, { description: 'By which way.' })
  @Property({ columnType: 'text' })
  channel!: Channel;

  @Field(() => DeliveryState, { description: 'Where it stands.' })
  @Property({ columnType: 'text' })
  state!: DeliveryState;
}

/** One try of a delivery. */
@ObjectType({ simpleResolvers: true, description: 'One try of a delivery.' })
@Entity({ tableName: 'delivery_attempt', policies: [tenantReads(MINE), workerKeeps()] })
@Unique({ properties: ['deliveryId', 'number'] })
export class DeliveryAttempt {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  tenantId!: string;

  @Property({ type: 'uuid' })
  recipientId!: string;

  @Property({ type: 'uuid' })
  deliveryId!: string;

  @Field(() => Int, { description: 'The first is 1.' })
  @Property({ columnType: 'int' })
  number!: number;

  @Field(() => Date, { description: 'When it began.' })
  @Property({ columnType: 'timestamptz' })
  startedAt!: Date;

  @Field(() => DeliveryState, { description: 'What came of it.' })
  @Property({ columnType: 'text' })
  outcome!: DeliveryState;
}

/** What somebody wants to be told of, where it is not what their roles are told by default. */
@ObjectType({
  simpleResolvers: true,
  description: 'Whether the caller is told of a kind of event, and from which severity on.',
})
@Entity({
  tableName: 'notification_preference',
  policies: [tenantReads(MINE), tenantInserts(MINE), tenantUpdates(MINE), workerKeeps()],
})
export class NotificationPreference {
  @PrimaryKey({ type: 'uuid' })
  recipientId!: string;

  @Field(() => AlertKind, { description: 'Of what.' })
  @PrimaryKey({ columnType: 'text' })
  kind!: AlertKind;

  @Property({ type: 'uuid' })
  tenantId!: string;

  @Field(() => Boolean, { description: 'Whether at all.' })
  @Property({ columnType: 'boolean' })
  enabled!: boolean;

  @Field(() => Severity, { nullable: true, description: 'From which severity on; from the lowest when null.' })
  @Property({ columnType: 'text', nullable: true })
  minimumSeverity: Severity | null = null;
}
