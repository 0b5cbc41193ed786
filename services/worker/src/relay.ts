import { Wake, type Logger } from '@accord/kernel';
import type { EventBus } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { EventQueue } from './queue.js';
import { sequence } from './sequencer.js';

/** Wake-ups are hints: without one, what was committed is found after this long. */
const POLL_MS = 1000;
const MOST_AT_ONCE = 500;

/**
 * Takes the outbox on its way: gives events their place, wakes the gateways, and hands the events to the
 * queue, again and again until each is handled. It may die between any two of these steps: an event without
 * a place gets one later, and one that nobody handled is handed over again.
 */
export class Relay {
  readonly #wake = new Wake();
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly orm: MikroORM,
    private readonly bus: EventBus,
    private readonly queue: EventQueue,
    private readonly handOverAgainMs: number,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    await this.bus.subscribe('outbox', () => this.#wake.call());
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake.call();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        while (await this.#sequence());
        await this.#handOver();
      } catch (error) {
        this.logger.error({ reason: error instanceof Error ? error.message : 'unknown' }, 'outbox: going on after a fault');
      }
      await this.#wake.wait(POLL_MS);
    }
  }

  async #sequence(): Promise<boolean> {
    const events = await this.orm.em.fork().transactional((em) => sequence(em));
    if (events.length === 0) return false;
    this.bus.publish('events').catch((error: Error) => {
      this.logger.warn({ reason: error.message }, 'wake-up not sent; gateways find the events by their poll');
    });
    return true;
  }

  /** Queues what has a place and nobody has handled: new events at once, others when they have waited too long. */
  async #handOver(): Promise<void> {
    const em = this.orm.em.fork();
    const waiting = await em.execute<{ id: string }[]>(
      `select id from outbox_event where position is not null and handled_at is null
         and (handed_over_at is null or handed_over_at < now() - ? * interval '1 millisecond')
       order by position limit ${MOST_AT_ONCE}`,
      [this.handOverAgainMs],
    );
    if (waiting.length === 0) return;
    const ids = waiting.map((row) => row.id);
    await this.queue.add(ids, String(Date.now()));
    await em.execute('update outbox_event set handed_over_at = now() where id = any(?::uuid[])', [`{${ids.join(',')}}`]);
  }
}
