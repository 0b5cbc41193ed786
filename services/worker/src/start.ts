import { accessFeature, ReadLogKey } from '@accord/access';
import { createLogger, type Config } from '@accord/kernel';
import { notifyOf } from '@accord/notifications';
import { inTransaction, assertBoundByPolicies, createOrm, openEventBus } from '@accord/persistence';
import { EventQueue } from './queue.js';
import { Relay } from './relay.js';
import { Sealer } from './sealer.js';

export interface RunningWorker {
  /** Lets the jobs under way finish. */
  close(): Promise<void>;
}

/** Starts a worker. @throws Error when its database role is not bound by policies, or no queue is configured. */
export async function startWorker(config: Config): Promise<RunningWorker> {
  await assertBoundByPolicies(config.DATABASE_WORKER_URL);
  const logger = createLogger('worker', config.LOG_LEVEL);
  // The worker works on ids, in its own statements; it maps no entity but needs the ORM to have one.
  const orm = await createOrm({
    url: config.DATABASE_WORKER_URL,
    entities: accessFeature.entities,
    pool: config.DATABASE_POOL,
  });
  const bus = await openEventBus(config.DATABASE_WORKER_URL, config.REDIS_URL, logger);
  const queue = await EventQueue.open(config, logger, async (eventId) => {
    const told = await inTransaction(orm, (em) => notifyOf(em, eventId));
    logger.info({ eventId, told }, 'event handled');
  });
  const relay = new Relay(orm, bus, queue, config.HAND_OVER_AGAIN_MS, logger);
  await relay.start();
  const sealer = new Sealer(orm, new ReadLogKey(config.ACCORD_SECRET), logger);
  sealer.start();
  logger.info('worker runs');
  return {
    close: async () => {
      await relay.stop();
      await sealer.stop();
      await queue.close();
      await bus.close();
      await orm.close();
    },
  };
}
