import { QUEUE_SCHEMA, withClient } from '@accord/persistence';
import { Redis } from 'ioredis';
import type { TestAccord } from './accord.js';

type Client = Parameters<Parameters<typeof withClient>[1]>[0];

/** The worker's queues; on PostgreSQL they share one counter. */
const QUEUES = ['events', 'imports'];

/**
 * How many jobs were ever put into the queues of a running Accord, on either backend. BullMQ's own counters:
 * they go up with each job and never down, so that a job which is done and removed by now is counted too.
 * @param superuser a connection to its database, where there is one; else one is opened.
 */
export async function countQueuedJobs({ config, database }: TestAccord, superuser?: Client): Promise<number> {
  if (config.REDIS_URL === undefined) {
    return superuser ? countIn(superuser) : withClient(database.urls.superuser, countIn);
  }
  const redis = new Redis(config.REDIS_URL);
  try {
    const counts = await redis.mget(QUEUES.map((queue) => `accord-${database.name}:${queue}:id`));
    return counts.reduce((sum, jobs) => sum + Number(jobs ?? 0), 0);
  } finally {
    redis.disconnect();
  }
}

async function countIn(superuser: Client): Promise<number> {
  const { rows } = await superuser.query<{ jobs: string }>(
    `select case when is_called then last_value else 0 end as jobs from ${QUEUE_SCHEMA}.job_seq`,
  );
  return Number(rows[0]?.jobs);
}
