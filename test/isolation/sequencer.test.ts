import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accessFeature, placing, sequence, wakeAfterPlacing } from '@accord/access';
import { createLogger } from '@accord/kernel';
import { createOrm, PostgresEventBus, ROLE, transact, type EventBus } from '@accord/persistence';
import { createTestDatabase, until, type TestDatabase } from '@accord/testkit';
import pg from 'pg';
import { Gate } from '../faults/gate.js';
import { ISOLATION_WORLD, JUNIPERWOOD, TENANT } from './support/world.js';

const logger = createLogger('sequencer', 'silent');

let database: TestDatabase;
let orm: Awaited<ReturnType<typeof createOrm>>;
let bus: EventBus;
let superuser: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase(ISOLATION_WORLD);
  orm = await createOrm({ url: database.urls.gateway, entities: accessFeature.entities, pool: 4 });
  bus = await PostgresEventBus.open(database.urls.gateway, logger);
  superuser = new pg.Client({ connectionString: database.urls.superuser });
  await superuser.connect();
});

beforeEach(() => superuser.query('delete from event_audience; delete from outbox_event'));

afterAll(async () => {
  await superuser.end();
  await bus.close();
  await orm.close();
  await database.drop();
});

/** Events for all members, committed without a place. */
async function commit(count: number): Promise<void> {
  await superuser.query(
    `insert into outbox_event (id, kind, owner_id, provider_id, occurred_at)
     select gen_random_uuid(), 'ACCREDITATION_CHANGED', $1, $2, now() from generate_series(1, $3)`,
    [TENANT.alliance, JUNIPERWOOD, count],
  );
}

/** As the end of a mutation. @returns whether something is left. */
const atCommit = async (): Promise<boolean> => wakeAfterPlacing(bus, logger, await transact(orm, placing(bus)));

interface Places {
  readonly placed: number;
  readonly left: number;
}

/** How many have a place; these are 1, 2, 3 and so on in the order of writing, each for as many tenants. */
async function places(): Promise<Places> {
  const { rows } = await superuser.query<Places & { disorder: number; audiences: number[] }>(
    `select count(position)::int as placed, count(*) filter (where position is null)::int as left,
       count(*) filter (where position <> expected)::int as disorder,
       array(select distinct count(*)::int from event_audience group by position) as audiences
     from (select position, row_number() over (order by seq) as expected from outbox_event) events`,
  );
  const { disorder = 0, audiences = [], placed = 0, left = 0 } = rows[0] ?? {};
  expect([disorder, audiences.length]).toEqual([0, placed === 0 ? 0 : 1]);
  return { placed, left };
}

describe('a commit', () => {
  it('gives a few their places, and wakes the gateways alone', async () => {
    const woken: string[] = [];
    const stop = [
      await bus.subscribe('events', () => woken.push('events')),
      await bus.subscribe('outbox', () => woken.push('outbox')),
    ];
    await commit(3);
    expect(await atCommit()).toBe(false);
    expect(await places()).toEqual({ placed: 3, left: 0 });
    await until(() => woken.length > 0);
    expect(woken).toEqual(['events']);
    for (const each of stop) each();
  });

  it('keeps nobody waiting where many wait: it leaves all of them, and wakes the worker', async () => {
    const woken: string[] = [];
    const stop = await bus.subscribe('outbox', () => woken.push('outbox'));
    await commit(21);
    expect(await atCommit()).toBe(true);
    expect(await places()).toEqual({ placed: 0, left: 21 });
    await until(() => woken.length > 0);
    stop();
  });

  it('keeps nobody waiting while somebody else gives places, and leaves none behind what comes later', async () => {
    const gate = await Gate.atSequencer(database.urls.superuser);
    await gate.close();
    await commit(2);
    expect(await atCommit()).toBe(true);
    expect(await sequence(orm, bus, logger, false)).toBe(false);
    expect(await places()).toEqual({ placed: 0, left: 2 });
    await gate.remove();
    await commit(1);
    expect(await atCommit()).toBe(false);
    expect(await places()).toEqual({ placed: 3, left: 0 });
  });
});

it('the sequencer waits for whoever gives places, and goes on from batch to batch', async () => {
  await commit(450);
  const gate = await Gate.atSequencer(database.urls.superuser);
  await gate.close();
  const first = sequence(orm, bus, logger, true);
  await until(async () => (await gate.waiting()) === 1);
  expect(await places()).toEqual({ placed: 0, left: 450 });
  await gate.remove();
  expect(await first).toBe(true);
  expect(await places()).toEqual({ placed: 200, left: 250 });
  expect(await sequence(orm, bus, logger, true)).toBe(true);
  expect(await sequence(orm, bus, logger, true)).toBe(false);
  expect(await places()).toEqual({ placed: 450, left: 0 });
});

it('the sequencer takes no lock where nothing waits: whoever commits meanwhile would go without a place', async () => {
  const gate = await Gate.atSequencer(database.urls.superuser);
  await gate.close();
  expect(await sequence(orm, bus, logger, true)).toBe(false);
  await gate.remove();
});

describe('the sequencer’s role', () => {
  let gateway: pg.Client;

  beforeAll(async () => {
    gateway = new pg.Client({ connectionString: database.urls.gateway });
    await gateway.connect();
    await gateway.query(`set role ${ROLE.sequencer}`);
  });

  afterAll(() => gateway.end());

  it('moves nothing that has its place', async () => {
    await commit(1);
    await atCommit();
    const { rowCount } = await gateway.query('update outbox_event set position = position + 1000');
    expect(rowCount).toBe(0);
  });

  it('leaves no event without a place that it says has one', async () => {
    await commit(1);
    await expect(gateway.query('update outbox_event set position = null')).rejects.toThrow('row-level security');
  });

  it.each([
    ['takes no event back', 'delete from outbox_event'],
    ['writes no event', `insert into outbox_event (id, kind) values (gen_random_uuid(), 'X')`],
    ['says of none that it was handled', 'update outbox_event set handled_at = now()'],
    ['changes no audience', 'update event_audience set tenant_id = tenant_id'],
    ['takes none away', 'delete from event_audience'],
    ['reads no text', 'select summary from flag'],
    ['reads no number of placements', 'select * from placement_number'],
  ])('%s', async (_, sql) => {
    await expect(gateway.query(sql)).rejects.toThrow('permission denied');
  });

  it('is not what the gateway is otherwise', async () => {
    await gateway.query('reset role');
    for (const sql of [
      'update outbox_event set position = 1',
      `insert into event_audience (tenant_id, position) values ('${TENANT.brent}', 1)`,
    ])
      await expect(gateway.query(sql)).rejects.toThrow('permission denied');
  });
});
