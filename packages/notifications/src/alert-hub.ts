import { AlertKind, callerMay, readWithCallers, type Caller, type Credential, type Runtime } from '@accord/access';
import type { SeenFlag } from '@accord/flags';
import type { SeenNotice } from '@accord/intelligence';
import { reasonOf, pause, Wake, type Logger } from '@accord/kernel';
import { readAsAudience, readTogether } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Register, seeEvents, selectSeen, type ConcernRow, type PlacedEvent, type SeenEvent } from './alert.js';

declare module '@accord/access' {
  interface Runtime {
    /** Where the gateway's open streams get their events. */
    readonly alerts: AlertHub;
  }
}

/** One open stream. */
export interface Subscriber {
  readonly credential: Credential;
  /** Called in order of position, with the rights that were read together with the event. */
  deliver(event: SeenEvent, caller: Caller): void;
  /** The credential holds no longer; nothing is delivered after it. */
  end(): void;
}

/** Wake-ups are hints: without one, what was committed is found after this long. */
const POLL_MS = 1000;
const RETRY_MS = 200;
const BATCH = 200;
/** Tenants that are read for side by side. */
const AT_ONCE = 3;

/**
 * A gateway's reader of the outbox: follows the positions, once for all of its streams, and gives each tenant
 * that has subscribers here what the audience says is theirs. What they see is read per tenant, behind its
 * row policies, at the moment of sending; so are the rights of each subscriber.
 */
export class AlertHub {
  readonly #subscribers = new Map<string, Set<Subscriber>>();
  readonly #wake = new Wake();
  #stopping = false;
  #tail = 0n;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly orm: MikroORM,
    private readonly logger: Logger,
  ) {}

  async start(bus: Runtime['bus']): Promise<void> {
    this.#tail = await this.#lastPosition();
    await bus.subscribe('events', () => this.#wake.call());
    this.#running = this.#follow();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake.call();
    await this.#running;
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

  /** Events of a tenant after one position up to another, as it may see them now, with the rights of one credential. */
  async replay(
    credential: Credential,
    after: bigint,
    upTo: bigint,
  ): Promise<{ events: SeenEvent[]; caller: Caller | undefined; last: bigint }> {
    const { tenantId } = credential;
    const missed = {
      sql: `select ${EVENT_COLUMNS} from event_audience a join outbox_event e on e.position = a.position
        where a.tenant_id = ? and a.position > ? and a.position <= ? order by a.position limit ${BATCH}`,
      values: [tenantId, String(after), String(upTo)],
    };
    const rowsOf = await readTogether(this.orm, { tenantId, callerId: null }, { missed });
    const placed = rowsOf<EventRow>('missed').map(toEvent);
    const last = placed.length < BATCH ? upTo : BigInt(placed.at(-1)?.position ?? upTo);
    const { events, callers } = await this.#see(tenantId, [credential], placed, new Register(this.orm, placed));
    return { events, caller: receiver(callers, credential), last };
  }

  async #follow(): Promise<void> {
    while (!this.#stopping) {
      try {
        while (await this.#advance());
      } catch (error) {
        this.logger.error({ reason: reasonOf(error) }, 'alerts: reading on after a fault');
      }
      await this.#wake.wait(POLL_MS);
    }
  }

  /** Reads the next events and gives them out. @returns whether more may be waiting. */
  async #advance(): Promise<boolean> {
    const rows = await this.#next();
    const last = rows.at(-1);
    if (last === undefined) return false;
    // Before anything is given: who subscribes in between reads these from the database, and takes none twice.
    this.#tail = BigInt(last.position);
    const byTenant = Map.groupBy(rows, (row) => row.tenant_id);
    const register = new Register(this.orm, rows.map(toEvent));
    // A few at a time, one after another: all at once, each would wait for all the others.
    const waiting = byTenant.entries();
    const giveTheNext = async () => {
      for (const [tenantId, own] of waiting) await this.#giveSurely(tenantId, own.map(toEvent), register);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, giveTheNext));
    return true;
  }

  /** The tail has moved on, so what cannot be read now is tried until it can. */
  async #giveSurely(tenantId: string | null, placed: readonly PlacedEvent[], register: Register): Promise<void> {
    while (tenantId !== null && this.#subscribers.has(tenantId) && !this.#stopping) {
      try {
        return await this.#give(tenantId, placed, register);
      } catch (error) {
        this.logger.error({ reason: reasonOf(error) }, 'alerts: giving again after a fault');
        await pause(RETRY_MS);
      }
    }
  }

  async #give(tenantId: string, placed: readonly PlacedEvent[], register: Register): Promise<void> {
    const subscribers = [...(this.#subscribers.get(tenantId) ?? [])];
    const credentials = subscribers.map((subscriber) => subscriber.credential);
    const { events, callers } = await this.#see(tenantId, credentials, placed, register);
    for (const subscriber of subscribers) {
      const caller = receiver(callers, subscriber.credential);
      if (!caller) subscriber.end();
      else for (const event of events) subscriber.deliver(event, caller);
    }
  }

  /** Events as a tenant may see them now, with the rights that some of its credentials have now. */
  async #see(
    tenantId: string,
    credentials: readonly Credential[],
    placed: readonly PlacedEvent[],
    register: Register,
  ): Promise<{ events: SeenEvent[]; callers: ReadonlyMap<Credential, Caller> }> {
    // On its way while the tenant's own is read.
    register.read(tenantId).catch(() => undefined);
    const { callers, rowsOf } = await readWithCallers(this.orm, tenantId, credentials, selectSeen(placed));
    const rows = {
      flags: rowsOf<SeenFlag>('flags'),
      notices: rowsOf<SeenNotice>('notices'),
      concern: rowsOf<ConcernRow>('concern'),
    };
    return { events: seeEvents(placed, rows, await register.read(tenantId)), callers };
  }

  /** The next events with their tenants; an event for nobody comes without one, so that the tail passes it. */
  #next(): Promise<(EventRow & { tenant_id: string | null })[]> {
    return readAsAudience(
      this.orm,
      `select a.tenant_id, ${EVENT_COLUMNS}
       from (select ${EVENT_COLUMNS} from outbox_event e where e.position > ? order by e.position limit ${BATCH}) e
       left join event_audience a on a.position = e.position
       order by e.position`,
      [String(this.#tail)],
    );
  }

  async #lastPosition(): Promise<bigint> {
    const [row] = await readAsAudience<{ last: string | null }>(
      this.orm,
      'select max(position) as last from outbox_event',
    );
    return BigInt(row?.last ?? 0);
  }
}

/** Whoever may still receive alerts; whose role was taken is told no more than whose token has expired. */
function receiver(callers: ReadonlyMap<Credential, Caller>, credential: Credential): Caller | undefined {
  const caller = callers.get(credential);
  return caller && callerMay(caller, 'alert:receive') ? caller : undefined;
}

const EVENT_COLUMNS = 'e.id, e.position, e.kind, e.provider_id, e.home_id, e.sharing_id, e.sharing_kind, e.occurred_at';

interface EventRow {
  id: string;
  position: string;
  kind: AlertKind;
  provider_id: string;
  home_id: string | null;
  sharing_id: string | null;
  sharing_kind: string | null;
  occurred_at: Date | string;
}

const toEvent = (row: EventRow): PlacedEvent => ({
  id: row.id,
  position: String(row.position),
  kind: row.kind,
  providerId: row.provider_id,
  homeId: row.home_id,
  sharingId: row.sharing_id,
  isIntelligence: row.sharing_kind === 'INTELLIGENCE',
  occurredAt: new Date(row.occurred_at),
});
