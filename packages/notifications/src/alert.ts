import { AlertKind } from '@accord/access';
import { array, plain, readTogether, selectPlain, type Select } from '@accord/persistence';
import { selectFlags, toFlag, withheldFlag, type Flag, type SeenFlag } from '@accord/flags';
import {
  selectNotices,
  toNotice,
  withheldNotice,
  type IntelligenceNotice,
  type SeenNotice,
} from '@accord/intelligence';
import { Home, Provider, providerOfToday, providersOfToday, type MergedId } from '@accord/providers';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { AlertFilter } from './alert.type.js';

/** An event with its place, as the outbox keeps it: ids only. */
export interface PlacedEvent {
  readonly id: string;
  readonly position: string;
  readonly kind: AlertKind;
  readonly providerId: string;
  readonly homeId: string | null;
  readonly sharingId: string | null;
  readonly isIntelligence: boolean;
  readonly occurredAt: Date;
}

/** An event as one tenant may see it, with what its filters ask about. */
export interface SeenEvent extends PlacedEvent {
  readonly provider: Provider | null;
  readonly home: Home | null;
  readonly flag: Flag | null;
  readonly intelligence: IntelligenceNotice | null;
  /** Every id by which a client may know the provider: its own, and those of providers that were merged into it. */
  readonly providerIds: readonly string[];
  readonly isUsed: boolean;
  readonly isHosted: boolean;
}

/** What is asked of the database about some events, in the name of the tenant that is to see them. */
export const selectSeen = (events: readonly PlacedEvent[]): { flags: Select; notices: Select; concern: Select } => ({
  flags: selectFlags(unique(events.map((event) => event.sharingId))),
  notices: selectNotices(unique(events.map((event) => event.sharingId))),
  concern: selectConcern(events),
});

/** The answers to `selectSeen`. */
export interface SeenRows {
  readonly flags: readonly SeenFlag[];
  readonly notices: readonly SeenNotice[];
  readonly concern: readonly ConcernRow[];
}

/**
 * What a tenant may see of these events now. An event about something that it can no longer see is left out,
 * but for the one that says so.
 */
export function seeEvents(
  events: readonly PlacedEvent[],
  rows: SeenRows,
  { providers, homes, merged }: RegisterRows,
): SeenEvent[] {
  const flags = new Map(rows.flags.map((row) => [row.id, toFlag(row)]));
  const notices = new Map(rows.notices.map((row) => [row.id, toNotice(row)]));
  const concern = new Map(rows.concern.map((row) => [row.id, row]));
  return events.flatMap((event) => {
    const about = aboutOf(event, flags, notices);
    if (about === null) return [];
    const { used = false, hosted = false } = concern.get(event.id) ?? {};
    const home = event.homeId === null ? null : (homes.get(event.homeId) ?? null);
    const own = home?.providerId ?? survivorOf(event.providerId, merged);
    const provider = providers.get(own) ?? null;
    const providerIds = [own, ...merged.flatMap((row) => (row.survivor_id === own ? row.merged_id : []))];
    return [{ ...event, provider, home, ...about, providerIds, isUsed: used, isHosted: hosted }];
  });
}

const survivorOf = (id: string, merged: readonly MergedId[]): string =>
  merged.find((row) => row.merged_id === id)?.survivor_id ?? id;

type About = Pick<SeenEvent, 'flag' | 'intelligence'>;

/** What an event is about as it may be shown now; null where it may not be told of. */
function aboutOf(
  { kind, sharingId, providerId, homeId, isIntelligence }: PlacedEvent,
  flags: ReadonlyMap<string, Flag>,
  notices: ReadonlyMap<string, IntelligenceNotice>,
): About | null {
  if (sharingId === null) return { flag: null, intelligence: null };
  if (kind === AlertKind.ACCESS_ENDED) {
    return isIntelligence
      ? { flag: null, intelligence: withheldNotice(sharingId) }
      : { flag: withheldFlag(sharingId, providerId, homeId), intelligence: null };
  }
  const flag = flags.get(sharingId) ?? null;
  const intelligence = notices.get(sharingId) ?? null;
  return flag || intelligence ? { flag, intelligence } : null;
}

interface RegisterRows {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly homes: ReadonlyMap<string, Home>;
  readonly merged: readonly MergedId[];
}

/** The providers and homes of some events: the same for every member, so read once and not for each tenant. */
export class Register {
  #read: Promise<RegisterRows> | undefined;

  constructor(
    private readonly orm: MikroORM,
    private readonly events: readonly PlacedEvent[],
  ) {}

  /** @param tenantId any member that is to see them. */
  read(tenantId: string): Promise<RegisterRows> {
    this.#read ??= this.#readNow(tenantId).catch((error: unknown) => {
      // What could not be read now may be read in a moment.
      this.#read = undefined;
      throw error;
    });
    return this.#read;
  }

  async #readNow(tenantId: string): Promise<RegisterRows> {
    const { em } = this.orm;
    const homeIds = unique(this.events.map((event) => event.homeId));
    const today = providersOfToday(unique(this.events.map((event) => event.providerId)), homeIds);
    const providers = selectPlain(em, Provider, today.providers.sql, today.providers.values);
    const homes = selectPlain(em, Home, 'where e.id = any(?::uuid[])', [array(homeIds)]);
    const { merged } = today;
    const rowsOf = await readTogether(this.orm, { tenantId, callerId: null }, { providers, homes, merged });
    return {
      merged: rowsOf<MergedId>('merged'),
      providers: byId(rowsOf('providers').map((row) => plain(em, Provider, row))),
      homes: byId(rowsOf('homes').map((row) => plain(em, Home, row))),
    };
  }
}

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

export interface ConcernRow {
  readonly id: string;
  readonly used: boolean;
  readonly hosted: boolean;
}

const CONCERNED = (ground: string) => `exists (
  select from concerning_caller c where c.ground = '${ground}' and c.provider_id = e.provider_id
    and (c.home_id = e.home_id or c.home_id is null or e.home_id is null))`;

/** Whether the tenant places at, and hosts, what each event is about. Own rows alone: nothing here is another's. */
const selectConcern = (events: readonly PlacedEvent[]): Select => ({
  sql: `select e.id, ${CONCERNED('PLACES')} as used, ${CONCERNED('HOSTS')} as hosted
    from (select o.id, o.home_id, ${providerOfToday('o')} as provider_id from outbox_event o where o.id = any(?::uuid[])) e`,
  values: [array(events.map((event) => event.id))],
});

/** Whether an event is among those asked for. Works on what the tenant sees: what is masked matches nothing. */
export function matches(event: SeenEvent, filter: AlertFilter): boolean {
  if (filter.kind && !filter.kind.includes(event.kind)) return false;
  if (filter.providerIds && !filter.providerIds.some((id) => event.providerIds.includes(id))) return false;
  if (typeof filter.usedByMyBorough === 'boolean' && filter.usedByMyBorough !== event.isUsed) return false;
  if (typeof filter.hostedInMyBorough === 'boolean' && filter.hostedInMyBorough !== event.isHosted) return false;
  if (!filter.severity || event.kind === AlertKind.ACCESS_ENDED) return true;
  const severity = event.flag?.severity;
  return severity !== null && severity !== undefined && filter.severity.includes(severity);
}

/** The moment, unless it would give an anonymous author away. */
export const disclosedTime = (event: SeenEvent): Date | null =>
  (event.flag !== null && event.flag.raisedAt === null) || event.intelligence?.isNamed === false
    ? null
    : event.occurredAt;

const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
