import {
  agreed,
  audience,
  concerned,
  consented,
  FEED,
  holdsToday,
  Paging,
  type Connection,
  type Operation,
  type PageArgs,
} from '@accord/access';
import { badInput, isId } from '@accord/kernel';
import { array, asAudience, execute, TENANT } from '@accord/persistence';
import { ProviderLoader } from '@accord/providers';
import type { IntelligenceFilter } from './intelligence.inputs.js';
import { ITEM_COLUMNS, toItem, type ItemRow } from './intelligence.disclosure.js';
import { isGiven } from './intelligence-text.js';
import type { IntelligenceItem } from './intelligence.type.js';

const LONGEST_SEARCH = 100;

/** So few providers are looked at one by one; of more, some item is always near the head of the feed. */
const FEW_PROVIDERS = 16;

/** How many items are looked through for words at first; each further round looks through four times as many. */
const FIRST_ROUND = 500;
const MOST_PER_ROUND = 8000;

/** Conditions on `sharing s` and on `intelligence_item i`, with their values. */
interface Conditions {
  readonly sharing: Condition[];
  readonly item: Condition[];
}

interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

interface Placed {
  readonly id: string;
  readonly shared_on: string;
}

/**
 * Intelligence as a list, newest sharing first. Where to look is found on ids, levels and dates alone, by the
 * audience role; what is there is then read behind the row policies, which have the last word.
 */
export class IntelligenceFeedService {
  constructor(private readonly op: Operation) {}

  async list({ first, after }: PageArgs, filter: IntelligenceFilter): Promise<Connection<IntelligenceItem>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'intelligence', filter);
    const size = paging.size(first);
    const place = paging.after(after) as [string, string] | null;
    const conditions = await this.#conditionsOf(filter);
    const rows = conditions === null ? [] : await this.#read(conditions, filter, place, size + 1);
    return paging.page(rows, size, (row) => [row.shared_on, row.id], toItem);
  }

  /** All that a filter leaves and that may be handed out: what needs somebody's consent may not (rules 6). */
  async all(filter: IntelligenceFilter, most: number): Promise<IntelligenceItem[]> {
    const conditions = await this.#conditionsOf(filter);
    if (conditions === null) return [];
    conditions.sharing.push({ sql: 'not s.needs_consent', values: [] });
    return (await this.#read(conditions, filter, null, most)).map(toItem);
  }

  /** All that a filter leaves, up to so many. */
  async search(filter: IntelligenceFilter, most: number): Promise<IntelligenceItem[]> {
    const conditions = await this.#conditionsOf(filter);
    return conditions === null ? [] : (await this.#read(conditions, filter, null, most)).map(toItem);
  }

  /** Null where nothing can meet them. A provider that was merged is known by its old id, too. */
  async #conditionsOf(filter: IntelligenceFilter): Promise<Conditions | null> {
    const { providerId } = filter;
    if (!isGiven(providerId)) return conditionsOf(filter, null);
    const provider = isId(providerId) ? await this.op.get(ProviderLoader).provider.load(providerId) : null;
    return provider === null ? null : conditionsOf(filter, provider.id);
  }

  /** Looks on until the page is full: at once where only the sharing is asked about, in growing rounds where words are. */
  async #read(
    conditions: Conditions,
    filter: IntelligenceFilter,
    place: [string, string] | null,
    limit: number,
  ): Promise<ItemRow[]> {
    const found: ItemRow[] = [];
    let round = conditions.item.length === 0 ? limit : Math.max(limit, FIRST_ROUND);
    let from = place;
    for (;;) {
      const placed = await this.#find(conditions, filter, from, round);
      found.push(...(await this.#open(placed, conditions, limit - found.length)));
      const last = placed.at(-1);
      if (found.length === limit || last === undefined || placed.length < round) return found;
      from = [last.shared_on, last.id];
      round = Math.min(round * 4, MOST_PER_ROUND);
    }
  }

  #find(
    { sharing }: Conditions,
    filter: IntelligenceFilter,
    from: [string, string] | null,
    limit: number,
  ): Promise<Placed[]> {
    const beyond = from === null ? [] : [{ sql: '(s.shared_on, s.id) < (?::date, ?::uuid)', values: from }];
    const narrowed = [...sharing, ...beyond];
    const { sql, times } =
      filter.providerId || filter.homeId ? aboutOne(narrowed, limit) : visible(narrowed, filter, limit);
    const values = narrowed.flatMap((condition) => condition.values);
    return asAudience<Placed>(
      this.op.em,
      `${sql} order by shared_on desc, id desc limit ${limit}`,
      Array.from({ length: times }, () => values).flat(),
    );
  }

  #open(placed: readonly Placed[], { item }: Conditions, limit: number): Promise<ItemRow[]> {
    if (placed.length === 0) return Promise.resolve([]);
    const where = ['s.id = any(?::uuid[])', ...item.map((condition) => condition.sql)].join(' and ');
    return execute<ItemRow>(
      this.op.em,
      `select ${ITEM_COLUMNS} from sharing s join intelligence_item i on i.id = s.id where ${where}
       order by s.shared_on desc, s.id desc limit ?`,
      [array(placed.map(({ id }) => id)), ...item.flatMap((condition) => condition.values), limit],
    );
  }

  /** How many items on each provider and its homes the caller's tenant may see. */
  async counts(providerIds: readonly string[]): Promise<number[]> {
    const rows = await asAudience<{ provider_id: string; n: number }>(
      this.op.em,
      `select s.provider_id, count(*)::int as n from sharing s
       where ${FEED_OF_S} and s.provider_id = any(?::uuid[]) and ${audience('s', TENANT)} group by 1`,
      [array(providerIds)],
    );
    const counts = new Map(rows.map((row) => [row.provider_id, row.n]));
    return providerIds.map((id) => counts.get(id) ?? 0);
  }
}

const FEED_OF_S = FEED.replace('kind', 's.kind').replace('ended_at', 's.ended_at');

/** What stands about one provider or home is read off its own index; how much there is does not depend on the rest. */
const aboutOne = (narrowed: readonly Condition[], limit: number): { sql: string; times: number } => ({
  sql: `select id, shared_on::text from (${branch(audience('s', TENANT), narrowed, limit)}) found`,
  times: 1,
});

/**
 * The ways in which an item comes to be visible, each read off an index in the feed's order and no further than a
 * page: the time does not grow with the number of items.
 */
function visible(
  narrowed: readonly Condition[],
  { mine }: IntelligenceFilter,
  limit: number,
): { sql: string; times: number } {
  const own = branch(`s.owner_id = ${TENANT}`, narrowed, limit);
  const others = [
    // Without an agreement there is nothing to find, however far one looked.
    branch(`s.level = 'ALLIANCE' and ${AGREED} and exists (select from agreed)`, narrowed, limit),
    `select found.* from mine cross join lateral (
       ${branch(`s.provider_id = mine.provider_id and ${CONCERNED}`, narrowed, limit)}
     ) found where (select count(*) from mine) <= ${FEW_PROVIDERS}`,
    branch(
      `${CONCERNED} and s.provider_id in (select provider_id from mine) and (select count(*) from mine) > ${FEW_PROVIDERS}`,
      narrowed,
      limit,
    ),
    namedBranch(`n.organisation_id = ${TENANT}`, narrowed, limit),
    `select found.* from groups cross join lateral (${namedBranch('n.group_id = groups.id', narrowed, limit)}) found`,
    `select s.id, s.shared_on from sharing_grant g join sharing s on s.id = g.sharing_id
     where ${all([`g.organisation_id = ${TENANT} and g.ends_at > now()`, FEED_OF_S, audience('s', TENANT)], narrowed)}
     order by s.shared_on desc, s.id desc limit ${limit}`,
    `select s.id, s.shared_on from urgent_disclosure_recipient d join sharing s on s.id = d.sharing_id
     where ${all([`d.organisation_id = ${TENANT} and d.ended_at is null`, FEED_OF_S, audience('s', TENANT)], narrowed)}
     order by s.shared_on desc, s.id desc limit ${limit}`,
  ];
  const branches = mine === true ? [own] : mine === false ? others : [own, ...others];
  return {
    sql: `with mine as materialized (select distinct provider_id from borough_concerned where borough_id = ${TENANT}),
       agreed as materialized (
         select distinct owner_id from (${agreed(TENANT)}) a where kind = 'INTELLIGENCE'
       ),
       groups as materialized (
         select group_id as id from borough_group_member m
         where organisation_id = ${TENANT} and ${holdsToday('m.member_from', 'm.member_until')}
       )
       select id, shared_on::text from (${branches.map((one) => `(${one})`).join(' union ')}) found`,
    times: branches.length,
  };
}

const AGREED = `s.owner_id in (select owner_id from agreed) and ${consented('s', TENANT)}`;
const CONCERNED = `s.level = 'BOROUGHS_CONCERNED' and ${AGREED} and ${concerned('s', TENANT)}`;

const all = (where: readonly string[], narrowed: readonly Condition[]): string =>
  [...where, ...narrowed.map((condition) => condition.sql)].join(' and ');

const namedBranch = (names: string, narrowed: readonly Condition[], limit: number): string =>
  `select s.id, s.shared_on from sharing_named n join sharing s on s.id = n.sharing_id
   where ${all([names, 'n.owner_id = s.owner_id', FEED_OF_S, `s.level = 'NAMED'`, AGREED], narrowed)}
   order by n.shared_on desc, n.sharing_id desc limit ${limit}`;

const branch = (where: string, narrowed: readonly Condition[], limit: number): string =>
  `select s.id, s.shared_on from sharing s where ${all([FEED_OF_S, where], narrowed)}
   order by s.shared_on desc, s.id desc limit ${limit}`;

/** Each filter becomes its own condition, by name; the provider by its id of today. Null where nothing can meet them. */
function conditionsOf(filter: IntelligenceFilter, providerId: string | null): Conditions | null {
  const conditions: Conditions = { sharing: [], item: [] };
  const add = (where: Condition[], sql: string, ...values: unknown[]) => void where.push({ sql, values });
  if (isGiven(filter.homeId) && !isId(filter.homeId)) return null;
  if (providerId !== null) add(conditions.sharing, 's.provider_id = ?::uuid', providerId);
  if (isGiven(filter.homeId)) add(conditions.sharing, 's.home_id = ?::uuid', filter.homeId);
  if (typeof filter.mine === 'boolean') add(conditions.sharing, `s.owner_id ${filter.mine ? '=' : '<>'} ${TENANT}`);
  if (filter.category) add(conditions.item, 'i.category = any(?::text[])', array(filter.category));
  if (filter.observedFrom) add(conditions.item, 'i.observed_on >= ?::date', filter.observedFrom);
  if (filter.observedTo) add(conditions.item, 'i.observed_on <= ?::date', filter.observedTo);
  for (const word of searchWords(filter.search)) {
    add(conditions.item, 'i.summary ilike ?', `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`);
  }
  return conditions;
}

function searchWords(search: string | null | undefined): string[] {
  const text = (search ?? '').trim();
  if (text.length > LONGEST_SEARCH) throw badInput('filter.search', `Search for at most ${LONGEST_SEARCH} characters.`);
  return text === '' ? [] : text.split(/\s+/);
}
