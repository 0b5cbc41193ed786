import { AccordError, badInput, isId, londonDate, newId } from '@accord/kernel';
import { callerMay, createSecret, isSecret, Operation, parseSecret, type Runtime } from '@accord/access';
import { ProviderLoader } from '@accord/providers';
import type { CreateCalendarFeedInput } from './calendar.resolver.js';
import { CalendarFeed } from './calendar-feed.entity.js';
import { calendarOf, type CalendarVisit } from './calendar-file.js';
import { readSchedule } from './schedule-reader.js';

/** Whoever goes on using it makes another: an address that is forgotten somewhere ends. */
const HOLDS_DAYS = 180;
const MOST_FEEDS = 5;
const DAY_MS = 86_400_000;

/** The caller's own calendars. */
export class CalendarService {
  constructor(private readonly op: Operation) {}

  /** @returns the feed, and its path with the secret, which is shown this once. */
  async create({ functions }: CreateCalendarFeedInput): Promise<{ feed: CalendarFeed; path: string }> {
    const { id: principalId, tenantId } = await this.op.caller();
    const holding = (await this.feeds()).filter(({ expiresAt }) => expiresAt > new Date());
    if (holding.length >= MOST_FEEDS)
      throw badInput('input', `You have ${MOST_FEEDS} calendars already: revoke one that you no longer use.`);
    const id = newId();
    const { shown, secretHash } = createSecret('', tenantId, id, principalId);
    const createdAt = new Date();
    const feed = this.op.em.create(CalendarFeed, {
      id,
      tenantId,
      principalId,
      functions: [...new Set(functions ?? [])],
      secretHash,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + HOLDS_DAYS * DAY_MS),
      revokedAt: null,
    });
    await this.op.em.persist(feed).flush();
    return { feed, path: `/calendar/${shown}.ics` };
  }

  /** Revokes those of these that are the caller's own; others' and unknown ones are passed over alike. */
  async revoke(ids: readonly string[]): Promise<CalendarFeed[]> {
    await this.op.em.nativeUpdate(
      CalendarFeed,
      { id: { $in: ids.filter(isId) }, revokedAt: null },
      { revokedAt: new Date() },
    );
    return this.feeds();
  }

  /** Those that are not revoked, newest first. */
  feeds(): Promise<CalendarFeed[]> {
    return this.op.em.find(CalendarFeed, { revokedAt: null }, { orderBy: { createdAt: 'desc', id: 'asc' } });
  }
}

/**
 * The calendar behind a secret address, for a program that cannot sign in. It has the rights of whoever made it, as
 * the directory has them at this moment: disabled, in another role or of a suspended borough, there is none.
 * @returns null for an address that is none, for whatever reason: nothing tells one from another.
 */
export async function readCalendar(runtime: Runtime, token: string, requestId: string): Promise<string | null> {
  const shown = parseSecret('', token, true);
  if (shown?.principalId === undefined) return null;
  const { tenantId, principalId, id: feedId } = shown;
  const now = new Date();
  const credential = { tenantId, principalId, roles: null, expiresAt: new Date(now.getTime() + DAY_MS), keyId: null };
  const op = new Operation(runtime, credential, 'read', requestId);
  try {
    const caller = await op.caller();
    const feed = await op.em.findOne(CalendarFeed, feedId);
    const holds = feed !== null && feed.revokedAt === null && feed.expiresAt > now && isSecret(shown, feed.secretHash);
    if (!holds || !callerMay(caller, 'schedule:read')) return null;
    return calendarOf('Visits to homes', await visitsOf(op, tenantId, feed, londonDate(now)), now);
  } catch (error) {
    if (error instanceof AccordError && error.code === 'UNAUTHENTICATED') return null;
    throw error;
  } finally {
    await op.rollback();
  }
}

async function visitsOf(op: Operation, boroughId: string, feed: CalendarFeed, today: string): Promise<CalendarVisit[]> {
  const { open } = await readSchedule(op.em, boroughId, today);
  const wanted = open.filter(
    ({ rule }) => feed.functions.length === 0 || rule.functions.some((each) => feed.functions.includes(each)),
  );
  const { home: homes, provider: providers } = op.get(ProviderLoader);
  const visits = await Promise.all(
    wanted.map(async (visit) => {
      const [home, provider] = await Promise.all([homes.load(visit.homeId), providers.load(visit.providerId)]);
      return home && provider
        ? [
            {
              ruleId: visit.rule.id,
              homeId: visit.homeId,
              from: visit.from,
              dueOn: visit.dueOn,
              planBy: visit.planBy,
              state: visit.state,
              warning: visit.warning,
              ruleName: visit.rule.name,
              functions: visit.rule.functions,
              home: { name: home.name, placementTypes: home.placementTypes },
              providerName: provider.name,
            },
          ]
        : [];
    }),
  );
  return visits.flat();
}
