import { withClient } from './roles.js';

/**
 * Everything that a schema consists of, a line each, in PostgreSQL's own words: two schemas are the same when
 * these lines are. (Comparing the text of a policy as it was written does not work: PostgreSQL words it anew.)
 */
export function describeCatalogue(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ line: string }>(CATALOGUE);
    return rows.map((row) => row.line);
  });
}

const CATALOGUE = `
with relation as (
  select c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname <> 'migration'
)
select format('table %s row security %s forced %s', relname, relrowsecurity, relforcerowsecurity) as line
  from relation where relkind in ('r', 'p')
union all
select format('column %s.%s %s%s default %s generated %s', r.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    case when a.attnotnull then ' not null' else '' end, pg_get_expr(d.adbin, d.adrelid), a.attidentity::text || a.attgenerated::text)
  from relation r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum where r.relkind in ('r', 'p')
union all
select format('constraint %s.%s %s', r.relname, k.conname, pg_get_constraintdef(k.oid))
  from relation r join pg_constraint k on k.conrelid = r.oid where k.contype <> 'n'
union all
select format('index %s', pg_get_indexdef(i.indexrelid)) from relation r join pg_index i on i.indrelid = r.oid
union all
select format('policy %s on %s %s %s to %s using %s check %s', policyname, tablename, permissive, cmd, roles, qual, with_check)
  from pg_policies where schemaname = 'public'
union all
select format('trigger %s', pg_get_triggerdef(t.oid)) from relation r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
union all
select format('view %s %s %s', relname, reloptions, pg_get_viewdef(oid)) from relation where relkind = 'v'
union all
select format('function %s', pg_get_functiondef(p.oid)) from pg_proc p
  where p.pronamespace = 'public'::regnamespace
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
order by 1`;
