import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { TENANT, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { Field, ID, ObjectType } from 'type-graphql';

const OWN = `owner_id = ${TENANT}`;

/**
 * A link by which a provider answers some questions, once and without an account (rules 20). Its secret is shown
 * once, to whoever issues it, and kept as a hash.
 */
@ObjectType('DueDiligenceLink', {
  simpleResolvers: true,
  description: 'A link by which a provider answers some questions, once and without an account.',
})
@Entity({
  tableName: 'due_diligence_link',
  policies: [tenantReads(OWN), tenantInserts(OWN), tenantUpdates(OWN)],
})
@Index({ properties: ['ownerId', 'issuedAt'] })
@Index({ properties: ['providerId'] })
export class DeclarationLinkRecord {
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  /** Of the version that was published when it was issued. */
  @Property({ columnType: 'uuid[]' })
  questionIds!: string[];

  /** SHA-256, hexadecimal. */
  @Property({ columnType: 'text' })
  secretHash!: string;

  @Field(() => String, { description: 'By whom, by the name in the directory.' })
  @Property({ columnType: 'text' })
  issuedBy!: string;

  @Field(() => Date, { description: 'When.' })
  @Property({ columnType: 'timestamptz' })
  issuedAt!: Date;

  @Field(() => Date, { description: 'Until when it holds.' })
  @Property({ columnType: 'timestamptz' })
  expiresAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When the provider answered.' })
  @Property({ columnType: 'timestamptz', nullable: true })
  usedAt: Date | null = null;

  @Field(() => Date, { nullable: true, description: 'When it was taken back.' })
  @Property({ columnType: 'timestamptz', nullable: true })
  revokedAt: Date | null = null;
}
