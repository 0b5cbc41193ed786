import { loadExampleWorld, exampleId, organisationId } from '@accord/infra';
import { londonDate } from '@accord/kernel';
import { ROLE, withClient } from '@accord/persistence';
import { countReports, type World } from '@accord/testkit';

/**
 * The example world, and in it one provider about which every borough stands differently. Fictional, like
 * everything of the example world.
 */
export const TENANT = {
  /** Places at Juniper Court and raises the flags of these suites. */
  brent: organisationId('E09000005'),
  /** Places at Juniper Court; in the group. */
  barnet: organisationId('E09000003'),
  /** Places at Juniper Court; joins the group in ten days. */
  city: organisationId('E09000001'),
  /** Hosts Juniper Court and places nobody; left the group ten days ago. */
  havering: organisationId('E09000016'),
  /** Places at Juniper Court; in the group. */
  hammersmith: organisationId('E09000013'),
  /** In the agreement and in the group; its last young person has left Juniper Court. */
  enfield: organisationId('E09000010'),
  /** In the agreement; places at Juniper Rise and not at Juniper Court. */
  islington: organisationId('E09000019'),
  /** Places at Juniper Court; was never in an agreement. */
  ealing: organisationId('E09000009'),
  /** Places at Juniper Court; left the agreement ten days ago. */
  hackney: organisationId('E09000012'),
  /** Places at Juniper Court; joins the agreement in ten days. */
  haringey: organisationId('E09000014'),
  /** Hosts Juniper Rise; was never in an agreement. */
  camden: organisationId('E09000007'),
  alliance: organisationId('ALLIANCE'),
} as const;

export type TenantName = keyof typeof TENANT;
export const TENANTS = Object.keys(TENANT) as TenantName[];

export const JUNIPERFIELD = 'a0000000-0000-4000-8000-000000000001';
/** A provider without any flag, after Juniperfield in every order of ids. */
export const JUNIPERWOOD = 'a0000000-0000-4000-8000-000000000002';
export const COURT = 'a0000000-0000-4000-8000-000000000011';
export const RISE = 'a0000000-0000-4000-8000-000000000012';
export const GROUP = exampleId('group', 'west');
export const AGREEMENT = exampleId('agreement', 'safeguarding');

const PLACED: readonly (readonly [TenantName, string, number])[] = [
  ['brent', COURT, 2],
  ['barnet', COURT, 4],
  ['city', COURT, 1],
  ['hammersmith', COURT, 3],
  ['enfield', COURT, 0],
  ['ealing', COURT, 1],
  ['hackney', COURT, 1],
  ['haringey', COURT, 1],
  ['islington', RISE, 1],
];

const DAY_MS = 86_400_000;
const FROM = '2025-01-01';

/** Ten days away, so that no midnight of a test run comes near. */
const TEN_DAYS_AGO = londonDate(new Date(Date.now() - 10 * DAY_MS));
const IN_TEN_DAYS = londonDate(new Date(Date.now() + 10 * DAY_MS));

type Row = Readonly<Record<string, unknown>>;

const ROWS: readonly (readonly [string, Row])[] = [
  ['provider', { id: JUNIPERFIELD, name: 'Juniperfield Homes Ltd', company_number: '99000101', ...listed() }],
  ['provider', { id: JUNIPERWOOD, name: 'Juniperwood Homes Ltd', company_number: '99000102', ...listed() }],
  [
    'home',
    { id: COURT, provider_id: JUNIPERFIELD, name: 'Juniper Court', host_borough_id: TENANT.havering, ...kept() },
  ],
  ['home', { id: RISE, provider_id: JUNIPERFIELD, name: 'Juniper Rise', host_borough_id: TENANT.camden, ...kept() }],
  ...PLACED.map(([borough, home, number]): [string, Row] => ['placement_number', placed(borough, home, number)]),
  ['declared_use', { borough_id: TENANT.barnet, provider_id: JUNIPERFIELD, young_people_rounded: 5 }],
  ['commissioning_arrangement', arrangement('brent', 'SPOT')],
  ['commissioning_arrangement', arrangement('barnet', 'BLOCK')],
  ['agreement_member', member('enfield', FROM, null)],
  ['agreement_member', member('islington', FROM, null)],
  ['agreement_member', member('hackney', FROM, TEN_DAYS_AGO)],
  ['agreement_member', member('haringey', IN_TEN_DAYS, null)],
  ['borough_group_member', grouped('enfield', FROM, null)],
  ['borough_group_member', grouped('havering', FROM, TEN_DAYS_AGO)],
  ['borough_group_member', grouped('city', IN_TEN_DAYS, null)],
];

/** What every row of a provider has. */
export function listed(): Row {
  return { trading_names: [], directors: [], version: 1, updated_at: new Date() };
}

function kept(): Row {
  return { placement_types: ['SUPPORTED_SHARED_OPEN'], version: 1, updated_at: new Date() };
}

function placed(borough: TenantName, home: string, youngPeople: number): Row {
  const id = exampleId('isolation placement number', `${borough} ${home}`);
  return {
    id,
    borough_id: TENANT[borough],
    provider_id: JUNIPERFIELD,
    home_id: home,
    young_people: youngPeople,
    as_at: FROM,
    // Not so long ago that by anybody's schedule a visit is overdue.
    used_since: youngPeople > 0 ? TEN_DAYS_AGO : null,
  };
}

function arrangement(borough: TenantName, route: string): Row {
  const id = exampleId('isolation arrangement', borough);
  return { id, borough_id: TENANT[borough], provider_id: JUNIPERFIELD, route, starts_on: FROM };
}

function member(organisation: TenantName, from: string, until: string | null): Row {
  return { agreement_id: AGREEMENT, organisation_id: TENANT[organisation], member_from: from, member_until: until };
}

function grouped(organisation: TenantName, from: string, until: string | null): Row {
  const keeper = TENANT.alliance;
  return {
    group_id: GROUP,
    organisation_id: TENANT[organisation],
    member_from: from,
    member_until: until,
    keeper_id: keeper,
  };
}

/** Table and column names are these suites' own; values are bound. */
export function insertion(table: string, row: Row): { text: string; values: unknown[] } {
  const columns = Object.keys(row);
  const places = columns.map((_, index) => `$${index + 1}`);
  return {
    text: `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')})`,
    values: Object.values(row),
  };
}

export const ISOLATION_WORLD: World = {
  key: 'isolation world',
  load: async (urls) => {
    await loadExampleWorld(urls.owner, () => undefined);
    await withClient(urls.owner, async (client) => {
      await client.query(`set role ${ROLE.owner}`);
      for (const [table, row] of ROWS) {
        const { text, values } = insertion(table, row);
        await client.query(text, values);
      }
    });
    await countReports(urls);
  },
};
