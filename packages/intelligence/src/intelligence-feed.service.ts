import { AGREEMENTS, FEED, Paging, type Connection, type Operation, type PageArgs, type Place } from '@accord/access';
import { badInput, isId } from '@accord/kernel';
import { execute, TENANT } from '@accord/persistence';
import type { IntelligenceFilter } from './intelligence.inputs.js';
import { ITEM_COLUMNS, toItem, type ItemRow } from './intelligence.disclosure.js';
import type { IntelligenceItem } from './intelligence.type.js';

const LONGEST_SEARCH = 100;

/** So few providers are looked at one by one; of more, some item is always near the head of the feed. */
const FEW_PROVIDERS = 16;

/** A condition on `sharing s` or on `intelligence_item i`, with its values. */
interface Conditions {
  readonly sharing: string[];
  readonly item: string[];
  readonly values: unknown[];
}

/** Intelligence as a list, newest sharing first. */
export class IntelligenceFeedService {
  constructor(private readonly op: Operation) {}

  async list({ first, after }: PageArgs, filter: IntelligenceFilter): Promise<Connection<IntelligenceItem>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'intelligence', filter);
    const size = paging.size(first);
    const place = paging.after(after);
    const conditions = conditionsOf(filter, place);
    const rows = conditions === null ? [] : await this.#read(conditions, filter, size + 1);
    return paging.page(rows, size, (row) => [row.shared_on, row.id], toItem);
  }

  #read(conditions: Conditions, filter: IntelligenceFilter, limit: number): Promise<ItemRow[]> {
    const { sql, times } =
      filter.providerId || filter.homeId ? aboutOne(conditions, limit) : visible(conditions, filter, limit);
    const values = Array.from({ length: times }, () => conditions.values).flat();
    return execute<ItemRow>(
      this.op.em,
      `with found as (${sql})
       select ${ITEM_COLUMNS} from found f join sharing s on s.id = f.id join intelligence_item i on i.id = f.id
       order by f.shared_on desc, f.id desc limit ${limit}`,
      values,
    );
  }

  /** How many items on each provider and its homes the caller's tenant may see. */
  async counts(providerIds: readonly string[]): Promise<number[]> {
    const rows = await execute<{ provider_id: string; n: number }>(
      this.op.em,
      `select s.provider_id, count(*)::int as n from sharing s join intelligence_item i on i.id = s.id
       where ${FEED_OF('s')} and s.provider_id = any(?::uuid[]) group by 1`,
      [`{${providerIds.join(',')}}`],
    );
    const counts = new Map(rows.map((row) => [row.provider_id, row.n]));
    return providerIds.map((id) => counts.get(id) ?? 0);
  }
}

const FEED_OF = (s: string): string => FEED.replace('kind', `${s}.kind`).replace('ended_at', `${s}.ended_at`);

const ORDER = 'order by s.shared_on desc, s.id desc';

/** What stands about one provider is read off its own index; how much there is does not depend on the rest. */
function aboutOne(conditions: Conditions, limit: number): { sql: string; times: number } {
  return { sql: branch('', '', conditions, limit), times: 1 };
}

/**
 * The ways in which an item comes to be visible, each read off an index in the feed's order and no further than a
 * page: the time does not grow with the number of items. What they find is narrowed once more by the row policies;
 * they only say where to look, and the policies who may know.
 */
function visible(conditions: Conditions, { mine }: IntelligenceFilter, limit: number): { sql: string; times: number } {
  const own = branch('', `s.owner_id = ${TENANT}`, conditions, limit);
  const others = [
    branch('', `s.level = 'ALLIANCE' and ${AGREED} and ${SOMEBODY_AGREED}`, conditions, limit),
    concernedOneByOne(conditions, limit),
    branch(
      '',
      `s.level = 'BOROUGHS_CONCERNED' and ${AGREED}
         and s.provider_id = any((select array_agg(provider_id) from mine)::uuid[]) and (select count(*) from mine) > ${FEW_PROVIDERS}`,
      conditions,
      limit,
    ),
    namedBranch(`n.organisation_id = ${TENANT}`, conditions, limit),
    `select found.* from groups cross join lateral (${namedBranch('n.group_id = groups.id', conditions, limit)}) found`,
    branch(
      'join sharing_grant g on g.sharing_id = s.id',
      `g.organisation_id = ${TENANT} and g.revoked_at is null and now() between g.starts_at and g.ends_at`,
      conditions,
      limit,
    ),
  ];
  const branches = mine === true ? [own] : mine === false ? others : [own, ...others];
  return {
    sql: `with mine as materialized (select distinct provider_id from borough_concerned where borough_id = ${TENANT}),
       agreed as materialized (select distinct organisation_id from (${AGREEMENTS(TENANT)}) a where class = 'INTELLIGENCE'),
       groups as materialized (select group_id as id from borough_group_member where organisation_id = ${TENANT})
       ${branches.map((one) => `(${one})`).join(' union ')}`,
    times: branches.length,
  };
}

const AGREED = `s.owner_id in (select organisation_id from agreed)`;
/** Without an agreement there is nothing to find, however far one looks. */
const SOMEBODY_AGREED = 'exists (select from agreed)';

function concernedOneByOne(conditions: Conditions, limit: number): string {
  const one = branch('', `s.level = 'BOROUGHS_CONCERNED' and s.provider_id = mine.provider_id`, conditions, limit);
  return `select found.* from mine cross join lateral (${one}) found where (select count(*) from mine) <= ${FEW_PROVIDERS}`;
}

const namedBranch = (names: string, { sharing, item }: Conditions, limit: number): string =>
  `select s.id, s.shared_on from sharing_named n join sharing s on s.id = n.sharing_id ${joinItem(item)}
   where ${[names, FEED_OF('s'), `s.level = 'NAMED'`, AGREED, ...sharing, ...item].join(' and ')}
   order by n.shared_on desc, n.sharing_id desc limit ${limit}`;

const branch = (join: string, where: string, { sharing, item }: Conditions, limit: number): string =>
  `select s.id, s.shared_on from sharing s ${join} ${joinItem(item)}
   where ${[FEED_OF('s'), where, ...sharing, ...item].filter((condition) => condition !== '').join(' and ')}
   ${ORDER} limit ${limit}`;

const joinItem = (item: readonly string[]): string =>
  item.length === 0 ? '' : 'join intelligence_item i on i.id = s.id';

/** Each filter becomes its own condition, by name. Null where nothing can meet them. */
function conditionsOf(filter: IntelligenceFilter, place: Place | null): Conditions | null {
  const conditions: Conditions = { sharing: [], item: [], values: [] };
  const add = (where: string[], sql: string, ...values: unknown[]) => {
    where.push(sql);
    conditions.values.push(...values);
  };
  for (const [column, id] of [
    ['provider_id', filter.providerId],
    ['home_id', filter.homeId],
  ] as const) {
    if (id === null || id === undefined) continue;
    if (!isId(id)) return null;
    add(conditions.sharing, `s.${column} = ?::uuid`, id);
  }
  if (typeof filter.mine === 'boolean') conditions.sharing.push(`s.owner_id ${filter.mine ? '=' : '<>'} ${TENANT}`);
  if (place !== null) add(conditions.sharing, '(s.shared_on, s.id) < (?::date, ?::uuid)', ...place);
  if (filter.category) add(conditions.item, 'i.category = any(?::text[])', `{${filter.category.join(',')}}`);
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
