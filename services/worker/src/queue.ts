import type { Config, Logger } from '@accord/kernel';
import { QUEUE_SCHEMA } from '@accord/persistence';
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { z } from 'zod';

/** What a job of the event queue carries: ids only, checked where it is put in and where it is taken out. */
const eventJob = z.strictObject({ eventId: z.uuid() });

const QUEUE = 'events';
const CONCURRENCY = 4;

const CLOCK = 'clock';
const ATTEMPTS = 5;
const BACKOFF_MS = 500;

/**
 * The queue of events that somebody is to be told of: BullMQ on Redis where there is one, else on PostgreSQL.
 * It may lose or double a job: what is still to be done stands in the outbox, which is looked through again.
 */
export class EventQueue {
  readonly #queue: Queue;
  readonly #worker: Worker;
  readonly #disconnect: () => void;

  private constructor(queue: Queue, worker: Worker, disconnect: () => void) {
    this.#queue = queue;
    this.#worker = worker;
    this.#disconnect = disconnect;
  }

  /** @param handle handles one event; may be called again for an event that it has handled. */
  static async open(config: Config, logger: Logger, handle: (eventId: string) => Promise<void>): Promise<EventQueue> {
    const backend = backendOf(config, QUEUE, CONCURRENCY);
    // BullMQ ends the process on an error that nobody listens to.
    const warn = (error: Error) => logger.warn({ reason: error.message }, 'event queue');
    const queue = backend.queue();
    queue.on('error', warn);
    // Before there is a worker: one that cannot reach its queue asks for it again without a pause.
    await queue.waitUntilReady();
    const worker = backend.worker(async ({ data }) => handle(eventJob.parse(data).eventId));
    worker.on('error', warn);
    worker.on('failed', (job, error) =>
      logger.error(
        { job: job?.id, attempt: job?.attemptsMade, reason: error.constructor.name },
        'an event was not handled',
      ),
    );
    return new EventQueue(queue, worker, backend.disconnect);
  }

  /** @param round tells one handing over of an event from another: a queue ignores an id that it still has. */
  async add(eventIds: readonly string[], round: string): Promise<void> {
    await this.#queue.addBulk(
      eventIds.map((eventId) => ({
        name: 'event',
        data: eventJob.parse({ eventId }),
        opts: {
          jobId: `${eventId}-${round}`,
          attempts: ATTEMPTS,
          backoff: { type: 'exponential', delay: BACKOFF_MS },
          removeOnComplete: true,
          removeOnFail: true,
        },
      })),
    );
  }

  async close(): Promise<void> {
    await this.#worker.close();
    await this.#queue.close();
    this.#disconnect();
  }
}

/**
 * Calls something again and again: a job scheduler, one for all workers, so that each turn goes to one of
 * them. Turns may be lost, doubled or late; whoever is called looks for itself at what is due.
 */
export class Clock {
  readonly #queue: Queue;
  readonly #worker: Worker;
  readonly #disconnect: () => void;
  readonly #winding: NodeJS.Timeout;

  private constructor(queue: Queue, worker: Worker, disconnect: () => void, winding: NodeJS.Timeout) {
    this.#queue = queue;
    this.#worker = worker;
    this.#disconnect = disconnect;
    this.#winding = winding;
  }

  static async open(config: Config, logger: Logger, turn: () => Promise<void>): Promise<Clock> {
    const backend = backendOf(config, CLOCK, 1);
    const warn = (error: Error) => logger.warn({ reason: error.message }, 'clock queue');
    const queue = backend.queue();
    queue.on('error', warn);
    await queue.waitUntilReady();
    const worker = backend.worker(turn);
    worker.on('error', warn);
    worker.on('failed', (_job, error) =>
      logger.error({ reason: error.message }, 'a turn of the clock failed; the next one makes up for it'),
    );
    const done = { removeOnComplete: true, removeOnFail: true };
    const every = config.CLOCK_EVERY_MS;
    // A queue that was emptied has lost its scheduler too; one that is there is left as it is.
    const wind = async () => {
      if (await queue.getJobScheduler('turn')) return;
      await queue.upsertJobScheduler('turn', { every }, { name: 'turn', data: {}, opts: done });
    };
    await queue.upsertJobScheduler('turn', { every }, { name: 'turn', data: {}, opts: done });
    const winding = setInterval(() => void wind().catch(warn), every).unref();
    return new Clock(queue, worker, backend.disconnect, winding);
  }

  async close(): Promise<void> {
    clearInterval(this.#winding);
    await this.#worker.close();
    await this.#queue.close();
    this.#disconnect();
  }
}

type Handle = (job: { data: unknown }) => Promise<void>;

interface Backend {
  readonly queue: () => Queue;
  readonly worker: (handle: Handle) => Worker;
  readonly disconnect: () => void;
}

function backendOf(
  { REDIS_URL, DATABASE_QUEUE_URL, DATABASE_WORKER_URL }: Config,
  name: string,
  concurrency: number,
): Backend {
  if (REDIS_URL !== undefined) {
    // One Redis may serve several Accords.
    const prefix = `accord-${new URL(DATABASE_WORKER_URL).pathname.slice(1)}`;
    const connection = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
    return {
      queue: () => new Queue(name, { connection, prefix }),
      worker: (handle) => new Worker(name, handle, { connection, prefix, concurrency }),
      disconnect: () => connection.disconnect(),
    };
  }
  if (DATABASE_QUEUE_URL === undefined) {
    throw new Error('Set REDIS_URL, or DATABASE_QUEUE_URL for a queue on PostgreSQL.');
  }
  const connection = { connectionString: DATABASE_QUEUE_URL, schema: QUEUE_SCHEMA, migrate: true };
  return {
    queue: () => new Queue(name, { connection }, createPostgresBackend) as unknown as Queue,
    worker: (handle) =>
      new Worker(name, handle, { connection, concurrency }, createPostgresBackend) as unknown as Worker,
    disconnect: () => undefined,
  };
}
