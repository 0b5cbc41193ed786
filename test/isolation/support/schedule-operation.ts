import { newId } from '@accord/kernel';
import { exampleId } from '@accord/infra';
import { hiddenFrom, OWN, type OperationCase } from './operation-kit.js';
import type { Hidden } from './hidden.js';
import { PUBLIC as PUBLIC_ID } from './hidden.js';
import type { List } from './hidden-agreements.js';
import type { Scene } from './scene.js';
import { COURT, TENANT } from './world.js';

type Row = Readonly<Record<string, unknown>>;

const ruleRow = (id: string, borough: string): Row => ({
  id,
  borough_id: borough,
  name: `Rule ${id}`,
  functions: ['COMMISSIONING'],
  regime: 'ANY',
  placement_types: [],
  every: JSON.stringify({ count: 12, unit: 'MONTHS' }),
  early_days: 0,
  tolerance_days: 0,
  version: 1,
});

const feedRow = (id: string, borough: string, person: string): Row => ({
  id,
  tenant_id: borough,
  principal_id: person,
  functions: [],
  secret_hash: '00',
  created_at: new Date(),
  expires_at: '2099-01-01',
});

/** A visit of a borough's, a rule of its schedule, a reminder by it, and a calendar of one of its people. */
export const scheduleRows = (id: string, borough: string, person: string): readonly (readonly [string, Row])[] => [
  ['visit_rule', ruleRow(id, borough)],
  ['visit_reminder', { rule_id: id, home_id: COURT, due_on: '2026-11-01', kind: 'KEPT', reminded_at: new Date() }],
  ['calendar_feed', feedRow(id, borough, person)],
];

/** A rule that no home comes under, so that what others ask of the schedule is not changed by it. */
async function newRule(scene: Scene): Promise<string> {
  const id = newId();
  await scene.insert('visit_rule', { ...ruleRow(id, TENANT.brent), placement_types: ['SHARED_LIVES'] });
  return id;
}

async function newFeed(scene: Scene): Promise<string> {
  const id = newId();
  await scene.insert('calendar_feed', feedRow(id, TENANT.brent, exampleId('principal', 'brent-quality')));
  return id;
}

const rule = { name: 'Yearly', functions: ['COMMISSIONING'], every: { count: 12, unit: 'MONTHS' } };
const named = () => ({ ...rule, name: newId(), placementTypes: ['SHARED_LIVES'] });

const KEPT = { owner: 'brent-quality', wrongRole: 'brent-practitioner' };
const SEEN = { owner: 'brent-practitioner', wrongRole: 'brent-ig' };
const NOT_ANOTHERS = { who: 'havering-quality', code: 'NOT_FOUND' } as const;

export const SCHEDULE_OPERATIONS: readonly OperationCase[] = [
  {
    field: 'Query.visitRules',
    document: '{ visitRules { id name every { count unit } } }',
    variables: () => ({}),
    ...SEEN,
    sharedWith: 'barnet-placements',
    notShared: OWN,
  },
  {
    field: 'Query.visitSchedule',
    document: '{ visitSchedule(first: 5) { nodes { dueOn state home { id } rule { name } } } }',
    variables: () => ({}),
    ...SEEN,
    sharedWith: 'barnet-placements',
    notShared: OWN,
  },
  {
    field: 'Query.visitScheduleFigures',
    document: '{ visitScheduleFigures { upcoming due overdue done doneLate } }',
    variables: () => ({}),
    ...SEEN,
    sharedWith: 'barnet-placements',
    notShared: OWN,
  },
  ...(['scheduledVisits { dueOn }', 'visitsDone { doneOn }'] as const).map((field): OperationCase => ({
    field: `Home.${field.split(' ')[0]}`,
    document: `query($id: ID!) { home(id: $id) { id ${field} } }`,
    variables: () => ({ id: COURT }),
    ...SEEN,
    sharedWith: 'barnet-placements',
    notShared: OWN,
  })),
  {
    field: 'Mutation.adoptVisitSchedule',
    document: 'mutation($input: AdoptVisitScheduleInput!) { adoptVisitSchedule(input: $input) { rules { id name } } }',
    variables: () => ({ input: { template: 'CITY_OF_LONDON', idempotencyKey: newId() } }),
    ...KEPT,
    sharedWith: 'havering-quality',
    notShared: OWN,
  },
  {
    field: 'Mutation.addVisitRule',
    document: 'mutation($input: AddVisitRuleInput!) { addVisitRule(input: $input) { rule { id name } } }',
    variables: () => ({ input: { rule: named(), idempotencyKey: newId() } }),
    ...KEPT,
    sharedWith: 'havering-quality',
    notShared: OWN,
  },
  {
    field: 'Mutation.changeVisitRule',
    document: 'mutation($input: ChangeVisitRuleInput!) { changeVisitRule(input: $input) { rule { id version } } }',
    variables: async (scene) => ({ input: { ruleId: await newRule(scene), rule: named(), expectedVersion: 1 } }),
    ...KEPT,
    sharedWith: NOT_ANOTHERS,
    notShared: hiddenFrom('camden QUALITY'),
  },
  {
    field: 'Mutation.retireVisitRule',
    document: 'mutation($input: RetireVisitRuleInput!) { retireVisitRule(input: $input) { rule { id version } } }',
    variables: async (scene) => ({ input: { ruleId: await newRule(scene), expectedVersion: 1 } }),
    ...KEPT,
    sharedWith: NOT_ANOTHERS,
    notShared: hiddenFrom('camden QUALITY'),
  },
  {
    field: 'Query.calendarFeeds',
    document: '{ calendarFeeds { id expiresAt } }',
    variables: () => ({}),
    ...SEEN,
    sharedWith: OWN,
    notShared: OWN,
  },
  {
    field: 'Mutation.createCalendarFeed',
    document: 'mutation($input: CreateCalendarFeedInput!) { createCalendarFeed(input: $input) { path feed { id } } }',
    variables: () => ({ input: { functions: [] } }),
    ...SEEN,
    sharedWith: OWN,
    notShared: OWN,
  },
  {
    field: 'Mutation.revokeCalendarFeeds',
    document: 'mutation($ids: [ID!]!) { revokeCalendarFeeds(ids: $ids) { feeds { id } } }',
    variables: async (scene) => ({ ids: [await newFeed(scene)] }),
    owner: 'brent-quality',
    wrongRole: 'brent-ig',
    sharedWith: OWN,
    notShared: { none: 'others’ and unknown ids are passed over alike (hidden-id.test.ts)' },
  },
];

const ruleOf = (at: string): Hidden => ({ who: 'havering-quality', at, ids: async (scene) => [await newRule(scene)] });

export const SCHEDULE_IDS: Readonly<Record<string, Hidden | typeof PUBLIC_ID>> = {
  'Mutation.changeVisitRule(input.ruleId)': ruleOf('input.ruleId'),
  'Mutation.retireVisitRule(input.ruleId)': ruleOf('input.ruleId'),
  'Mutation.revokeCalendarFeeds(ids)': {
    who: 'brent-placements',
    at: 'ids',
    ids: async (scene) => [await newFeed(scene)],
  },
  'Query.visitSchedule(filter.homeId)': PUBLIC_ID,
  'Query.visitScheduleFigures(homeId)': PUBLIC_ID,
};

export const SCHEDULE_LISTS: Readonly<Record<string, List>> = {
  'Query.visitSchedule(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => `{ page: visitSchedule(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) =>
      `{ page: visitSchedule(first: 1${after}, filter: { functions: [HEALTH] }) { pageInfo { endCursor } } }`,
  },
};
