import { afterAll, describe, expect, it } from '@jest/globals';
import { withClient } from '@accord/persistence';
import { createTestDatabase, TestCluster, type TestDatabase, type World } from './cluster.js';

const databases: TestDatabase[] = [];

async function own(world?: World): Promise<TestDatabase> {
  const database = await createTestDatabase(world);
  databases.push(database);
  return database;
}

const rows = (url: string, sql: string): Promise<unknown[]> =>
  withClient(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);

afterAll(async () => {
  for (const database of databases) await database.drop();
});

describe('a test database', () => {
  it('lets each login in as the role that it is', async () => {
    const { name, urls } = await own();
    const logins = [urls.owner, urls.gateway, urls.worker, urls.queue, urls.superuser];
    const signedIn = await Promise.all(
      logins.map((url) => rows(url, 'select current_database() as database, current_user::text as role')),
    );
    expect(signedIn.flat()).toEqual(
      ['accord_migrator', 'accord_gateway', 'accord_worker', 'accord_queue', 'postgres'].map((role) => ({
        database: name,
        role,
      })),
    );
  });

  it('has the privileges of a created one: none for everybody', async () => {
    const { name, urls } = await own();
    const privileges = (database: string): Promise<unknown[]> =>
      rows(
        urls.superuser,
        `select acl.grantee::regrole::text as role, acl.privilege_type as privilege
         from pg_database d, aclexplode(d.datacl) acl where d.datname = '${database}' order by 1, 2`,
      );
    const copied = await privileges(name);
    expect(copied).toEqual(await privileges('accord_template'));
    expect(copied).not.toContainEqual(expect.objectContaining({ role: '-' }));
  });
});

describe('a world', () => {
  it('is loaded once, and each copy goes its own way', async () => {
    let loads = 0;
    const world: World = {
      key: 'a world of this suite',
      load: async ({ superuser }) => {
        loads += 1;
        await rows(superuser, 'create table land as select 1 as id');
      },
    };
    const [first, second] = await Promise.all([own(world), own(world)]);
    await rows(first.urls.superuser, 'insert into land values (2)');
    expect(await rows(second.urls.superuser, 'select * from land')).toEqual([{ id: 1 }]);
    expect(loads).toBe(1);
  });
});

describe('a cluster of its own', () => {
  it('keeps what was committed when PostgreSQL ends without a farewell', async () => {
    const cluster = await TestCluster.start();
    try {
      const { urls } = await cluster.createDatabase();
      await rows(urls.superuser, 'create table kept as select 1 as id');
      await cluster.crashAndRestart();
      expect(await rows(urls.superuser, 'select * from kept')).toEqual([{ id: 1 }]);
    } finally {
      await cluster.stop();
    }
  });
});
