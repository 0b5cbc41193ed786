import type pg from 'pg';
import { slowRatings } from './slow-rating.js';

/** What is counted in a report, one by one: whose it is and in which category; or several at once. */
export type Counted = readonly (readonly [organisationId: string, category: string, number?: number])[];

type Row = Readonly<Record<string, unknown>>;

/** Rows of tables as they lie there, with days as text. */
export interface Tables {
  readonly [table: string]: readonly Row[];
}

const READ = [
  'organisation',
  'placement_number',
  'accreditation_standing',
  'commissioning_arrangement',
  'registration',
  'inspection',
  'placement_return_line',
  'visit',
  'visit_answer',
  'form_item',
  'visit_action',
  'sharing',
];

export async function readTables(superuser: pg.Client): Promise<Tables> {
  const tables: Record<string, readonly Row[]> = {};
  for (const table of READ)
    tables[table] = (await superuser.query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t`)).rows.map(
      ({ row }) => row,
    );
  return tables;
}

const of = (tables: Tables, table: string): readonly Row[] => tables[table] ?? [];
const text = (row: Row, column: string): string => String(row[column]);

/** Which borough uses which provider, each pair once. */
const uses = (tables: Tables): Row[] => [
  ...new Map(
    of(tables, 'placement_number')
      .filter((row) => row['places_there'] === true)
      .map((row) => [`${text(row, 'borough_id')} ${text(row, 'provider_id')}`, row]),
  ).values(),
];

const visitsOf = (tables: Tables, month: string): Row[] =>
  of(tables, 'visit').filter((row) => row['state'] === 'SHARED' && text(row, 'visited_on').startsWith(month));

/** Of the returns of the month before. @param month `YYYY-MM`. */
function returned(tables: Tables, month: string, number: (row: Row) => number): Counted {
  const [year = 0, which = 0] = month.split('-').map(Number);
  const before = which === 1 ? `${year - 1}-12` : `${year}-${String(which - 1).padStart(2, '0')}`;
  return of(tables, 'placement_return_line')
    .filter((row) => text(row, 'month') === `${before}-01` && number(row) > 0)
    .map((row) => [text(row, 'borough_id'), text(row, 'placement_type'), number(row)]);
}

/**
 * What the reports are to say, by going through every row: slow and plain, for a test to compare with.
 * @param month `YYYY-MM`. @param day whose state is asked about.
 */
export const SLOW_REPORTS: Readonly<Record<string, (tables: Tables, month: string, day: string) => Counted>> = {
  ACCREDITATION_PIPELINE: (tables) => {
    const alliance = of(tables, 'organisation').find((row) => row['kind'] === 'ALLIANCE');
    return of(tables, 'accreditation_standing').map((row) => [text(alliance ?? {}, 'id'), text(row, 'status')]);
  },
  ACCREDITATION_IN_USE: (tables) =>
    uses(tables).map((use) => {
      const standing = of(tables, 'accreditation_standing').find((row) => row['provider_id'] === use['provider_id']);
      return [text(use, 'borough_id'), standing ? text(standing, 'status') : 'NONE_RECORDED'];
    }),
  USE_BY_ROUTE: (tables, _month, day) =>
    uses(tables).flatMap((use) => {
      const routes = of(tables, 'commissioning_arrangement')
        .filter((row) => row['provider_id'] === use['provider_id'] && row['borough_id'] === use['borough_id'])
        .filter((row) => text(row, 'starts_on') <= day && (row['ends_on'] === null || text(row, 'ends_on') > day))
        .map((row) => text(row, 'route'));
      const each = routes.length > 0 ? [...new Set(routes)] : ['NONE_RECORDED'];
      return each.map((route) => [text(use, 'borough_id'), route] as const);
    }),
  RATINGS: slowRatings,
  PLACEMENTS_SOUGHT: (tables, month) => returned(tables, month, ({ sought }) => Number(sought)),
  PLACEMENTS_MATCHED: (tables, month) => returned(tables, month, ({ matched }) => Number(matched)),
  PLACEMENTS_NOT_MATCHED: (tables, month) =>
    returned(tables, month, (row) => Number(row['sought']) - Number(row['matched'])),
  PLACEMENT_SPEND: (tables, month) => returned(tables, month, ({ weekly_spend: pounds }) => Number(pounds)),
  VISITS_DONE: (tables, month) =>
    visitsOf(tables, month).map((visit) => [text(visit, 'owner_id'), text(visit, 'outcome')]),
  EXPECTATIONS: (tables, month) =>
    visitsOf(tables, month).flatMap((visit) =>
      of(tables, 'visit_answer')
        .filter((answer) => answer['visit_id'] === visit['id'] && answer['value'] !== null)
        .filter((answer) =>
          of(tables, 'form_item').some(
            (item) =>
              item['template_id'] === answer['template_id'] &&
              item['code'] === answer['item_code'] &&
              item['kind'] === 'ASSESSMENT',
          ),
        )
        .map((answer) => [text(visit, 'owner_id'), text(answer, 'value')] as const),
    ),
  ACTIONS: (tables, _month, day) =>
    of(tables, 'visit_action')
      .filter((action) => action['verified_on'] === null)
      .filter((action) => of(tables, 'visit').some((v) => v['id'] === action['visit_id'] && v['state'] !== 'WITHDRAWN'))
      .map((action) => {
        const open = text(action, 'due_on') < day ? 'OVERDUE' : 'OPEN';
        return [text(action, 'owner_id'), action['done_on'] === null ? open : 'DONE'];
      }),
  FLAGS: (tables) =>
    of(tables, 'sharing')
      .filter((row) => row['kind'] === 'FLAG' && row['ended_at'] === null && row['anonymous'] === false)
      .filter((row) => row['level'] === 'ALLIANCE' || row['level'] === 'BOROUGHS_CONCERNED')
      .map((row) => [text(row, 'owner_id'), text(row, 'severity')]),
};
