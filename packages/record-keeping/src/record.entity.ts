import { TENANT, tenantDeletes, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { RecordKind } from './vocabulary.js';

const OWN = `owner_id = ${TENANT}`;

/** A legal hold on a record of the own organisation's: it stops deletion, and nothing else. */
@Entity({
  tableName: 'record_hold',
  policies: [tenantReads(OWN), tenantInserts(OWN), tenantUpdates(OWN), tenantDeletes(OWN)],
})
export class RecordHold {
  @PrimaryKey({ type: 'uuid' })
  ownerId!: string;

  @PrimaryKey({ type: 'uuid' })
  recordId!: string;

  @Property({ columnType: 'text' })
  kind!: RecordKind;

  @Property({ columnType: 'text' })
  reason!: string;

  @Property({ columnType: 'text' })
  heldBy!: string;

  @Property({ columnType: 'date' })
  heldOn!: string;
}

/** What is left of a record that was deleted: that there was one, of whom, and who deleted it and why. None of its words. */
@Entity({ tableName: 'record_tombstone', policies: [tenantReads(OWN), tenantInserts(OWN)] })
@Index({ properties: ['ownerId', 'deletedOn', 'id'] })
@Index({ properties: ['providerId'] })
export class RecordTombstoneRow {
  @PrimaryKey({ type: 'uuid' })
  ownerId!: string;

  /** The id that the record had. */
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  /** The act by which it was deleted, with others. */
  @Property({ type: 'uuid' })
  deletionId!: string;

  @Property({ columnType: 'text' })
  kind!: RecordKind;

  @Property({ type: 'uuid', nullable: true })
  providerId: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  /** The day from which its years ran. */
  @Property({ columnType: 'date' })
  overOn!: string;

  @Property({ columnType: 'date' })
  deletedOn!: string;

  @Property({ columnType: 'text' })
  deletedBy!: string;

  @Property({ columnType: 'text' })
  reason!: string;
}
