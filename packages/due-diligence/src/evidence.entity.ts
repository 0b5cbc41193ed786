import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { knownToCaller, mayGo, ownedByCaller } from '@accord/access';
import { TENANT, tenantDeletes, tenantInserts, tenantReads } from '@accord/persistence';
import type { EvidenceScan } from './vocabulary.js';

/** A file that bears out an answer, for the answer's audience. Its bytes lie in the store, under its id. */
@Entity({
  tableName: 'due_diligence_evidence',
  policies: [
    tenantReads(knownToCaller('due_diligence_evidence.answer_id')),
    tenantInserts(ownedByCaller('due_diligence_evidence.answer_id')),
    // With its answer.
    tenantDeletes(
      `exists (select from due_diligence_answer a where a.id = due_diligence_evidence.answer_id and a.owner_id = ${TENANT} and ${mayGo('a.id', 'a.answered_on')})`,
    ),
  ],
})
@Index({ properties: ['answerId'] })
export class EvidenceRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  answerId!: string;

  @Property({ columnType: 'text' })
  fileName!: string;

  /** As its content shows, whatever it was called. */
  @Property({ columnType: 'text' })
  mediaType!: string;

  @Property({ columnType: 'int' })
  bytes!: number;

  /** SHA-256, hexadecimal. */
  @Property({ columnType: 'text' })
  hash!: string;

  @Property({ columnType: 'text' })
  scan!: EvidenceScan;

  @Property({ columnType: 'text' })
  uploadedBy!: string;

  @Property({ columnType: 'timestamptz' })
  uploadedAt!: Date;
}
