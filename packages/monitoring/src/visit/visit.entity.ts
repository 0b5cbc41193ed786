import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { knownToCaller, mayGo } from '@accord/access';
import {
  TENANT,
  readableByAudienceRole,
  tenantDeletes,
  tenantInserts,
  tenantReads,
  tenantUpdates,
} from '@accord/persistence';
import type { VisitingFunction, VisitMode, VisitOutcome, VisitReason, VisitState } from './vocabulary.js';

/** SQL: it is the calling tenant's. */
export const OWN = `owner_id = ${TENANT}`;

/** SQL: the visit is shared, and the calling tenant is in its audience; by the visit's own policy. */
export const SHARED = (visitId: string): string =>
  `exists (select from visit v where v.id = ${visitId} and v.state = 'SHARED')`;

/** SQL: what is to be written belongs to a visit of the calling tenant's. */
export const ON_OWN_VISIT = (visitId: string): string =>
  `${OWN} and exists (select from visit v where v.id = ${visitId} and v.owner_id = ${TENANT})`;

/** SQL: what belongs to a visit of the calling tenant's may be deleted with it, once its time is over (rules 8). */
export const GOES_WITH_VISIT = (visitId: string): string =>
  `${OWN} and exists (select from visit v where v.id = ${visitId} and v.owner_id = ${TENANT} and ${mayGo('v.id', 'v.visited_on')})`;

/**
 * A monitoring visit to a home, or to a provider without one, such as a fostering agency. A draft has no `sharing`,
 * so that nobody but its borough is in its audience; what is shared has one with its id.
 */
@Entity({
  tableName: 'visit',
  policies: [
    tenantReads(`${OWN} or (state <> 'DRAFT' and ${knownToCaller('visit.id')})`),
    tenantInserts(OWN),
    tenantUpdates(OWN),
    tenantDeletes(`${OWN} and ${mayGo('visit.id', 'visit.visited_on')}`),
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['homeId', 'visitedOn', 'id'] })
@Index({ properties: ['providerId', 'visitedOn', 'id'] })
@Index({ properties: ['ownerId', 'visitedOn', 'id'] })
@Check({ name: 'visit_reason_in_words', expression: `(reason = 'OTHER') = (reason_other is not null)` })
@Check({ name: 'visit_finished_with_outcome', expression: `state = 'DRAFT' or outcome is not null` })
@Check({ name: 'visit_withdrawn_with_reason', expression: `(state = 'WITHDRAWN') = (withdrawal_reason is not null)` })
export class VisitRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  @Property({ type: 'uuid', nullable: true })
  homeId: string | null = null;

  /** The version of the form that it is made with, for good. */
  @Property({ type: 'uuid' })
  templateId!: string;

  /** The version of the quality assessment framework by which it is assessed, for good. */
  @Property({ type: 'uuid' })
  frameworkId!: string;

  /** A day of London. */
  @Property({ columnType: 'date' })
  visitedOn!: string;

  @Property({ columnType: 'text' })
  reason!: VisitReason;

  /** The reason in words, where it is none of the others. */
  @Property({ columnType: 'text', nullable: true })
  reasonOther: string | null = null;

  @Property({ columnType: 'text' })
  mode!: VisitMode;

  @Property({ columnType: 'boolean' })
  unannounced!: boolean;

  /** Which of its borough's schedules it counts for. */
  @Property({ columnType: 'text' })
  madeAs!: VisitingFunction;

  /** In the roles in which they spoke for the provider, and never by name (rules 14). */
  @Property({ columnType: 'text[]' })
  providerRepresentatives!: string[];

  @Property({ columnType: 'text', nullable: true })
  outcome: VisitOutcome | null = null;

  /** A visit counts as done from SHARED on. */
  @Property({ columnType: 'text' })
  state!: VisitState;

  @Property({ columnType: 'int' })
  version: number = 1;

  /** As its sharing has it: its borough, and whoever went there, are not named to others (rules 3). */
  @Property({ columnType: 'boolean', default: false })
  anonymous: boolean = false;

  @Property({ columnType: 'text', nullable: true })
  withdrawalReason: string | null = null;
}
