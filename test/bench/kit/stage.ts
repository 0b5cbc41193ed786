import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { BENCH_PRINCIPALS, loadBenchWorld, type BenchSize } from '@accord/infra';
import { TestCluster, type TestDatabase, type World } from '@accord/testkit';
import pg from 'pg';
import { startIssuer, type Issuer } from './issuer.ts';
import { cpuSeconds, ServerProcess } from './server-process.ts';

const BENCH_WORLD: World = {
  key: 'bench world',
  load: ({ owner }) => loadBenchWorld(owner, (line) => console.error(line)),
};

/** Connections that each server may keep to the database. */
const POOL = 10;
/** The one protection that is raised: the load would be limited instead of measured. */
const REQUESTS_PER_MINUTE = 100_000_000;

export interface StartedServer {
  readonly process: ServerProcess;
  readonly url: string;
}

/** A PostgreSQL of the benchmark's own with the bench world in it, an issuer, and the servers on both. */
export class Stage {
  readonly cluster: TestCluster;
  readonly database: TestDatabase;
  readonly issuer: Issuer;
  readonly #observer: pg.Client;
  readonly #processes: ServerProcess[] = [];

  private constructor(cluster: TestCluster, database: TestDatabase, issuer: Issuer, observer: pg.Client) {
    this.cluster = cluster;
    this.database = database;
    this.issuer = issuer;
    this.#observer = observer;
  }

  /** @param settings of PostgreSQL, on top of those with which it runs in production. */
  static async build(settings: Readonly<Record<string, string>> = {}): Promise<Stage> {
    const cluster = await TestCluster.start({ durable: true });
    await changeSettings(cluster, settings);
    const database = await cluster.createDatabase(BENCH_WORLD);
    const observer = new pg.Client({ connectionString: database.urls.superuser });
    // When the cluster is stopped, so is this; nobody is to hear of it.
    observer.on('error', () => undefined);
    await observer.connect();
    return new Stage(cluster, database, await startIssuer(), observer);
  }

  /** Changes the database, as its superuser: gives somebody an index, say. */
  async change(sql: string): Promise<void> {
    await this.#observer.query(sql);
  }

  /** Another database on the same server, with a bench world of a size of its own. */
  async addWorld(size: BenchSize): Promise<TestDatabase> {
    const database = await this.cluster.createDatabase();
    await loadBenchWorld(database.urls.owner, (line) => console.error(line), size);
    return database;
  }

  /** Starts a script as a server, with the variables of a production gateway, on a port of its own. */
  async serve(
    name: string,
    script: string,
    nodeOptions: readonly string[] = [],
    database = this.database,
  ): Promise<StartedServer> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const env = { ...this.#variables(name, database), PORT: String(port) };
    const process = await ServerProcess.start({ name, script: inRepository(script), env, nodeOptions }, async () => {
      // Whatever it answers, it listens.
      await fetch(`${url}/health/ready`);
      return true;
    });
    this.#processes.push(process);
    return { process, url };
  }

  /** Starts a script that answers nobody over HTTP, such as the worker: it is ready when it listens at the database. */
  async run(name: string, script: string): Promise<ServerProcess> {
    const options = { name, script: inRepository(script), env: this.#variables(name, this.database) };
    const process = await ServerProcess.start(
      options,
      async () => (await this.#connections(name, '%listen%')).length > 0,
    );
    this.#processes.push(process);
    return process;
  }

  /** A token of the borough's placements officer, or of its dashboard. */
  async tokenOf(subject: string): Promise<string> {
    const principal = BENCH_PRINCIPALS.find((known) => known.subject === subject);
    if (principal === undefined) throw new Error(`Nobody in the bench world is ${subject}.`);
    return this.issuer.token(principal);
  }

  /**
   * Starts to count what a server costs: its own processor time, and the database's on its connections.
   * @returns ends the count, and gives the seconds of both.
   */
  async count({ name, pid }: ServerProcess): Promise<() => Promise<{ server: number; database: number }>> {
    const serverBefore = cpuSeconds(pid);
    const databaseBefore = await this.#databaseSeconds(name);
    return async () => {
      const server = cpuSeconds(pid) - serverBefore;
      let database = 0;
      for (const [backend, seconds] of await this.#databaseSeconds(name))
        database += seconds - (databaseBefore.get(backend) ?? 0);
      return { server, database };
    };
  }

  async #databaseSeconds(name: string): Promise<Map<number, number>> {
    return new Map((await this.#connections(name, '%')).map((pid) => [pid, cpuSeconds(pid)]));
  }

  async #connections(name: string, lastQuery: string): Promise<number[]> {
    const { rows } = await this.#observer.query<{ pid: number }>(
      'select pid from pg_stat_activity where application_name = $1 and query ilike $2',
      [name, lastQuery],
    );
    return rows.map(({ pid }) => pid);
  }

  async close(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop()));
    await this.#observer.end();
    await this.issuer.close();
    await this.cluster.stop();
  }

  #variables(name: string, { urls }: TestDatabase): Record<string, string> {
    const { gateway, worker, queue } = urls;
    return {
      DATABASE_URL: gateway,
      DATABASE_WORKER_URL: worker,
      DATABASE_QUEUE_URL: queue,
      DATABASE_POOL: String(POOL),
      OIDC_ISSUER: this.issuer.issuer,
      OIDC_AUDIENCE: this.issuer.audience,
      ACCORD_SECRET: 'a secret of the benchmark, long enough to be one',
      RATE_LIMIT_PER_MINUTE: String(REQUESTS_PER_MINUTE),
      REDIS_URL: process.env['REDIS_URL'] ?? '',
      GRAPHILE_ENV: 'production',
      // By which the observer tells whose connections are whose.
      PGAPPNAME: name,
    };
  }
}

/** Some settings hold from the server's next start on. */
async function changeSettings(cluster: TestCluster, settings: Readonly<Record<string, string>>): Promise<void> {
  if (Object.keys(settings).length === 0) return;
  const client = new pg.Client({ connectionString: cluster.access.superuserUrl });
  await client.connect();
  for (const [name, value] of Object.entries(settings))
    await client.query(`alter system set ${name} = ${client.escapeLiteral(value)}`);
  await client.end();
  await cluster.crashAndRestart();
}

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
