import { setImmediate as nextTurn } from 'node:timers/promises';
import { callerMay, type Caller, type Runtime } from '@accord/access';
import { reasonOf, pause, Round, type Logger } from '@accord/kernel';
import { readAsAudience, type Select } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';
import { seeEvents, type Listener, type Listening } from './alert-view.js';
import { EVENT_COLUMNS, toEvent, type EventRow, type SeenEvent } from './alert.js';

declare module '@accord/access' {
  interface Runtime {
    /** Where the gateway's open streams get their events. */
    readonly alerts: AlertHub;
  }
}

/** One open stream. */
export interface Subscriber extends Listener {
  /** Called in order of position, with the rights that were read together with the event. */
  deliver(event: SeenEvent, caller: Caller): void;
  /** The credential holds no longer; nothing is delivered after it. */
  end(): void;
}

/** Wake-ups are hints: without one, what was committed is found after this long. */
const POLL_MS = 1000;
const RETRY_MS = 200;
const BATCH = 200;
/** Tenants whose frames are made before those of the next are: the loop costs a turn, and the next wait for it. */
const TENANTS_AT_ONCE = 4;

/**
 * A gateway's reader of the outbox: follows the positions, once for all of its streams, and gives each tenant
 * that has subscribers here what the audience says is theirs: as they may see it, and with the rights that each
 * subscriber has, at the moment of sending.
 */
export class AlertHub {
  readonly #subscribers = new Map<string, Set<Subscriber>>();
  readonly #following: Round;
  #tail = 0n;

  constructor(
    private readonly orm: MikroORM,
    private readonly logger: Logger,
  ) {
    this.#following = new Round('alerts', POLL_MS, logger, () => this.#advance());
  }

  async start(bus: Runtime['bus']): Promise<void> {
    this.#tail = await this.#lastPosition();
    await bus.subscribe('events', () => this.#following.call());
    this.#following.start();
  }

  stop(): Promise<void> {
    return this.#following.stop();
  }

  /**
   * From now on the subscriber is given every event beyond the returned position. What lies before it, a
   * subscriber that comes back reads with `replay`: hence neither a gap nor a repeat.
   */
  add(subscriber: Subscriber): { tail: bigint; remove: () => void } {
    const { tenantId } = subscriber.credential;
    const subscribers = this.#subscribers.get(tenantId) ?? new Set();
    this.#subscribers.set(tenantId, subscribers.add(subscriber));
    const remove = () => {
      subscribers.delete(subscriber);
      if (subscribers.size === 0 && this.#subscribers.get(tenantId) === subscribers) this.#subscribers.delete(tenantId);
    };
    return { tail: this.#tail, remove };
  }

  /** Whether all that came after a position is still there: positions have no gaps, and what is deleted is the oldest. */
  async reaches(position: bigint): Promise<boolean> {
    const [row] = await readAsAudience<{ oldest: string | null }>(
      this.orm,
      'select min(position) as oldest from outbox_event',
    );
    return position + 1n >= BigInt(row?.oldest ?? 1);
  }

  /** Events after one position up to another as somebody may see them now, with the rights that are theirs now. */
  async replay(
    who: Listener,
    after: bigint,
    upTo: bigint,
  ): Promise<{ events: readonly SeenEvent[]; caller: Caller | undefined; last: bigint }> {
    const { tenantId } = who.credential;
    let last = upTo;
    const { events, callerOf } = await seeEvents(this.orm, eventsOf(tenantId, after, upTo), (rows) => {
      if (rows.length === BATCH) last = BigInt(rows.at(-1)?.position ?? upTo);
      return [{ tenantId, events: rows.map(toEvent), callers: [who] }];
    });
    return { events: events.get(tenantId) ?? [], caller: receiver(callerOf(who)), last };
  }

  /** Reads the next events and gives them out. @returns whether more may be waiting. */
  async #advance(): Promise<boolean> {
    const after = this.#tail;
    try {
      await this.#give(nextAfter(after), (last) => (this.#tail = last));
    } catch (error) {
      const upTo = this.#tail;
      // Nothing has been passed: the next round begins where this one did.
      if (upTo === after) throw error;
      this.logger.error({ reason: reasonOf(error) }, 'alerts: giving to each alone after a fault');
      // Nothing was given to anybody. Whoever cannot be read for keeps nobody else waiting for these.
      await Promise.all([...this.#subscribers.keys()].map((tenantId) => this.#giveSurely(tenantId, after, upTo)));
    }
    return this.#tail - after >= BATCH;
  }

  /** The tail has moved on, so what cannot be read now is tried until it can. */
  async #giveSurely(tenantId: string, after: bigint, upTo: bigint): Promise<void> {
    while (!this.#following.isStopping) {
      try {
        return await this.#give(eventsOf(tenantId, after, upTo));
      } catch (error) {
        this.logger.error({ reason: reasonOf(error) }, 'alerts: giving again after a fault');
        await pause(RETRY_MS);
      }
    }
  }

  /**
   * Reads for all of them, and only then gives to any.
   * @param passed is told how far it goes as soon as that is known, before anything is given: who subscribes from then
   * on reads these events from the database, and takes none twice.
   */
  async #give(which: Select, passed?: (last: bigint) => void): Promise<void> {
    let listening: ListeningHere[] = [];
    const seen = await seeEvents(this.orm, which, (rows) => {
      const last = rows.at(-1);
      if (last) passed?.(BigInt(last.position));
      listening = this.#listeningTo(rows);
      return listening;
    });
    for (const [index, { tenantId, callers }] of listening.entries()) {
      // Frames leave before those of further tenants are made: all at once, the first would wait for the last.
      if (index % TENANTS_AT_ONCE === 1) await nextTurn();
      for (const subscriber of callers) {
        const caller = receiver(seen.callerOf(subscriber));
        if (!caller) subscriber.end();
        else for (const event of seen.events.get(tenantId) ?? []) subscriber.deliver(event, caller);
      }
    }
  }

  #listeningTo(rows: readonly EventRow[]): ListeningHere[] {
    return [...Map.groupBy(rows, (row) => row.tenant_id)].flatMap(([tenantId, own]) => {
      const subscribers = tenantId === null ? undefined : this.#subscribers.get(tenantId);
      if (tenantId === null || !subscribers) return [];
      return [{ tenantId, events: own.map(toEvent), callers: [...subscribers] }];
    });
  }

  async #lastPosition(): Promise<bigint> {
    const [row] = await readAsAudience<{ last: string | null }>(
      this.orm,
      'select max(position) as last from outbox_event',
    );
    return BigInt(row?.last ?? 0);
  }
}

interface ListeningHere extends Listening {
  readonly callers: readonly Subscriber[];
}

/** Whoever may still receive alerts; whose role was taken is told no more than whose token has expired. */
const receiver = (caller: Caller | undefined): Caller | undefined =>
  caller && callerMay(caller, 'alert:receive') ? caller : undefined;

/** The next events with their tenants; an event for nobody comes without one, so that the tail passes it. */
const nextAfter = (position: bigint): Select => ({
  sql: `select ${EVENT_COLUMNS}, a.tenant_id
    from (select ${EVENT_COLUMNS} from outbox_event e where e.position > ? order by e.position limit ${BATCH}) e
    left join event_audience a on a.position = e.position
    order by e.position`,
  values: [String(position)],
});

/** A tenant's events after one position up to another. */
const eventsOf = (tenantId: string, after: bigint, upTo: bigint): Select => ({
  sql: `select ${EVENT_COLUMNS}, a.tenant_id from event_audience a join outbox_event e on e.position = a.position
    where a.tenant_id = ? and a.position > ? and a.position <= ? order by a.position limit ${BATCH}`,
  values: [tenantId, String(after), String(upTo)],
});
