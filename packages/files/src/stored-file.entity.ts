import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  readableByAudienceRole,
  TENANT,
  tenantDeletes,
  tenantInserts,
  tenantReads,
  tenantUpdates,
} from '@accord/persistence';

const OWN = `tenant_id = ${TENANT}`;

/**
 * A file whose bytes lie in the store, or may: whose it is and how large. What it is, and who sees it, says the row of
 * the same id of the feature that keeps it. A gateway removes the bytes of those whose time has come.
 */
@Entity({
  tableName: 'stored_file',
  policies: [tenantReads(OWN), tenantInserts(OWN), tenantUpdates(OWN), tenantDeletes(OWN), readableByAudienceRole()],
})
@Index({ properties: ['tenantId'] })
@Index({
  name: 'stored_file_to_remove',
  expression: `create index stored_file_to_remove on stored_file (remove_from) where remove_from is not null`,
})
export class StoredFile {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  tenantId!: string;

  @Property({ columnType: 'int' })
  bytes!: number;

  /** Null for a file that is kept. One that was deleted has the moment at which it was; one that is not kept yet, how long it may take. */
  @Property({ columnType: 'timestamptz', nullable: true })
  removeFrom: Date | null = null;
}
