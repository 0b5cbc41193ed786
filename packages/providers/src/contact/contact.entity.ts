import { isAlliance } from '@accord/access';
import { readableByMembers, TENANT, tenantDeletes, tenantInserts, tenantUpdates } from '@accord/persistence';
import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum ContactKind {
  DUTY = 'DUTY',
  LADO = 'LADO',
  OUT_OF_HOURS = 'OUT_OF_HOURS',
}

registerEnumType(ContactKind, {
  name: 'ContactKind',
  description: 'What one rings for.',
  valuesConfig: {
    DUTY: { description: 'The duty team, or a provider’s referrals desk, in office hours.' },
    LADO: { description: 'The designated officer of the area for allegations against staff: a local authority’s.' },
    OUT_OF_HOURS: { description: 'The emergency duty team, or a provider’s on-call number.' },
  },
});

/** Its keeper: a borough keeps its own, the alliance those of providers. */
const KEPT = `(borough_id = ${TENANT} or (provider_id is not null and ${isAlliance(TENANT)}))`;

/** How to reach an organisation (rules 21): teams, shared mailboxes and office numbers, never a person's own. */
@ObjectType({
  simpleResolvers: true,
  description: 'How to reach a team of an organisation. Never a person: a team, its shared mailbox, its number.',
})
@Entity({
  tableName: 'business_contact',
  policies: [readableByMembers(), tenantInserts(KEPT), tenantUpdates(KEPT), tenantDeletes(KEPT)],
})
@Index({ properties: ['boroughId', 'kind'] })
@Index({ properties: ['providerId', 'kind'] })
@Check({ name: 'business_contact_of_one', expression: 'num_nonnulls(borough_id, provider_id) = 1' })
@Check({ name: 'business_contact_reaches', expression: 'num_nonnulls(phone, email) > 0' })
export class BusinessContact {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid', nullable: true })
  boroughId: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  providerId: string | null = null;

  @Field(() => ContactKind, { description: 'What for.' })
  @Property({ columnType: 'text' })
  kind!: ContactKind;

  @Field(() => String, { description: 'The team.' })
  @Property({ columnType: 'text' })
  team!: string;

  @Field(() => String, { nullable: true, description: 'Its number.' })
  @Property({ columnType: 'text', nullable: true })
  phone: string | null = null;

  @Field(() => String, { nullable: true, description: 'Its shared mailbox.' })
  @Property({ columnType: 'text', nullable: true })
  email: string | null = null;

  @Field(() => String, { nullable: true, description: 'When somebody is there.' })
  @Property({ columnType: 'text', nullable: true })
  hours: string | null = null;

  @Field(() => Int, { description: 'Goes up with every change; send it back as expectedVersion.' })
  @Property({ columnType: 'int' })
  version: number = 1;

  @Field(() => Date, { description: 'When it was last changed or found right.' })
  @Property({ columnType: 'timestamptz' })
  updatedAt!: Date;
}
