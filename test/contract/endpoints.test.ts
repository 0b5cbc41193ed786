import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '@accord/persistence';
import { TestAccord, until } from '@accord/testkit';
import { alerts, ALERTS, LANTERNFIELD, raise, type Alert } from './support/alerts.js';
import { eventually, openStreams, streamsOpened } from './support/wait.js';

let accord: TestAccord;

beforeAll(async () => {
  accord = await TestAccord.start();
});
afterAll(() => accord.stop());

const get = async (path: string): Promise<[status: number, body: unknown]> => {
  const response = await fetch(accord.url + path);
  return [response.status, await response.json()];
};

describe('health', () => {
  it('is asked without signing in', async () => {
    expect(await get('/health/live')).toEqual([200, { status: 'live' }]);
    expect(await get('/health/ready')).toEqual([200, { status: 'ready' }]);
  });

  it('is alive and not ready while the database is away', async () => {
    // Nobody comes in, and whoever is in goes.
    const server = new URL(accord.database.urls.superuser);
    server.pathname = '/postgres';
    const letIn = (yes: boolean) =>
      withClient(server.href, async (pg) => {
        await pg.query(`alter database ${accord.database.name} allow_connections ${String(yes)}`);
        if (!yes)
          await pg.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
            accord.database.name,
          ]);
      });
    await letIn(false);
    expect(
      await eventually(
        () => get('/health/ready'),
        ([status]) => status === 503,
      ),
    ).toEqual([503, { status: 'not ready' }]);
    expect(await get('/health/live')).toEqual([200, { status: 'live' }]);
    await letIn(true);
    await eventually(
      () => get('/health/ready'),
      ([status]) => status === 200,
    );
    const client = await accord.as('brent-placements');
    await eventually(
      () => client.send('{ viewer { id } }'),
      ({ status }) => status === 200,
    );
  });
});

it('gets over a database that cuts off everything that is under way', async () => {
  const client = await accord.as('brent-quality');
  const AT_ONCE = accord.config.DATABASE_POOL + 5;
  const cutOff = await withClient(accord.database.urls.superuser, async (holder) => {
    // Whoever flags this provider waits, each in a transaction of their own, until there is no connection left.
    await holder.query(`select pg_advisory_lock(hashtextextended('provider ' || $1, 0))`, [LANTERNFIELD.providerId]);
    const raising = Array.from({ length: AT_ONCE }, () =>
      raise(client, LANTERNFIELD).then(
        () => 'raised',
        () => 'cut off',
      ),
    );
    await until(async () => {
      const waiting = await holder.query(
        `select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`,
      );
      return waiting.rowCount === accord.config.DATABASE_POOL;
    }, 15_000);
    await holder.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'accord_gateway'`,
    );
    await holder.query('select pg_advisory_unlock_all()');
    return Promise.all(raising);
  });
  expect(cutOff.filter((outcome) => outcome === 'cut off').length).toBeGreaterThanOrEqual(accord.config.DATABASE_POOL);
  const after = await Promise.all(Array.from({ length: AT_ONCE }, () => client.send('{ viewer { id } }')));
  expect(new Set(after.map(({ status }) => status))).toEqual(new Set([200]));
}, 40_000);

describe('metrics', () => {
  const metrics = async (): Promise<string> => (await fetch(`${accord.url}/metrics`)).text();
  const value = async (line: RegExp): Promise<number> => Number((await metrics()).match(line)?.[1] ?? 0);

  it('are Prometheus’s', async () => {
    const response = await fetch(`${accord.url}/metrics`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^text\/plain; version=0\.0\.4/),
    ]);
    expect(await response.text()).toMatch(/^# HELP process_cpu_seconds_total/m);
  });

  it('count operations by kind and outcome, streams and alerts', async () => {
    const done = /accord_operation_seconds_count\{kind="query",outcome="OK"\} (\d+)/;
    const refused = /accord_operation_seconds_count\{kind="query",outcome="NOT_FOUND"\} (\d+)/;
    const sent = /accord_alerts_sent_total (\d+)/;
    const before = [await value(done), await value(refused), await value(sent)];
    const client = await accord.as('brent-quality');
    await client.send('{ viewer { id } }');
    await client.send('{ provider(id: "x") { id } }');
    const stream = client.stream<{ providerAlerts: Alert }>(ALERTS);
    await streamsOpened(accord.url);
    await raise(client, LANTERNFIELD);
    await alerts(stream, 1);
    expect([await value(done), await value(refused), await value(sent)]).toEqual(before.map((count) => count + 1));
    expect(await openStreams(accord.url)).toBe(1);
    stream.close();
    await streamsOpened(accord.url, 0);
  });

  it('name nobody: no organisation, no person, no provider, and nothing that was said', async () => {
    const client = await accord.as('brent-quality');
    const { viewer } = await client.data<{ viewer: { id: string; tenant: { id: string } } }>(
      '{ viewer { id tenant { id } } }',
    );
    await client.send(`query NameOfAnOperation { provider(id: "${LANTERNFIELD.providerId}") { name } }`);
    const text = await metrics();
    const labels = [...text.matchAll(/^accord_\w+\{(.*)\}/gm)].flatMap(([, all = '']) =>
      [...all.matchAll(/(\w+)="/g)].map(([, name]) => name),
    );
    expect(new Set(labels)).toEqual(new Set(['kind', 'outcome', 'le', 'transport']));
    const secrets = [
      viewer.id,
      viewer.tenant.id,
      LANTERNFIELD.providerId,
      'Brent',
      'E09000005',
      'brent-quality',
      'NameOfAnOperation',
    ];
    for (const secret of secrets) expect(text).not.toContain(secret);
  });
});
