import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accessFeature } from '@accord/access';
import { asAudience, createOrm, execute, PreparingClient, ROLE, TenantTransaction } from '@accord/persistence';
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
