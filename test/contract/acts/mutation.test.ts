import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '@accord/persistence';
import { TestAccord, until, type Answer, type TestClient } from '@accord/testkit';
import { alerts, alertsOf, ALERTS, HEARTHWAY, LANTERNFIELD, raise, TIDEWELL, type Alert } from '../support/alerts.js';
import { streamsOpened } from '../support/wait.js';

let accord: TestAccord;
let brent: TestClient;
let lead: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  brent = await accord.as('brent-quality');
  lead = await accord.as('alliance-lead');
});
afterAll(() => accord.stop());

const query = <R extends object>(sql: string, ...values: unknown[]): Promise<R[]> =>
  withClient(accord.database.urls.superuser, async (pg) => (await pg.query<R>(sql, values)).rows);

const kept = async (): Promise<string[]> =>
  (await query<{ summary: string }>(`select summary from flag where summary like 'root %' order by summary`)).map(
    ({ summary }) => summary,
  );

let keys = 0;
const flag = (summary: string, about: object = LANTERNFIELD) => ({
  ...about,
  kind: 'OTHER',
  severity: 'LOW',
  summary: `root ${summary}`,
  idempotencyKey: `mutation-${(keys += 1)}`,
});

const THREE = `mutation($a: RaiseFlagInput!, $b: RaiseFlagInput!, $c: RaiseFlagInput!) {
  a: raiseFlag(input: $a) { flag { summary } }
  b: raiseFlag(input: $b) { flag { summary } }
  c: raiseFlag(input: $c) { flag { summary } }
}`;

describe('several root fields', () => {
  it('are kept or refused each for itself', async () => {
    const stream = brent.stream<{ providerAlerts: Alert }>(ALERTS);
    await streamsOpened(accord.url);
    const variables = { a: flag('1'), b: { ...flag('2'), homeId: TIDEWELL.homeId }, c: flag('3') };
    const { data, errors } = await brent.send(THREE, variables);
    expect(data).toEqual({ a: { flag: { summary: 'root 1' } }, b: null, c: { flag: { summary: 'root 3' } } });
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([[['b'], 'BAD_USER_INPUT']]);
    expect(await kept()).toEqual(['root 1', 'root 3']);
    expect((await alerts(stream, 2)).map((alert) => alert.flag?.summary)).toEqual(['root 1', 'root 3']);
    stream.close();
    await streamsOpened(accord.url, 0);
  });

  it('see what those before them did', async () => {
    const one = flag('4');
    const again = `mutation($a: RaiseFlagInput!) { a: raiseFlag(input: $a) { flag { id } } b: raiseFlag(input: $a) { flag { id } } }`;
    const { a, b } = await brent.data<{ a: object; b: object }>(again, { a: one });
    expect(b).toEqual(a);
    expect((await kept()).filter((summary) => summary === 'root 4')).toHaveLength(1);
  });

  it('are told of once they are kept, and not before', async () => {
    const stream = brent.subscribe<{ providerAlerts: Alert }>(ALERTS);
    await streamsOpened(accord.url);
    const before = await kept();
    const answer = await whileWaiting(
      HEARTHWAY.providerId,
      { a: flag('5'), b: flag('6', HEARTHWAY), c: flag('7') },
      async () => {
        // The first has been written; nobody knows.
        expect(await kept()).toEqual(before);
        expect(stream.events).toEqual([]);
      },
    );
    expect(answer.errors).toBeUndefined();
    expect(await kept()).toEqual([...before, 'root 5', 'root 6', 'root 7']);
    await alerts(stream, 3);
    stream.close();
    await streamsOpened(accord.url, 0);
  });

  it('are neither kept nor told of when their transaction is lost', async () => {
    const stream = brent.subscribe<{ providerAlerts: Alert }>(ALERTS);
    await streamsOpened(accord.url);
    const before = await kept();
    const lost = { a: flag('8'), b: flag('9', HEARTHWAY), c: flag('10') };
    const answer = await whileWaiting(HEARTHWAY.providerId, lost, async () => {
      await query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`,
      );
    });
    expect(answer.data ?? null).toBeNull();
    expect(new Set(answer.errors?.map(({ extensions }) => extensions.code))).toEqual(
      new Set(['INTERNAL_SERVER_ERROR']),
    );
    expect(await kept()).toEqual(before);
    // What comes next is the next that happened.
    const next = await raise(brent, LANTERNFIELD);
    await alerts(stream, 1);
    expect(alertsOf(stream).map((alert) => alert.flag?.id)).toEqual([next]);
    stream.close();
    await streamsOpened(accord.url, 0);
    // The same keys may be used for another try.
    expect((await brent.send(THREE, lost)).errors).toBeUndefined();
  });

  /** Sends three flags, the second of which has to wait for its provider, and does something meanwhile. */
  async function whileWaiting(
    providerId: string,
    variables: Record<string, unknown>,
    meanwhile: () => Promise<void>,
  ): Promise<Answer> {
    return withClient(accord.database.urls.superuser, async (holder) => {
      await holder.query(`select pg_advisory_lock(hashtextextended('provider ' || $1, 0))`, [providerId]);
      const answer = brent.send(THREE, variables);
      const waits = `select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`;
      await until(async () => (await holder.query(waits)).rowCount === 1, 15_000);
      await meanwhile();
      await holder.query('select pg_advisory_unlock_all()');
      return answer;
    });
  }
});

describe('a change of what somebody else has changed meanwhile', () => {
  const CONFLICT = (version: number) => [
    expect.objectContaining({ extensions: expect.objectContaining({ code: 'CONFLICT', version }) }),
  ];

  const changeProvider = (expectedVersion: number, dpvLot: string) =>
    lead.send<{ changeProvider: { provider: { version: number } } | null }>(
      'mutation($input: ChangeProviderInput!) { changeProvider(input: $input) { provider { version dpvLot } } }',
      { input: { providerId: LANTERNFIELD.providerId, expectedVersion, provider: { dpvLot } } },
    );

  it('is CONFLICT for a provider, with the version that is there', async () => {
    expect((await changeProvider(1, 'Lot 1')).data).toEqual({
      changeProvider: { provider: { version: 2, dpvLot: 'Lot 1' } },
    });
    const late = await changeProvider(1, 'Lot 2');
    expect([late.data, late.errors]).toEqual([{ changeProvider: null }, CONFLICT(2)]);
    expect((await changeProvider(3, 'Lot 3')).errors).toEqual(CONFLICT(2));
  });

  it('is CONFLICT for all but one of those who try at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => changeProvider(2, `Lot ${index}`)));
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual(Array.from({ length: 4 }, () => CONFLICT(3)[0]));
  });

  it('is CONFLICT for a home', async () => {
    const change = (expectedVersion: number) =>
      lead.send('mutation($input: ChangeHomeInput!) { changeHome(input: $input) { home { version beds } } }', {
        input: { homeId: LANTERNFIELD.homeId, expectedVersion, home: { beds: 7 } },
      });
    expect((await change(1)).data).toEqual({ changeHome: { home: { version: 2, beds: 7 } } });
    expect((await change(1)).errors).toEqual(CONFLICT(2));
  });

  it('is CONFLICT for a flag, in whatever is done about it', async () => {
    const flagId = await raise(brent, LANTERNFIELD);
    let number = 0;
    const act = (name: string, expectedVersion: number | null, over: object = {}) =>
      brent.send(
        `mutation($input: ${'sharing' in over ? 'ChangeFlagSharingInput' : 'FlagActionInput'}!) { done: ${name}(input: $input) { flag { version status } } }`,
        {
          input: { flagId, expectedVersion, idempotencyKey: `version-${(number += 1)}`, ...over },
        },
      );
    const sharing = { level: 'BOROUGHS_CONCERNED', reason: 'Those who need to know' };
    expect((await act('changeFlagSharing', 1, { sharing })).data).toEqual({
      done: { flag: { version: 2, status: 'OPEN' } },
    });
    expect((await act('changeFlagSharing', 1, { sharing })).errors).toEqual(CONFLICT(2));
    expect((await act('acknowledgeFlag', 1)).errors).toEqual(CONFLICT(2));
    for (const name of ['resolveFlag', 'withdrawFlag'])
      expect((await act(name, 1, { reason: 'x' })).errors).toEqual(CONFLICT(2));
    expect((await act('acknowledgeFlag', 2)).data).toEqual({ done: { flag: { version: 2, status: 'ACKNOWLEDGED' } } });
    // Whoever does not say which version they saw, means the one that is there.
    expect((await act('resolveFlag', null, { reason: 'x' })).data).toEqual({
      done: { flag: { version: 3, status: 'RESOLVED' } },
    });
  });
});
