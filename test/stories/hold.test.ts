import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { calendarDaysAfter, londonDate, newId } from '@accord/kernel';
import { TestAccord, until, type TestClient } from '@accord/testkit';
import { streamsOpened } from '../contract/support/wait.js';
import { COPPERBEECH } from './alliance.js';

/**
 * Story 6: an assistant director decides on a hold (embargo, KEN l.504). It needs scope, start and day of review; the
 * boroughs that place there hear what policy allows; lifting tells the same set (KEN l.548).
 */

const HEARS = [
  'barnet-placements',
  'city-commissioning',
  'havering-quality',
  'alliance-safeguarding',
  'brent-practitioner',
];
const HEARS_NOT = 'ealing-placements';
const STREAM =
  'subscription($filter: AlertFilter!) { providerAlerts(filter: $filter) { kind hold { scope startsOn reviewOn reason borough { name } } } }';
// Whoever narrows to what is critical still hears of holds: they have no severity.
const FILTER = { severity: ['CRITICAL'], providerIds: [COPPERBEECH.providerId] };
const START = 'mutation($input: StartHoldInput!) { startHold(input: $input) { hold { id scope } } }';
const LIFT = 'mutation($input: LiftHoldInput!) { liftHold(input: $input) { hold { liftedOn liftReason } } }';
const REASON = 'No waking-night staff on two of three nights; the provider is asked for a plan.';
const TODAY = londonDate(new Date());

interface Heard {
  readonly providerAlerts: { readonly kind: string; readonly hold: Record<string, unknown> | null };
}

let accord: TestAccord;
let clients: Map<string, TestClient>;
let streams: Map<string, ReturnType<TestClient['subscribe']>>;
let holdId: string;

beforeAll(async () => {
  accord = await TestAccord.start();
  const everybody = [...HEARS, HEARS_NOT];
  clients = new Map(await Promise.all(everybody.map(async (name) => [name, await accord.as(name)] as const)));
  streams = new Map([...clients].map(([name, client]) => [name, client.subscribe<Heard>(STREAM, { filter: FILTER })]));
  await streamsOpened(accord.url, everybody.length);
});

afterAll(async () => {
  for (const stream of streams.values()) stream.close();
  await accord.stop();
});

const heardBy = (name: string) =>
  (streams.get(name)?.events ?? []).map((event) => (event.data as Heard | null)?.providerAlerts);

const inboxOf = async (name: string): Promise<string[]> => {
  const { notifications } = await (clients.get(name) as TestClient).data<{
    notifications: { nodes: { subject: string }[] };
  }>('{ notifications(first: 20) { nodes { subject } } }');
  return notifications.nodes.map(({ subject }) => subject).filter((subject) => subject.startsWith('Copperbeech House'));
};

async function expectHeard(alerts: readonly unknown[], subjects: readonly string[]): Promise<void> {
  for (const name of HEARS) {
    await streams.get(name)?.has(alerts.length);
    expect([name, heardBy(name)]).toEqual([name, alerts]);
    await until(async () => (await inboxOf(name)).length >= subjects.length);
    expect([name, await inboxOf(name)]).toEqual([name, subjects]);
  }
  expect([heardBy(HEARS_NOT), await inboxOf(HEARS_NOT)]).toEqual([[], []]);
}

const about = 'Copperbeech House, Lanternfield Supported Living Ltd: hold on new placements';
const STARTED = {
  kind: 'HOLD_STARTED',
  hold: {
    scope: 'HOME',
    startsOn: TODAY,
    reviewOn: calendarDaysAfter(TODAY, 28),
    reason: REASON,
    borough: { name: 'Brent' },
  },
};

it('Brent’s assistant director puts a hold on Copperbeech House: the boroughs concerned are told, Ealing is not', async () => {
  const input = {
    ...COPPERBEECH,
    kind: 'SAFEGUARDING_CONCERN',
    startsOn: TODAY,
    reviewOn: calendarDaysAfter(TODAY, 28),
    reason: REASON,
    idempotencyKey: newId(),
  };
  const officer = await (await accord.as('brent-placements')).send(START, { input });
  expect(officer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const { startHold } = await (
    await accord.as('brent-director')
  ).data<{ startHold: { hold: { id: string } } }>(START, {
    input,
  });
  holdId = startHold.hold.id;
  await expectHeard([STARTED], [`${about} started`]);
});

it('the hold is lifted once Lanternfield has replied: the same are told, and why', async () => {
  const reason = 'Waking-night staff are in place; seen on two unannounced visits.';
  await (await accord.as('brent-director')).data(LIFT, { input: { holdId, reason, idempotencyKey: newId() } });
  const lifted = { kind: 'HOLD_LIFTED', hold: STARTED.hold };
  await expectHeard([STARTED, lifted], [`${about} lifted`, `${about} started`]);
  const { hold } = await (clients.get('barnet-placements') as TestClient).data<{ hold: unknown }>(
    'query($id: ID!) { hold(id: $id) { liftedOn liftReason } }',
    { id: holdId },
  );
  expect(hold).toEqual({ liftedOn: TODAY, liftReason: reason });
});
