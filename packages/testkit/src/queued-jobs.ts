import { QUEUE_SCHEMA, withClient } from '@accord/persistence';
import { Redis } from 'ioredis';
import type { TestAccord } from './accord.js';

/**
 * How many jobs were ever put into the queue of a running Accord, on either backend. BullMQ's own counters:
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
    return Number((await redis.get(`accord-${database.name}:events:id`)) ?? 0);
  } finally {
    redis.disconnect();
  }
}
