import { AlertKind } from '@accord/access';
import { array, plain, readTogether, selectPlain, type Select } from '@accord/persistence';
import { selectFlags, toFlag, withheldFlag, type Flag, type SeenFlag } from '@accord/flags';
import { Home, Provider, providerOfToday, providersOfToday, type MergedId } from '@accord/providers';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { AlertFilter } from './alert.type.js';

/** An event with its place, as the outbox keeps it: ids only. */
export interface PlacedEvent {
  readonly id: string;
  readonly position: string;
  readonly kind: AlertKind;
  readonly providerId: string | null;
  readonly homeId: string | null;
  readonly sharingId: string | null;
  readonly agreementId: string | null;
  readonly occurredAt: Date;
}

/** An event as one tenant may see it, with what its filters ask about. */
export interface SeenEvent extends PlacedEvent {
  readonly provider: Provider | null;
  readonly home: Home | null;
  readonly flag: Flag | null;
  /** Every id by which a client may know the provider: its own, and those of providers that were merged into it. */
  readonly providerIds: readonly string[];
  readonly isUsed: boolean;
  readonly isHosted: boolean;
}

/** What is asked of the database about some events, in the name of the tenant that is to see them. */
export const selectSeen = (events: readonly PlacedEvent[]): { flags: Select; concern: Select } => ({
  flags: selectFlags(unique(events.map((event) => event.sharingId))),
  concern: selectConcern(events),
});

/** The answers to `selectSeen`. */
export interface SeenRows {
  readonly flags: readonly SeenFlag[];
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
  const concern = new Map(rows.concern.map((row) => [row.id, row]));
  return events.flatMap((event) => {
    const seen = event.sharingId === null ? undefined : flags.get(event.sharingId);
    const ended = event.kind === AlertKind.ACCESS_ENDED;
    if (event.sharingId !== null && !seen && !ended) return [];
    const flag =
      ended && event.sharingId !== null && event.providerId !== null
        ? withheldFlag(event.sharingId, event.providerId, event.homeId)
        : (seen ?? null);
    const { used = false, hosted = false } = concern.get(event.id) ?? {};
    const home = event.homeId === null ? null : (homes.get(event.homeId) ?? null);
    const own = home?.providerId ?? survivorOf(event.providerId, merged);
    const provider = own === null ? null : (providers.get(own) ?? null);
    const providerIds =
      own === null ? [] : [own, ...merged.flatMap((row) => (row.survivor_id === own ? row.merged_id : []))];
    return [{ ...event, provider, home, flag, providerIds, isUsed: used, isHosted: hosted }];
  });
}

const survivorOf = (id: string | null, merged: readonly MergedId[]): string | null =>
  merged.find((row) => row.merged_id === id)?.survivor_id ?? id;

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
  event.flag !== null && event.flag.raisedAt === null ? null : event.occurredAt;

const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
