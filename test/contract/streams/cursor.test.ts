import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { withClient } from '@accord/persistence';
import { TestAccord, type TestClient } from '@accord/testkit';
import {
  alerts,
  ALERTS,
  keepFlag,
  LANTERNFIELD,
  raise,
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

/** The same subscription on both transports, open. */
async function open(variables: Record<string, unknown> = {}): Promise<AlertEvents[]> {
  const streams = STREAM_WAYS.map((way) => brent[way]<{ providerAlerts: Alert }>(ALERTS, variables));
  await streamsOpened(accord.url, streams.length);
  return streams;
}

async function close(streams: readonly AlertEvents[]): Promise<void> {
  for (const stream of streams) stream.close();
  await streamsOpened(accord.url, 0);
}

/** Raises flags while somebody listens. @returns what they heard. */
async function heard(...about: readonly object[]): Promise<Alert[]> {
  const stream = brent.stream<{ providerAlerts: Alert }>(ALERTS);
  await streamsOpened(accord.url);
  for (const one of about) await raise(alliance, one);
  const came = await alerts(stream, about.length);
  await close([stream]);
  return came;
}

const flags = async (stream: AlertEvents, count: number): Promise<unknown[]> =>
  (await alerts(stream, count)).map(({ flag }) => flag?.id);

describe('a client that comes back', () => {
  it('gets what it missed, then what happens, and nothing twice, whichever transport its cursor is from', async () => {
    const [first, second] = await heard(LANTERNFIELD, TIDEWELL);
    const missed = [await raise(alliance, TIDEWELL), await raise(alliance, SALTMERE)];
    const streams = await open({ after: first?.cursor });
    for (const stream of streams) await alerts(stream, 3);
    const live = await raise(alliance, LANTERNFIELD);
    for (const stream of streams) expect(await flags(stream, 4)).toEqual([second?.flag?.id, ...missed, live]);
    await close(streams);
  });

  it('finds what it missed as it may see it now', async () => {
    const [first] = await heard(LANTERNFIELD);
    const kept = await raise(alliance, TIDEWELL, { severity: 'HIGH', summary: 'Kept to the alliance in the end' });
    await keepFlag(alliance, kept);
    const shared = await raise(alliance, SALTMERE);
    const streams = await open({ after: first?.cursor });
    for (const stream of streams) {
      const [ended, last] = await alerts(stream, 2);
      expect(ended).toMatchObject({ kind: 'ACCESS_ENDED', flag: { id: kept, severity: null, summary: null } });
      expect(last).toMatchObject({ kind: 'FLAG_RAISED', flag: { id: shared } });
    }
    await close(streams);
  });

  it('goes on under the filter of its cursor', async () => {
    const filter = { providerIds: [SALTMERE.providerId] };
    const before = await open({ filter });
    await raise(alliance, SALTMERE);
    const cursors = await Promise.all(before.map(async (stream) => (await alerts(stream, 1))[0]?.cursor));
    await close(before);
    await raise(alliance, TIDEWELL);
    const missed = await raise(alliance, SALTMERE);
    for (const after of cursors) {
      const streams = await open({ filter, after });
      for (const stream of streams) expect(await flags(stream, 1)).toEqual([missed]);
      await close(streams);
    }
  });
});

test('hundreds of missed events come all, once and in order', async () => {
  const COUNT = 260;
  const [first] = await heard(LANTERNFIELD);
  // As so many mutations would have written them; the worker gives them their places.
  await withClient(accord.database.urls.superuser, (pg) =>
    pg.query(
      `with born as (
         select gen_random_uuid() as id, o.id as owner_id, $1::uuid as provider_id, n
         from organisation o, generate_series(1, ${COUNT}) n where o.code = 'ALLIANCE'
       ), shared as (
         insert into sharing (id, kind, owner_id, provider_id, level, anonymous, existence_known, severity, reason)
         select id, 'FLAG', owner_id, provider_id, 'ALLIANCE', false, true, 'LOW', 'many' from born
       ), flagged as (
         insert into flag (id, kind, severity, summary, version, raised_at) select id, 'OTHER', 'LOW', 'number ' || n, 1, now() from born
       )
       insert into outbox_event (id, kind, owner_id, provider_id, sharing_id, occurred_at)
       select gen_random_uuid(), 'FLAG_RAISED', owner_id, provider_id, id, now() from born order by n`,
      [TIDEWELL.providerId],
    ),
  );
  const streams = await open({ after: first?.cursor });
  for (const stream of streams) {
    const summaries = (await alerts(stream, COUNT, 15_000)).map(({ flag }) => flag?.summary);
    expect(summaries).toEqual(Array.from({ length: COUNT }, (_, index) => `number ${index + 1}`));
  }
  await close(streams);
});

describe('a cursor is refused', () => {
  /** How both transports refuse it. */
  const refusals = (variables: Record<string, unknown>, client = brent): Promise<unknown[]> =>
    Promise.all(
      STREAM_WAYS.map(async (way) => {
        const errors = await refusedStream(client, way, ALERTS, variables);
        return errors.map(({ extensions: { code, path } }) => [code, path]);
      }),
    );
  const REFUSED = STREAM_WAYS.map(() => [['BAD_USER_INPUT', 'after']]);

  it('of another tenant or filter', async () => {
    const [alert] = await heard(LANTERNFIELD);
    const after = alert?.cursor;
    expect(await refusals({ after }, await accord.as('barnet-placements'))).toEqual(REFUSED);
    expect(await refusals({ after, filter: { kind: ['FLAG_RAISED'] } })).toEqual(REFUSED);
  });

  it('of another list, or of none at all', async () => {
    const { providers } = await brent.data<{ providers: { pageInfo: { endCursor: string } } }>(
      '{ providers(first: 1) { pageInfo { endCursor } } }',
    );
    const [alert] = await heard(LANTERNFIELD);
    const cursor = alert?.cursor ?? '';
    const forged = [providers.pageInfo.endCursor, '', '0', 'x'.repeat(500), cursor.slice(1), cursor + cursor];
    for (const after of forged) expect(await refusals({ after })).toEqual(REFUSED);
  });

  it('once what followed it is no longer kept, and not before', async () => {
    const [first, second, third] = await heard(LANTERNFIELD, TIDEWELL, SALTMERE);
    const pruned = 'delete from outbox_event where position <= (select position from outbox_event where id = $1)';
    await withClient(accord.database.urls.superuser, (pg) => pg.query(pruned, [second?.id]));
    expect(await refusals({ after: first?.cursor })).toEqual(REFUSED);
    const streams = await open({ after: second?.cursor });
    for (const stream of streams) expect((await alerts(stream, 1))[0]?.id).toBe(third?.id);
    await close(streams);
  });
});
