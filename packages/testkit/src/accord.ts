import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway, type RunningGateway } from '@accord/gateway';
import {
  findPersona,
  loadExampleWorld,
  loadRegulatorSample,
  requestToken,
  startIdentityProvider,
  type IdentityProvider,
} from '@accord/infra';
import { readConfig, type Config } from '@accord/kernel';
import { withClient } from '@accord/persistence';
import { startWorker, type RunningWorker } from '@accord/worker';
import { TestClient, until } from './client.js';
import { createTestDatabase, type TestCluster, type TestDatabase, type World } from './cluster.js';
import { countReports } from './count-reports.js';
import { countPendingJobs, type Client } from './queued-jobs.js';
import { claimTestRedis, type TestRedis } from './redis.js';
import { runDirectory } from './run-directory.js';

const AUDIENCE = 'https://accord.test/graphql';
const MACHINE_SECRET = 'the-secret-of-every-machine-in-tests';

/** The example world beside the regulator's real London rows, as at the first start; loaded once per run and then copied. */
export const EXAMPLE_WORLD: World = {
  key: 'example world',
  load: async (urls) => {
    const { owner, gateway } = urls;
    await loadExampleWorld(owner, () => undefined);
    await loadRegulatorSample(gateway, () => undefined);
    await countReports(urls);
  },
};

/** A gateway, a worker and a sign-in on a database of their own, on the queue of the suite's profile. */
export class TestAccord {
  readonly #tokens = new Map<string, Promise<string>>();

  private constructor(
    readonly database: TestDatabase,
    readonly config: Config,
    readonly issuer: string,
    private readonly gateway: RunningGateway,
    private readonly stopping: (() => Promise<unknown>)[],
  ) {}

  /**
   * @param variables environment variables on top of the usual ones.
   * @param cluster where its database is; that of the run unless given. Stopping it is its owner's.
   */
  static async start(
    variables: Readonly<Record<string, string>> = {},
    world: World = EXAMPLE_WORLD,
    cluster?: TestCluster,
  ): Promise<TestAccord> {
    const stopping: (() => Promise<unknown>)[] = [];
    const database: TestDatabase = await (cluster?.createDatabase(world) ?? createTestDatabase(world));
    stopping.unshift(() => database.drop());
    const redis: TestRedis | undefined = await claimTestRedis();
    if (redis) stopping.unshift(() => redis.release());
    const identity = await startTestIdentity();
    stopping.unshift(() => identity.close());
    const evidence = await mkdtemp(join(runDirectory(), 'evidence-'));
    stopping.unshift(() => rm(evidence, { recursive: true, force: true }));
    const config = readConfig({
      NODE_ENV: 'test',
      LOG_LEVEL: 'fatal',
      PORT: '0',
      DATABASE_URL: database.urls.gateway,
      DATABASE_WORKER_URL: database.urls.worker,
      DATABASE_QUEUE_URL: database.urls.queue,
      REDIS_URL: redis?.url,
      OIDC_ISSUER: identity.issuer,
      OIDC_AUDIENCE: AUDIENCE,
      ACCORD_SECRET: 'a secret of tests, long enough to be one',
      RATE_LIMIT_PER_MINUTE: '1000000',
      EVIDENCE_FOLDER: evidence,
      ...variables,
    });
    const worker: RunningWorker = await startWorker(config);
    stopping.unshift(() => worker.close());
    await placed(database);
    const gateway = await startGateway(config);
    stopping.unshift(() => gateway.close());
    return new TestAccord(database, config, identity.issuer, gateway, stopping);
  }

  get url(): string {
    return this.gateway.url;
  }

  /** A persona's bearer token, from the sign-in. */
  token(persona: string): Promise<string> {
    const known = this.#tokens.get(persona) ?? tokenOf(this.issuer, persona);
    this.#tokens.set(persona, known);
    return known;
  }

  async as(persona: string): Promise<TestClient> {
    return this.with(`Bearer ${await this.token(persona)}`);
  }

  anonymous(): TestClient {
    return this.with(undefined);
  }

  with(authorization: string | undefined): TestClient {
    return new TestClient(this.url, authorization);
  }

  /**
   * Resolves when nothing changes any more by itself: every event and import has been handled, no job is left, and
   * the turn of the clock with which the worker began is over. What a request leaves behind can be told only then.
   * @param superuser a connection to its database, where there is one; else one is opened.
   */
  async settled(superuser?: Client): Promise<void> {
    const isSettled = async (client: Client) =>
      (await client.query(UNHANDLED)).rowCount === 0 && (await countPendingJobs(this, client)) === 0;
    const settle = (client: Client) => until(() => isSettled(client), SETTLED_WITHIN_MS);
    await (superuser ? settle(superuser) : withClient(this.database.urls.superuser, settle));
  }

  async stop(): Promise<void> {
    for (const stop of this.stopping) await stop();
  }
}

/** What the world itself tells of has its place before anybody can listen: on a busy machine it would come as news. */
const placed = ({ urls }: TestDatabase): Promise<void> =>
  withClient(urls.superuser, (client) =>
    until(async () => (await client.query(UNPLACED)).rowCount === 0, PLACED_WITHIN_MS),
  );

const UNHANDLED = `select from outbox_event where handled_at is null or handed_over_at is null
  union all select from regulator_import where state in ('QUEUED', 'RUNNING') limit 1`;
const SETTLED_WITHIN_MS = 30_000;

const UNPLACED = 'select from outbox_event where position is null limit 1';
const PLACED_WITHIN_MS = 30_000;

async function tokenOf(issuer: string, name: string): Promise<string> {
  const persona = findPersona(name);
  if (!persona) throw new Error(`There is no persona ${name}.`);
  return requestToken(issuer, persona, MACHINE_SECRET);
}

/** The development sign-in, a real OpenID provider, with keys of its own. */
export async function startTestIdentity(): Promise<IdentityProvider> {
  const folder = await mkdtemp(join(tmpdir(), 'accord-identity-'));
  const provider = await startIdentityProvider({
    env: {},
    file: join(folder, 'identity.json'),
    audience: AUDIENCE,
    machineSecret: MACHINE_SECRET,
  });
  return {
    issuer: provider.issuer,
    close: async () => {
      await provider.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
