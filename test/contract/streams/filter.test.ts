import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '@accord/persistence';
import { TestAccord, type TestClient } from '@accord/testkit';
import {
  alerts,
  ALERTS,
  alertsOf,
  HEARTHWAY,
  LANTERN_YARD,
  LANTERNFIELD,
  raise,
  resolveFlag,
  SALTMERE,
  TIDEWELL,
  type Alert,
  type AlertEvents,
} from '../support/alerts.js';
import { streamsOpened } from '../support/wait.js';
import { refusedStream, STREAM_WAYS } from '../support/ways.js';

let accord: TestAccord;
let brent: TestClient;
let alliance: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  brent = await accord.as('brent-placements');
  alliance = await accord.as('alliance-safeguarding');
});
afterAll(() => accord.stop());

/** What happens, of which the filter lets only the last pass: had another passed, it would have come before. */
const FILTERS: readonly [filter: Readonly<Record<string, unknown>>, happening: () => Promise<string>][] = [
  [{ kind: ['FLAG_RESOLVED'] }, async () => settled(await raise(alliance, LANTERNFIELD))],
  [
    { severity: ['HIGH', 'CRITICAL'] },
    () => inTurn(['LOW', 'MEDIUM', 'CRITICAL'].map((severity) => () => raise(alliance, LANTERNFIELD, { severity }))),
  ],
  [{ providerIds: [TIDEWELL.providerId] }, () => raised(LANTERNFIELD, SALTMERE, TIDEWELL)],
  // Brent places with Tidewell and not with Saltmere.
  [{ usedByMyBorough: true }, () => raised(SALTMERE, TIDEWELL)],
  [{ usedByMyBorough: false }, () => raised(TIDEWELL, SALTMERE)],
  // It hosts Lantern Yard, and Havering hosts Copperbeech House.
  [{ hostedInMyBorough: true }, () => raised(LANTERNFIELD, TIDEWELL, LANTERN_YARD)],
  [{ hostedInMyBorough: false }, () => raised(LANTERN_YARD, LANTERNFIELD)],
  [
    {
      providerIds: [LANTERNFIELD.providerId, SALTMERE.providerId],
      usedByMyBorough: true,
      severity: ['LOW'],
      kind: ['FLAG_RAISED'],
    },
    () => raised(SALTMERE, TIDEWELL, LANTERNFIELD),
  ],
  [
    { kind: null, severity: null, providerIds: null, usedByMyBorough: null, hostedInMyBorough: null },
    () => raised(SALTMERE),
  ],
];

async function inTurn(acts: readonly (() => Promise<string>)[]): Promise<string> {
  let last = '';
  for (const act of acts) last = await act();
  return last;
}

const raised = (...about: readonly object[]): Promise<string> => inTurn(about.map((one) => () => raise(alliance, one)));

async function settled(flagId: string): Promise<string> {
  await resolveFlag(alliance, flagId);
  return flagId;
}

/** The same subscription on both transports, open. */
async function open(filter: object): Promise<AlertEvents[]> {
  const streams = STREAM_WAYS.map((way) => brent[way]<{ providerAlerts: Alert }>(ALERTS, { filter }));
  await streamsOpened(accord.url, streams.length);
  return streams;
}

async function close(streams: readonly AlertEvents[]): Promise<void> {
  for (const stream of streams) stream.close();
  await streamsOpened(accord.url, 0);
}

it.each(FILTERS)('the filter %j lets pass what it names and nothing else', async (filter, happening) => {
  const streams = await open(filter);
  const flagId = await happening();
  for (const stream of streams) expect((await alerts(stream, 1))[0]?.flag?.id).toBe(flagId);
  await close(streams);
});

it('who hosts a home is asked of each listener’s own borough', async () => {
  const havering = await accord.as('havering-quality');
  const [hers, ours] = [havering, brent].map((client) =>
    client.stream<{ providerAlerts: Alert }>(ALERTS, { filter: { hostedInMyBorough: true } }),
  ) as [AlertEvents, AlertEvents];
  await streamsOpened(accord.url, 2);
  const copperbeech = await raised(LANTERN_YARD, LANTERNFIELD);
  const lanternYard = await raised(LANTERNFIELD, LANTERN_YARD);
  expect((await alerts(hers, 2)).map(({ home }) => home?.id)).toEqual([LANTERNFIELD.homeId, LANTERNFIELD.homeId]);
  expect((await alerts(ours, 2)).map(({ home }) => home?.id)).toEqual([LANTERN_YARD.homeId, LANTERN_YARD.homeId]);
  expect([alertsOf(hers)[0]?.flag?.id, alertsOf(ours)[1]?.flag?.id]).toEqual([copperbeech, lanternYard]);
  await close([hers, ours]);
});

it('a filter of nobody lets nothing pass', async () => {
  const nobody = brent.stream<{ providerAlerts: Alert }>(ALERTS, { filter: { providerIds: ['nobody'] } });
  const all = brent.stream<{ providerAlerts: Alert }>(ALERTS, { filter: {} });
  await streamsOpened(accord.url, 2);
  await raised(TIDEWELL);
  await alerts(all, 1);
  expect(nobody.events).toEqual([]);
  await close([nobody, all]);
});

it.each(STREAM_WAYS)('a filter of nothing that exists is refused (%s)', async (way) => {
  const [error] = await refusedStream(brent, way, ALERTS, { filter: { kind: ['FLAG_EATEN'] } });
  expect(error?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: 'filter.kind.0' });
});

describe('what happens about one provider', () => {
  it('comes in the order in which it was committed, on every stream and replayed alike', async () => {
    const streams = await open({});
    const quality = await accord.as('brent-quality');
    const places = [LANTERNFIELD, TIDEWELL, HEARTHWAY];
    const ids = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        raise(index % 2 === 0 ? alliance : quality, places[index % 3] ?? LANTERNFIELD),
      ),
    );
    const [webSocket = [], eventStream = []] = await Promise.all(streams.map((stream) => alerts(stream, ids.length)));
    expect(eventStream).toEqual(webSocket.map((alert) => ({ ...alert, cursor: expect.any(String) })));
    expect(new Set(webSocket.map(({ flag }) => flag?.id))).toEqual(new Set(ids));

    const committed = await withClient(accord.database.urls.superuser, (pg) =>
      pg.query<{ id: string; provider_id: string }>(
        'select id, provider_id from outbox_event where sharing_id = any($1) order by seq',
        [ids],
      ),
    );
    for (const { providerId } of places) {
      const order = committed.rows.filter((row) => row.provider_id === providerId).map(({ id }) => id);
      expect(webSocket.filter(({ provider }) => provider?.id === providerId).map(({ id }) => id)).toEqual(order);
    }

    const [first] = webSocket;
    const again = brent.stream<{ providerAlerts: Alert }>(ALERTS, { filter: {}, after: first?.cursor });
    expect((await alerts(again, ids.length - 1)).map(({ id }) => id)).toEqual(webSocket.slice(1).map(({ id }) => id));
    await close([...streams, again]);
  });
});
