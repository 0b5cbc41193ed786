import {
  AlertKind,
  callersNow,
  isToldById,
  selectRights,
  standingsOf,
  type Caller,
  type KnownCaller,
  type RightsRow,
  type Standing,
  type StandingRow,
} from '@accord/access';
import { acknowledgedOf, type AcknowledgedRow } from '@accord/flags';
import { array, plain, readAtOneMoment, selectPlain, type Ask, type Select } from '@accord/persistence';
import { Home, Provider, providersOfToday, type MergedId } from '@accord/providers';
import type { MikroORM } from '@mikro-orm/postgresql';
import { ABOUT_NOTHING, ALERT_CLASSES, type About } from './alert-class.js';
import { selectConcern, type ConcernRow } from './alert-concern.js';
import type { Concern, EventRow, PlacedEvent, SeenEvent } from './alert.js';

/** Somebody who listens. */
export interface Listener extends KnownCaller {
  readonly narrowsByConcern: boolean;
}

/** Events that are for a tenant, and those of it who listen. */
export interface Listening {
  readonly tenantId: string;
  readonly events: readonly PlacedEvent[];
  readonly callers: readonly Listener[];
}

/** What each tenant may see of its events, and what its callers may do. */
export interface Seen {
  readonly events: ReadonlyMap<string, readonly SeenEvent[]>;
  readonly callerOf: (who: KnownCaller) => Caller | undefined;
}

/**
 * Events with their tenants, what these may see of them now, and the rights of those who listen, all of one moment.
 *
 * How each tenant stands to what an event tells of is asked of the audience, for all of them at once. The text is
 * read behind the row policies, in the name of one tenant for all who stand as it does: a text for each of them
 * would be the same text, and thirty-three readings of it are what a warning would wait for. Of what the policies do
 * not show that one, nobody is told.
 * @param which asks for rows of `EventRow`, as the audience role; `sharing_id` is one of its columns.
 * @param listeningTo who listens to what of the rows, asked once they are there.
 */
export const seeEvents = (
  orm: MikroORM,
  which: Select,
  listeningTo: (rows: readonly EventRow[]) => readonly Listening[],
): Promise<Seen> =>
  readAtOneMoment(orm, async (ask) => {
    const sharingIds = `array(select sharing_id from (${which.sql}) asked where sharing_id is not null)`;
    const [[rows = [], standings = [], acknowledged = []] = []] = await ask([
      {
        of: 'audience',
        selects: [
          which,
          { sql: standingsOf(sharingIds), values: which.values },
          { sql: acknowledgedOf(sharingIds), values: which.values },
        ],
      },
    ]);
    const listening = listeningTo(rows as EventRow[]);
    if (listening.length === 0) return { events: new Map(), callerOf: () => undefined };
    const view = new View(orm, listening, standings as StandingRow[], acknowledged as AcknowledgedRow[]);
    const rights = await view.read(ask);
    return {
      events: new Map(listening.map((own) => [own.tenantId, own.events.flatMap((event) => view.show(event, own))])),
      callerOf: callersNow(rights),
    };
  });

/** What was read for some tenants about some events. */
class View {
  readonly #events: readonly PlacedEvent[];
  readonly #standings: ReadonlyMap<string, Standing>;
  readonly #acknowledged: ReadonlySet<string>;
  /** What was read of each thing, by how one stands to it. */
  readonly #texts = new Map<string, object>();
  readonly #concern = new Map<string, ConcernRow>();
  #register: Register;

  constructor(
    private readonly orm: MikroORM,
    private readonly listening: readonly Listening[],
    standings: readonly StandingRow[],
    acknowledged: readonly AcknowledgedRow[],
  ) {
    this.#events = [...new Map(listening.flatMap((own) => own.events.map((event) => [event.id, event]))).values()];
    this.#standings = new Map(standings.map((row) => [key(row.sharing_id, row.tenant_id), row.standing]));
    this.#acknowledged = new Set(acknowledged.map((row) => key(row.flag_id, row.organisation_id)));
    this.#register = new Register(orm, []);
  }

  /** Reads what the events tell of, by standing, and which tenants they concern. @returns the rights of those who listen. */
  async read(ask: Ask): Promise<RightsRow[]> {
    const [someone] = this.listening;
    if (!someone) return [];
    const readers = this.#readers();
    const credentials = this.listening.flatMap((own) => own.callers.map((caller) => caller.credential));
    const { providers, homes, merged } = selectRegister(this.orm, this.#events);
    const [[rights = [], concerned = []] = [], register = [], ...texts] = await ask([
      { of: 'audience', selects: [selectRights(credentials), ...this.#selectConcern()] },
      // The same for every member, so in the name of any.
      { of: someone, selects: [providers, homes, merged] },
      ...readers.map(({ tenantId, select }) => ({ of: { tenantId }, selects: [select] })),
    ]);
    this.#register = new Register(this.orm, register);
    for (const [index, { tenantId }] of readers.entries())
      for (const row of (texts[index]?.[0] ?? []) as { id: string }[])
        this.#texts.set(key(row.id, this.#standings.get(key(row.id, tenantId)) ?? ''), row);
    this.#keepConcern(concerned);
    if (this.#narrowing.length > 0 && this.#register.hasMerged) {
      // Whoever has to do with a provider that has been merged has to do with the one that it is today.
      const [[again = []] = []] = await ask([{ of: 'audience', selects: this.#selectConcern() }]);
      this.#keepConcern(again);
    }
    return rights as RightsRow[];
  }

  /** Tenants of which somebody narrows by how they have to do with things; for nobody else it is asked. */
  get #narrowing(): string[] {
    return this.listening.filter(narrows).map(({ tenantId }) => tenantId);
  }

  #selectConcern(): Select[] {
    const tenantIds = this.#narrowing;
    if (tenantIds.length === 0) return [];
    return [selectConcern(this.#events, tenantIds, (event) => this.#register.providerOf(event))];
  }

  #keepConcern(rows: readonly object[]): void {
    for (const row of rows as ConcernRow[]) this.#concern.set(key(row.id, row.tenant_id), row);
  }

  /** Who reads what, for all who stand to it alike: the first of them, so that few read much. */
  #readers(): { tenantId: string; select: Select }[] {
    const isRead = new Set<string>();
    return this.listening.flatMap(({ tenantId, events }) => {
      const mine = events.flatMap(({ sharingId, sharingKind }) => {
        const standing = sharingId === null ? undefined : this.#standings.get(key(sharingId, tenantId));
        if (sharingId === null || sharingKind === null || standing === undefined) return [];
        if (isRead.has(key(sharingId, standing))) return [];
        isRead.add(key(sharingId, standing));
        return [{ sharingId, sharingKind }];
      });
      return [...Map.groupBy(mine, ({ sharingKind }) => sharingKind)].map(([kind, some]) => ({
        tenantId,
        select: ALERT_CLASSES[kind].select(some.map(({ sharingId }) => sharingId)),
      }));
    });
  }

  /**
   * An event as a tenant may see it. One about something that it cannot see is left out, but for those that say no
   * more than its id.
   */
  show(event: PlacedEvent, own: Listening): SeenEvent[] {
    const about = this.#aboutOf(event, own.tenantId);
    if (!about) return [];
    const concern = narrows(own) ? this.#concernOf(event.id, own.tenantId) : undefined;
    return [{ ...event, ...this.#register.of(event), ...about, concern }];
  }

  #concernOf(eventId: string, tenantId: string): Concern {
    const { used = false, hosted = false } = this.#concern.get(key(eventId, tenantId)) ?? {};
    return { isUsed: used, isHosted: hosted };
  }

  /** What an event is about as a tenant may see it; undefined where it may not be told of. */
  #aboutOf({ kind, sharingId, providerId, homeId, sharingKind }: PlacedEvent, tenantId: string): About | undefined {
    if (sharingId === null || sharingKind === null || providerId === null) return ABOUT_NOTHING;
    const { show, withheld } = ALERT_CLASSES[sharingKind];
    const standing = this.#standings.get(key(sharingId, tenantId));
    // That a hold is over is for all who knew of it, also for those who never knew more.
    if (isToldById(kind) || (kind === AlertKind.HOLD_LIFTED && standing === undefined))
      return { ...ABOUT_NOTHING, ...withheld({ sharingId, providerId, homeId }) };
    const row = standing === undefined ? undefined : this.#texts.get(key(sharingId, standing));
    return row && { ...ABOUT_NOTHING, ...show(row, this.#acknowledged.has(key(sharingId, tenantId))) };
  }
}

const narrows = ({ callers }: Listening): boolean => callers.some(({ narrowsByConcern }) => narrowsByConcern);

const selectRegister = (
  { em }: MikroORM,
  events: readonly PlacedEvent[],
): { providers: Select; homes: Select; merged: Select } => {
  const homeIds = unique(events.map((event) => event.homeId));
  const { providers, merged } = providersOfToday(unique(events.map((event) => event.providerId)), homeIds);
  return {
    providers: selectPlain(em, Provider, providers.sql, providers.values),
    homes: selectPlain(em, Home, 'where e.id = any(?::uuid[])', [array(homeIds)]),
    merged,
  };
};

/** The providers and homes of some events, as they are called today. */
class Register {
  readonly #providers: ReadonlyMap<string, Provider>;
  readonly #homes: ReadonlyMap<string, Home>;
  readonly #merged: readonly MergedId[];

  /** @param rows the answers to `selectRegister`, in its order. */
  constructor({ em }: MikroORM, [providers = [], homes = [], merged = []]: readonly object[][]) {
    this.#providers = byId(providers.map((row) => plain(em, Provider, row)));
    this.#homes = byId(homes.map((row) => plain(em, Home, row)));
    this.#merged = merged as MergedId[];
  }

  get hasMerged(): boolean {
    return this.#merged.length > 0;
  }

  /** Who answers to an event's provider, or runs its home, today; null of what is about no provider. */
  providerOf({ providerId, homeId }: PlacedEvent): string | null {
    const home = homeId === null ? undefined : this.#homes.get(homeId);
    const survivor = this.#merged.find((row) => row.merged_id === providerId)?.survivor_id;
    return home?.providerId ?? survivor ?? providerId;
  }

  of(event: PlacedEvent): Pick<SeenEvent, 'provider' | 'home' | 'providerIds'> {
    const own = this.providerOf(event);
    return {
      provider: own === null ? null : (this.#providers.get(own) ?? null),
      home: event.homeId === null ? null : (this.#homes.get(event.homeId) ?? null),
      providerIds:
        own === null ? [] : [own, ...this.#merged.flatMap((row) => (row.survivor_id === own ? row.merged_id : []))],
    };
  }
}

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

const key = (...ids: readonly string[]): string => ids.join(' ');

const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
