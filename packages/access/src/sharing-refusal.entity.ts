import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { TENANT, tenantInserts, tenantReads } from '@accord/persistence';
import { Field, ID, ObjectType } from 'type-graphql';

/** That an organisation was asked to share and did not, and why (rules 2; DfE's seventh golden rule). Its own alone. */
@ObjectType({
  simpleResolvers: true,
  description: 'That the own organisation was asked to share something and refused, with its reason.',
})
@Entity({
  tableName: 'sharing_refusal',
  policies: [tenantReads(`owner_id = ${TENANT}`), tenantInserts(`owner_id = ${TENANT}`)],
})
@Index({ properties: ['ownerId', 'recordedAt'] })
export class SharingRefusal {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Field(() => String, { description: 'Who asked: an organisation or body, and the office held there.' })
  @Property({ columnType: 'text' })
  askedBy!: string;

  @Field(() => ID, { nullable: true, description: 'About which provider; null where it was about none.' })
  @Property({ type: 'uuid', nullable: true })
  providerId: string | null = null;

  @Field(() => String, { description: 'What was asked for.' })
  @Property({ columnType: 'text' })
  about!: string;

  @Field(() => String, { description: 'Why it was refused.' })
  @Property({ columnType: 'text' })
  reason!: string;

  @Field(() => String, { description: 'Who refused, by the name in the directory.' })
  @Property({ columnType: 'text' })
  recordedBy!: string;

  @Field(() => Date, { description: 'When it was recorded.' })
  @Property({ columnType: 'timestamptz' })
  recordedAt!: Date;
}
