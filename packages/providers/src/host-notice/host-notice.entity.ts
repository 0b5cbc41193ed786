import { CalendarDate, Organisation } from '@accord/access';
import { TENANT, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ObjectType } from 'type-graphql';

const OWN = `borough_id = ${TENANT}`;

/**
 * A placing borough's word that it has given a host borough the notices that it owes (Care Planning Regulations,
 * regulation 13(4); rules 11): that, a day, and nothing of whom, where or how many. For these two alone.
 */
@Entity({
  tableName: 'host_notice',
  policies: [tenantReads(`(${OWN} or host_id = ${TENANT})`), tenantInserts(OWN), tenantUpdates(OWN)],
})
@Index({ properties: ['hostId'] })
export class HostNotice {
  @PrimaryKey({ type: 'uuid' })
  boroughId!: string;

  @PrimaryKey({ type: 'uuid' })
  hostId!: string;

  @Property({ columnType: 'date' })
  upToDateAsAt!: string;
}

@ObjectType('HostNotice', {
  simpleResolvers: true,
  description: 'Whether a placing borough’s notices to a host borough are up to date. No numbers, no homes, no ages.',
})
export class HostNoticeState {
  @Field(() => Organisation, { description: 'Who places.' })
  placingBorough!: Organisation;

  @Field(() => Organisation, { description: 'In whose area.' })
  hostBorough!: Organisation;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'The day as of which they are up to date; null where the own borough places there and has not said so.',
  })
  upToDateAsAt!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Of the own borough’s notices: whether it has begun to use a home there since, or never said so. Null for the host.',
  })
  isBehind!: boolean | null;
}
