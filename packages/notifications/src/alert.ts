import { AlertKind } from '@accord/access';
import { execute, TENANT } from '@accord/persistence';
import { readFlags, withheldFlag, type Flag } from '@accord/flags';
import { findProviders, Home, oldIds, type Provider } from '@accord/providers';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AlertFilter } from './alert.type.js';

/** An event with its place, as the outbox keeps it: ids only. */
export interface PlacedEvent {
  readonly id: string;
  readonly position: string;
  readonly kind: AlertKind;
  readonly providerId: string;
  readonly homeId: string | null;
  readonly sharingId: string | null;
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

/**
 * What the tenant of `em` may see of these events now. An event about something that it can no longer see is
 * left out, but for the one that says so.
 */
export async function seeEvents(
  em: EntityManager,
  events: readonly PlacedEvent[],
  register: Register,
): Promise<SeenEvent[]> {
  if (events.length === 0) return [];
  const sharingIds = unique(events.map((event) => event.sharingId));
  const flags = await readFlags(em, 'where id = any(?::uuid[])', [array(sharingIds)]);
  const { providers, homes, merged } = await register.read(em);
  // A home's provider is that of today; so is one that was merged. What happened is told of whoever it concerns now.
  const providerOf = ({ providerId, homeId }: PlacedEvent): string => {
    const known = (homeId === null ? undefined : homes.get(homeId)?.providerId) ?? providerId;
    return providers.get(known)?.id ?? known;
  };
  const concern = await readConcern(em, events, providerOf);
  return events.flatMap((event) => {
    const seen = event.sharingId === null ? undefined : flags.find((flag) => flag.id === event.sharingId);
    const ended = event.kind === AlertKind.ACCESS_ENDED;
    if (event.sharingId !== null && !seen && !ended) return [];
    const flag =
      ended && event.sharingId !== null
        ? withheldFlag(event.sharingId, event.providerId, event.homeId)
        : (seen ?? null);
    const [isUsed, isHosted] = concern.get(event.id) ?? [false, false];
    const own = providerOf(event);
    const provider = providers.get(own) ?? null;
    const home = event.homeId === null ? null : (homes.get(event.homeId) ?? null);
    const providerIds = [own, ...(merged.get(own) ?? [])];
    return [{ ...event, provider, home, flag, providerIds, isUsed, isHosted }];
  });
}

interface Registered {
  /** By the ids that the events have. */
  readonly providers: Map<string, Provider>;
  readonly homes: Map<string, Home>;
  /** The old ids of each provider. */
  readonly merged: Map<string, string[]>;
}

/** The providers and homes of some events: the same for every member, so read once and not for each tenant. */
export class Register {
  #read: Promise<Registered> | undefined;

  constructor(private readonly events: readonly PlacedEvent[]) {}

  /** @param em in a transaction of any member. */
  read(em: EntityManager): Promise<Registered> {
    this.#read ??= this.#readNow(em).catch((error: unknown) => {
      // What could not be read in this transaction may be read in the next.
      this.#read = undefined;
      throw error;
    });
    return this.#read;
  }

  async #readNow(em: EntityManager): Promise<Registered> {
    const homes = await em.find(Home, { id: { $in: unique(this.events.map((event) => event.homeId)) } });
    const named = [...this.events, ...homes].map((each) => each.providerId);
    const providers = await findProviders(em, unique(named));
    const merged = await oldIds(em, unique([...providers.values()].map((provider) => provider.id)));
    return { providers, homes: byId(homes), merged };
  }
}

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

/** Whether the tenant places at, and hosts, what each event is about. Own rows alone: nothing here is another's. */
async function readConcern(
  em: EntityManager,
  events: readonly PlacedEvent[],
  providerOf: (event: PlacedEvent) => string,
): Promise<Map<string, [boolean, boolean]>> {
  const rows = await execute<{ id: string; used: boolean; hosted: boolean }>(
    em,
    `select e.id, coalesce(bool_or(c.ground = 'PLACES'), false) as used, coalesce(bool_or(c.ground = 'HOSTS'), false) as hosted
     from jsonb_to_recordset(?::jsonb) as e(id uuid, provider_id uuid, home_id uuid)
     left join borough_concerned c on c.borough_id = ${TENANT} and c.provider_id = e.provider_id
       and (c.home_id = e.home_id or c.home_id is null or e.home_id is null)
     group by 1`,
    [JSON.stringify(events.map((event) => ({ id: event.id, provider_id: providerOf(event), home_id: event.homeId })))],
  );
  return new Map(rows.map((row) => [row.id, [row.used, row.hosted]]));
}

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

const array = (ids: readonly string[]): string => `{${ids.join(',')}}`;
