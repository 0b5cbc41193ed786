import { Redis } from 'ioredis';
import { reasonOf, pause, type Logger } from '@accord/kernel';
import pg from 'pg';
import type { Select } from './statement.js';

/**
 * Wake-ups between processes. They are hints and may be lost or doubled: whoever listens also looks
 * for itself once a second, so nothing may depend on one arriving.
 */
export type WakeUp =
  /** Something was committed that has no place yet: the sequencer has work. */
  | 'outbox'
  /** Events have their place: gateways have something to send. */
  | 'events'
  /** A file of the regulator's waits to be brought in. */
  | 'imports'
  /** Somebody's rights changed: gateways look at who is connected. */
  | 'directory';

export interface EventBus {
  publish(wakeUp: WakeUp): Promise<void>;
  /**
   * A statement that wakes others when its transaction commits, where the bus is the database: one way there and back
   * less. Commits that wake wait for one another in turn, each for the disk.
   */
  atCommit(wakeUp: WakeUp): Select | undefined;
  /** @returns stops the listening. */
  subscribe(wakeUp: WakeUp, listener: () => void): Promise<() => void>;
  close(): Promise<void>;
}

/** Sends a wake-up that nobody waits for: lost, what it tells of is found by the next poll. */
export function wakeOthers(bus: EventBus, wakeUp: WakeUp, logger: Logger): void {
  bus.publish(wakeUp).catch((error: unknown) => {
    logger.warn({ wakeUp, reason: reasonOf(error) }, 'wake-up not sent; found by the next poll');
  });
}

/** LISTEN/NOTIFY, over a direct connection: a transaction pooler would lose the LISTEN. */
export class PostgresEventBus implements EventBus {
  readonly #listeners = new Listeners();
  readonly #closing = new AbortController();
  readonly #publisher: pg.Pool;
  #client: pg.Client | undefined;

  private constructor(
    private readonly url: string,
    private readonly logger: Logger,
  ) {
    this.#publisher = new pg.Pool({ connectionString: url, max: 1 });
    this.#publisher.on('error', () => undefined);
  }

  static async open(url: string, logger: Logger): Promise<PostgresEventBus> {
    const bus = new PostgresEventBus(url, logger);
    await bus.#listen();
    return bus;
  }

  async publish(wakeUp: WakeUp): Promise<void> {
    // A hint need not be on the disk before it is given.
    const send = `select set_config('synchronous_commit', 'off', true), pg_notify($1, $2)`;
    await this.#publisher.query(send, [CHANNEL, wakeUp]);
  }

  atCommit(wakeUp: WakeUp): Select {
    return { sql: 'select pg_notify(?, ?)', values: [CHANNEL, wakeUp] };
  }

  subscribe(wakeUp: WakeUp, listener: () => void): Promise<() => void> {
    return Promise.resolve(this.#listeners.add(wakeUp, listener));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#client?.end().catch(() => undefined);
    await this.#publisher.end();
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url });
    client.on('notification', (message) => this.#listeners.call(message.payload));
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      await client.end();
      throw error;
    }
    // Only from here on: one that never got so far is tried again by its caller, and would be twice.
    client.once('end', () => void this.#reconnect());
    this.#client = client;
    if (this.#closing.signal.aborted) await client.end();
  }

  async #reconnect(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      await pause(RECONNECT_MS, this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      try {
        // What was said meanwhile is lost, and found by the listeners' own polls.
        return await this.#listen();
      } catch (error) {
        this.logger.warn({ reason: reasonOf(error) }, 'event bus: still disconnected');
      }
    }
  }
}

/** Publish and subscribe on Redis or Valkey. ioredis reconnects and subscribes again by itself. */
export class RedisEventBus implements EventBus {
  readonly #listeners = new Listeners();
  readonly #publisher: Redis;
  readonly #subscriber: Redis;

  private constructor(
    url: string,
    private readonly channel: string,
    logger: Logger,
  ) {
    this.#publisher = new Redis(url, { maxRetriesPerRequest: 1 });
    this.#subscriber = new Redis(url, { maxRetriesPerRequest: null });
    for (const client of [this.#publisher, this.#subscriber]) {
      client.on('error', (error: Error) => logger.warn({ reason: error.message }, 'event bus: Redis'));
    }
    this.#subscriber.on('message', (_channel: string, payload: string) => this.#listeners.call(payload));
  }

  /** @param scope keeps apart the Accords that share one Redis: publish and subscribe know no database numbers. */
  static async open(url: string, scope: string, logger: Logger): Promise<RedisEventBus> {
    const bus = new RedisEventBus(url, `${CHANNEL}:${scope}`, logger);
    await bus.#subscriber.subscribe(bus.channel);
    return bus;
  }

  async publish(wakeUp: WakeUp): Promise<void> {
    await this.#publisher.publish(this.channel, wakeUp);
  }

  atCommit(): undefined {
    return undefined;
  }

  subscribe(wakeUp: WakeUp, listener: () => void): Promise<() => void> {
    return Promise.resolve(this.#listeners.add(wakeUp, listener));
  }

  close(): Promise<void> {
    this.#subscriber.disconnect();
    this.#publisher.disconnect();
    return Promise.resolve();
  }
}

/** The bus of this configuration: Redis where there is one, else PostgreSQL itself. */
export function openEventBus(databaseUrl: string, redisUrl: string | undefined, logger: Logger): Promise<EventBus> {
  if (redisUrl === undefined) return PostgresEventBus.open(databaseUrl, logger);
  return RedisEventBus.open(redisUrl, new URL(databaseUrl).pathname.slice(1), logger);
}

const CHANNEL = 'accord';
const RECONNECT_MS = 250;

class Listeners {
  readonly #byWakeUp = new Map<string, Set<() => void>>();

  add(wakeUp: WakeUp, listener: () => void): () => void {
    const listeners = this.#byWakeUp.get(wakeUp) ?? new Set();
    this.#byWakeUp.set(wakeUp, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  call(wakeUp: string | undefined): void {
    for (const listener of this.#byWakeUp.get(wakeUp ?? '') ?? []) listener();
  }
}
