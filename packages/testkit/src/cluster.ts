import { createHash, randomBytes } from 'node:crypto';
import {
  createDatabase,
  createRoles,
  databaseUrl,
  loginUrls,
  migrate,
  ROLE,
  withClient,
  type LoginPasswords,
} from '@accord/persistence';
import { PostgresServer, type ServerOptions } from './postgres-server.js';

/** What it takes to use a running cluster; plain data, so that it passes through the environment. */
export interface ClusterAccess {
  readonly superuserUrl: string;
  readonly passwords: LoginPasswords;
}

/** The URLs of one database, one for each login. `owner` is the migrator's, as DATABASE_OWNER_URL. */
export interface TestDatabaseUrls {
  readonly owner: string;
  readonly gateway: string;
  readonly worker: string;
  readonly queue: string;
  readonly superuser: string;
}

export interface TestDatabase {
  readonly name: string;
  readonly urls: TestDatabaseUrls;
  /** Ends whoever is still connected. */
  drop(): Promise<void>;
}

/** Rows that several suites start from: loaded once per run and copied from then on. */
export interface World {
  /** Everything that the rows depend on, such as a name and a seed: the same key, the same rows. */
  readonly key: string;
  load(urls: TestDatabaseUrls): Promise<void>;
}

/** How `pnpm test` tells the suites which cluster is theirs. */
export const CLUSTER_VARIABLE = 'ACCORD_TEST_CLUSTER';

const TEMPLATE = 'accord_template';

/** A migrated database of the suite's own, empty or with a world in it. */
export async function createTestDatabase(world?: World): Promise<TestDatabase> {
  return createTestDatabaseOn(clusterOfTheRun(), world);
}

/** A database as an administrator creates it: no migration has run. */
export async function createUnmigratedDatabase(): Promise<TestDatabase> {
  const access = clusterOfTheRun();
  const name = randomName();
  await createDatabase(access.superuserUrl, name);
  return describe(access, name);
}

function clusterOfTheRun(): ClusterAccess {
  const access = process.env[CLUSTER_VARIABLE];
  if (access === undefined) {
    throw new Error('There is no test cluster. Run `pnpm test`, or for one folder `pnpm test -- test/contract`.');
  }
  return JSON.parse(access) as ClusterAccess;
}

async function createTestDatabaseOn(access: ClusterAccess, world?: World): Promise<TestDatabase> {
  const name = randomName();
  await copyDatabase(access, world === undefined ? TEMPLATE : await worldTemplate(access, world), name);
  return describe(access, name);
}

const randomName = (): string => `test_${randomBytes(6).toString('hex')}`;

const describe = (access: ClusterAccess, name: string): TestDatabase => ({
  name,
  urls: urlsOf(access, name),
  drop: () => asSuperuser(access, `drop database if exists ${name} with (force)`),
});

/** The template that holds a world: built by the suite that asks first, while the others wait. */
async function worldTemplate(access: ClusterAccess, world: World): Promise<string> {
  const name = `world_${createHash('sha256').update(world.key).digest('hex').slice(0, 24)}`;
  await withClient(access.superuserUrl, async (client) => {
    // Held by the session, so that a suite which dies while loading lets the next one try.
    await client.query('select pg_advisory_lock(hashtext($1))', [name]);
    const ready = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name]);
    if (ready.rowCount !== 0) return;
    // A database of that name which is no template is what a failed load left behind.
    await client.query(`drop database if exists ${name} with (force)`);
    await copyDatabase(access, TEMPLATE, name);
    await world.load(urlsOf(access, name));
    await client.query(sealTemplate(name));
  });
  return name;
}

async function copyDatabase(access: ClusterAccess, template: string, name: string): Promise<void> {
  await withClient(access.superuserUrl, async (client) => {
    await client.query(`create database ${name} template ${template} owner ${ROLE.owner}`);
    // A copy has PostgreSQL's usual privileges, not those that `createDatabase` gave the template.
    await client.query(`revoke all on database ${name} from public`);
    const { rows } = await client.query<{ statement: string }>(
      `select format('grant %s on database %I to %I', acl.privilege_type, $2::text, pg_get_userbyid(acl.grantee)) as statement
       from pg_database d, aclexplode(d.datacl) acl
       where d.datname = $1 and acl.grantee not in (0, d.datdba)`,
      [template, name],
    );
    for (const { statement } of rows) await client.query(statement);
  });
}

/** Nobody may connect to a template any more: a single open connection makes every copy of it fail. */
const sealTemplate = (name: string): string => `alter database ${name} with is_template true allow_connections false`;

function urlsOf({ superuserUrl, passwords }: ClusterAccess, name: string): TestDatabaseUrls {
  const { migrator, gateway, worker, queue } = loginUrls(superuserUrl, name, passwords);
  return { owner: migrator, gateway, worker, queue, superuser: databaseUrl(superuserUrl, name) };
}

function asSuperuser({ superuserUrl }: ClusterAccess, sql: string): Promise<void> {
  return withClient(superuserUrl, async (client) => void (await client.query(sql)));
}

/** A PostgreSQL of the tests' own with the roles of Accord and a migrated template. `stop` leaves nothing behind. */
export class TestCluster {
  private constructor(
    private readonly server: PostgresServer,
    readonly access: ClusterAccess,
  ) {}

  /** For one suite that stops or crashes PostgreSQL; the others share the run's. */
  static async start(options?: ServerOptions): Promise<TestCluster> {
    const server = await PostgresServer.start(options);
    try {
      const access = { superuserUrl: server.superuserUrl, passwords: randomPasswords() };
      await createRoles(access.superuserUrl, access.passwords);
      await createDatabase(access.superuserUrl, TEMPLATE);
      await migrate(loginUrls(access.superuserUrl, TEMPLATE, access.passwords).migrator);
      await asSuperuser(access, sealTemplate(TEMPLATE));
      return new TestCluster(server, access);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  createDatabase(world?: World): Promise<TestDatabase> {
    return createTestDatabaseOn(this.access, world);
  }

  /** What `pg_ctl restart --mode=immediate` does: no checkpoint, no farewell to the sessions. */
  crashAndRestart(): Promise<void> {
    return this.server.crashAndRestart();
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}

function randomPasswords(): LoginPasswords {
  const password = (): string => randomBytes(12).toString('hex');
  return { migrator: password(), gateway: password(), worker: password(), queue: password() };
}
