import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { readableByAudienceRole, tenantDeletes, tenantInserts, tenantReads, tenantUpdates } from '@accord/persistence';
import type { Severity } from '@accord/flags';
import { GOES_WITH_VISIT, ON_OWN_VISIT, OWN, SHARED } from '../visit/visit.entity.js';
import type { FindingState } from './vocabulary.js';

/**
 * What a visit found. It is its borough's until a second officer publishes it, after the provider has replied or the
 * time to reply has passed; then it goes where its visit goes, and the reply goes with it.
 */
@Entity({
  tableName: 'visit_finding',
  policies: [
    tenantReads(`${OWN} or (state = 'PUBLISHED' and ${SHARED('visit_finding.visit_id')})`),
    tenantInserts(ON_OWN_VISIT('visit_finding.visit_id')),
    tenantUpdates(OWN),
    tenantDeletes(GOES_WITH_VISIT('visit_finding.visit_id')),
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['visitId'] })
@Index({ properties: ['replyDueOn'] })
@Check({
  name: 'visit_finding_four_eyes',
  expression: `(state = 'PUBLISHED') = (published_by is not null) and published_by is distinct from written_by`,
})
@Check({
  name: 'visit_finding_heard_first',
  expression: `state <> 'PUBLISHED' or (published_on is not null and (replied_on is not null or coalesce(reply_due_on < published_on, false)))`,
})
@Check({ name: 'visit_finding_reply_dated', expression: '(reply is null) = (replied_on is null)' })
export class FindingRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  visitId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  @Property({ columnType: 'text' })
  severity!: Severity;

  @Property({ columnType: 'text' })
  summary!: string;

  /** The items of its visit's forms that it rests on. */
  @Property({ columnType: 'text[]' })
  itemCodes!: string[];

  @Property({ columnType: 'text' })
  state!: FindingState;

  @Property({ columnType: 'int' })
  version: number = 1;

  @Property({ type: 'uuid' })
  writtenBy!: string;

  @Property({ columnType: 'text' })
  writtenByName!: string;

  /** The day on which the provider was asked for its comments, and the last on which it may give them. */
  @Property({ columnType: 'date', nullable: true })
  replyAskedOn: string | null = null;

  @Property({ columnType: 'date', nullable: true })
  replyDueOn: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  reply: string | null = null;

  @Property({ columnType: 'date', nullable: true })
  repliedOn: string | null = null;

  @Property({ type: 'uuid', nullable: true })
  publishedBy: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  publishedByName: string | null = null;

  @Property({ columnType: 'date', nullable: true })
  publishedOn: string | null = null;
}
