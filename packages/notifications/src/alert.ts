import { AlertKind } from '@accord/access';
import { array, execute, plain, readTogether, selectPlain, type Select } from '@accord/persistence';
import { selectFlags, toFlag, withheldFlag, type Flag, type SeenFlag } from '@accord/flags';
import {
  selectNotices,
  toNotice,
  withheldNotice,
  type IntelligenceNotice,
  type SeenNotice,
} from '@accord/intelligence';
import { Home, Provider } from '@accord/providers';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
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

/** Asks it in a transaction that is open. */
export async function readSeen(em: EntityManager, events: readonly PlacedEvent[]): Promise<SeenRows> {
  const { flags, notices, concern } = selectSeen(events);
  return {
    flags: await execute<SeenFlag>(em, flags.sql, flags.values),
    notices: await execute<SeenNotice>(em, notices.sql, notices.values),
    concern: await execute<ConcernRow>(em, concern.sql, concern.values),
  };
}

/**
 * What a tenant may see of these events now. An event about something that it can no longer see is left out,
 * but for the one that says so.
 */
export function seeEvents(
  events: readonly PlacedEvent[],
  rows: SeenRows,
  { providers, homes }: RegisterRows,
): SeenEvent[] {
  const flags = new Map(rows.flags.map((row) => [row.id, toFlag(row)]));
  const notices = new Map(rows.notices.map((row) => [row.id, toNotice(row)]));
  const concern = new Map(rows.concern.map((row) => [row.id, row]));
  return events.flatMap((event) => {
    const about = aboutOf(event, flags, notices);
    if (about === null) return [];
    const { used = false, hosted = false } = concern.get(event.id) ?? {};
    const provider = providers.get(event.providerId) ?? null;
    const home = event.homeId === null ? null : (homes.get(event.homeId) ?? null);
    return [{ ...event, provider, home, ...about, isUsed: used, isHosted: hosted }];
  });
}

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
    const byIds = (ids: readonly (string | null)[]) => ['where e.id = any(?::uuid[])', [array(unique(ids))]] as const;
    const providers = selectPlain(em, Provider, ...byIds(this.events.map((event) => event.providerId)));
    const homes = selectPlain(em, Home, ...byIds(this.events.map((event) => event.homeId)));
    const rowsOf = await readTogether(this.orm, { tenantId, callerId: null }, { providers, homes });
    return {
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
    from outbox_event e where e.id = any(?::uuid[])`,
  values: [array(events.map((event) => event.id))],
});

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
