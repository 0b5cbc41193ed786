import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findPersona, requestToken, startIdentityProvider } from '@accord/infra';
import { EXAMPLE_WORLD } from './accord.js';
import { createTestDatabase, type TestCluster, type TestDatabase } from './cluster.js';
import { claimTestRedis } from './redis.js';
import { runDirectory } from './run-directory.js';

const AUDIENCE = 'https://accord.test/graphql';

/** What gateways and workers stand on: a database with the example world, the profile's Redis, a sign-in. */
export class TestGround {
  readonly #tokens = new Map<string, Promise<string>>();

  private constructor(
    readonly database: TestDatabase,
    /** The environment of a process that shall run here. */
    readonly environment: Readonly<Record<string, string>>,
    private readonly stopping: (() => Promise<unknown>)[],
  ) {}

  /** @param cluster for a suite that stops PostgreSQL; the others share the run's. */
  static async start(cluster?: TestCluster): Promise<TestGround> {
    const stopping: (() => Promise<unknown>)[] = [];
    const database = await (cluster?.createDatabase(EXAMPLE_WORLD) ?? createTestDatabase(EXAMPLE_WORLD));
    stopping.unshift(() => database.drop());
    const redis = await claimTestRedis();
    if (redis) stopping.unshift(() => redis.release());
    const folder = await mkdtemp(join(runDirectory(), 'identity-'));
    stopping.unshift(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'identity.json');
    const identity = await startIdentityProvider({
      env: {},
      file,
      audience: AUDIENCE,
      machineSecret: 'not shown in these tests',
    });
    stopping.unshift(() => identity.close());
    const environment = {
      NODE_ENV: 'test',
      PORT: '0',
      DATABASE_URL: database.urls.gateway,
      DATABASE_WORKER_URL: database.urls.worker,
      DATABASE_QUEUE_URL: database.urls.queue,
      ...(redis && { REDIS_URL: redis.url }),
      OIDC_ISSUER: identity.issuer,
      OIDC_AUDIENCE: AUDIENCE,
      ACCORD_SECRET: 'a secret of tests, long enough to be one',
      RATE_LIMIT_PER_MINUTE: '1000000',
    };
    return new TestGround(database, environment, stopping);
  }

  /** The bearer token of a persona who is a person, from the sign-in. */
  token(name: string): Promise<string> {
    const known = this.#tokens.get(name) ?? this.#signIn(name);
    this.#tokens.set(name, known);
    return known;
  }

  async stop(): Promise<void> {
    for (const stop of this.stopping) await stop();
  }

  #signIn(name: string): Promise<string> {
    const persona = findPersona(name);
    if (!persona) throw new Error(`There is no persona ${name}.`);
    return requestToken(this.environment['OIDC_ISSUER'] ?? '', persona);
  }
}
