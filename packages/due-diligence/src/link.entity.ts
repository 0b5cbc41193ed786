import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { TENANT, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';

const OWN = `owner_id = ${TENANT}`;

/**
 * A link by which a provider answers some questions, once and without an account (rules 20). Its secret is shown
 * once, to whoever issues it, and kept as a hash.
 */
@Entity({
  tableName: 'due_diligence_link',
  policies: [tenantReads(OWN), tenantInserts(OWN), tenantUpdates(OWN)],
})
@Index({ properties: ['ownerId', 'issuedAt'] })
@Index({ properties: ['providerId'] })
export class DeclarationLinkRecord {
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

  @Property({ columnType: 'text' })
  issuedBy!: string;

  @Property({ columnType: 'timestamptz' })
  issuedAt!: Date;

  @Property({ columnType: 'timestamptz' })
  expiresAt!: Date;

  @Property({ columnType: 'timestamptz', nullable: true })
  usedAt: Date | null = null;

  @Property({ columnType: 'timestamptz', nullable: true })
  revokedAt: Date | null = null;
}
