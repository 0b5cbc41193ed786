import { AlertKind } from '@accord/access';
import { asAudience, execute, TENANT } from '@accord/persistence';
import { readFlags, withheldFlag, type Flag } from '@accord/flags';
import { readNotices, withheldNotice, type IntelligenceNotice } from '@accord/intelligence';
import { Home, Provider } from '@accord/providers';
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
  readonly intelligence: IntelligenceNotice | null;
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
  const notices = await readNotices(em, sharingIds);
  const endedItems = await readEndedItems(em, events);
  const concern = await readConcern(em, events);
  const { providers, homes } = await register.read(em);
  return events.flatMap((event) => {
    const about = aboutOf(event, flags, notices, endedItems);
    if (about === null) return [];
    const { flag, intelligence } = about;
    const [isUsed, isHosted] = concern.get(event.id) ?? [false, false];
    const provider = providers.get(event.providerId) ?? null;
    const home = event.homeId === null ? null : (homes.get(event.homeId) ?? null);
    return [{ ...event, provider, home, flag, intelligence, isUsed, isHosted }];
  });
}

type About = Pick<SeenEvent, 'flag' | 'intelligence'>;

/** What an event is about as it may be shown now; null where it may not be told of. */
function aboutOf(
  { kind, sharingId, providerId, homeId }: PlacedEvent,
  flags: readonly Flag[],
  notices: readonly IntelligenceNotice[],
  endedItems: ReadonlySet<string>,
): About | null {
  if (sharingId === null) return { flag: null, intelligence: null };
  if (kind === AlertKind.ACCESS_ENDED) {
    return endedItems.has(sharingId)
      ? { flag: null, intelligence: withheldNotice(sharingId) }
      : { flag: withheldFlag(sharingId, providerId, homeId), intelligence: null };
  }
  const flag = flags.find((row) => row.id === sharingId) ?? null;
  const intelligence = notices.find((row) => row.id === sharingId) ?? null;
  return flag || intelligence ? { flag, intelligence } : null;
}

/** Which of the ends of access are about intelligence: who lost it may not read that any more. */
async function readEndedItems(em: EntityManager, events: readonly PlacedEvent[]): Promise<Set<string>> {
  const ids = events.filter((event) => event.kind === AlertKind.ACCESS_ENDED).map((event) => event.sharingId);
  if (ids.length === 0) return new Set();
  const rows = await asAudience<{ id: string }>(
    em,
    `select id from sharing where kind = 'INTELLIGENCE' and id = any(?::uuid[])`,
    [array(unique(ids))],
  );
  return new Set(rows.map((row) => row.id));
}

/** The providers and homes of some events: the same for every member, so read once and not for each tenant. */
export class Register {
  #read: Promise<{ providers: Map<string, Provider>; homes: Map<string, Home> }> | undefined;

  constructor(private readonly events: readonly PlacedEvent[]) {}

  /** @param em in a transaction of any member. */
  read(em: EntityManager): Promise<{ providers: Map<string, Provider>; homes: Map<string, Home> }> {
    this.#read ??= this.#readNow(em).catch((error: unknown) => {
      // What could not be read in this transaction may be read in the next.
      this.#read = undefined;
      throw error;
    });
    return this.#read;
  }

  async #readNow(em: EntityManager): Promise<{ providers: Map<string, Provider>; homes: Map<string, Home> }> {
    const providers = await em.find(Provider, { id: { $in: unique(this.events.map((event) => event.providerId)) } });
    const homes = await em.find(Home, { id: { $in: unique(this.events.map((event) => event.homeId)) } });
    return { providers: byId(providers), homes: byId(homes) };
  }
}

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

/** Whether the tenant places at, and hosts, what each event is about. Own rows alone: nothing here is another's. */
async function readConcern(
  em: EntityManager,
  events: readonly PlacedEvent[],
): Promise<Map<string, [boolean, boolean]>> {
  const rows = await execute<{ id: string; used: boolean; hosted: boolean }>(
    em,
    `select e.id, coalesce(bool_or(c.ground = 'PLACES'), false) as used, coalesce(bool_or(c.ground = 'HOSTS'), false) as hosted
     from outbox_event e
     left join borough_concerned c on c.borough_id = ${TENANT} and c.provider_id = e.provider_id
       and (c.home_id = e.home_id or c.home_id is null or e.home_id is null)
     where e.id = any(?::uuid[]) group by 1`,
    [array(events.map((event) => event.id))],
  );
  return new Map(rows.map((row) => [row.id, [row.used, row.hosted]]));
}

/** Whether an event is among those asked for. Works on what the tenant sees: what is masked matches nothing. */
export function matches(event: SeenEvent, filter: AlertFilter): boolean {
  if (filter.kind && !filter.kind.includes(event.kind)) return false;
  if (filter.providerIds && !filter.providerIds.includes(event.providerId)) return false;
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

const array = (ids: readonly string[]): string => `{${ids.join(',')}}`;
