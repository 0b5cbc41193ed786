import { accessFeature, ReadLogKey, sealReadLog, turnSharingClock } from '@accord/access';
import { turnAccreditationClock } from '@accord/accreditation';
import { turnHoldClock } from '@accord/flags';
import { turnDueDiligenceClock } from '@accord/due-diligence';
import { findPatterns } from '@accord/intelligence';
import { scheduleFeature, turnScheduleClock, turnVisitClock } from '@accord/monitoring';
import { createLogger, Round, type Config } from '@accord/kernel';
import { notifyOf } from '@accord/notifications';
import { inTransaction, assertBoundByPolicies, createOrm, openEventBus, wakeOthers } from '@accord/persistence';
import { turnReferenceClock } from '@accord/references';
import { z } from 'zod';
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
    const sharing = await turnSharingClock(orm, new Date());
    for (const fault of sharing.faults) logger.error({ reason: fault.message }, 'sharing: something due was not told');
    if (sharing.told > 0) wakeOthers(bus, 'outbox', logger);
    const { done, faults } = await turnAccreditationClock(orm, new Date());
    for (const fault of faults) logger.error({ reason: fault.message }, 'accreditation: something due was not done');
    if (done > 0) {
      logger.info({ done }, 'accreditation: what was due is done');
      wakeOthers(bus, 'outbox', logger);
    }
    const reviews = await turnHoldClock(orm, new Date());
    const lapsed = await turnReferenceClock(orm, new Date());
    if (reviews + lapsed > 0) {
      logger.info({ reviews, lapsed }, 'reviews of holds due, and deadlines of references over, were told of');
      wakeOthers(bus, 'outbox', logger);
    }
    const dueDiligence = await turnDueDiligenceClock(orm, new Date());
    for (const fault of dueDiligence.faults)
      logger.error({ reason: fault.message }, 'due diligence: something due was not told');
    if (dueDiligence.told > 0) {
      logger.info({ told: dueDiligence.told }, 'due diligence: what lapses was told');
      wakeOthers(bus, 'outbox', logger);
    }
    const visits = await turnVisitClock(orm, new Date());
    for (const fault of visits.faults)
      logger.error({ reason: fault.message }, 'monitoring: something due was not told');
    if (visits.told > 0) wakeOthers(bus, 'outbox', logger);
    const schedule = await turnScheduleClock(orm, new Date());
    for (const fault of schedule.faults) logger.error({ reason: fault.message }, 'schedule: a borough was not told');
    if (schedule.told > 0) wakeOthers(bus, 'outbox', logger);
    const opened = await findPatterns(orm);
    if (opened > 0) {
      logger.info({ opened }, 'intelligence: patterns of concern found');
      wakeOthers(bus, 'outbox', logger);
    }
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
