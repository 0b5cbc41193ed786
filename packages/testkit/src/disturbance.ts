import { QUEUE_SCHEMA, withClient } from '@accord/persistence';
import { Redis } from 'ioredis';
import type { TestGround } from './ground.js';

/** What can happen to the queue and to the wake-ups of one Accord: on Redis where it has one, else on PostgreSQL. */
export class Disturbance {
  constructor(private readonly ground: TestGround) {}

  /** Everything that waits in the queue is gone, as with a Redis that lost its memory. */
  async emptyQueue(): Promise<void> {
    await this.#onBackend(
      async (redis) => void (await redis.flushdb()),
      async (query) => {
        const tables = await query(
          `select string_agg(format('%I.%I', schemaname, tablename), ', ') as value from pg_tables
           where schemaname = '${QUEUE_SCHEMA}' and tablename <> 'schema_migrations'`,
        );
        await query(`truncate ${tables}`);
      },
    );
  }

  /** Cuts every connection of the queue. */
  async cutQueue(): Promise<void> {
    await this.#onBackend(
      (redis) => cut(redis, ({ listens }) => !listens),
      async (query) => void (await query(terminate(`usename = 'accord_queue'`))),
    );
  }

  /** Cuts every connection that listens for wake-ups. */
  async cutWakeUps(): Promise<void> {
    await this.#onBackend(
      (redis) => cut(redis, ({ listens }) => listens),
      async (query) => void (await query(terminate(LISTENS))),
    );
  }

  /** How many connections listen for wake-ups. */
  countListening(): Promise<number> {
    return this.#onBackend(
      async (redis) => (await clientsOf(redis)).filter(({ listens }) => listens).length,
      async (query) =>
        Number(
          await query(
            `select count(*) as value from pg_stat_activity where datname = current_database() and ${LISTENS}`,
          ),
        ),
    );
  }

  async #onBackend<T>(onRedis: (redis: Redis) => Promise<T>, onPostgres: (query: Query) => Promise<T>): Promise<T> {
    const { REDIS_URL } = this.ground.environment;
    if (REDIS_URL === undefined) {
      return withClient(this.ground.database.urls.superuser, (client) =>
        onPostgres(async (sql) => (await client.query<{ value: string }>(sql)).rows[0]?.value),
      );
    }
    const redis = new Redis(REDIS_URL);
    try {
      return await onRedis(redis);
    } finally {
      redis.disconnect();
    }
  }
}

type Query = (sql: string) => Promise<string | undefined>;

const LISTENS = `query = 'listen accord'`;

const terminate = (which: string): string =>
  `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and ${which}`;

interface RedisClient {
  readonly id: string;
  readonly listens: boolean;
}

/** The clients of the suite's own database: the server has those of other suites too. */
async function clientsOf(redis: Redis): Promise<RedisClient[]> {
  const own = String(await redis.client('ID'));
  const list = String(await redis.client('LIST'));
  const clients = list
    .trim()
    .split('\n')
    .map((line) => Object.fromEntries(line.split(' ').map((pair) => pair.split('='))) as Record<string, string>);
  const database = clients.find(({ id }) => id === own)?.['db'];
  return clients
    .filter(({ id, db }) => id !== own && db === database)
    .map(({ id = '', sub }) => ({ id, listens: sub !== '0' }));
}

async function cut(redis: Redis, which: (client: RedisClient) => boolean): Promise<void> {
  for (const { id } of (await clientsOf(redis)).filter(which)) await redis.client('KILL', 'ID', id);
}
