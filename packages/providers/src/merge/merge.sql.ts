import { audience, existence, type Follows, type MergePart, type RowsOfProvider } from '@accord/access';
import { ROLE, TODAY } from '@accord/persistence';

type Table = readonly [name: string, rows: RowsOfProvider];

/**
 * The two functions by which rows change their provider, made from what the features declare and printed by
 * `pnpm generate`. They have the rights of the tables' owner, since boroughs' rows move of which the alliance
 * may not read one: they take the id of a merge that the alliance wrote down, move ids, and return nothing
 * (infra/decisions/0011-merge.md).
 */
export function mergeSql(parts: readonly MergePart[]): string {
  const tables = inOrder(parts.flatMap((part) => Object.entries(part.rows)));
  const tells = Object.assign({}, ...parts.map((part) => part.tells ?? {})) as Record<string, string>;
  return `${merging(tables, tells)}\n\n${undoing(tables)}\n\n${RIGHTS}`;
}

/** What is followed comes before what follows it. */
function inOrder(tables: readonly Table[]): Table[] {
  const rowsOf = new Map(tables);
  const depth = (name: string): number => {
    const rows = rowsOf.get(name);
    if (rows === undefined) throw new Error(`A row follows ${name}, which no feature moves.`);
    const follows = 'follows' in rows ? (rows.follows ?? []) : [];
    return Math.max(0, ...follows.map(({ table }) => depth(table) + 1));
  };
  return tables.toSorted(([one], [other]) => depth(one) - depth(other));
}

const NAMES = { merge: 'merge_provider(uuid)', undo: 'unmerge_provider(uuid)' };

/** A function is everybody's to call until that is taken back. */
const RIGHTS = Object.values(NAMES)
  .map((name) => `revoke all on function ${name} from public;\ngrant execute on function ${name} to ${ROLE.gateway};`)
  .join('\n');

const DEFINED = `returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$`;

const DECLARED = `declare
  m provider_merge;
  known_things uuid[];
  known_tenants uuid[];
  known_in_full boolean[];
begin
  if not tenant_is_alliance() then
    raise exception 'only the alliance merges providers' using errcode = 'insufficient_privilege';
  end if;`;

/** Who knows of what is shared about the two, all tenants at once: the audience itself. */
const KNOWING = `select s.id as thing, o.id as tenant, ${audience('s', 'o.id')} as in_full
    from sharing s cross join organisation o
    where s.provider_id in (m.kept_id, m.merged_id) and o.suspended_at is null
      and (${audience('s', 'o.id')} or ${existence('s', 'o.id')})`;

const REMEMBER = `  select array_agg(k.thing), array_agg(k.tenant), array_agg(k.in_full)
    into known_things, known_tenants, known_in_full from (${KNOWING}) k;`;

const KNOWN = `unnest(known_things, known_tenants, known_in_full) as b (thing, tenant, in_full)`;

/** `one` knows more than `other` lets it. */
const more = (one: string, other: string): string =>
  `(${other}.thing is null or (${one}.in_full and not ${other}.in_full))`;

const merging = (tables: readonly Table[], tells: Readonly<Record<string, string>>): string =>
  `create or replace function merge_provider(merge uuid) ${DEFINED}
${DECLARED}
  select * into strict m from provider_merge where id = merge and undone_at is null;
  update provider set merged_into = m.kept_id where id = m.merged_id and merged_into is null
    and exists (select from provider k where k.id = m.kept_id and k.merged_into is null);
  if not found then
    raise exception 'not two providers of the register' using errcode = 'integrity_constraint_violation';
  end if;
${REMEMBER}
${tables.map(move).join('')}
  update provider set version = version + 1, updated_at = now() where id = m.kept_id;
  update provider_merge set survivor_id = m.kept_id where survivor_id = m.merged_id and undone_at is null;
  delete from provider_search where provider_id = m.merged_id;
  perform refresh_provider_search(m.kept_id);
  -- Whoever has to do with the one has to do with the other, is told what it did not know, and finds it at the head.
  with gained as (
    select n.thing, array_agg(n.tenant) as tenants from (${KNOWING}) n
      left join ${KNOWN} on b.thing = n.thing and b.tenant = n.tenant
      where ${more('n', 'b')} group by 1
  ), placed as (
    update sharing s set shared_on = ${TODAY} from gained where s.id = gained.thing
  ), named as (
    update sharing_named n set shared_on = ${TODAY} from gained where n.sharing_id = gained.thing
  )
  insert into outbox_event (id, kind, owner_id, provider_id, home_id, sharing_id, sharing_kind, recipients, occurred_at)
    select gen_random_uuid(), told.kind, s.owner_id, s.provider_id, s.home_id, s.id, s.kind, gained.tenants, now()
    from gained join sharing s on s.id = gained.thing and s.ended_at is null
    join (values ${values(tells)}) told (class, kind) on told.class = s.kind
    order by s.id;
end $$;`;

const undoing = (tables: readonly Table[]): string =>
  `create or replace function unmerge_provider(merge uuid) ${DEFINED}
${DECLARED}
  select * into strict m from provider_merge where id = merge and undone_at is not null;
  update provider set merged_into = null where id = m.merged_id and merged_into = m.kept_id
    and exists (select from provider k where k.id = m.kept_id and k.merged_into is null)
    and not exists (select from provider_merge again where again.merged_id = m.merged_id and again.undone_at is null);
  if not found then
    raise exception 'not a merge that is in force' using errcode = 'integrity_constraint_violation';
  end if;
${REMEMBER}
${tables.map(moveBack).join('')}
  update provider set version = version + 1, updated_at = now() where id = m.kept_id;
  with recursive behind as (
    select merged_id from provider_merge where kept_id = m.merged_id and undone_at is null
    union
    select c.merged_id from provider_merge c join behind b on c.kept_id = b.merged_id where c.undone_at is null
  )
  update provider_merge set survivor_id = m.merged_id
    where undone_at is null and merged_id in (select merged_id from behind);
  perform refresh_provider_search(m.kept_id);
  perform refresh_provider_search(m.merged_id);
  insert into outbox_event (id, kind, owner_id, provider_id, home_id, sharing_id, sharing_kind, recipients, occurred_at)
    select gen_random_uuid(), 'ACCESS_ENDED', s.owner_id, s.provider_id, s.home_id, s.id, s.kind, lost.tenants, now()
    from (select b.thing, array_agg(b.tenant) as tenants from ${KNOWN}
          left join (${KNOWING}) n on n.thing = b.thing and n.tenant = b.tenant
          where ${more('b', 'n')} group by 1) lost
    join sharing s on s.id = lost.thing
    order by s.id;
end $$;`;

const values = (tells: Readonly<Record<string, string>>): string =>
  Object.entries(tells)
    .map(([kind, alert]) => `('${kind}', '${alert}')`)
    .join(', ');

function move([table, rows]: Table): string {
  if (rows.becomes === 'KEPT') return '';
  if (rows.becomes === 'FILE') return moveFile(table, rows.column ?? 'provider_id');
  const key = rows.becomes === 'COMBINED' ? rows.key : 'id';
  const taken = rows.becomes === 'COMBINED' ? ` and not ${hasOne(table, rows.per)}` : '';
  return `${rows.becomes === 'COMBINED' ? combine(table, rows) : ''}
  with moved as (
    update ${table} t set provider_id = m.kept_id where t.provider_id = m.merged_id${taken} returning t.${key}
  )
  insert into provider_merge_row (merge_id, table_name, row_id) select m.id, '${table}', ${key} from moved;`;
}

const same = (per: readonly string[], one: string, other: string): string =>
  per.map((column) => `${one}.${column} is not distinct from ${other}.${column}`).join(' and ');

const hasOne = (table: string, per: readonly string[]): string =>
  `exists (select from ${table} k where k.provider_id = m.kept_id and ${same(per, 'k', 't')})`;

/** The merged one's row stays behind under its old id, where an undo finds it as it was. */
function combine(table: string, { key, per, combine: into }: RowsOfProvider & { becomes: 'COMBINED' }): string {
  const columns = Object.keys(into);
  const said = (alias: string) =>
    `jsonb_build_object(${columns.map((column) => `'${column}', ${alias}.${column}`).join(', ')})`;
  const joined = columns.map((column) => `(${into[column]}) as ${column}`).join(', ');
  return `
  with pair as (
    select kept.${key}, ${said('kept')} as before, ${joined}
    from ${table} kept join ${table} merged on merged.provider_id = m.merged_id and ${same(per, 'merged', 'kept')}
    where kept.provider_id = m.kept_id
  ), combined as (
    update ${table} t set ${columns.map((column) => `${column} = pair.${column}`).join(', ')}
    from pair where t.provider_id = m.kept_id and t.${key} = pair.${key}
    returning t.${key}, pair.before, ${said('t')} as after
  )
  insert into provider_merge_row (merge_id, table_name, row_id, before, after)
    select m.id, '${table}', ${key}, before, after from combined;`;
}

const moveFile = (table: string, column: string): string => `
  if m.accreditation_of = m.merged_id then
    update ${table} set ${column} = m.id where ${column} = m.kept_id;
    update ${table} set ${column} = m.kept_id where ${column} = m.merged_id;
  else
    update ${table} set ${column} = m.id where ${column} = m.merged_id;
  end if;`;

function moveBack([table, rows]: Table): string {
  if (rows.becomes === 'KEPT') return '';
  if (rows.becomes === 'FILE') return moveFileBack(table, rows.column ?? 'provider_id');
  const key = rows.becomes === 'COMBINED' ? rows.key : 'id';
  const recorded = `from provider_merge_row r where r.merge_id = m.id and r.table_name = '${table}' and r.row_id = t.${key}`;
  const back = [`exists (select ${recorded} and r.before is null)`, ...(rows.follows ?? []).map(followsBack)];
  return `${rows.becomes === 'COMBINED' ? separate(table, rows) : ''}
  update ${table} t set provider_id = m.merged_id where t.provider_id = m.kept_id and (${back.join('\n    or ')});`;
}

const followsBack = ({ column, table }: Follows): string =>
  `exists (select from ${table} f where f.id = t.${column} and f.provider_id = m.merged_id)`;

/** What has been said anew since then stands. */
function separate(table: string, { key, combine: into }: RowsOfProvider & { becomes: 'COMBINED' }): string {
  const columns = Object.keys(into);
  const saying = columns.map((column) => `'${column}', t.${column}`).join(', ');
  const earlier = columns.map((column) => `${column} = (jsonb_populate_record(null::${table}, r.before)).${column}`);
  return `
  update ${table} t set ${earlier.join(', ')} from provider_merge_row r
    where r.merge_id = m.id and r.table_name = '${table}' and r.row_id = t.${key} and r.before is not null
      and t.provider_id = m.kept_id and jsonb_build_object(${saying}) = r.after;`;
}

/** A file goes back as one thing, with what was written in it since then. */
const moveFileBack = (table: string, column: string): string => `
  if m.accreditation_of = m.merged_id then
    update ${table} set ${column} = m.merged_id where ${column} = m.kept_id;
    update ${table} set ${column} = m.kept_id where ${column} = m.id;
  else
    update ${table} set ${column} = m.merged_id where ${column} = m.id;
  end if;`;
