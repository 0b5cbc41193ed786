import { TRAFFIC_LIGHTS, type FeedFilter, type FeedVariables } from './feed.ts';

const MINE = `(select nullif(current_setting('app.tenant', true), '')::uuid)`;
const ME = `(select nullif(current_setting('app.caller', true), '')::uuid)`;
const TODAY = `((now() at time zone 'Europe/London')::date)`;

/** Who asks: as the read log names them. */
export interface Reader {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
}

interface Branch {
  readonly from: string;
  /** The columns of an index in the feed's order. */
  readonly order?: readonly [string, string];
  /** For each row of which it is asked, named `m`. */
  readonly forEach?: string;
}

/** Without an agreement there is nothing to find, however far one looked. */
const AGREED = `exists (select from agreed_with_caller where kind = 'INTELLIGENCE')`;
const OTHERS = `s.owner_id <> ${MINE}`;
const NAMED = `s.level = 'NAMED' and ${OTHERS}`;
const NAMED_ORDER: readonly [string, string] = ['n.shared_on', 'n.sharing_id'];

const OWN: readonly Branch[] = [{ from: `sharing s where s.owner_id = ${MINE}` }];

/** Each is read off an index in the feed's order behind the row policies, which decide, and no further than a page. */
const OF_OTHERS: readonly Branch[] = [
  { from: `sharing s where s.level = 'ALLIANCE' and ${OTHERS} and ${AGREED}` },
  {
    from: `sharing s where s.level = 'BOROUGHS_CONCERNED' and ${OTHERS} and ${AGREED} and exists (select from concerning_caller)`,
  },
  {
    from: `sharing_named n join sharing s on s.id = n.sharing_id where n.organisation_id = ${MINE} and ${NAMED}`,
    order: NAMED_ORDER,
  },
  {
    from: `sharing_named n join sharing s on s.id = n.sharing_id where n.group_id = m.group_id and ${NAMED}`,
    order: NAMED_ORDER,
    forEach: `borough_group_member where organisation_id = ${MINE}`,
  },
  { from: 'granted_to_caller g join sharing s on s.id = g.sharing_id where true' },
  { from: 'disclosed_to_caller d join sharing s on s.id = d.sharing_id where true' },
];

/** About one provider or home: all that may be seen, and not what may only be known to exist. */
const ABOUT_ONE: readonly Branch[] = [
  { from: 'sharing s where exists (select from known_to_caller k where k.id = s.id offset 0)' },
];

/**
 * The whole answer in one statement, and what the law of the house asks of it: whoever is shown the summary of another
 * organisation's item is written into the read log before it leaves, once for each person, version and day. Nothing is
 * written where it is there already.
 */
export function feedStatement(
  { first, after, filter = {} }: FeedVariables,
  reader: Reader,
): { text: string; values: unknown[] } {
  const values: unknown[] = [reader.tenantId, reader.id, reader.name];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [`s.kind = 'INTELLIGENCE' and s.ended_at is null`, ...conditionsOf(filter, bind)];
  const place = after ? (JSON.parse(Buffer.from(after, 'base64').toString()) as [string, string]) : undefined;
  const [sharedOn, id] = place ? place.map(bind) : [];
  const branches = branchesOf(filter).map(({ from, order = ['s.shared_on', 's.id'], forEach }) => {
    const beyond = place ? [`(${order.join(', ')}) < (${sharedOn}::date, ${id}::uuid)`] : [];
    const branch = `select s.id, s.shared_on from ${[from, ...conditions, ...beyond].join(' and ')}
      order by ${order[0]} desc, ${order[1]} desc limit ${first + 1}`;
    if (forEach === undefined) return `(${branch})`;
    return `(select found.* from (select * from ${forEach}) m cross join lateral (${branch}) found)`;
  });
  const text = `
    with page as materialized (
      select distinct shared_on, id from (${branches.join(' union all ')}) branch
      order by shared_on desc, id desc limit ${first + 1}
    ), shown as materialized (
      select row_number() over (order by s.shared_on desc, s.id desc) as n, s.id, s.owner_id, s.provider_id, s.home_id, s.level,
        s.shared_on, s.anonymous, i.version, i.summary, i.category, i.observed_on
      from sharing s join intelligence_item i on i.id = s.id
      where s.id = any(array(select id from page)) order by s.shared_on desc, s.id desc limit ${first}
    ), logged as (
      insert into read_log_entry
        (id, owner_id, item_id, item_version, provider_id, kind, reader_tenant_id, reader_id, reader_name)
      select gen_random_uuid(), x.owner_id, x.id, x.version, x.provider_id, 'SUMMARY', $1::uuid, $2::uuid, $3
      from shown x where x.summary is not null and x.owner_id <> ${MINE} and not exists (
        select from read_log_entry r where r.kind = 'SUMMARY' and r.reader_id = ${ME} and r.item_id = x.id
          and r.item_version = x.version and r.read_on = ${TODAY})
      on conflict (reader_id, item_id, item_version, read_on) where kind = 'SUMMARY' do nothing
    )
    select json_build_object('data', json_build_object('intelligence', json_build_object(
      'pageInfo', json_build_object(
        'hasNextPage', (select count(*) > ${first} from page),
        'endCursor', (select translate(encode(convert_to(json_build_array(shared_on, id)::text, 'UTF8'), 'base64'), E'\\n', '')
          from shown order by n desc limit 1)),
      'nodes', (select coalesce(json_agg(json_build_object(
        'id', x.id, 'version', x.version, 'summary', x.summary, 'category', x.category, 'observedOn', x.observed_on,
        'sharedOn', x.shared_on, 'sharing', x.level, 'tlp', ${TLP},
        'provider', json_build_object('id', p.id, 'name', p.name),
        'home', case when h.id is not null then json_build_object('id', h.id, 'name', h.name) end,
        'borough', case when x.owner_id = ${MINE} or not x.anonymous then json_build_object('id', o.id, 'name', o.name) end
      ) order by x.n), '[]')
        from shown x join provider p on p.id = x.provider_id left join home h on h.id = x.home_id
        join organisation o on o.id = x.owner_id)
    )))::text as answer`;
  return { text, values };
}

function branchesOf({ mine, providerId, homeId }: FeedFilter): readonly Branch[] {
  if (providerId !== undefined || homeId !== undefined) return ABOUT_ONE;
  if (mine !== undefined) return mine ? OWN : OF_OTHERS;
  return [...OWN, ...OF_OTHERS];
}

const TLP = `case x.level ${Object.entries(TRAFFIC_LIGHTS)
  .map(([level, light]) => `when '${level}' then '${light}'`)
  .join(' ')} end`;

function conditionsOf(filter: FeedFilter, bind: (value: unknown) => string): string[] {
  const conditions: string[] = [];
  if (filter.providerId !== undefined) conditions.push(`s.provider_id = ${bind(filter.providerId)}::uuid`);
  if (filter.homeId !== undefined) conditions.push(`s.home_id = ${bind(filter.homeId)}::uuid`);
  if (filter.mine !== undefined) conditions.push(`s.owner_id ${filter.mine ? '=' : '<>'} ${MINE}`);
  const ofItem: string[] = [];
  if (filter.category !== undefined) ofItem.push(`i.category = any(${bind(filter.category)}::text[])`);
  if (filter.observedFrom !== undefined) ofItem.push(`i.observed_on >= ${bind(filter.observedFrom)}::date`);
  if (filter.observedTo !== undefined) ofItem.push(`i.observed_on <= ${bind(filter.observedTo)}::date`);
  for (const word of filter.search?.trim().split(/\s+/) ?? [])
    ofItem.push(`i.summary ilike ${bind(`%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)}`);
  // Asked of one row at a time.
  if (ofItem.length > 0)
    conditions.push(`exists (select from intelligence_item i where i.id = s.id and ${ofItem.join(' and ')} offset 0)`);
  return conditions;
}
