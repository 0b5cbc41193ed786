import type { PolicyDef } from '@mikro-orm/core';
import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy';
import { isAlliance } from '@accord/access';
import { readableByMembers, ROLE, TENANT, tenantUpdates } from '@accord/persistence';
import { AccreditationStatus } from '@accord/providers';
import {
  allianceInserts,
  allianceReads,
  clockInserts,
  clockUpdates,
  decisionMayGo,
  goesWithDecision,
} from './accreditation.policy.js';
import type { ChangeCause } from './vocabulary.js';

/** What the history says instead of the reason of a decision that was deleted when its time was over (rules 8). */
export const REASON_GONE = 'The decision was deleted when its time was over.';

/** The one thing that is ever changed in the history: a reason goes with the decision whose words it is. */
const reasonGoes: PolicyDef = {
  name: 'reason_goes',
  command: 'update',
  roles: [ROLE.gateway],
  using: decisionMayGo('accreditation_change.decision_id'),
  check: `${isAlliance(TENANT)} and reason = '${REASON_GONE}'`,
};

/**
 * Every status that a provider ever had: what was known on a day is read from here. Never changed, but for the reason of
 * what is kept no longer. A decision takes effect once, by its unique index, however many workers look for it.
 */
@Entity({
  tableName: 'accreditation_change',
  policies: [readableByMembers(), allianceInserts(), clockInserts(), reasonGoes],
})
@Unique({ properties: ['providerId', 'number'] })
@Index({
  name: 'accreditation_change_one_effect',
  expression: `create unique index accreditation_change_one_effect on accreditation_change (decision_id) where cause = 'DECISION'`,
})
export class ChangeRecord {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  providerId!: string;

  /** 1, 2, 3 … for each provider. */
  @Property({ columnType: 'int' })
  number!: number;

  @Property({ columnType: 'text' })
  status!: AccreditationStatus;

  /** Never before that of the change before it. */
  @Property({ columnType: 'date' })
  effectiveOn!: string;

  @Property({ columnType: 'text[]' })
  conditions: string[] = [];

  @Property({ columnType: 'date', nullable: true })
  reviewDue: string | null = null;

  @Property({ columnType: 'text' })
  cause!: ChangeCause;

  @Property({ type: 'uuid', nullable: true })
  decisionId: string | null = null;

  /** In the words meant for members, as long as the decision is kept that they are of. */
  @Property({ columnType: 'text' })
  reason!: string;

  @Property({ columnType: 'timestamptz' })
  recordedAt!: Date;
}

/** A decision dated ahead that never takes effect, because something else was decided before its day. */
@Entity({
  tableName: 'accreditation_set_aside',
  policies: [
    readableByMembers(),
    allianceInserts(),
    clockInserts(),
    goesWithDecision('accreditation_set_aside.decision_id'),
  ],
})
export class SetAside {
  @PrimaryKey({ type: 'uuid' })
  decisionId!: string;

  @Property({ columnType: 'text' })
  reason!: string;

  @Property({ columnType: 'timestamptz' })
  setAsideAt!: Date;
}

/** The version of a provider's file: the alliance's own, as it goes up with proposals that nobody else may know of. */
@Entity({
  tableName: 'accreditation_file',
  policies: [allianceReads(), allianceInserts(), tenantUpdates(isAlliance(TENANT)), clockInserts(), clockUpdates()],
})
export class FileVersion {
  @PrimaryKey({ type: 'uuid' })
  providerId!: string;

  @Property({ columnType: 'int' })
  version!: number;
}

/** That the leads were told of something due: once for each thing and day. */
@Entity({
  tableName: 'accreditation_reminder',
  policies: [allianceReads(), clockInserts(), goesWithDecision('accreditation_reminder.subject_id')],
})
export class Reminder {
  @PrimaryKey({ columnType: 'text' })
  kind!: string;

  /** The provider of a review, the decision of a ratification or of a telling put off. */
  @PrimaryKey({ type: 'uuid' })
  subjectId!: string;

  @PrimaryKey({ columnType: 'date' })
  dueOn!: string;

  @Property({ columnType: 'timestamptz' })
  remindedAt!: Date;
}
