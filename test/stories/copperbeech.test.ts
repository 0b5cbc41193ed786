import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { TestAccord, until, type TestClient } from '@accord/testkit';
import { streamsOpened } from '../contract/support/wait.js';
import {
  act,
  alertsOf,
  at,
  COPPERBEECH,
  heard,
  inbox,
  RAISE,
  raiseFlag,
  subscribeToAlerts,
  type Alerts,
} from './alliance.js';

/** The example world's story, as far as flags go: no waking-night staff at Copperbeech House. */

const HEARS = [
  'brent-quality',
  'brent-dashboard',
  'barnet-placements',
  'city-commissioning',
  'havering-quality',
  'alliance-accreditation',
  'alliance-lead',
  'alliance-safeguarding',
];
const HEARS_NOT = 'ealing-placements';
const SUMMARY = 'No waking-night staff on two of three nights; the rota says otherwise.';
const RAISED = 'Copperbeech House, Lanternfield Supported Living Ltd: HIGH flag raised';
const RESOLVED = 'Copperbeech House, Lanternfield Supported Living Ltd: HIGH flag resolved';

let accord: TestAccord;
let clients: Map<string, TestClient>;
let streams: Map<string, Alerts>;
let flagId: string;

beforeAll(async () => {
  accord = await TestAccord.start();
  const everybody = [...HEARS, HEARS_NOT];
  clients = new Map(await Promise.all(everybody.map(async (name) => [name, await accord.as(name)] as const)));
  streams = new Map([...clients].map(([name, client]) => [name, subscribeToAlerts(client)]));
  await streamsOpened(accord.url, everybody.length);
});

afterAll(async () => {
  for (const stream of streams.values()) stream.close();
  await accord.stop();
});

const client = (name: string): TestClient => partOf(name, clients);
const stream = (name: string): Alerts => partOf(name, streams);

function partOf<T>(name: string, all: ReadonlyMap<string, T>): T {
  const own = all.get(name);
  if (own === undefined) throw new Error(`${name} has no part in this story.`);
  return own;
}

/** Everybody who may know has heard so many things of the flag, on the stream and in the inbox; Ealing has heard nothing. */
async function expectHeard(kinds: readonly string[], subjects: readonly string[]): Promise<void> {
  for (const name of HEARS) {
    await stream(name).has(kinds.length);
    expect([name, heard(stream(name))]).toEqual([name, kinds.map((kind) => [kind, SUMMARY])]);
    await until(async () => (await ofCopperbeech(name)).length >= subjects.length);
    expect([name, (await ofCopperbeech(name)).map(({ subject }) => subject)]).toEqual([name, subjects]);
  }
  expect(heard(stream(HEARS_NOT))).toEqual([]);
  expect(await ofCopperbeech(HEARS_NOT)).toEqual([]);
}

const ofCopperbeech = (name: string) => noticesOf(name, 'Copperbeech House');

const noticesOf = async (name: string, home: string) =>
  (await inbox(client(name))).filter(({ subject }) => subject.startsWith(home));

const FLAG = `query Flag($id: ID!) {
  flag(id: $id) { status summary detail outcomeReason acknowledgements { organisation { name } acknowledgedBy acknowledgedAt } }
}`;

it('Brent raises a HIGH flag: boroughs concerned and alliance staff hear of it at once, Ealing does not', async () => {
  const brent = await accord.as('brent-placements');
  flagId = await raiseFlag(brent, { ...COPPERBEECH, summary: SUMMARY, detail: 'Found on our visit of Friday night.' });
  await expectHeard(['FLAG_RAISED'], [RAISED]);
  const [notice] = await ofCopperbeech('barnet-placements');
  expect(notice?.deliveries).toEqual([{ channel: 'IN_APP', state: 'DELIVERED', attempts: [{ outcome: 'DELIVERED' }] }]);
  expect(alertsOf(stream('barnet-placements'))[0]?.flag).toMatchObject({
    severity: 'HIGH',
    status: 'OPEN',
    detail: null,
    raisedBy: { name: 'Brent' },
  });
  expect(alertsOf(stream('brent-quality'))[0]?.flag.detail).toBe('Found on our visit of Friday night.');

  const asked = await client(HEARS_NOT).send(FLAG, { id: flagId });
  expect(asked.data).toEqual({ flag: null });
  expect(asked.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
});

it('Barnet acknowledges it: Brent sees who and when, and nobody else does', async () => {
  const { data } = await act(client('barnet-placements'), 'acknowledgeFlag', flagId);
  expect(data).toEqual({ acknowledgeFlag: { flag: { status: 'ACKNOWLEDGED' } } });
  const seenBy = async (name: string) =>
    (await client(name).data<{ flag: Record<string, unknown> }>(FLAG, { id: flagId })).flag;
  expect(await seenBy('brent-quality')).toMatchObject({
    status: 'OPEN',
    acknowledgements: [
      {
        organisation: { name: 'Barnet' },
        acknowledgedBy: 'Barnet placements officer',
        acknowledgedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      },
    ],
  });
  expect(await seenBy('city-commissioning')).toMatchObject({ status: 'OPEN', acknowledgements: [] });
});

it('Brent resolves it with a reason: those who heard of it hear again', async () => {
  const director = await accord.as('brent-director');
  const unreasoned = await act(director, 'resolveFlag', flagId);
  expect(unreasoned.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: 'input.reason' } }]);
  expect((await act(client('barnet-placements'), 'resolveFlag', flagId, 'Not ours to resolve')).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ]);

  const reason = 'Waking-night staff seen on three unannounced visits.';
  expect((await act(director, 'resolveFlag', flagId, reason)).data).toEqual({
    resolveFlag: { flag: { status: 'RESOLVED' } },
  });
  await expectHeard(['FLAG_RAISED', 'FLAG_RESOLVED'], [RESOLVED, RAISED]);
  expect(alertsOf(stream('havering-quality'))[1]?.flag).toMatchObject({ status: 'RESOLVED', outcomeReason: reason });
});

it('the City cannot stay anonymous at Quillstone, where nobody else could have written', async () => {
  const sharing = { level: 'ALLIANCE', anonymous: true, reason: 'We would rather not be known' };
  const summary = 'An agency that does not answer.';
  const input = {
    ...at('Quillstone Fostering Ltd'),
    kind: 'OTHER',
    severity: 'LOW',
    summary,
    sharing,
    idempotencyKey: randomUUID(),
  };
  const refused = await client('city-commissioning').send(RAISE, { input });
  expect(refused.errors).toMatchObject([
    {
      message: expect.stringContaining('Fewer than 5 boroughs could be the author'),
      extensions: { code: 'BAD_USER_INPUT', path: 'input.sharing.anonymous' },
    },
  ]);
  // By name it may.
  await raiseFlag(client('city-commissioning'), { ...input, sharing: { ...sharing, anonymous: false } });
  await stream('barnet-placements').has(3);
  expect(alertsOf(stream('barnet-placements'))[2]?.flag).toMatchObject({
    summary,
    raisedBy: { name: 'City of London' },
  });
});

it('Ealing, outside the agreement, learns that a flag exists where it places, and that it has ended', async () => {
  const about = at('Ambleport Housing Ltd', 'Ambleport Row');
  const barnet = client('barnet-placements');
  const id = await raiseFlag(barnet, { ...about, summary: 'Registration refused.', detail: 'The letter came today.' });
  await stream(HEARS_NOT).has(1);
  const nothingMore = { kind: null, status: null, summary: null, detail: null, outcomeReason: null, raisedBy: null };
  expect(alertsOf(stream(HEARS_NOT))).toMatchObject([
    {
      kind: 'FLAG_RAISED',
      occurredAt: null,
      home: { name: 'Ambleport Row' },
      flag: { id, existenceOnly: true, severity: 'HIGH', ...nothingMore },
    },
  ]);
  await until(async () => (await noticesOf(HEARS_NOT, 'Ambleport Row')).length > 0);
  expect(await noticesOf(HEARS_NOT, 'Ambleport Row')).toMatchObject([
    { subject: expect.stringMatching(/^Ambleport Row, .*: HIGH flag raised$/), occurredAt: null },
  ]);

  await act(barnet, 'resolveFlag', id, 'Registered after all.');
  await stream(HEARS_NOT).has(2);
  expect(alertsOf(stream(HEARS_NOT))[1]).toMatchObject({
    kind: 'ACCESS_ENDED',
    flag: { id, existenceOnly: true, severity: null, ...nothingMore },
  });
  expect(JSON.stringify([stream(HEARS_NOT).events, await inbox(client(HEARS_NOT))])).not.toMatch(
    /refused|letter|Registered/,
  );
});
