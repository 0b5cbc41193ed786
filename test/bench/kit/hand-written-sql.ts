/** The variables of the contract's `ProviderList`. */
export interface ListVariables {
  readonly first: number;
  readonly after?: string | null;
  readonly filter?: ListFilter;
  readonly orderBy?: { readonly field: keyof typeof ORDER; readonly direction: 'ASC' | 'DESC' };
}

export interface ListFilter {
  readonly search?: string;
  readonly accreditationStatus?: readonly string[];
  readonly placementType?: readonly string[];
  readonly hostBoroughGss?: readonly string[];
  readonly registrationStatus?: readonly string[];
  readonly hasOpenFlag?: boolean;
  readonly usedByMyBorough?: boolean;
}

const ORDER = {
  NAME: 'lower(p.name)',
  UPDATED_AT: 'p.updated_at',
  OPEN_FLAG_COUNT: 'coalesce(f.n, 0)',
  REVIEW_DUE: `coalesce(a.review_due, '9999-12-31')::text`,
} as const;

/** As PostgreSQL compares the value that a cursor holds. */
const ORDER_TYPE = { NAME: 'text', UPDATED_AT: 'timestamptz', OPEN_FLAG_COUNT: 'int', REVIEW_DUE: 'text' } as const;

const FLAGS = `select provider_id, count(*)::int as n from sharing where kind = 'FLAG' and ended_at is null group by 1`;
const FLAGS_OF = `select count(*)::int from sharing s where s.kind = 'FLAG' and s.ended_at is null and s.provider_id = page.id`;
const MINE = `(select nullif(current_setting('app.tenant', true), '')::uuid)`;

/**
 * The whole answer in one statement, as somebody writes it who has only this list to write: what matches is
 * worked out once where there is a filter, counted and cut to a page, and flags are counted for the page
 * alone unless the list is ordered or narrowed by them.
 */
export function listStatement({ first, after, filter = {}, orderBy }: ListVariables): {
  text: string;
  values: unknown[];
} {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const field = orderBy?.field ?? 'NAME';
  const [direction, beyond] = orderBy?.direction === 'DESC' ? ['desc', '<'] : ['asc', '>'];
  const conditions = conditionsOf(filter, bind);
  const withFlags = field === 'OPEN_FLAG_COUNT' || filter.hasOpenFlag !== undefined;

  const joins = [
    withFlags ? `left join (${FLAGS}) f on f.provider_id = p.id` : '',
    field === 'REVIEW_DUE' ? 'left join accreditation_standing a on a.provider_id = p.id' : '',
    filter.search ? 'join provider_search w on w.provider_id = p.id' : '',
  ].join(' ');
  const matched = `select p.id, p.name, ${ORDER[field]} as value${withFlags ? ', coalesce(f.n, 0) as flags' : ''}
    from provider p ${joins} where ${conditions.join(' and ') || 'true'}`;
  // Without a filter the index on the names gives the page, and nothing else need be looked at.
  const isWhole = conditions.length === 0 && !withFlags;
  const place = after ? (JSON.parse(Buffer.from(after, 'base64').toString()) as [unknown, string]) : undefined;
  const from = place
    ? `where (${isWhole ? ORDER[field] : 'value'}, ${isWhole ? 'p.id' : 'id'}) ${beyond} (${bind(place[0])}::${ORDER_TYPE[field]}, ${bind(place[1])}::uuid)`
    : '';
  const page = isWhole
    ? `select p.id, p.name, ${ORDER[field]} as value from provider p ${joins} ${from}
       order by ${ORDER[field]} ${direction}, p.id ${direction} limit ${first + 1}`
    : `select * from matched ${from} order by value ${direction}, id ${direction} limit ${first + 1}`;
  const text = `
    with ${isWhole ? '' : `matched as materialized (${matched}),`}
    page as materialized (${page}),
    edge as (
      select row_number() over (order by value ${direction}, id ${direction}) as n, id, name,
        translate(encode(convert_to(json_build_array(value, id)::text, 'UTF8'), 'base64'), E'\\n', '') as cursor,
        ${withFlags ? 'flags' : `(${FLAGS_OF})`} as flags
      from page order by value ${direction}, id ${direction} limit ${first}
    )
    select json_build_object('data', json_build_object('providers', json_build_object(
      'totalCount', (select count(*) from ${isWhole ? 'provider' : 'matched'}),
      'pageInfo', json_build_object(
        'hasNextPage', (select count(*) > ${first} from page),
        'endCursor', (select cursor from edge order by n desc limit 1)),
      'edges', (select coalesce(json_agg(json_build_object(
        'cursor', cursor,
        'node', json_build_object('id', id, 'name', name, 'openFlagCount', flags)) order by n), '[]') from edge)
    )))::text as answer`;
  return { text, values };
}

function conditionsOf(filter: ListFilter, bind: (value: unknown) => string): string[] {
  const conditions: string[] = [];
  for (const word of filter.search?.trim().toLowerCase().split(/\s+/) ?? []) {
    const somewhere = bind(`%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`);
    const nowhere = `not exists (select from provider_search x where x.words like ${somewhere})`;
    conditions.push(`(w.words like ${somewhere} or (${nowhere} and ${bind(word)} <% w.words))`);
  }
  const any = (list: readonly string[]) => `any(${bind(list)}::text[])`;
  if (filter.accreditationStatus) {
    const status = any(filter.accreditationStatus);
    conditions.push(
      `exists (select from accreditation_standing x where x.provider_id = p.id and x.status = ${status})`,
    );
  }
  if (filter.placementType) {
    const types = `${bind(filter.placementType)}::text[]`;
    conditions.push(`exists (select from home h where h.provider_id = p.id and h.placement_types && ${types})`);
  }
  if (filter.hostBoroughGss) {
    const codes = any(filter.hostBoroughGss);
    conditions.push(`exists (select from home h join organisation o on o.id = h.host_borough_id
      where h.provider_id = p.id and o.gss_code = ${codes})`);
  }
  if (filter.registrationStatus) {
    const status = any(filter.registrationStatus);
    conditions.push(`exists (select from registration r where r.provider_id = p.id and r.status = ${status})`);
  }
  if (filter.hasOpenFlag !== undefined) conditions.push(filter.hasOpenFlag ? 'f.n > 0' : 'f.n is null');
  if (filter.usedByMyBorough !== undefined) {
    conditions.push(`${filter.usedByMyBorough ? '' : 'not '}exists (
      select from placement_number n where n.borough_id = ${MINE} and n.provider_id = p.id and n.places_there)`);
  }
  return conditions;
}
