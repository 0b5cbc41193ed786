import { accessFeature, ReadLogKey, sealReadLog } from '@accord/access';
import { findPatterns } from '@accord/intelligence';
import { createLogger, type Config } from '@accord/kernel';
import { notifyOf } from '@accord/notifications';
import { inTransaction, assertBoundByPolicies, createOrm, openEventBus } from '@accord/persistence';
import { EventQueue } from './queue.js';
import { Relay } from './relay.js';
import { Round } from './round.js';

/** A read is sealed within seconds; until then the database's own grants alone keep it from being altered. */
const SEAL_POLL_MS = 2000;
const PATTERN_POLL_MS = 10_000;

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
  const key = new ReadLogKey(config.ACCORD_SECRET);
  const sealer = new Round(SEAL_POLL_MS, 'read log', logger, async () => {
    while ((await sealReadLog(orm, key)) > 0);
  });
  sealer.start();
  const patterns = new Round(PATTERN_POLL_MS, 'patterns of concern', logger, async () => {
    await findPatterns(orm);
  });
  patterns.start();
  logger.info('worker runs');
  return {
    close: async () => {
      await relay.stop();
      await sealer.stop();
      await patterns.stop();
      await queue.close();
      await bus.close();
      await orm.close();
    },
  };
}
