import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { CALLER, ROLE, TENANT, TODAY, readableByAudienceRole, tenantInserts, tenantReads } from '@accord/persistence';
import { registerEnumType } from 'type-graphql';

export enum ReadKind {
  SUMMARY = 'SUMMARY',
  DETAIL = 'DETAIL',
  EXPORT = 'EXPORT',
  SEALED_COPY = 'SEALED_COPY',
  FILE = 'FILE',
}

export enum ReadPurpose {
  PLACEMENT_DECISION = 'PLACEMENT_DECISION',
  MONITORING = 'MONITORING',
  SAFEGUARDING = 'SAFEGUARDING',
  ACCREDITATION = 'ACCREDITATION',
  REFERENCE = 'REFERENCE',
  INFORMATION_GOVERNANCE = 'INFORMATION_GOVERNANCE',
  OTHER = 'OTHER',
}

registerEnumType(ReadKind, {
  name: 'ReadKind',
  description:
    'What was read: a summary in a list, the detail, an export, the sealed copy of something withdrawn, or a file.',
});
registerEnumType(ReadPurpose, {
  name: 'ReadPurpose',
  description: 'What somebody reads another borough’s detail for.',
});

/**
 * That somebody of another organisation read something of the owner's. Written before the text leaves, and never
 * changed: no role may update or delete it. The owner reads it; its own reader's rows are what the row policy of
 * a detail asks for.
 *
 * A summary is logged once per person, version and day: a dashboard that looks each minute is one reader.
 */
@Entity({
  tableName: 'read_log_entry',
  policies: [
    tenantReads(`owner_id = ${TENANT} or reader_id = ${CALLER}`),
    tenantInserts(
      `reader_tenant_id = ${TENANT} and reader_id = ${CALLER}
       and (
         exists (select from sharing s where s.id = read_log_entry.item_id and s.owner_id = read_log_entry.owner_id)
         or (kind = 'SEALED_COPY' and exists (
           select from relied_copy c where c.item_id = read_log_entry.item_id and c.owner_id = read_log_entry.owner_id))
         or (kind = 'FILE' and file_is_there(item_id, owner_id))
       )`,
    ),
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['itemId', 'readAt'] })
@Index({ properties: ['ownerId', 'readAt'] })
@Index({ properties: ['readerId', 'itemId', 'readAt'] })
@Index({ properties: ['readAt'] })
@Index({
  name: 'read_log_entry_summary_once',
  expression: `create unique index read_log_entry_summary_once on read_log_entry (reader_id, item_id, item_version, read_on)
    where kind = 'SUMMARY'`,
})
@Check({ name: 'read_log_entry_purpose', expression: `(kind in ('SUMMARY')) or purpose is not null` })
export class ReadLogEntry {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** Order of writing; the chain's order is that of the seals. */
  @Property({ columnType: 'bigint', generated: 'identity' })
  @Unique()
  seq!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ type: 'uuid' })
  itemId!: string;

  @Property({ columnType: 'int' })
  itemVersion!: number;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ columnType: 'text' })
  kind!: ReadKind;

  @Property({ columnType: 'text', nullable: true })
  purpose: ReadPurpose | null = null;

  @Property({ columnType: 'text', nullable: true })
  note: string | null = null;

  @Property({ type: 'uuid' })
  readerTenantId!: string;

  @Property({ type: 'uuid' })
  readerId!: string;

  /** Kept here: the owner may not read another's directory. */
  @Property({ columnType: 'text' })
  readerName!: string;

  @Property({ columnType: 'timestamptz', defaultRaw: 'now()' })
  readAt!: Date;

  /** London's day of `readAt`. */
  @Property({ columnType: 'date', defaultRaw: TODAY })
  readOn!: string;
}

/**
 * A link of an owner's chain: the log entry's place in the order of commits, and a keyed hash over it and the
 * link before. Whoever alters, removes or inserts an entry breaks the chain from there on.
 */
@Entity({
  tableName: 'read_log_seal',
  policies: [
    tenantReads(`owner_id = ${TENANT}`),
    { ...tenantInserts(`owner_id = ${TENANT}`), roles: [ROLE.worker] },
    readableByAudienceRole(),
  ],
})
@Unique({ properties: ['entryId'] })
@Index({ properties: ['readAt'] })
export class ReadLogSeal {
  @PrimaryKey({ type: 'uuid' })
  ownerId!: string;

  @PrimaryKey({ columnType: 'bigint' })
  position!: string;

  @Property({ type: 'uuid' })
  entryId!: string;

  /** The entry's, so that the sealer knows how far it has come. */
  @Property({ columnType: 'timestamptz' })
  readAt!: Date;

  @Property({ columnType: 'text' })
  hash!: string;
}
