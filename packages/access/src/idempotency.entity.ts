import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CALLER, TENANT, tenantInserts, tenantReads } from '@accord/persistence';

/** What a caller has already done under a key: the payload's hash and what came of it. */
@Entity({
  tableName: 'idempotency_record',
  policies: [
    tenantReads(`tenant_id = ${TENANT} and caller_id = ${CALLER}`),
    tenantInserts(`tenant_id = ${TENANT} and caller_id = ${CALLER}`),
  ],
})
@Index({ properties: ['createdAt'] })
export class IdempotencyRecord {
  @PrimaryKey({ type: 'uuid' })
  tenantId!: string;

  @PrimaryKey({ type: 'uuid' })
  callerId!: string;

  @PrimaryKey({ columnType: 'text' })
  operation!: string;

  @PrimaryKey({ columnType: 'text' })
  key!: string;

  @Property({ columnType: 'text' })
  payloadHash!: string;

  /** What the operation wrote: read again under the caller's rights of today when it is replayed. */
  @Property({ type: 'uuid' })
  resultId!: string;

  @Property({ columnType: 'timestamptz' })
  createdAt!: Date;
}
