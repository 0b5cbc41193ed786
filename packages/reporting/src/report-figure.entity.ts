import { isAlliance } from '@accord/access';
import { readableByMembers, ROLE, TENANT } from '@accord/persistence';
import type { PolicyDef } from '@mikro-orm/core';
import { Check, Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { LEAST_SHOWN } from './suppression.js';

const IN_THE_ALLIANCES_NAME = isAlliance(TENANT);

/** SQL: figures of a month that are published are not counted anew: two counts of one month would tell of what lies between. */
const NOT_FINAL = (month: string): string =>
  `${IN_THE_ALLIANCES_NAME} and not exists (select from report_month m where m.month = ${month} and m.is_final)`;

/** Whatever is written, and by whatever mistake. */
const NOT_UNDER_FIVE = `number >= ${LEAST_SHOWN}`;

const clock = (command: 'insert' | 'delete', rows: string): PolicyDef => ({
  name: `clock_${command}s`,
  command,
  roles: [ROLE.worker],
  ...(command === 'insert' ? { check: rows } : { using: rows }),
});

/** A month that was counted. */
@Entity({
  tableName: 'report_month',
  policies: [
    readableByMembers(),
    clock('insert', IN_THE_ALLIANCES_NAME),
    {
      name: 'clock_updates',
      command: 'update',
      roles: [ROLE.worker],
      using: `${IN_THE_ALLIANCES_NAME} and not is_final`,
      check: IN_THE_ALLIANCES_NAME,
    },
  ],
})
export class ReportMonth {
  /** Its first day. */
  @PrimaryKey({ columnType: 'date' })
  month!: string;

  /** The day on which it was counted last. */
  @Property({ columnType: 'date' })
  asAt!: string;

  /** Whether it is over and was counted since: its figures are published then, and stay. */
  @Property({ columnType: 'boolean' })
  isFinal!: boolean;

  /** How many boroughs' returns are in its figures; null before they are published. Which, nobody is told. */
  @Property({ columnType: 'int', nullable: true })
  returns: number | null = null;

  /** How many boroughs there were; null where it was counted before there were returns. */
  @Property({ columnType: 'int', nullable: true })
  boroughs: number | null = null;
}

/** What one organisation counted of its own: exact, and its own alone, whoever asks. */
@Entity({
  tableName: 'report_share',
  policies: [
    { name: 'tenant_reads', command: 'select', roles: [ROLE.gateway], using: `organisation_id = ${TENANT}` },
    // To count a month anew: the month is all of it that the worker may read.
    { name: 'clock_reads', command: 'select', roles: [ROLE.worker], using: IN_THE_ALLIANCES_NAME },
    clock('insert', NOT_FINAL('report_share.month')),
    clock('delete', NOT_FINAL('report_share.month')),
  ],
})
export class ReportShare {
  @PrimaryKey({ columnType: 'date' })
  month!: string;

  @PrimaryKey({ columnType: 'text' })
  kind!: string;

  @PrimaryKey({ type: 'uuid' })
  organisationId!: string;

  @PrimaryKey({ columnType: 'text' })
  category!: string;

  @Property({ columnType: 'int' })
  number!: number;
}

/** A figure of all organisations together, as everybody may see it: what is kept back is not in it (rules 10). */
@Entity({
  tableName: 'report_region',
  policies: [readableByMembers(), clock('insert', NOT_FINAL('report_region.month'))],
})
@Check({ name: 'report_region_not_under_five', expression: NOT_UNDER_FIVE })
export class RegionFigure {
  @PrimaryKey({ columnType: 'date' })
  month!: string;

  @PrimaryKey({ columnType: 'text' })
  kind!: string;

  @PrimaryKey({ columnType: 'text' })
  category!: string;

  /** Null where it is kept back. */
  @Property({ columnType: 'int', nullable: true })
  number: number | null = null;
}

/** A borough's part of a figure, as the alliance may see it. */
@Entity({
  tableName: 'report_borough',
  policies: [
    { name: 'alliance_reads', command: 'select', roles: [ROLE.gateway], using: IN_THE_ALLIANCES_NAME },
    clock('insert', NOT_FINAL('report_borough.month')),
  ],
})
@Check({ name: 'report_borough_not_under_five', expression: NOT_UNDER_FIVE })
export class BoroughFigure {
  @PrimaryKey({ columnType: 'date' })
  month!: string;

  @PrimaryKey({ columnType: 'text' })
  kind!: string;

  @PrimaryKey({ type: 'uuid' })
  boroughId!: string;

  @PrimaryKey({ columnType: 'text' })
  category!: string;

  /** Null where it is kept back. */
  @Property({ columnType: 'int', nullable: true })
  number: number | null = null;
}
