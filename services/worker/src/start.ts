import { accessFeature, ReadLogKey, sealReadLog } from '@accord/access';
import { scheduleFeature } from '@accord/monitoring';
import { createLogger, Round, type Config } from '@accord/kernel';
import { notifyOf } from '@accord/notifications';
import { inTransaction, assertBoundByPolicies, createOrm, openEventBus, wakeOthers } from '@accord/persistence';
import { z } from 'zod';
import { TURNS, turnAll } from './clock-turn.js';
import { ImportQueue } from './import-queue.js';
import { Clock, JobQueue } from './queue.js';
import { Relay } from './relay.js';

/** A read is sealed within seconds; until then the database's own grants alone keep it from being altered. */
const SEAL_POLL_MS = 2000;

export interface RunningWorker {
  /** Lets the jobs under way finish. */
  close(): Promise<void>;
}

/** Events that somebody is to be told of. */
const EVENTS = { name: 'events', data: z.strictObject({ eventId: z.uuid() }), concurrency: 4 };

/** Starts a worker. @throws Error when its database role is not bound by policies, or no queue is configured. */
export async function startWorker(config: Config): Promise<RunningWorker> {
  await assertBoundByPolicies(config.DATABASE_WORKER_URL);
  const logger = createLogger('worker', config.LOG_LEVEL);
  // The worker works on ids, in its own statements; it maps no entity but needs the ORM to have one.
  const orm = await createOrm({
    url: config.DATABASE_WORKER_URL,
    entities: [...accessFeature.entities, ...scheduleFeature.entities],
    pool: config.DATABASE_POOL,
  });
  const bus = await openEventBus(config.DATABASE_WORKER_URL, config.REDIS_URL, logger);
  const queue = await JobQueue.open(config, logger, EVENTS, async ({ eventId }) => {
    const told = await inTransaction(orm, (em) => notifyOf(em, eventId));
    logger.info({ eventId, told }, 'event handled');
  });
  const relay = new Relay(orm, bus, queue, config.HAND_OVER_AGAIN_MS, logger);
  await relay.start();
  const imports = await ImportQueue.open(config, logger, orm, bus);
  const key = new ReadLogKey(config.ACCORD_SECRET);
  const sealer = new Round('read log', SEAL_POLL_MS, logger, async () => (await sealReadLog(orm, key)) > 0);
  sealer.start();
  const clock = await Clock.open(config, logger, async () => {
    if ((await turnAll(TURNS, orm, new Date(), logger)) > 0) wakeOthers(bus, 'outbox', logger);
  });
  logger.info('worker runs');
  return {
    close: async () => {
      await clock.close();
      await imports.close();
      await relay.stop();
      await sealer.stop();
      await queue.close();
      await bus.close();
      await orm.close();
    },
  };
}
