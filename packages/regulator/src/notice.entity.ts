import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CalendarDate, isAlliance } from '@accord/access';
import { readableByMembers, TENANT, tenantInserts } from '@accord/persistence';
import { Field, ID, ObjectType } from 'type-graphql';
import { RegulatorNoticeKind } from './vocabulary.js';

/** A notification that the regulator sent to every local authority, entered by hand. Written once and never again. */
@ObjectType({
  simpleResolvers: true,
  description: 'What the regulator decided about a registration and told every local authority of (section 30A).',
})
@Entity({ tableName: 'regulator_notice', policies: [readableByMembers(), tenantInserts(isAlliance(TENANT))] })
@Index({ properties: ['registrationId'] })
@Check({
  name: 'regulator_notice_kind_known',
  expression: `kind in ('SUSPENSION', 'SUSPENSION_EXTENDED', 'CANCELLATION', 'RESTRICTION_OF_ACCOMMODATION')`,
})
export class RegulatorNotice {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  registrationId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  @Field(() => RegulatorNoticeKind, { description: 'What was decided.' })
  @Property({ columnType: 'text' })
  kind!: RegulatorNoticeKind;

  @Field(() => CalendarDate, { description: 'The day of the notification.' })
  @Property({ columnType: 'date' })
  notifiedOn!: string;

  @Field(() => CalendarDate, { description: 'From which day it holds.' })
  @Property({ columnType: 'date' })
  takesEffectOn!: string;

  @Field(() => Date, { description: 'When it was entered.' })
  @Property({ columnType: 'timestamptz' })
  recordedAt!: Date;
}
