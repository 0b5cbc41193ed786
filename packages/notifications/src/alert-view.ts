import {
  AlertKind,
  callersNow,
  selectRights,
  selectStandings,
  type Caller,
  type KnownCaller,
  type RightsRow,
  type Standing,
  type StandingRow,
} from '@accord/access';
import {
  selectAcknowledged,
  selectFlags,
  selectHolds,
  toFlag,
  toHold,
  withheldFlag,
  withheldHold,
  type AcknowledgedRow,
  type Flag,
  type Hold,
  type SeenFlag,
  type SeenHold,
} from '@accord/flags';
import {
  selectNotices,
  toNotice,
  withheldNotice,
  type IntelligenceNotice,
  type SeenNotice,
} from '@accord/intelligence';
import { array, plain, readAtOneMoment, selectPlain, type Ask, type Select } from '@accord/persistence';
import { Home, Provider, providersOfToday, type MergedId } from '@accord/providers';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { PlacedEvent, SeenEvent } from './alert.js';

/** Events that are for a tenant, and those of it who listen. */
export interface Listening {
  readonly tenantId: string;
  readonly events: readonly PlacedEvent[];
  readonly callers: readonly KnownCaller[];
}

/** What each tenant may see of its events, and what its callers may do. */
export interface Seen {
  readonly events: ReadonlyMap<string, readonly SeenEvent[]>;
  readonly callers: ReadonlyMap<KnownCaller, Caller>;
}

/**
 * What tenants may see of events now, and the rights of those who listen, all of one moment.
 *
 * How each tenant stands to what an event tells of is asked of the audience, for all of them at once. The text is
 * read behind the row policies, in the name of one tenant for all who stand as it does: a text for each of them
 * would be the same text, and thirty-three readings of it are what a warning would wait for. Of what the policies do
 * not show that one, nobody is told.
 */
export const seeEvents = (orm: MikroORM, listening: readonly Listening[]): Promise<Seen> =>
  readAtOneMoment(orm, async (ask) => {
    const [someone] = listening;
    if (!someone) return { events: new Map(), callers: new Map() };
    const events = [...new Map(listening.flatMap((own) => own.events.map((event) => [event.id, event]))).values()];
    const sharingIds = unique(events.map((event) => event.sharingId));
    const known = listening.flatMap((own) => own.callers);
    const { providers, homes, merged } = selectRegister(orm, events);
    const [[standings = [], rights = [], acknowledged = []] = [], register = []] = await ask([
      {
        of: 'audience',
        selects: [
          selectStandings(sharingIds),
          selectRights(known.map(({ credential }) => credential)),
          selectAcknowledged(sharingIds),
        ],
      },
      // The same for every member, so in the name of any.
      { of: someone, selects: [providers, homes, merged] },
    ]);
    const view = new View(listening, new Register(orm, register), standings as StandingRow[]);
    await view.read(ask, events, acknowledged as AcknowledgedRow[]);
    return {
      events: new Map(listening.map((own) => [own.tenantId, own.events.flatMap((event) => view.show(event, own))])),
      callers: callersNow(known, rights as RightsRow[]),
    };
  });

/** What was read for some tenants about some events. */
class View {
  readonly #standings: ReadonlyMap<string, Standing>;
  readonly #flags = new Map<string, SeenFlag>();
  readonly #holds = new Map<string, SeenHold>();
  readonly #notices = new Map<string, SeenNotice>();
  #acknowledged: ReadonlySet<string> = new Set();
  #concern: ReadonlyMap<string, ConcernRow> = new Map();

  constructor(
    private readonly listening: readonly Listening[],
    private readonly register: Register,
    standings: readonly StandingRow[],
  ) {
    this.#standings = new Map(standings.map((row) => [key(row.sharing_id, row.tenant_id), row.standing]));
  }

  /** Reads what the events tell of, by standing, and which tenants they concern. */
  async read(ask: Ask, events: readonly PlacedEvent[], acknowledged: readonly AcknowledgedRow[]): Promise<void> {
    this.#acknowledged = new Set(acknowledged.map((row) => key(row.flag_id, row.organisation_id)));
    const readers = this.#readers();
    const tenantIds = this.listening.map((own) => own.tenantId);
    const concern = selectConcern(events, tenantIds, (event) => this.register.providerOf(event));
    const [[concerned = []] = [], ...texts] = await ask([
      { of: 'audience', selects: [concern] },
      ...[...readers].map(([tenantId, ids]) => ({
        of: { tenantId },
        selects: [selectFlags([...ids]), selectHolds([...ids]), selectNotices([...ids])],
      })),
    ]);
    this.#concern = new Map((concerned as ConcernRow[]).map((row) => [key(row.id, row.tenant_id), row]));
    for (const [index, tenantId] of [...readers.keys()].entries()) {
      const [flags = [], holds = [], notices = []] = texts[index] ?? [];
      const keyOf = (id: string) => key(id, this.#standings.get(key(id, tenantId)) ?? '');
      for (const row of flags as SeenFlag[]) this.#flags.set(keyOf(row.id), row);
      for (const row of holds as SeenHold[]) this.#holds.set(keyOf(row.id), row);
      for (const row of notices as SeenNotice[]) this.#notices.set(keyOf(row.id), row);
    }
  }

  /** Who reads what, for all who stand to it alike: the first of them, so that few read much. */
  #readers(): Map<string, Set<string>> {
    const readers = new Map<string, Set<string>>();
    const isRead = new Set<string>();
    for (const { tenantId, events } of this.listening)
      for (const sharingId of unique(events.map((event) => event.sharingId))) {
        const standing = this.#standings.get(key(sharingId, tenantId));
        if (standing === undefined || isRead.has(key(sharingId, standing))) continue;
        isRead.add(key(sharingId, standing));
        readers.set(tenantId, (readers.get(tenantId) ?? new Set()).add(sharingId));
      }
    return readers;
  }

  /**
   * An event as a tenant may see it. One about something that it can no longer see is left out, but for the one
   * that says so.
   */
  show(event: PlacedEvent, { tenantId }: Listening): SeenEvent[] {
    const about = this.#aboutOf(event, tenantId);
    if (!about) return [];
    const { used = false, hosted = false } = this.#concern.get(key(event.id, tenantId)) ?? {};
    return [{ ...event, ...this.register.of(event), ...about, isUsed: used, isHosted: hosted }];
  }

  /** What an event is about as a tenant may see it; undefined where it may not be told of. */
  #aboutOf({ kind, sharingId, providerId, homeId, sharingKind }: PlacedEvent, tenantId: string): About | undefined {
    const nothing = { flag: null, hold: null, intelligence: null };
    if (sharingId === null || providerId === null) return nothing;
    const standing = this.#standings.get(key(sharingId, tenantId));
    // That a hold is over is for all who knew of it, also for those who never knew more.
    if (kind === AlertKind.ACCESS_ENDED || (kind === AlertKind.HOLD_LIFTED && standing === undefined)) {
      if (sharingKind === 'INTELLIGENCE') return { ...nothing, intelligence: withheldNotice(sharingId) };
      if (sharingKind === 'HOLD') return { ...nothing, hold: withheldHold(sharingId, providerId, homeId) };
      return { ...nothing, flag: withheldFlag(sharingId, providerId, homeId) };
    }
    if (standing === undefined) return undefined;
    const hold = this.#holds.get(key(sharingId, standing));
    if (hold) return { ...nothing, hold: toHold(hold) };
    const flag = this.#flags.get(key(sharingId, standing));
    const notice = this.#notices.get(key(sharingId, standing));
    if (notice) return { ...nothing, intelligence: toNotice(notice) };
    const acknowledged = this.#acknowledged.has(key(sharingId, tenantId));
    return flag && { ...nothing, flag: toFlag({ ...flag, acknowledged }) };
  }
}

interface About {
  readonly flag: Flag | null;
  readonly hold: Hold | null;
  readonly intelligence: IntelligenceNotice | null;
}

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

interface ConcernRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly used: boolean;
  readonly hosted: boolean;
}

/** Which tenants place at, and host, what each event is about; to be asked as the audience role. */
const selectConcern = (
  events: readonly PlacedEvent[],
  tenantIds: readonly string[],
  providerOf: (event: PlacedEvent) => string | null,
): Select => ({
  // Each tenant's own by its index: asked for all at once, the planner reads the whole of the borough's.
  sql: `select e.id, t.id as tenant_id, c.used, c.hosted
    from unnest(?::uuid[], ?::uuid[], ?::uuid[]) as e(id, provider_id, home_id)
    cross join unnest(?::uuid[]) as t(id)
    cross join lateral (
      select bool_or(c.ground = 'PLACES') as used, bool_or(c.ground = 'HOSTS') as hosted
      from borough_concerned c where c.borough_id = t.id and c.provider_id = e.provider_id
        and (c.home_id = e.home_id or c.home_id is null or e.home_id is null)
    ) c where c.used is not null`,
  values: [
    array(events.map((event) => event.id)),
    array(events.map((event) => providerOf(event) ?? 'null')),
    array(events.map((event) => event.homeId ?? 'null')),
    array(tenantIds),
  ],
});

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

const key = (...ids: readonly string[]): string => ids.join(' ');

const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
