import { QUEUE_SCHEMA, withClient } from '@accord/persistence';
import { Redis } from 'ioredis';
import type { TestAccord } from './accord.js';

/** The worker's queues; on PostgreSQL they share one counter. */
const QUEUES = ['events', 'imports'];

/**
 * How many jobs were ever put into the queues of a running Accord, on either backend. BullMQ's own counters:
 * they go up with each job and never down, so that a job which is done and removed by now is counted too.
 */
export async function countQueuedJobs({ config, database }: TestAccord): Promise<number> {
  if (config.REDIS_URL === undefined) {
    return withClient(database.urls.superuser, async (client) => {
      const { rows } = await client.query<{ jobs: string }>(
        `select case when is_called then last_value else 0 end as jobs from ${QUEUE_SCHEMA}.job_seq`,
      );
      return Number(rows[0]?.jobs);
    });
  }
  const redis = new Redis(config.REDIS_URL);
  try {
    const counts = await redis.mget(QUEUES.map((queue) => `accord-${database.name}:${queue}:id`));
    return counts.reduce((sum, jobs) => sum + Number(jobs ?? 0), 0);
  } finally {
    redis.disconnect();
  }
}
