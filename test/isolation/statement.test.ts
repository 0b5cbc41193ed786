import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accessFeature } from '@accord/access';
import {
  asAudience,
  createOrm,
  execute,
  PreparingClient,
  ROLE,
  TenantTransaction,
  transact,
  withClient,
} from '@accord/persistence';
import { createTestDatabase, type TestDatabase } from '@accord/testkit';
import { ISOLATION_WORLD, TENANT } from './support/world.js';

let database: TestDatabase;
let orm: Awaited<ReturnType<typeof createOrm>>;

beforeAll(async () => {
  database = await createTestDatabase(ISOLATION_WORLD);
  // One connection: whatever is sent late is sent on the one that the next tenant has.
  orm = await createOrm({ url: database.urls.gateway, entities: accessFeature.entities, pool: 1 });
});

afterAll(async () => {
  await orm.close();
  await database.drop();
});

const open = (tenantId: string): Promise<TenantTransaction> =>
  TenantTransaction.open(orm, { tenantId, callerId: null }, 'read');

const TENANT_NOW = `select current_setting('app.tenant', true) as tenant`;

describe('a statement', () => {
  let transaction: TenantTransaction;

  beforeEach(async () => {
    transaction = await open(TENANT.brent);
  });

  it('of a transaction that has ended is not sent: its connection is another tenant’s by then', async () => {
    const { em } = transaction;
    expect(await execute(em, TENANT_NOW)).toEqual([{ tenant: TENANT.brent }]);
    // The ORM forgets the transaction at its end; a resolver that was not waited for still has it.
    const late = em.fork();
    late.setTransactionContext(em.getTransactionContext());
    await transaction.rollback();
    const next = await open(TENANT.barnet);
    const [sentLate, ofTheNext] = await Promise.allSettled([execute(late, TENANT_NOW), execute(next.em, TENANT_NOW)]);
    await next.rollback();
    expect(sentLate).toMatchObject({ status: 'rejected', reason: { message: 'This transaction has ended.' } });
    expect(ofTheNext).toMatchObject({ value: [{ tenant: TENANT.barnet }] });
  });

  it('beside one that asks as the audience role does not run as it', async () => {
    const ROLE_NOW = 'select current_user as role';
    const { em } = transaction;
    const answers = await Promise.all([
      execute(em, ROLE_NOW),
      asAudience(em, ROLE_NOW),
      execute(em, ROLE_NOW),
      asAudience(em, ROLE_NOW),
      execute(em, ROLE_NOW),
    ]);
    await transaction.rollback();
    const roles = [ROLE.gateway, ROLE.audience, ROLE.gateway, ROLE.audience, ROLE.gateway];
    expect(answers).toEqual(roles.map((role) => [{ role }]));
  });
});

describe('statements of one packet', () => {
  const INVERSE = 'select 1 / ?::int as inverse';
  const inverseOf = (em: Parameters<typeof execute>[0], divisor: number) => execute(em, INVERSE, [divisor]);

  it('are answered each with its own rows, also when they have run before', async () => {
    const { em, ...transaction } = await opened();
    for (let round = 0; round < 3; round += 1)
      expect(
        await Promise.all([
          inverseOf(em, 1),
          execute(em, 'select generate_series(1, ?::int) as n, null as nothing', [2]),
          execute(em, TENANT_NOW),
          execute(em, `select set_config('app.caller', '', true) as caller where false`),
          inverseOf(em, -1),
        ]),
      ).toEqual([
        [{ inverse: 1 }],
        [
          { n: 1, nothing: null },
          { n: 2, nothing: null },
        ],
        [{ tenant: TENANT.brent }],
        [],
        [{ inverse: -1 }],
      ]);
    await transaction.end();
  });

  it('are not run behind one that fails, and say so: its error is not theirs', async () => {
    const { em, ...transaction } = await opened();
    await inverseOf(em, 1);
    const sent = await Promise.allSettled([inverseOf(em, 1), inverseOf(em, 0), inverseOf(em, -1)]);
    await transaction.end();
    expect(sent).toMatchObject([
      { status: 'fulfilled', value: [{ inverse: 1 }] },
      { status: 'rejected', reason: { code: '22012' } },
      { status: 'rejected', reason: { message: 'Not run: a statement before it failed.' } },
    ]);
    // The connection is as good as before.
    const next = await opened();
    expect(await inverseOf(next.em, 1)).toEqual([{ inverse: 1 }]);
    await next.end();
  });

  it('that are a transaction of their own leave nothing when one of them fails', async () => {
    // A setting of the session falls back with the transaction that made it.
    const set = (value: string) => ({ sql: `select set_config('accord.kept', ?, false) as kept`, values: [value] });
    const kept = { sql: `select current_setting('accord.kept', true) as kept`, values: [] };
    const fail = { sql: INVERSE, values: [0] };
    expect(await transact(orm, [set('first')])).toEqual([[{ kept: 'first' }]]);
    for (let round = 0; round < 2; round += 1)
      await expect(transact(orm, [set('second'), fail, kept])).rejects.toMatchObject({ code: '22012' });
    expect(await transact(orm, [kept])).toEqual([[{ kept: 'first' }]]);
  });

  it('are not sent when one of them has a value that cannot be, and can be sent again without it', async () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    const send = (value: unknown) => ({ sql: 'select ?::jsonb as sent', values: [value] });
    const set = { sql: `select set_config('accord.sent', 'yes', false) as sent`, values: [] };
    await expect(transact(orm, [set, send(circular)])).rejects.toThrow(/circular/);
    expect(
      await transact(orm, [send({}), { sql: `select current_setting('accord.sent', true) as sent`, values: [] }]),
    ).toEqual([[{ sent: {} }], [{ sent: null }]]);
  });

  it('are not sent any more once the end of their transaction has been', async () => {
    const { em, ...transaction } = await opened();
    await execute(em, TENANT_NOW);
    const late = em.fork();
    late.setTransactionContext(em.getTransactionContext());
    const ended = transaction.end();
    const [sentLate] = await Promise.allSettled([execute(late, TENANT_NOW)]);
    await ended;
    expect(sentLate).toMatchObject({ status: 'rejected', reason: { message: 'This transaction has ended.' } });
  });

  it('tell of a transaction that the server had given up why it did, and give its connection back', async () => {
    const run = TenantTransaction.run(orm, { tenantId: TENANT.brent, callerId: null }, 'write', async (em) => {
      await inverseOf(em, 0).catch(() => undefined);
    });
    await expect(run).rejects.toMatchObject({ code: '25P02' });
    const next = await opened();
    expect(await execute(next.em, TENANT_NOW)).toEqual([{ tenant: TENANT.brent }]);
    await next.end();
  });

  it('stand in no transaction that begins behind them', async () => {
    const NOW = 'select txid_current()::text as id';
    await transact(orm, [{ sql: NOW, values: [] }]);
    const client = new PreparingClient(database.urls.gateway);
    await client.connect();
    const BEGIN = 'start transaction isolation level read committed';
    for (const statement of [BEGIN, NOW, 'rollback']) await client.query(statement);
    const [before, , within] = await Promise.all([client.query(NOW), client.query(BEGIN), client.query(NOW)]);
    await client.end();
    expect(before.rows).not.toEqual(within.rows);
  });

  async function opened() {
    const transaction = await open(TENANT.brent);
    return { em: transaction.em, end: () => transaction.rollback() };
  }
});

it('gives a connection up whose transaction was not begun, before anything is read on it', async () => {
  const client = new PreparingClient(database.urls.gateway);
  client.on('error', () => undefined);
  await client.connect();
  const ended = new Promise((resolve) => client.once('end', resolve));
  // Answered before it is known whether it holds.
  await client.query('start transaction isolation level none read only');
  const [first] = await Promise.allSettled([client.query('select id from sharing')]);
  expect(first.status === 'fulfilled' ? first.value.rows : []).toEqual([]);
  await ended;
  await expect(client.query('select 1')).rejects.toThrow(/connection|queryable/i);
});

describe('a transaction that is rolled back and one that begins, in one breath', () => {
  const BEGIN = 'start transaction isolation level read committed';
  const NOW = `select current_setting('app.tenant', true) as tenant, txid_current()::text as id`;
  const BIND = { sql: `select set_config('app.tenant', ?, true) as tenant`, values: [TENANT.brent] };
  const INVERSE = { sql: 'select 1 / ?::int as inverse', values: [1] };
  let client: PreparingClient;

  beforeEach(async () => {
    client = new PreparingClient(database.urls.gateway);
    client.on('error', () => undefined);
    await client.connect();
    // From now on they are prepared; and here they are, so that what follows goes out in packets.
    await transact(orm, [BIND, INVERSE, { sql: NOW, values: [] }]);
    for (const text of [BEGIN, NOW, 'rollback']) await client.query(text);
    await bind();
    await inverseOf(1);
  });
  afterEach(() => client.end());

  const bind = () => client.query(BIND.sql.replace('?', '$1'), BIND.values);
  const inverseOf = (divisor: number) => client.query(INVERSE.sql.replace('?', '$1'), [String(divisor)]);

  it('have nothing of one another', async () => {
    for (let round = 0; round < 2; round += 1) {
      const [, , before, , , behind] = await Promise.all([
        client.query(BEGIN),
        bind(),
        client.query<{ id: string }>(NOW),
        client.query('rollback'),
        client.query(BEGIN),
        client.query<{ id: string }>(NOW),
      ]);
      expect(before.rows).toEqual([{ tenant: TENANT.brent, id: expect.any(String) }]);
      expect(behind.rows).toEqual([{ tenant: '', id: expect.any(String) }]);
      expect(behind.rows[0]?.id).not.toBe(before.rows[0]?.id);
      await client.query('rollback');
    }
  });

  it('do not fail with one another', async () => {
    const [, failed, , , behind] = await Promise.allSettled([
      client.query(BEGIN),
      inverseOf(0),
      client.query('rollback'),
      client.query(BEGIN),
      inverseOf(1),
    ]);
    await client.query('rollback');
    expect(failed).toMatchObject({ status: 'rejected', reason: { code: '22012' } });
    expect(behind).toMatchObject({ status: 'fulfilled', value: { rows: [{ inverse: 1 }] } });
  });

  it('wait for what is still running: whoever came next would', async () => {
    await client.query(BEGIN);
    let isOver = false;
    const running = client.query('select pg_sleep(0.2)').then(() => (isOver = true));
    await client.query('rollback');
    expect(isOver).toBe(true);
    await running;
  });

  it('may have something between them that is in neither', async () => {
    const [, between, , within] = await Promise.all([
      client.query('rollback'),
      client.query<{ id: string }>(NOW),
      client.query(BEGIN),
      client.query<{ id: string }>(NOW),
    ]);
    await client.query('rollback');
    expect(between.rows[0]?.id).not.toBe(within.rows[0]?.id);
  });

  it('are both lost with their connection, and whoever has the second is told', async () => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    await client.query(BEGIN);
    const ended = new Promise((resolve) => client.once('end', resolve));
    await withClient(database.urls.superuser, (admin) =>
      admin.query('select pg_terminate_backend($1)', [rows[0]?.pid]),
    );
    const sent = await Promise.allSettled([client.query('rollback'), client.query(BEGIN), inverseOf(1)]);
    await ended;
    expect(sent.at(-1)).toMatchObject({ status: 'rejected' });
  });
});
