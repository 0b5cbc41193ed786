import type { PolicyDef } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { isAlliance } from '@accord/access';
import { readableByAudienceRole, ROLE, TENANT, tenantReads } from '@accord/persistence';

const ALLIANCE = isAlliance(TENANT);

/** The worker's clock writes in the alliance's name. */
const clockWrites = (): PolicyDef[] => [
  { name: 'clock_inserts', command: 'insert', roles: [ROLE.worker], check: ALLIANCE },
  { name: 'clock_updates', command: 'update', roles: [ROLE.worker], using: ALLIANCE, check: ALLIANCE },
];

/** That those who rely on an answer were told that it lapses, and that it did: once each. */
@Entity({
  tableName: 'due_diligence_reminder',
  policies: [tenantReads(ALLIANCE), ...clockWrites(), readableByAudienceRole()],
})
export class AnswerReminder {
  @PrimaryKey({ type: 'uuid' })
  answerId!: string;

  @Property({ columnType: 'timestamptz', nullable: true })
  toldExpiringAt: Date | null = null;

  @Property({ columnType: 'timestamptz', nullable: true })
  toldExpiredAt: Date | null = null;
}

/** That an answer which is needed lapsed, the alliance's flag of it, and that it was renewed since. */
@Entity({
  tableName: 'due_diligence_lapse',
  policies: [tenantReads(ALLIANCE), ...clockWrites(), readableByAudienceRole()],
})
export class AnswerLapse {
  @PrimaryKey({ type: 'uuid' })
  answerId!: string;

  @Property({ type: 'uuid' })
  flagId!: string;

  @Property({ columnType: 'timestamptz' })
  flaggedAt!: Date;

  @Property({ columnType: 'timestamptz', nullable: true })
  clearedAt: Date | null = null;
}
