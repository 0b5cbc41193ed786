import { AlertKind, callerMay, type Caller, type KnownCaller, type Runtime, type SharingClass } from '@accord/access';
import { reasonOf, pause, Round, type Logger } from '@accord/kernel';
import { readAsAudience } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';
import { seeEvents } from './alert-view.js';
import type { PlacedEvent, SeenEvent } from './alert.js';

declare module '@accord/access' {
  interface Runtime {
    /** Where the gateway's open streams get their events. */
    readonly alerts: AlertHub;
  }
}

/** One open stream. */
export interface Subscriber extends KnownCaller {
  /** Called in order of position, with the rights that were read together with the event. */
  deliver(event: SeenEvent, caller: Caller): void;
  /** The credential holds no longer; nothing is delivered after it. */
  end(): void;
}

/** Wake-ups are hints: without one, what was committed is found after this long. */
const POLL_MS = 1000;
const RETRY_MS = 200;
const BATCH = 200;

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
    who: KnownCaller,
    after: bigint,
    upTo: bigint,
  ): Promise<{ events: readonly SeenEvent[]; caller: Caller | undefined; last: bigint }> {
    const { tenantId } = who.credential;
    const rows = await readAsAudience<EventRow>(
      this.orm,
      `select ${EVENT_COLUMNS} from event_audience a join outbox_event e on e.position = a.position
       where a.tenant_id = ? and a.position > ? and a.position <= ? order by a.position limit ${BATCH}`,
      [tenantId, String(after), String(upTo)],
    );
    const placed = rows.map(toEvent);
    const last = placed.length < BATCH ? upTo : BigInt(placed.at(-1)?.position ?? upTo);
    const { events, callers } = await seeEvents(this.orm, [{ tenantId, events: placed, callers: [who] }]);
    return { events: events.get(tenantId) ?? [], caller: receiver(callers, who), last };
  }

  /** Reads the next events and gives them out. @returns whether more may be waiting. */
  async #advance(): Promise<boolean> {
    const rows = await this.#next();
    const last = rows.at(-1);
    if (last === undefined) return false;
    // Before anything is given: who subscribes in between reads these from the database, and takes none twice.
    this.#tail = BigInt(last.position);
    const byTenant = Map.groupBy(rows, (row) => row.tenant_id);
    try {
      await this.#give(byTenant);
    } catch (error) {
      this.logger.error({ reason: reasonOf(error) }, 'alerts: giving to each alone after a fault');
      // Nothing was given to anybody. Whoever cannot be read for keeps nobody else waiting for these.
      await Promise.all([...byTenant].map(([tenantId, own]) => this.#giveSurely(new Map([[tenantId, own]]))));
    }
    return true;
  }

  /** The tail has moved on, so what cannot be read now is tried until it can. */
  async #giveSurely(byTenant: EventsByTenant): Promise<void> {
    while (!this.#following.isStopping) {
      try {
        return await this.#give(byTenant);
      } catch (error) {
        this.logger.error({ reason: reasonOf(error) }, 'alerts: giving again after a fault');
        await pause(RETRY_MS);
      }
    }
  }

  /** Reads for all of them, and only then gives to any. */
  async #give(byTenant: EventsByTenant): Promise<void> {
    const listening = [...byTenant].flatMap(([tenantId, rows]) => {
      const subscribers = tenantId === null ? undefined : this.#subscribers.get(tenantId);
      if (tenantId === null || !subscribers) return [];
      return [{ tenantId, events: rows.map(toEvent), callers: [...subscribers] }];
    });
    const seen = await seeEvents(this.orm, listening);
    for (const { tenantId, callers } of listening)
      for (const subscriber of callers) {
        const caller = receiver(seen.callers, subscriber);
        if (!caller) subscriber.end();
        else for (const event of seen.events.get(tenantId) ?? []) subscriber.deliver(event, caller);
      }
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
function receiver(callers: ReadonlyMap<KnownCaller, Caller>, who: KnownCaller): Caller | undefined {
  const caller = callers.get(who);
  return caller && callerMay(caller, 'alert:receive') ? caller : undefined;
}

const EVENT_COLUMNS = `e.id, e.position, e.kind, e.provider_id, e.home_id, e.sharing_id, e.sharing_kind, e.agreement_id,
  e.reference_request_id,  e.occurred_at`;

type EventsByTenant = ReadonlyMap<string | null, readonly EventRow[]>;

interface EventRow {
  id: string;
  position: string;
  kind: AlertKind;
  provider_id: string | null;
  home_id: string | null;
  sharing_id: string | null;
  sharing_kind: SharingClass | null;
  agreement_id: string | null;
  reference_request_id: string | null;
  occurred_at: Date | string;
}

const toEvent = (row: EventRow): PlacedEvent => ({
  id: row.id,
  position: String(row.position),
  kind: row.kind,
  providerId: row.provider_id,
  homeId: row.home_id,
  sharingId: row.sharing_id,
  // A flag's events do not name its class.
  sharingKind: row.sharing_id === null ? null : (row.sharing_kind ?? 'FLAG'),
  agreementId: row.agreement_id,
  referenceRequestId: row.reference_request_id,
  occurredAt: new Date(row.occurred_at),
});
