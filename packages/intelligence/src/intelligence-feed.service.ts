import { audience, DirectoryService, Paging, type Connection, type Operation, type PageArgs } from '@accord/access';
import { badInput, isId } from '@accord/kernel';
import { array, asAudience, execute, TENANT } from '@accord/persistence';
import { ProviderLoader } from '@accord/providers';
import type { IntelligenceFilter } from './intelligence.inputs.js';
import { FEED_COLUMNS, toItem, type ItemRow } from './intelligence.disclosure.js';
import {
  aboutOne,
  FEED_OF_S,
  visible,
  type Condition,
  type Place,
  type Placed,
} from './intelligence-feed.statement.js';
import { isGiven } from './intelligence-text.js';
import type { IntelligenceItem } from './intelligence.type.js';

const LONGEST_SEARCH = 100;

/** How many items are looked through for words at first; each further round looks through four times as many. */
const FIRST_ROUND = 500;
const MOST_PER_ROUND = 8000;

/** Conditions on `sharing s` and on `intelligence_item i`, with their values. */
interface Conditions {
  readonly sharing: Condition[];
  readonly item: Condition[];
}

/** What is wanted of each item, so that it is asked for together with the items and not after them. */
export interface WantedOfItems {
  readonly provider: boolean;
  readonly home: boolean;
  readonly borough: boolean;
}

const ITEMS_ALONE: WantedOfItems = { provider: false, home: false, borough: false };

/**
 * Intelligence as a list, newest sharing first. Where to look is found on ids, levels and dates alone, by the
 * audience role; what is there is then read behind the row policies, which have the last word.
 */
export class IntelligenceFeedService {
  constructor(private readonly op: Operation) {}

  async list(
    { first, after }: PageArgs,
    filter: IntelligenceFilter,
    wanted: WantedOfItems = ITEMS_ALONE,
  ): Promise<Connection<IntelligenceItem>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'intelligence', filter);
    const size = paging.size(first);
    const place = paging.after(after) as Place | null;
    const conditions = await this.#conditionsOf(filter);
    const rows = conditions === null ? [] : await this.#read(conditions, filter, place, size + 1, wanted);
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
    place: Place | null,
    limit: number,
    wanted = ITEMS_ALONE,
  ): Promise<ItemRow[]> {
    const found: ItemRow[] = [];
    const isAtOnce = conditions.item.length === 0;
    let round = isAtOnce ? limit : Math.max(limit, FIRST_ROUND);
    let from = place;
    for (;;) {
      const placed = await this.#find(conditions, filter, from, round);
      if (isAtOnce) this.#askFor(wanted, placed);
      found.push(...(await this.#open(placed, conditions, limit - found.length)));
      const last = placed.at(-1);
      if (found.length === limit || last === undefined || placed.length < round) return found;
      from = [last.shared_on, last.id];
      round = Math.min(round * 4, MOST_PER_ROUND);
    }
  }

  #find(
    { sharing: narrowed }: Conditions,
    filter: IntelligenceFilter,
    from: Place | null,
    limit: number,
  ): Promise<Placed[]> {
    const looking = { narrowed, from, limit };
    const isAboutOne = isGiven(filter.providerId) || isGiven(filter.homeId);
    const { sql, values } = isAboutOne ? aboutOne(looking) : visible(looking, filter.mine ?? undefined);
    return asAudience<Placed>(this.op.em, sql, values);
  }

  /**
   * Has the loaders ask for what the items name. It travels with the question for the items; whoever then asks for one
   * of them is answered from here. Providers, homes and organisations have row policies of their own.
   */
  #askFor({ provider, home, borough }: WantedOfItems, placed: readonly Placed[]): void {
    if (placed.length === 0) return;
    const providers = provider ? placed.map((item) => item.provider_id) : [];
    const homes = home ? placed.flatMap((item) => item.home_id ?? []) : [];
    this.op.get(ProviderLoader).askFor(providers, homes);
    if (borough) this.op.get(DirectoryService).askFor(placed.map((item) => item.owner_id));
  }

  #open(placed: readonly Placed[], { item }: Conditions, limit: number): Promise<ItemRow[]> {
    if (placed.length === 0) return Promise.resolve([]);
    const where = ['s.id = any(?::uuid[])', ...item.map((condition) => condition.sql)].join(' and ');
    return execute<ItemRow>(
      this.op.em,
      `select ${FEED_COLUMNS} from sharing s join intelligence_item i on i.id = s.id where ${where}
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
