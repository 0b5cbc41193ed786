import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { FileScan, knownToCaller, mayGo, ownedByCaller } from '@accord/access';
import { TENANT, tenantDeletes, tenantInserts, tenantReads } from '@accord/persistence';
import { Field, ID, Int, ObjectType } from 'type-graphql';

/** A file that bears out an answer, for the answer's audience. Its bytes lie in the store, under its id. */
@ObjectType('DueDiligenceEvidence', {
  simpleResolvers: true,
  description: 'A file that bears out an answer. What is in it, openDueDiligenceEvidence gives.',
})
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
  @Field(() => ID, { description: 'Opaque.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  answerId!: string;

  @Field(() => String, { description: 'What it was called.' })
  @Property({ columnType: 'text' })
  fileName!: string;

  @Field(() => String, { description: 'What it is by its content, whatever it was called.' })
  @Property({ columnType: 'text' })
  mediaType!: string;

  @Field(() => Int, { description: 'How large it is, in bytes.' })
  @Property({ columnType: 'int' })
  bytes!: number;

  @Field(() => String, { description: 'Its SHA-256, hexadecimal.' })
  @Property({ columnType: 'text' })
  hash!: string;

  @Field(() => FileScan, { description: 'Whether it was looked through for malware when it came.' })
  @Property({ columnType: 'text' })
  scan!: FileScan;

  @Property({ columnType: 'text' })
  uploadedBy!: string;

  @Field(() => Date, { description: 'When it was kept.' })
  @Property({ columnType: 'timestamptz' })
  uploadedAt!: Date;
}
