import type { PolicyDef } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { ROLE, TENANT, tenantReads } from '@accord/persistence';
import { isAlliance } from './organisation.entity.js';

const ownerAlone = (): PolicyDef => ({
  name: 'owner_alone',
  command: 'all',
  roles: [ROLE.owner],
  using: 'true',
  check: 'true',
});

/** Who had sight of what before a change, until the same transaction has told of it (sight.sql.ts). */
@Entity({ tableName: 'sight_remembered', policies: [ownerAlone()] })
export class RememberedSight {
  @PrimaryKey({ columnType: 'xid8' })
  transaction!: string;

  @PrimaryKey({ type: 'uuid' })
  sharingId!: string;

  @PrimaryKey({ type: 'uuid' })
  organisationId!: string;
}

/** The days of which it has been told who gained and lost sight with them: once each, whichever worker comes first. */
@Entity({ tableName: 'sight_day', policies: [ownerAlone()] })
export class SightDay {
  @PrimaryKey({ columnType: 'date' })
  day!: string;
}

/** That those concerned were told of something due: once for each thing and day. */
@Entity({
  tableName: 'sharing_reminder',
  policies: [
    tenantReads(isAlliance(TENANT)),
    { name: 'clock_inserts', command: 'insert', roles: [ROLE.worker], check: isAlliance(TENANT) },
  ],
})
export class SharingReminder {
  @PrimaryKey({ columnType: 'text' })
  kind!: string;

  /** The agreement, the urgent disclosure, or the grant. */
  @PrimaryKey({ type: 'uuid' })
  subjectId!: string;

  @PrimaryKey({ columnType: 'date' })
  dueOn!: string;

  @Property({ columnType: 'timestamptz' })
  remindedAt!: Date;
}
