import { mayGo, ReadPurpose } from '@accord/access';
import {
  readableByAudienceRole,
  TENANT,
  tenantDeletes,
  tenantInserts,
  tenantReads,
  tenantUpdates,
} from '@accord/persistence';
import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import type { ReferenceState } from './vocabulary.js';

/** SQL: an agreement in force between the calling tenant and the borough that answers covers references. */
const AGREED = `(borough_id, 'DUE_DILIGENCE') in (select a.owner_id, a.kind from agreed_with_caller a)`;

/**
 * That a borough asks others about a home, or about a provider. Seen by that borough and by those that it reached; whom
 * it reached stands in `borough_reference`, and is not shown to it before they act.
 */
@Entity({
  tableName: 'reference_request',
  policies: [
    tenantReads(
      `requester_id = ${TENANT} or exists (
        select from borough_reference r where r.request_id = reference_request.id and r.borough_id = ${TENANT})`,
    ),
    tenantInserts(`requester_id = ${TENANT}`),
    tenantDeletes(`requester_id = ${TENANT} and ${mayGo('reference_request.id', 'reference_request.due_on')}`),
    // The clock asks whose deadline is over: ids and days.
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['requesterId', 'askedAt'] })
@Index({ properties: ['providerId'] })
export class ReferenceRequestRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  requesterId!: string;

  @Property({ columnType: 'text' })
  requestedBy!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  @Property({ columnType: 'text' })
  purpose!: ReadPurpose;

  @Property({ columnType: 'text[]' })
  questions!: string[];

  @Property({ columnType: 'date' })
  dueOn!: string;

  /** False where the bank holidays up to then are not all known. */
  @Property({ columnType: 'boolean' })
  isDueCertain!: boolean;

  @Property({ columnType: 'timestamptz' })
  askedAt!: Date;
}

/**
 * What one borough was asked and said. It sees its own from the start; whoever asked, once it has answered or declined;
 * other members of the agreement, once it has answered and agreed to that. A borough that let the deadline pass has
 * told nobody that it places there, and nobody learns it.
 */
@Entity({
  tableName: 'borough_reference',
  policies: [
    tenantReads(
      `borough_id = ${TENANT} or (${AGREED} and (
        (requester_id = ${TENANT} and state <> 'ASKED') or (state = 'ANSWERED' and shared_with_alliance)))`,
    ),
    tenantInserts(`requester_id = ${TENANT} and state = 'ASKED'`),
    tenantUpdates(`borough_id = ${TENANT}`),
    tenantDeletes(
      `borough_id = ${TENANT} and ${mayGo('borough_reference.id', 'coalesce(borough_reference.answered_on, borough_reference.due_on)')}`,
    ),
  ],
})
@Unique({ properties: ['requestId', 'boroughId'] })
@Index({ properties: ['boroughId'] })
@Index({ properties: ['providerId'] })
@Check({ name: 'borough_reference_answered', expression: `(state = 'ANSWERED') = (answers is not null)` })
@Check({ name: 'borough_reference_declined', expression: `(state = 'DECLINED') = (decline_reason is not null)` })
@Check({ name: 'borough_reference_dated', expression: `(state = 'ASKED') = (answered_on is null)` })
export class BoroughReference {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  requestId!: string;

  @Property({ type: 'uuid' })
  requesterId!: string;

  @Property({ type: 'uuid' })
  boroughId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  /** As in the request, which members who were not asked do not see. */
  @Property({ columnType: 'text[]' })
  questions!: string[];

  @Property({ columnType: 'date' })
  dueOn!: string;

  /** Never `LAPSED`: that is `ASKED` whose deadline is over. */
  @Property({ columnType: 'text' })
  state!: ReferenceState;

  /** One for each question, in their order. */
  @Property({ columnType: 'text[]', nullable: true })
  answers: string[] | null = null;

  /** How many young people it has had there: exact, for the two boroughs alone (rules 10). */
  @Property({ columnType: 'int', nullable: true })
  youngPeople: number | null = null;

  @Property({ columnType: 'date', nullable: true })
  usedSince: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  declineReason: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  answeredBy: string | null = null;

  @Property({ columnType: 'date', nullable: true })
  answeredOn: string | null = null;

  @Property({ columnType: 'boolean', default: false })
  sharedWithAlliance: boolean = false;

  @Property({ columnType: 'int', default: 1 })
  version: number = 1;
}

/** What a borough settled about references: whether it is asked, and how many it needs. */
@Entity({
  tableName: 'reference_setting',
  policies: [
    tenantReads(`borough_id = ${TENANT}`),
    tenantInserts(`borough_id = ${TENANT}`),
    tenantUpdates(`borough_id = ${TENANT}`),
    readableByAudienceRole(),
  ],
})
@Check({ name: 'reference_setting_required', expression: 'required between 0 and 10' })
export class ReferenceSettingRecord {
  @PrimaryKey({ type: 'uuid' })
  boroughId!: string;

  @Property({ columnType: 'boolean' })
  isAsked!: boolean;

  @Property({ columnType: 'int' })
  required!: number;
}
