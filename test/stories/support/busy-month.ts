import { newId } from '@accord/kernel';
import { shippedFormId } from '@accord/monitoring';
import type pg from 'pg';

type Row = Readonly<Record<string, unknown>>;
type Rows = readonly (readonly [table: string, row: Row])[];

const ROUTES = ['DPV', 'FRAMEWORK', 'SPOT', 'BLOCK', null];
const OUTCOMES = ['EXPECTATIONS_MET', 'MET_WITH_ACTIONS', 'SIGNIFICANT_CONCERNS', 'ACCESS_REFUSED'];
const ASSESSMENTS = ['MET', 'PARTLY_MET', 'NOT_MET'];
const EXPECTATIONS = ['QAF.2.2', 'QAF.4.1', 'QAF.5.2'];
const LEVELS = ['ALLIANCE', 'BOROUGHS_CONCERNED', 'OWN_BOROUGH'];
const FRAMEWORK = shippedFormId('BRENT_QAF');

/**
 * A month in which every borough but one was busy: it used providers by several routes, visited, assessed, agreed on
 * actions and raised flags. Some of each, so that there are numbers of every size.
 * @param month `YYYY-MM`. @param except whose doings stay as they are. @param day today.
 */
export async function haveBusyMonth(superuser: pg.Client, month: string, day: string, except: string): Promise<void> {
  const boroughs = await idsOf(superuser, `select id from organisation where kind = 'BOROUGH' order by code`);
  const providers = await idsOf(
    superuser,
    'select p.id from provider p join accreditation_standing s on s.provider_id = p.id order by p.name limit 12',
  );
  await judge(superuser);
  const inspected = await idsOf(superuser, 'select distinct registration_id as id from inspection order by 1 limit 40');
  await useInspected(superuser, inspected, except, day);
  for (const [index, borough] of boroughs.filter((id) => id !== except).entries()) {
    const rows = [
      ...providers.flatMap((provider, at) => use(borough, index, provider, at, day)),
      ...providers.slice(0, index % 6).flatMap((provider, at) => visit(borough, index, provider, at, month, day)),
      ...providers.slice(0, index % 4).map((provider, at) => flag(borough, index, provider, at)),
    ];
    for (const [table, row] of rows) await insert(superuser, table, row);
  }
}

const idsOf = async (superuser: pg.Client, sql: string): Promise<string[]> =>
  (await superuser.query<{ id: string }>(sql)).rows.map(({ id }) => id);

async function insert(superuser: pg.Client, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  const places = columns.map((_, at) => `$${at + 1}`).join(', ');
  await superuser.query(
    `insert into ${table} (${columns.join(', ')}) values (${places}) on conflict do nothing`,
    Object.values(row),
  );
}

/** A judgement of supported accommodation for all homes of a provider; and one that says no more than that a home got better. */
async function judge(superuser: pg.Client): Promise<void> {
  const overall = 'Overall experiences and progress of children and young people';
  for (const [reference, event, aspect, judgement, scale] of [
    ['2799001', '99900001', 'Outcome', 'Inconsistent quality of service delivery', 'SUPPORTED_ACCOMMODATION_OUTCOME'],
    ['SC990002', '99900002', overall, 'Improved effectiveness', 'OFSTED_INTERIM_EFFECTIVENESS'],
  ] as const)
    await superuser.query(
      `insert into inspection (id, registration_id, provider_id, home_id, regulator, event_number, kind, inspected_on, judgements)
       select $1, r.id, r.provider_id, r.home_id, 'OFSTED', $2, 'Inspection', '2026-09-30', $3
       from registration r where r.reference = $4`,
      [newId(), event, JSON.stringify([{ aspect, judgement, scale }]), reference],
    );
}

/** Homes and agencies that were inspected, each used by every third borough. */
async function useInspected(superuser: pg.Client, registrations: string[], except: string, day: string): Promise<void> {
  await superuser.query(
    `insert into placement_number (id, borough_id, provider_id, home_id, young_people, as_at)
     select gen_random_uuid(), b.id, r.provider_id, r.home_id, 1, $3::date
     from (select id, row_number() over (order by code) as at from organisation where kind = 'BOROUGH' and id <> $2) b,
       (select r.*, row_number() over (order by id) as at from registration r where id = any($1::uuid[])) r
     where (b.at + r.at) % 3 = 0 on conflict do nothing`,
    [registrations, except, day],
  );
}

/** Of one provider in two; by a route that has ended, one, or none. */
function use(borough: string, index: number, provider: string, at: number, day: string): Rows {
  if ((index * 7 + at) % 4 > 1) return [];
  const pair = { borough_id: borough, provider_id: provider };
  const number: Row = { id: newId(), ...pair, young_people: (index + at) % 3, as_at: day };
  const route = ROUTES[(index * at) % ROUTES.length];
  if (!route) return [['placement_number', number]];
  const endsOn = at % 5 === 4 ? '2025-10-01' : null;
  return [
    ['placement_number', number],
    ['commissioning_arrangement', { id: newId(), ...pair, route, starts_on: '2025-04-01', ends_on: endsOn }],
  ];
}

/** With expectations assessed and an action agreed; every fifth is a draft. */
function visit(borough: string, index: number, provider: string, at: number, month: string, day: string): Rows {
  const id = newId();
  const own = { visit_id: id, owner_id: borough };
  const turn = index + at;
  return [
    [
      'visit',
      {
        id,
        owner_id: borough,
        provider_id: provider,
        visited_on: `${month}-${10 + at}`,
        template_id: shippedFormId('COL_APPENDIX_4'),
        framework_id: FRAMEWORK,
        reason: 'ANNUAL_REVIEW_PLANNED',
        mode: 'IN_PERSON',
        unannounced: false,
        made_as: 'COMMISSIONING',
        provider_representatives: [],
        outcome: OUTCOMES[(index * at) % OUTCOMES.length],
        state: at === 4 ? 'DRAFT' : 'SHARED',
        version: 1,
      },
    ],
    ...EXPECTATIONS.map((code, place): [string, Row] => [
      'visit_answer',
      {
        ...own,
        template_id: FRAMEWORK,
        item_code: code,
        entry: 1,
        stays_in_borough: false,
        dates: [],
        revision: 1,
        value: ASSESSMENTS[(turn + place) % (place + 1)],
      },
    ]),
    [
      'visit_action',
      {
        id: newId(),
        ...own,
        what: 'A lock',
        responsible: 'PROVIDER',
        due_on: ['2026-01-10', day, '2099-01-01'][turn % 3],
        done_on: turn % 4 === 1 ? day : null,
        verified_on: turn % 8 === 1 ? day : null,
        version: 1,
      },
    ],
  ];
}

const flag = (borough: string, index: number, provider: string, at: number): Rows[number] => [
  'sharing',
  {
    id: newId(),
    kind: 'FLAG',
    owner_id: borough,
    provider_id: provider,
    level: LEVELS[index % LEVELS.length],
    anonymous: at === 2,
    existence_known: true,
    severity: at === 0 ? 'HIGH' : 'LOW',
    reason: 'Open',
  },
];
