import { isAlliance } from '@accord/access';
import { ROLE, TENANT } from '@accord/persistence';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/**
 * That a borough was told that a visit is due, or overdue: once each. The worker's clock alone writes and reads it, in
 * the alliance's name, which no gateway may.
 */
@Entity({
  tableName: 'visit_reminder',
  policies: [
    { name: 'clock_reads', command: 'select', roles: [ROLE.worker], using: isAlliance(TENANT) },
    { name: 'clock_inserts', command: 'insert', roles: [ROLE.worker], check: isAlliance(TENANT) },
  ],
})
export class VisitReminder {
  @PrimaryKey({ type: 'uuid' })
  ruleId!: string;

  @PrimaryKey({ type: 'uuid' })
  homeId!: string;

  @PrimaryKey({ columnType: 'date' })
  dueOn!: string;

  @PrimaryKey({ columnType: 'text' })
  kind!: string;

  @Property({ columnType: 'timestamptz' })
  remindedAt!: Date;
}
