import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGateway, type RunningGateway } from '@accord/gateway';
import { newId } from '@accord/kernel';
import { ROLE } from '@accord/persistence';
import { TestClient, until } from '@accord/testkit';
import pg from 'pg';
import { newFlag } from './support/operation.js';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { SCENARIOS } from './support/standing.js';
import { COURT, JUNIPERFIELD, TENANT, type TenantName } from './support/world.js';
import { WatchedPostgres } from './support/watched-postgres.js';

const POOL = 2;
const OPEN_TRANSACTIONS = `select from pg_stat_activity
  where datname = current_database() and state like 'idle in transaction%'`;
/** One of each standing. */
const CALLERS: readonly TenantName[] = ['brent', 'barnet', 'alliance', 'ealing', 'camden'];
const ROUNDS = 3;

const LOOK = `query($id: ID!, $provider: ID!) {
  viewer { tenant { id } }
  flag(id: $id) { id existenceOnly summary }
  provider(id: $provider) { openFlagCount arrangements { id } usedBy { borough { id } } }
}`;
const RAISE = 'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id } } }';
const MIXED = `mutation($good: RaiseFlagInput!, $bad: RaiseFlagInput!) {
  first: raiseFlag(input: $good) { flag { id } } second: raiseFlag(input: $bad) { flag { id } }
}`;
const ALERTS = 'subscription { providerAlerts { id flag { summary } } }';

interface Looked {
  viewer: { tenant: { id: string } };
  flag: { existenceOnly: boolean } | null;
}

let scene: Scene;
let postgres: WatchedPostgres;
let gateway: RunningGateway;

beforeAll(async () => {
  scene = await Scene.start();
  postgres = await WatchedPostgres.start(scene.accord.config.DATABASE_URL);
  gateway = await startGateway({ ...scene.accord.config, DATABASE_URL: postgres.url, DATABASE_POOL: POOL });
});

afterAll(async () => {
  await gateway.close();
  await postgres.stop();
  await scene.stop();
});

/** The same caller, at the gateway whose connections are watched. */
async function through(tenant: TenantName): Promise<TestClient> {
  return new TestClient(gateway.url, (await scene.member(tenant)).authorization);
}

const concerned = SCENARIOS.find(({ title }) => title === 'for the boroughs concerned');

/** One tenant's share of a mixed load; of what it sees, that it is its own alone. */
async function load(tenant: TenantName, flagId: string): Promise<void> {
  const client = await through(tenant);
  const { data } = await client.send<Looked>(LOOK, { id: flagId, provider: JUNIPERFIELD });
  const how = { owner: false, audience: false, existence: true, hidden: undefined }[
    concerned?.standings[tenant] ?? 'hidden'
  ];
  expect({ tenant, is: data?.viewer.tenant.id, sees: data?.flag?.existenceOnly }).toEqual({
    tenant,
    is: TENANT[tenant],
    sees: how,
  });
  const input = { ...newFlag(), idempotencyKey: newId() };
  await Promise.all([
    client.send(RAISE, { input }),
    client.send(MIXED, {
      good: { ...input, idempotencyKey: newId() },
      bad: { ...input, summary: ' ', idempotencyKey: newId() },
    }),
    client.send('{ directory(first: 5) { nodes { id } } }'),
    client.send('{ flag(id: "nobody") { id } nothing }'),
    new TestClient(gateway.url, 'Bearer nobody').send('{ viewer { id } }'),
    abandoned(client, { query: RAISE, variables: { input: { ...input, idempotencyKey: newId() } } }),
    abandoned(client, { query: LOOK, variables: { id: flagId, provider: JUNIPERFIELD } }),
  ]);
}

/** A request whose client goes away before the answer. */
async function abandoned({ authorization }: TestClient, body: unknown): Promise<void> {
  const aborted = new AbortController();
  const sent = fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: authorization ?? '' },
    body: JSON.stringify(body),
    signal: aborted.signal,
  });
  setTimeout(() => aborted.abort(), Math.random() * 10);
  await sent.catch(() => undefined);
}

describe('a pooled connection', () => {
  it('holds no tenant, no caller and no role after any request: answered, refused, half refused or given up', async () => {
    const flagId = await scene.flag();
    const streams = await Promise.all(
      CALLERS.map(async (tenant, index) => {
        const client = await through(tenant);
        return index % 2 === 0 ? client.subscribe(ALERTS) : client.stream(ALERTS);
      }),
    );
    for (let round = 0; round < ROUNDS; round += 1) await Promise.all(CALLERS.map((tenant) => load(tenant, flagId)));
    await scene.settled();
    for (const stream of streams) stream.close();
    // A backend that is lost under way comes back as a new one.
    await scene.sql(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = $1',
      [ROLE.gateway],
    );
    await until(async () => (await (await through('brent')).send('{ viewer { id } }')).status === 200);
    await load('barnet', flagId);

    expect(postgres.rests.length).toBeGreaterThan(ROUNDS * CALLERS.length);
    const distinct = new Set(postgres.rests.map((rest) => JSON.stringify(rest)));
    expect([...distinct]).toEqual([JSON.stringify({ tenant: '', caller: '', role: ROLE.gateway })]);
  }, 60_000);

  it('is given back when what a mutation read of others cannot be logged any more', async () => {
    const id = await scene.item();
    const leaving = `mutation($provider: ID!, $home: ID!) {
      declareUse(providerId: $provider, declared: true) { provider { intelligence(first: 5) { nodes { summary } } } }
      recordPlacementNumber(input: { providerId: $provider, homeId: $home, youngPeople: 0, asAt: "2026-11-20" }) { provider { id } }
    }`;
    // Its first field reads of another borough's, and its second stops being concerned.
    const barnet = await scene.caller('barnet-placements');
    const client = new TestClient(gateway.url, barnet.authorization);
    expectRefused(await client.send(leaving, { provider: JUNIPERFIELD, home: COURT }), 'CONFLICT');
    // What is between two statements of its own is soon gone; what is not given back stays.
    await until(async () => (await scene.sql(OPEN_TRANSACTIONS)).length === 0);
    await scene.removeItem(id);
  });

  it('is watched: a setting that outlives its transaction is seen', async () => {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    const seen = postgres.rests.length;
    await client.query(`select set_config('app.tenant', $1, false)`, [TENANT.brent]);
    await client.query(`set role ${ROLE.audience}`);
    await client.end();
    const kept = postgres.rests.slice(seen).filter(({ tenant }) => tenant !== '');
    expect(kept.map(({ tenant, role }) => [tenant, role])).toEqual([
      [TENANT.brent, ROLE.gateway],
      [TENANT.brent, ROLE.audience],
    ]);
  });
});
