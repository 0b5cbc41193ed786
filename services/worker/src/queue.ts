import type { Config, Logger } from '@accord/kernel';
import { QUEUE_SCHEMA } from '@accord/persistence';
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { z } from 'zod';

/** What a job of the event queue carries: ids only, checked where it is put in and where it is taken out. */
const eventJob = z.strictObject({ eventId: z.uuid() });

const QUEUE = 'events';
const CONCURRENCY = 4;
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
    const process = async ({ data }: { data: unknown }) => handle(eventJob.parse(data).eventId);
    const { queue, worker, disconnect } = connect(config, process);
    // BullMQ ends the process on an error that nobody listens to.
    const warn = (error: Error) => logger.warn({ reason: error.message }, 'event queue');
    queue.on('error', warn);
    worker.on('error', warn);
    worker.on('failed', (job, error) =>
      logger.error({ eventId: job?.data?.eventId, attempt: job?.attemptsMade, reason: error.constructor.name }, 'an event was not handled'),
    );
    await queue.waitUntilReady();
    return new EventQueue(queue, worker, disconnect);
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

type Process = (job: { data: unknown }) => Promise<void>;

function connect(config: Config, process: Process): { queue: Queue; worker: Worker; disconnect: () => void } {
  const options = { concurrency: CONCURRENCY };
  if (config.REDIS_URL !== undefined) {
    // One Redis may serve several Accords.
    const prefix = `accord-${new URL(config.DATABASE_WORKER_URL).pathname.slice(1)}`;
    const connection = new Redis(config.REDIS_URL, { maxRetriesPerRequest: null });
    return {
      queue: new Queue(QUEUE, { connection, prefix }),
      worker: new Worker(QUEUE, process, { connection, prefix, ...options }),
      disconnect: () => connection.disconnect(),
    };
  }
  if (config.DATABASE_QUEUE_URL === undefined) {
    throw new Error('Set REDIS_URL, or DATABASE_QUEUE_URL for a queue on PostgreSQL.');
  }
  const connection = { connectionString: config.DATABASE_QUEUE_URL, schema: QUEUE_SCHEMA, migrate: true };
  return {
    queue: new Queue(QUEUE, { connection }, createPostgresBackend) as unknown as Queue,
    worker: new Worker(QUEUE, process, { connection, ...options }, createPostgresBackend) as unknown as Worker,
    disconnect: () => undefined,
  };
}
