import { QUEUE_SCHEMA, withClient } from '@accord/persistence';
import { Redis } from 'ioredis';
import type { TestAccord } from './accord.js';

/** A connection as `withClient` gives it. */
export type Client = Parameters<Parameters<typeof withClient>[1]>[0];

/** The worker's queues of work, told of by requests; on PostgreSQL they share one counter. */
const QUEUES = ['events', 'imports'];
const CLOCK = 'clock';

/**
 * How many jobs were ever put into the queues of a running Accord, on either backend. BullMQ's own counters:
 * they go up with each job and never down, so that a job which is done and removed by now is counted too.
 * @param superuser a connection to its database, where there is one; else one is opened.
 */
export async function countQueuedJobs(accord: TestAccord, superuser?: Client): Promise<number> {
  if (accord.config.REDIS_URL === undefined) {
    return askPostgres(
      accord,
      `select case when is_called then last_value else 0 end::int as jobs from ${QUEUE_SCHEMA}.job_seq`,
      superuser,
    );
  }
  return askRedis(accord, async (redis, prefix) => {
    const counts = await redis.mget(QUEUES.map((queue) => `${prefix}:${queue}:id`));
    return counts.reduce((sum, jobs) => sum + Number(jobs ?? 0), 0);
  });
}

/** How many jobs are waiting to be done or being done: the turn of the clock with which a worker begins too. */
export async function countPendingJobs(accord: TestAccord, superuser?: Client): Promise<number> {
  if (accord.config.REDIS_URL === undefined) {
    return askPostgres(
      accord,
      `select count(*)::int as jobs from ${QUEUE_SCHEMA}.job where state <> 'delayed'`,
      superuser,
    );
  }
  return askRedis(accord, async (redis, prefix) => {
    const lists = [...QUEUES, CLOCK].flatMap((queue) => [`${prefix}:${queue}:wait`, `${prefix}:${queue}:active`]);
    const lengths = await Promise.all(lists.map((list) => redis.llen(list)));
    return lengths.reduce((sum, jobs) => sum + jobs, 0);
  });
}

async function askPostgres({ database }: TestAccord, sql: string, superuser?: Client): Promise<number> {
  const ask = async (client: Client) => (await client.query<{ jobs: number }>(sql)).rows[0]?.jobs ?? 0;
  return superuser ? ask(superuser) : withClient(database.urls.superuser, ask);
}

async function askRedis(
  { config, database }: TestAccord,
  ask: (redis: Redis, prefix: string) => Promise<number>,
): Promise<number> {
  const redis = new Redis(config.REDIS_URL ?? '');
  try {
    return await ask(redis, `accord-${database.name}`);
  } finally {
    redis.disconnect();
  }
}
