import { badInput } from '@accord/kernel';
import {
  callerMay,
  credentialMay,
  Paging,
  refusal,
  selects,
  selectsOfEach,
  type Connection,
  type FieldInfo,
  type Operation,
  type PageArgs,
  type Place,
} from '@accord/access';
import { OrderDirection, ProviderOrderField, type ProviderFilter, type ProviderOrder } from './provider.inputs.js';
import { Provider } from './provider.entity.js';
import { statusesMeant } from './vocabulary.js';
import { array, columnsOf, execute, plain, TENANT, type Select } from '@accord/persistence';

/** What of the list's answer the client asked for, so that nothing else is counted. */
export interface Wanted {
  readonly totalCount: boolean;
  readonly openFlagCount: boolean;
}

export const wantedOf = (info: FieldInfo): Wanted => ({
  totalCount: selects(info, ['totalCount']),
  openFlagCount: selectsOfEach(info, 'openFlagCount'),
});

export interface ProviderPage extends Connection<Provider> {
  readonly totalCount: number | null;
}

/** Open flags of a provider that the caller's tenant may know of: `sharing` is behind the audience's own policy. */
const OPEN_FLAGS = `(select count(*)::int from sharing s where s.kind = 'FLAG' and s.provider_id = p.id and s.ended_at is null)`;

/**
 * The same of all providers that have one, for a list that is ordered by it, or narrowed by it and counted: each flag is
 * looked at once. A page that is not counted is found sooner by asking of one provider after the other.
 */
const ALL_OPEN_FLAGS = `left join (
    select s.provider_id, count(*)::int as n from sharing s where s.kind = 'FLAG' and s.ended_at is null group by 1
  ) flags on flags.provider_id = p.id`;

/** What a list is ordered by, and the type of it that a cursor's text is read as. */
interface Ordering {
  readonly value: string;
  readonly type: string;
}

const ORDER_SQL: Record<ProviderOrderField, (direction: OrderDirection) => Ordering> = {
  NAME: () => ({ value: 'lower(p.name)', type: 'text' }),
  UPDATED_AT: () => ({ value: 'p.updated_at', type: 'timestamptz' }),
  OPEN_FLAG_COUNT: () => ({ value: 'coalesce(flags.n, 0)', type: 'int' }),
  // Those without a review come last, whichever way: nothing is due.
  REVIEW_DUE: (direction) => ({
    value: `coalesce(a.review_due, '${direction === OrderDirection.ASC ? '9999-12-31' : '0001-01-01'}')`,
    type: 'date',
  }),
};

const LONGEST_SEARCH = 100;

interface Row {
  id: string;
  /** As text: a JavaScript date has only milliseconds, and a cursor must not lose any microseconds. */
  order_value: string;
  open_flag_count?: number;
  total_count?: string;
}

/** The register as a list: searched, narrowed, ordered and paged in one statement. */
export class ProviderListService {
  /** A page that has been asked for, and what its statement gives. */
  #asked: { readonly select: Select; readonly rows: Promise<Row[]> } | undefined;

  constructor(private readonly op: Operation) {}

  /** Asks for a page at once, as the credential may turn out to allow it; `list` takes it if that is what it would ask. */
  askAhead(page: PageArgs, filter: ProviderFilter, order: ProviderOrder | undefined, wanted: Wanted): void {
    const { credential, em } = this.op;
    const maySeeFlags = credential !== undefined && credentialMay(credential, 'flag:read');
    if (!credential || (asksForFlags(filter, order) && !maySeeFlags)) return;
    try {
      const { select } = this.#page(credential.tenantId, page, filter, order, wanted, maySeeFlags);
      const rows = execute<Row>(em, select.sql, select.values);
      // Nobody waits for it where the rights do not hold.
      rows.catch(() => undefined);
      this.#asked = { select, rows };
    } catch {
      // Whoever resolves the list says what is wrong with it.
    }
  }

  async list(
    page: PageArgs,
    filter: ProviderFilter,
    order: ProviderOrder | undefined,
    wanted: Wanted,
  ): Promise<ProviderPage> {
    const caller = await this.op.caller();
    const maySeeFlags = callerMay(caller, 'flag:read');
    // Whoever may not see flags may not learn of them by narrowing or ordering either.
    if (asksForFlags(filter, order) && !maySeeFlags) throw refusal('flag:read');
    const { select, paging, size, isFirst } = this.#page(caller.tenantId, page, filter, order, wanted, maySeeFlags);
    const asked = this.#asked;
    const rows = await (asked && isSame(asked.select, select)
      ? asked.rows
      : execute<Row>(this.op.em, select.sql, select.values));
    // Past the last page there is no row to carry the count.
    const counted = rows[0]?.total_count ?? (wanted.totalCount && isFirst ? '0' : undefined);
    const totalCount = counted ?? (wanted.totalCount ? await this.#count(filter) : null);
    const shown = paging.page(
      rows,
      size,
      (row) => [row.order_value, row.id],
      (row) => this.#provider(row),
    );
    return { ...shown, totalCount: totalCount === null ? null : Number(totalCount) };
  }

  /** How a page is asked for. @throws AccordError `BAD_USER_INPUT` where it cannot be. */
  #page(
    tenantId: string,
    { first, after }: PageArgs,
    filter: ProviderFilter,
    order: ProviderOrder = { field: ProviderOrderField.NAME, direction: OrderDirection.ASC },
    wanted: Wanted,
    maySeeFlags: boolean,
  ): { select: Select; paging: Paging; size: number; isFirst: boolean } {
    const paging = new Paging(this.op, tenantId, 'providers', { filter, order });
    const size = paging.size(first);
    const place = paging.after(after);
    const seen = { ...wanted, openFlagCount: wanted.openFlagCount && maySeeFlags };
    const select = statement(columnsOf(this.op.em, Provider, 'p'), filter, order, place, size, seen);
    return { select, paging, size, isFirst: place === null };
  }

  #provider(row: Row): Provider {
    const provider = plain(this.op.em, Provider, row);
    if (row.open_flag_count !== undefined) knownCounts.set(provider, row.open_flag_count);
    return provider;
  }

  async #count(filter: ProviderFilter): Promise<string> {
    const { where, joins, values } = conditions(filter);
    const [row] = await execute<{ n: string }>(
      this.op.em,
      `select count(*) as n from provider p ${joins} where ${where}`,
      values,
    );
    return row?.n ?? '0';
  }

  /** How many open flags of these providers the caller's tenant may know of. */
  async openFlagCounts(ids: readonly string[]): Promise<number[]> {
    const rows = await execute<{ provider_id: string; n: number }>(
      this.op.em,
      `select s.provider_id, count(*)::int as n from sharing s
       where s.kind = 'FLAG' and s.ended_at is null and s.provider_id = any(?::uuid[]) group by 1`,
      [array(ids)],
    );
    const counts = new Map(rows.map((row) => [row.provider_id, row.n]));
    return ids.map((id) => counts.get(id) ?? 0);
  }
}

/** Counts that the list's own statement has brought along, by the provider of this operation. */
export const knownCounts = new WeakMap<Provider, number>();

const isByFlags = (order: ProviderOrder | undefined): boolean => order?.field === ProviderOrderField.OPEN_FLAG_COUNT;

const asksForFlags = (filter: ProviderFilter, order: ProviderOrder | undefined): boolean =>
  isByFlags(order) || typeof filter.hasOpenFlag === 'boolean';

const isSame = (one: Select, other: Select): boolean =>
  one.sql === other.sql && one.values.every((value, index) => value === other.values[index]);

function statement(
  provider: string,
  filter: ProviderFilter,
  order: ProviderOrder,
  place: Place | null,
  size: number,
  wanted: Wanted,
): Select {
  const { where, joins, values } = conditions(filter, order, wanted.totalCount);
  const { value, type } = ORDER_SQL[order.field](order.direction);
  const direction = order.direction === OrderDirection.DESC ? 'desc' : 'asc';
  const beyond = place === null ? EVERYTHING : `(value, id) ${direction === 'desc' ? '<' : '>'} (?::${type}, ?::uuid)`;
  const columns = [provider, 'value::text as order_value'];
  if (wanted.openFlagCount) columns.push(`${OPEN_FLAGS} as open_flag_count`);
  if (wanted.totalCount) columns.push('(select count(*) from matched) as total_count');
  // What is counted anyway is found once, for the count and for the page; else the page alone is found, along its index.
  const isFoundOnce = wanted.totalCount && where !== EVERYTHING;
  const page = `(select * from matched where ${beyond} order by value ${direction}, id ${direction} limit ?)`;
  const sql = `with matched as ${isFoundOnce ? '' : 'not '}materialized (
      select ${isFoundOnce ? 'p.id' : provider}, ${value} as value from provider p ${joins} where ${where}
    )
    select ${columns.join(', ')} from ${isFoundOnce ? `${page} page join provider p on p.id = page.id` : `${page} p`}
    order by value ${direction}, p.id ${direction}`;
  return { sql, values: [...values, ...(place ?? []), size + 1] };
}

const EVERYTHING = 'true';

/** Each filter becomes its own condition, by name: nothing a client sends reaches the statement as it is. */
function conditions(
  filter: ProviderFilter,
  order?: ProviderOrder,
  isCounted = true,
): { where: string; joins: string; values: unknown[] } {
  const where: string[] = [];
  const values: unknown[] = [];
  const add = (sql: string, ...bound: unknown[]) => {
    where.push(sql);
    values.push(...bound);
  };
  const joins: string[] = [];
  const looksAtAllFlags = isByFlags(order) || (isCounted && typeof filter.hasOpenFlag === 'boolean');
  if (looksAtAllFlags) joins.push(ALL_OPEN_FLAGS);
  if (order?.field === ProviderOrderField.REVIEW_DUE)
    joins.push('left join accreditation_standing a on a.provider_id = p.id');
  const words = searchWords(filter.search);
  if (words.length > 0) joins.push('join provider_search s on s.provider_id = p.id');
  for (const word of words) {
    const somewhere = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
    // As it stands somewhere; only where it stands nowhere, nearly so: a similarity forgives a slip of the pen.
    add(
      `(s.words like ? or (not exists (select from provider_search x where x.words like ?) and ? <% s.words))`,
      somewhere,
      somewhere,
      word,
    );
  }
  if (filter.accreditationStatus) {
    add(
      'exists (select from accreditation_standing x where x.provider_id = p.id and x.status = any(?::text[]))',
      array(filter.accreditationStatus),
    );
  }
  if (filter.placementType) {
    add(
      'exists (select from home h where h.provider_id = p.id and h.placement_types && ?::text[])',
      array(filter.placementType),
    );
  }
  if (filter.hostBoroughGss) {
    const codes = filter.hostBoroughGss.filter((code) => /^[ENSW]\d{8}$/.test(code));
    if (codes.length < filter.hostBoroughGss.length) {
      throw badInput('filter.hostBoroughGss', 'A GSS code is a letter and eight digits, such as E09000005.');
    }
    add(
      `exists (select from home h join organisation o on o.id = h.host_borough_id
               where h.provider_id = p.id and o.gss_code = any(?::text[]))`,
      array(codes),
    );
  }
  if (filter.registrationStatus) {
    add(
      'exists (select from registration r where r.provider_id = p.id and r.status = any(?::text[]))',
      array(statusesMeant(filter.registrationStatus)),
    );
  }
  if (typeof filter.hasOpenFlag === 'boolean')
    add(`${filter.hasOpenFlag ? '' : 'not '}${looksAtAllFlags ? '(flags.n is not null)' : `(${OPEN_FLAGS} > 0)`}`);
  if (typeof filter.usedByMyBorough === 'boolean') {
    add(
      `${filter.usedByMyBorough ? '' : 'not '}exists (
         select from placement_number n where n.borough_id = ${TENANT} and n.provider_id = p.id and n.places_there)`,
    );
  }
  return { where: where.join(' and ') || EVERYTHING, joins: joins.join(' '), values };
}

function searchWords(search: string | null | undefined): string[] {
  const text = (search ?? '').trim().toLowerCase();
  if (text.length > LONGEST_SEARCH) throw badInput('filter.search', `Search for at most ${LONGEST_SEARCH} characters.`);
  return text === '' ? [] : text.split(/\s+/);
}
