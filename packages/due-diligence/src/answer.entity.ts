import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { knownToCaller, mayGo, ownedByCaller } from '@accord/access';
import {
  readableByAudienceRole,
  TENANT,
  tenantDeletes,
  tenantInserts,
  tenantReads,
  tenantUpdates,
} from '@accord/persistence';
import type { Assurance, MarkKind } from './vocabulary.js';

/**
 * An answer about a provider or one of its homes, for its audience: whose it is and how far it goes stands in the
 * `sharing` with its id. Never changed but to be withdrawn; a later answer comes before it, and it stays.
 */
@Entity({
  tableName: 'due_diligence_answer',
  policies: [
    tenantReads(knownToCaller('due_diligence_answer.id')),
    readableByAudienceRole(),
    tenantInserts(`owner_id = ${TENANT} and ${ownedByCaller('due_diligence_answer.id')}`),
    tenantUpdates(ownedByCaller('due_diligence_answer.id')),
    // Whether it has ceased to hold so long ago is for whoever deletes it: a policy cannot look at other answers.
    tenantDeletes(`owner_id = ${TENANT} and ${mayGo('due_diligence_answer.id', 'due_diligence_answer.answered_on')}`),
  ],
})
@Index({ properties: ['providerId'] })
@Index({ properties: ['subjectId', 'askedId', 'answeredOn'] })
@Index({ properties: ['validUntil'] })
@Check({
  name: 'due_diligence_answer_assurance_known',
  expression: `assurance in ('SELF_DECLARED', 'EVIDENCE_SEEN', 'VERIFIED_ON_SITE')`,
})
@Check({
  name: 'due_diligence_answer_withdrawn_with_reason',
  expression: '(withdrawn_on is null) = (withdrawal_reason is null)',
})
export class AnswerRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  /** Null where it is about the provider. */
  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  /** The home or, where there is none, the provider. */
  @Property({ type: 'uuid', generated: '(coalesce(home_id, provider_id)) stored' })
  subjectId!: string;

  /** The question as it stood in the version under which it was answered. */
  @Property({ type: 'uuid' })
  questionId!: string;

  @Property({ type: 'uuid' })
  askedId!: string;

  @Property({ columnType: 'text' })
  value!: string;

  /** Whether it says that there is what is asked for: false of a document that the provider does not have. */
  @Property({ columnType: 'boolean' })
  isHeld!: boolean;

  @Property({ columnType: 'text' })
  assurance!: Assurance;

  @Property({ columnType: 'text', nullable: true })
  note: string | null = null;

  @Property({ columnType: 'date' })
  answeredOn!: string;

  /** The last day on which it holds. */
  @Property({ columnType: 'date', nullable: true })
  validUntil: string | null = null;

  @Property({ columnType: 'timestamptz' })
  recordedAt!: Date;

  /** By the name in the directory; of what came through a link, null. */
  @Property({ columnType: 'text', nullable: true })
  recordedBy: string | null = null;

  /** The link through which the provider said it. */
  @Property({ type: 'uuid', nullable: true })
  linkId: string | null = null;

  @Property({ columnType: 'date', nullable: true })
  withdrawnOn: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  withdrawalReason: string | null = null;
}

/**
 * That an organisation confirms an answer, or challenges it: a thing of its own under the rule of answers, for
 * its audience is that of whoever says it. A later one of the same organisation replaces it.
 */
@Entity({
  tableName: 'due_diligence_mark',
  policies: [
    tenantReads(knownToCaller('due_diligence_mark.id')),
    tenantInserts(
      `owner_id = ${TENANT} and ${ownedByCaller('due_diligence_mark.id')} and ${knownToCaller('due_diligence_mark.answer_id')}`,
    ),
    tenantUpdates(ownedByCaller('due_diligence_mark.id')),
    tenantDeletes(`owner_id = ${TENANT} and ${mayGo('due_diligence_mark.id', 'due_diligence_mark.marked_on')}`),
  ],
})
@Index({ properties: ['providerId'] })
@Index({
  name: 'due_diligence_mark_one',
  expression:
    'create unique index due_diligence_mark_one on due_diligence_mark (answer_id, owner_id) where replaced_at is null',
})
@Check({ name: 'due_diligence_mark_kind_known', expression: `kind in ('CONFIRMED', 'CHALLENGED')` })
@Check({ name: 'due_diligence_mark_challenged_with_reason', expression: `kind = 'CONFIRMED' or reason is not null` })
@Check({
  name: 'due_diligence_mark_confirmed_with_assurance',
  expression: `(kind = 'CONFIRMED') = (assurance is not null)`,
})
export class AnswerMarkRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  answerId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ columnType: 'text' })
  kind!: MarkKind;

  /** Of a confirmation: what was seen. */
  @Property({ columnType: 'text', nullable: true })
  assurance: Assurance | null = null;

  /** Of a challenge: why. */
  @Property({ columnType: 'text', nullable: true })
  reason: string | null = null;

  @Property({ columnType: 'date' })
  markedOn!: string;

  @Property({ columnType: 'text' })
  recordedBy!: string;

  @Property({ columnType: 'timestamptz', nullable: true })
  replacedAt: Date | null = null;
}
