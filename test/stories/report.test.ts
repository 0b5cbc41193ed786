import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { organisationId, TENANT_CODE } from '@accord/infra';
import { londonDate } from '@accord/kernel';
import { monthAfter, monthOf, ReportKind, writeMonth } from '@accord/reporting';
import { countReportsAnew, TestAccord } from '@accord/testkit';
import pg from 'pg';
import { haveBusyMonth } from './support/busy-month.js';
import { readTables, SLOW_REPORTS, type Tables } from './support/slow-report.js';

/** User story 9: a regional commissioner, or a committee's clerk, produces the borough's and the region's report. */

const BRENT = organisationId(TENANT_CODE.brent);
const DAY = londonDate(new Date());
const MONTH = writeMonth(monthAfter(monthOf(DAY), -1));

const RETURNED = ['PLACEMENTS_SOUGHT', 'PLACEMENTS_MATCHED', 'PLACEMENTS_NOT_MATCHED', 'PLACEMENT_SPEND'];

/** What the story lists: sought, matched, spend, share by route, ratings, safeguarding alerts, visits done and due. */
const WHOLE = [...RETURNED, 'USE_BY_ROUTE', 'RATINGS', 'FLAGS', 'VISITS_DONE', 'VISITS_DUE'];

const REPORT = `query($kind: ReportKind!) { report(kind: $kind) {
  month isFinal rows { category own region { number } } total { own region { number } } } }`;
const BY_BOROUGH = `query($kind: ReportKind!) { report(kind: $kind) {
  boroughs { borough { id } rows { category figure { number } } } } }`;

interface Report {
  readonly month: string;
  readonly isFinal: boolean;
  readonly rows: readonly {
    readonly category: string;
    readonly own: number;
    readonly region: { readonly number: number | null };
  }[];
  readonly total: { readonly own: number; readonly region: { readonly number: number | null } };
}

interface ByBorough {
  readonly boroughs: readonly {
    readonly borough: { readonly id: string };
    readonly rows: readonly { readonly category: string; readonly figure: { readonly number: number | null } }[];
  }[];
}

let accord: TestAccord;
let superuser: pg.Client;
let tables: Tables;

beforeAll(async () => {
  accord = await TestAccord.start();
  superuser = new pg.Client({ connectionString: accord.database.urls.superuser });
  await superuser.connect();
  await haveBusyMonth(superuser, MONTH, DAY, BRENT);
  tables = await readTables(superuser);
  await countReportsAnew(accord.database.urls);
});

afterAll(async () => {
  await superuser.end();
  await accord.stop();
});

const reportOf = async (persona: string, kind: string): Promise<Report> =>
  (await (await accord.as(persona)).data<{ report: Report }>(REPORT, { kind })).report;

/** How many there are of each, by going through every row. */
const slowly = (kind: string, whose?: string): Record<string, number> => {
  const counted: Record<string, number> = {};
  for (const [id, category, number = 1] of SLOW_REPORTS[kind]?.(tables, MONTH, DAY) ?? [])
    if (whose === undefined || id === whose) counted[category] = (counted[category] ?? 0) + number;
  return counted;
};

const sum = (numbers: Readonly<Record<string, number>>): number =>
  Object.values(numbers).reduce((all, one) => all + one, 0);

describe('the borough’s and the region’s report', () => {
  it.each(Object.keys(SLOW_REPORTS))('counts in %s what one finds by going through every row', async (kind) => {
    const { rows: shares } = await superuser.query<{ id: string; category: string; number: number }>(
      `select organisation_id as id, category, number from report_share
       where kind = $1 and month = $2::date order by 1, 2`,
      [kind, `${MONTH}-01`],
    );
    const expected = Object.values(organisations()).flatMap((id) =>
      Object.entries(slowly(kind, id)).map(([category, number]) => ({ id, category, number })),
    );
    const inOrder = (list: typeof shares) =>
      list.toSorted((a, b) => (`${a.id} ${a.category}` < `${b.id} ${b.category}` ? -1 : 1));
    expect(inOrder(shares)).toEqual(inOrder(expected));
    expect(shares.length).toBeGreaterThan(3);
  });

  it.each(Object.keys(SLOW_REPORTS))('adds up in %s: each borough’s own is its share of the region’s', async (kind) => {
    const lead = await reportOf('alliance-lead', kind);
    expect(lead).toMatchObject({ month: MONTH, isFinal: true });
    const all = slowly(kind);
    for (const { category, region } of lead.rows) expect([null, all[category] ?? 0]).toContain(region.number);
    expect([null, sum(all)]).toContain(lead.total.region.number);
    const { report } = await (await accord.as('alliance-admin')).data<{ report: ByBorough }>(BY_BOROUGH, { kind });
    for (const persona of ['brent-quality', 'barnet-placements', 'havering-quality', 'ealing-placements']) {
      const own = await reportOf(persona, kind);
      const id = await tenantOf(persona);
      expect(Object.fromEntries(own.rows.filter((row) => row.own > 0).map((row) => [row.category, row.own]))).toEqual(
        slowly(kind, id),
      );
      expect(own.total.own).toBe(sum(slowly(kind, id)));
      const part = report.boroughs.find(({ borough }) => borough.id === id);
      for (const { category, figure } of part?.rows ?? [])
        expect([null, own.rows.find((row) => row.category === category)?.own]).toContain(figure.number);
      // The region's is the same to everybody.
      expect(own.rows.map(({ region }) => region)).toEqual(lead.rows.map(({ region }) => region));
    }
  });

  it('shows numbers, and not only that they are kept back', async () => {
    for (const kind of ['RATINGS', ...RETURNED, 'USE_BY_ROUTE', 'VISITS_DONE', 'EXPECTATIONS', 'ACTIONS', 'FLAGS']) {
      const { rows } = await reportOf('alliance-lead', kind);
      expect([kind, rows.some(({ region }) => region.number !== null)]).toEqual([kind, true]);
    }
    const { rows: visits } = await reportOf('alliance-lead', 'VISITS_DONE');
    expect(visits.map(({ region }) => region.number)).toContain(null);
    const { report } = await (
      await accord.as('alliance-admin')
    ).data<{ report: ByBorough }>(BY_BOROUGH, { kind: 'EXPECTATIONS' });
    expect(report.boroughs.flatMap(({ rows }) => rows).some(({ figure }) => figure.number !== null)).toBe(true);
  });

  it('shows no borough’s part of what is recorded of nothing: its total would follow, and undo another report', async () => {
    for (const kind of ['ACCREDITATION_IN_USE', 'USE_BY_ROUTE', 'RATINGS']) {
      const { report } = await (await accord.as('alliance-admin')).data<{ report: ByBorough }>(BY_BOROUGH, { kind });
      const none = report.boroughs.flatMap(({ rows }) => rows.filter(({ category }) => category === 'NONE_RECORDED'));
      expect(none).toHaveLength(33);
      expect([kind, none.filter(({ figure }) => figure.number !== null)]).toEqual([kind, []]);
    }
  });

  it('has of what was sought both parts, and of money no more than what many spent on many', async () => {
    const [sought, matched, notMatched, spend] = await Promise.all(
      RETURNED.map((kind) => reportOf('alliance-lead', kind)),
    );
    const regionOf = (report: Report | undefined, category: string) =>
      report?.rows.find((row) => row.category === category)?.region.number ?? null;
    for (const { category } of sought?.rows ?? []) {
      const [all, found, notFound] = [sought, matched, notMatched].map((report) => regionOf(report, category));
      expect(all).toBe(found === null || notFound === null ? null : Number(found) + Number(notFound));
      expect(found === null && regionOf(spend, category) !== null).toBe(false);
    }
    // Of special schools and secure homes few were sought anywhere.
    for (const category of ['SECURE_CHILDRENS_HOME', 'RESIDENTIAL_SPECIAL_SCHOOL'])
      expect([category, regionOf(matched, category), regionOf(spend, category)]).toEqual([category, null, null]);
    expect(sought?.total.region.number).toBeGreaterThan(500);
    expect(spend?.total.region.number).toBeGreaterThan(100_000);
    const { report } = await (
      await accord.as('alliance-admin')
    ).data<{ report: ByBorough }>(BY_BOROUGH, { kind: 'PLACEMENT_SPEND' });
    expect(report.boroughs).toEqual([]);
  });

  it('has of visits due and of answers what the borough finds in its own lists', async () => {
    const brent = await accord.as('brent-quality');
    const { visitScheduleFigures: due } = await brent.data<{ visitScheduleFigures: Record<string, number> }>(
      '{ visitScheduleFigures { upcoming due overdue } }',
    );
    const schedule = await reportOf('brent-quality', 'VISITS_DUE');
    expect(Object.fromEntries(schedule.rows.map(({ category, own }) => [category.toLowerCase(), own]))).toEqual(due);
    const states: Record<string, number> = {};
    for (const state of (await answersOf(brent)).values()) states[state] = (states[state] ?? 0) + 1;
    const answers = await reportOf('brent-quality', 'ANSWERS');
    expect(
      Object.fromEntries(answers.rows.filter(({ own }) => own > 0).map(({ category, own }) => [category, own])),
    ).toEqual(states);
    expect(sum(states)).toBeGreaterThan(50);
  });

  it('is handed out as CSV and as JSON, each row with its source, its day and its marking', async () => {
    const clerk = await accord.as('alliance-admin');
    const files = await clerk.data<Record<'csv' | 'json', { name: string; mediaType: string; content: string }>>(
      '{ csv: reportFile(format: CSV) { name mediaType content } json: reportFile(format: JSON) { name mediaType content } }',
    );
    expect(files.csv).toMatchObject({ name: `reports-${MONTH}.csv`, mediaType: 'text/csv; charset=utf-8' });
    const [head, ...lines] = files.csv.content.trim().split('\n');
    expect(head).toBe('marking,report,month,asAt,of,category,label,number,counts,source');
    for (const line of lines) expect(line).toMatch(new RegExp(`^OFFICIAL-SENSITIVE,[A-Z_]+,${MONTH},${DAY},`));
    expect(Object.values(ReportKind)).toEqual(expect.arrayContaining(WHOLE));
    for (const kind of Object.values(ReportKind)) expect(lines.some((line) => line.includes(`,${kind},`))).toBe(true);
    expect(lines.some((line) => /,Region,DPV,[^,]*,\d+,/.test(line))).toBe(true);
    expect(lines.some((line) => line.includes(',Region,') && line.includes(',[c],'))).toBe(true);
    const { rows } = JSON.parse(files.json.content) as { rows: readonly Record<string, unknown>[] };
    expect(rows).toHaveLength(lines.length);
  });
});

const organisations = (): string[] => (tables['organisation'] ?? []).map((row) => String(row['id']));

const tenantOf = async (persona: string): Promise<string> =>
  (await (await accord.as(persona)).data<{ viewer: { tenant: { id: string } } }>('{ viewer { tenant { id } } }')).viewer
    .tenant.id;

/** Each question about the homes that Brent uses, and about who runs them, with the state of its answer, page by page. */
async function answersOf(brent: Awaited<ReturnType<TestAccord['as']>>): Promise<Map<string, string>> {
  const homes = (tables['placement_number'] ?? []).filter(
    (row) => row['borough_id'] === BRENT && row['places_there'] === true,
  );
  const states = new Map<string, string>();
  for (const { home_id: id, provider_id: provider } of homes) {
    let after: string | null = null;
    do {
      const { home }: AnswerPage = await brent.data<AnswerPage>(
        `query($id: ID!, $after: String) { home(id: $id) { dueDiligence(first: 50, after: $after) {
          nodes { state home { id } question { code } } pageInfo { hasNextPage endCursor } } } }`,
        { id, after },
      );
      for (const { state, home: about, question } of home.dueDiligence.nodes)
        states.set(`${about?.id ?? String(provider)} ${question.code}`, state);
      after = home.dueDiligence.pageInfo.hasNextPage ? home.dueDiligence.pageInfo.endCursor : null;
    } while (after !== null);
  }
  return states;
}

interface AnswerPage {
  readonly home: {
    readonly dueDiligence: {
      readonly nodes: readonly {
        readonly state: string;
        readonly home: { readonly id: string } | null;
        readonly question: { readonly code: string };
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  };
}
