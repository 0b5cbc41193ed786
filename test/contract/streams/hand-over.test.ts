import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withClient } from '@accord/persistence';
import { TestAccord, until, type TestClient } from '@accord/testkit';
import { alertsOf, ALERTS, HEARTHWAY, LANTERNFIELD, raise, SALTMERE, TIDEWELL, type Alert } from '../support/alerts.js';
import { streamsOpened } from '../support/wait.js';
import { STREAM_WAYS, type StreamWay } from '../support/ways.js';

let accord: TestAccord;
let brent: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  brent = await accord.as('brent-placements');
});
afterAll(() => accord.stop());

const PLACES = [LANTERNFIELD, TIDEWELL, HEARTHWAY, SALTMERE];
const FLAGS_PER_PLACE = 50;
const ALL = PLACES.length * FLAGS_PER_PLACE;

interface Journey {
  readonly seen: Alert[];
  readonly connections: number;
}

/**
 * A client with a bad line: takes a few alerts, loses the connection, and comes back with the cursor of the last
 * that it took, until it has them all. What had arrived beyond that is lost with the connection.
 */
async function travel(way: StreamWay, start: string): Promise<Journey> {
  const seen: Alert[] = [];
  let connections = 0;
  while (seen.length < ALL) {
    const stream = brent[way]<{ providerAlerts: Alert }>(ALERTS, { after: seen.at(-1)?.cursor ?? start });
    // Never the same number: what was in the middle of being handed over is always something else.
    const wanted = Math.min(1 + ((connections * 7) % 11), ALL - seen.length);
    connections += 1;
    await until(() => alertsOf(stream).length >= wanted, 15_000);
    seen.push(...alertsOf(stream).slice(0, wanted));
    stream.close();
  }
  return { seen, connections };
}

/** A cursor to begin with. */
async function begin(): Promise<string> {
  const stream = brent.stream<{ providerAlerts: Alert }>(ALERTS);
  await streamsOpened(accord.url);
  await raise(await accord.as('brent-quality'), LANTERNFIELD);
  const [first] = await stream.has(1);
  stream.close();
  return first?.data?.providerAlerts.cursor ?? '';
}

test(`clients that come and go while ${ALL} flags are raised get each once, in order for each provider`, async () => {
  const start = await begin();
  const raisers = await Promise.all(['brent-quality', 'alliance-safeguarding'].map((persona) => accord.as(persona)));
  const raising = PLACES.map(async (about, place) => {
    const ids = [];
    for (let n = 0; n < FLAGS_PER_PLACE; n += 1) {
      const [one, other] = raisers;
      ids.push(await raise(((place + n) % 2 === 0 ? one : other) ?? brent, about));
    }
    return ids;
  });
  const [journeys, raised] = await Promise.all([
    Promise.all(STREAM_WAYS.map((way) => travel(way, start))),
    Promise.all(raising),
  ]);

  const { rows } = await withClient(accord.database.urls.superuser, (pg) =>
    pg.query<{ id: string }>('select id from outbox_event where sharing_id = any($1) order by position', [
      raised.flat(),
    ]),
  );
  const positions = rows.map(({ id }) => id);
  for (const { seen, connections } of journeys) {
    expect(connections).toBeGreaterThan(ALL / 11);
    expect(seen.map(({ id }) => id)).toEqual(positions);
    for (const [place, about] of PLACES.entries()) {
      const flags = seen.filter(({ provider }) => provider?.id === about.providerId).map(({ flag }) => flag?.id);
      expect(flags).toEqual(raised[place]);
    }
  }
  await streamsOpened(accord.url, 0);
}, 60_000);
