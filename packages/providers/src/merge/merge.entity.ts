import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { isAlliance } from '@accord/access';
import { readableByMembers, ROLE, TENANT, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';

/**
 * That one provider was found to be another: the other's old id and the names by which it was known. What
 * the alliance wrote about it lies in `provider_merge_note`.
 */
@Entity({
  tableName: 'provider_merge',
  policies: [readableByMembers(), tenantInserts(isAlliance(TENANT)), tenantUpdates(isAlliance(TENANT))],
})
@Index({
  name: 'provider_merge_in_force',
  expression: 'create unique index provider_merge_in_force on provider_merge (merged_id) where undone_at is null',
})
@Index({ properties: ['survivorId'] })
@Check({ name: 'provider_merge_of_two', expression: 'kept_id <> merged_id' })
export class ProviderMergeRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  keptId!: string;

  @Property({ type: 'uuid' })
  mergedId!: string;

  /** The provider that answers to the old id today: the kept one, or the one into which that was merged in turn. */
  @Property({ type: 'uuid' })
  survivorId!: string;

  @Property({ columnType: 'text' })
  name!: string;

  @Property({ columnType: 'text[]' })
  tradingNames: string[] = [];

  @Property({ columnType: 'text', nullable: true })
  companyNumber: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  postcode: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  ownerKey: string | null = null;

  /** Whose accreditation file went on; null where neither had one. */
  @Property({ type: 'uuid', nullable: true })
  accreditationOf: string | null = null;

  @Property({ columnType: 'timestamptz' })
  mergedAt!: Date;

  @Property({ columnType: 'timestamptz', nullable: true })
  undoneAt: Date | null = null;
}

export enum MergeAct {
  MERGED = 'MERGED',
  UNDONE = 'UNDONE',
}

/** Who merged or undid it, and why: the alliance's own. Never changed; once for each of the two, by its key. */
@Entity({
  tableName: 'provider_merge_note',
  policies: [tenantReads(isAlliance(TENANT)), tenantInserts(isAlliance(TENANT))],
})
export class ProviderMergeNote {
  @PrimaryKey({ type: 'uuid' })
  mergeId!: string;

  @PrimaryKey({ columnType: 'text' })
  act!: MergeAct;

  @Property({ columnType: 'text' })
  reason!: string;

  @Property({ type: 'uuid' })
  actorId!: string;

  /** The name in the directory then. */
  @Property({ columnType: 'text' })
  actedBy!: string;

  @Property({ columnType: 'timestamptz' })
  actedAt!: Date;
}

/**
 * Which rows a merge moved, so that an undo brings back these. It names boroughs' own rows, of which the
 * alliance may know nothing: no role has any privilege on it, `merge_provider` and `unmerge_provider` alone
 * write and read it (infra/decisions/0011-merge.md).
 */
@Entity({
  tableName: 'provider_merge_row',
  policies: [{ name: 'owner_alone', command: 'all', roles: [ROLE.owner], using: 'true', check: 'true' }],
})
export class ProviderMergeRow {
  @PrimaryKey({ type: 'uuid' })
  mergeId!: string;

  @PrimaryKey({ columnType: 'text' })
  tableName!: string;

  @PrimaryKey({ type: 'uuid' })
  rowId!: string;

  /** Of a row that took another's values in: what it said before, and after. */
  @Property({ columnType: 'jsonb', nullable: true })
  before: unknown = null;

  @Property({ columnType: 'jsonb', nullable: true })
  after: unknown = null;
}
