import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { isAlliance } from '@accord/access';
import {
  ROLE,
  TENANT,
  readableByAudienceRole,
  tenantDeletes,
  tenantInserts,
  tenantReads,
  tenantUpdates,
} from '@accord/persistence';
import { GOES_WITH_VISIT, ON_OWN_VISIT, OWN, SHARED } from '../visit/visit.entity.js';
import type { ActionOwner } from './vocabulary.js';

/** What was agreed to be done after a visit (Brent 4.12; City of London, Appendix 4). Its progress goes where its visit goes. */
@Entity({
  tableName: 'visit_action',
  policies: [
    tenantReads(`${OWN} or ${SHARED('visit_action.visit_id')}`),
    tenantInserts(ON_OWN_VISIT('visit_action.visit_id')),
    tenantUpdates(OWN),
    tenantDeletes(GOES_WITH_VISIT('visit_action.visit_id')),
    readableByAudienceRole(),
  ],
})
@Index({ properties: ['visitId'] })
@Index({
  name: 'visit_action_due',
  expression: 'create index visit_action_due on visit_action (due_on, id) where done_on is null',
})
@Check({ name: 'visit_action_verified_when_done', expression: 'verified_on is null or done_on is not null' })
export class ActionRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  visitId!: string;

  @Property({ type: 'uuid' })
  ownerId!: string;

  /** The finding that it answers, where it answers one. */
  @Property({ type: 'uuid', nullable: true })
  findingId: string | null = null;

  @Property({ columnType: 'text' })
  what!: string;

  @Property({ columnType: 'text' })
  responsible!: ActionOwner;

  @Property({ columnType: 'date' })
  dueOn!: string;

  @Property({ columnType: 'date', nullable: true })
  doneOn: string | null = null;

  @Property({ columnType: 'date', nullable: true })
  verifiedOn: string | null = null;

  @Property({ columnType: 'text', nullable: true })
  verifiedBy: string | null = null;

  @Property({ columnType: 'int' })
  version: number = 1;
}

const BY_THE_ALLIANCE = isAlliance(TENANT);

/** That a borough was told of something due after a visit: once for each thing, kind and day. */
@Entity({
  tableName: 'follow_up_reminder',
  policies: [
    tenantReads(BY_THE_ALLIANCE),
    { name: 'clock_inserts', command: 'insert', roles: [ROLE.worker], check: BY_THE_ALLIANCE },
    readableByAudienceRole(),
  ],
})
export class FollowUpReminder {
  @PrimaryKey({ columnType: 'text' })
  kind!: string;

  /** The action or the finding. */
  @PrimaryKey({ type: 'uuid' })
  subjectId!: string;

  @PrimaryKey({ columnType: 'date' })
  dueOn!: string;

  @Property({ columnType: 'timestamptz' })
  remindedAt!: Date;
}
