import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AUDIENCE_VIEWS } from '@accord/access';
import { MERGE_PARTS } from '@accord/gateway';
import { QUEUE_SCHEMA, ROLE } from '@accord/persistence';
import { createTestDatabase, type TestDatabase } from '@accord/testkit';
import pg from 'pg';
import * as pinned from './support/catalogue.js';

const OURS = `c.relnamespace = 'public'::regnamespace`;
const TABLES = `c.relkind in ('r', 'p')`;

describe('the catalogue', () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.urls.superuser });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  /** The first column of every row. */
  async function list(sql: string, values: unknown[] = []): Promise<string[]> {
    const { rows } = await client.query<string[]>({ text: sql, values, rowMode: 'array' });
    return rows.map(([value]) => String(value));
  }

  it('has no table without row security and a policy, but for the pinned ones', async () => {
    const unprotected = await list(
      `select relname from pg_class c where ${OURS} and ${TABLES}
         and (not relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid)) order by 1`,
    );
    expect(unprotected).toEqual(Object.keys(pinned.WITHOUT_ROW_SECURITY));
    expect(await list(`select relname from pg_class c where ${OURS} and c.relkind = 'f'`)).toEqual([]);
  });

  it('forces no table: a migration would change nothing, and not say so', async () => {
    expect(await list(`select relname from pg_class c where ${TABLES} and relforcerowsecurity`)).toEqual([]);
  });

  it('has views with the rights of whoever asks, but for the audience’s, which are bound to the caller', async () => {
    const views = `select relname from pg_class c where ${OURS} and relkind in ('v', 'm')`;
    expect(await list(`${views} order by 1`)).toEqual(pinned.VIEWS);
    expect(
      await list(
        `${views} and (relkind = 'm' or not coalesce('security_invoker=true' = any(reloptions), false)) order by 1`,
      ),
    ).toEqual(Object.keys(pinned.AUDIENCE_VIEWS));
    expect(
      await list(
        `${views} and 'security_barrier=true' = any(reloptions) and pg_get_viewdef(oid) like '%app.tenant%' order by 1`,
      ),
    ).toEqual(Object.keys(pinned.AUDIENCE_VIEWS));
  });

  it('has the audience’s views as they are written in the code, whichever migration made them last', async () => {
    const views = `select relname || ' ' || pg_get_viewdef(oid) from pg_class c where ${OURS} and relname = any($1) order by 1`;
    const names = [Object.keys(pinned.AUDIENCE_VIEWS)];
    const migrated = await list(views, names);
    await client.query('begin');
    await client.query(AUDIENCE_VIEWS.replaceAll('create view', 'create or replace view'));
    const written = await list(views, names);
    await client.query('rollback');
    expect(migrated).toHaveLength(names[0]?.length ?? 0);
    expect(migrated).toEqual(written);
  });

  it('has no function with the rights of its owner, but for the pinned ones, which return nothing', async () => {
    const functions = `select proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname not in ('pg_catalog', 'information_schema')`;
    const withOwnersRights = await list(
      `select format('%s(%s) returns %s, %s, called by %s', p.proname, pg_get_function_arguments(p.oid), p.prorettype::regtype,
         array_to_string(p.proconfig, '; '), (select string_agg(case acl.grantee when 0 then 'everybody' else acl.grantee::regrole::text end, ' ')
           from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl where acl.grantee <> p.proowner))
       from pg_proc p where p.prosecdef and p.pronamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
       order by 1`,
    );
    expect(withOwnersRights).toEqual(pinned.WITH_OWNERS_RIGHTS);
    expect(await list(`select distinct pg_get_userbyid(proowner) from pg_proc where prosecdef`)).toEqual([ROLE.owner]);
    expect((await list(functions)).length).toBeGreaterThan(0);
  });

  it('says of every table with a provider what becomes of its rows in a merge, and of no other', async () => {
    const declared = MERGE_PARTS.flatMap(({ rows }) =>
      Object.entries(rows).map(([table, row]) => `${table}.${('column' in row && row.column) || 'provider_id'}`),
    );
    const columns = (where: string) =>
      list(
        `select format('%s.%s', c.relname, a.attname) from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
         where ${OURS} and ${TABLES} and not a.attisdropped and ${where} order by 1`,
      );
    const named = await columns(`a.attname ~ 'provider_id$'`);
    expect(declared.toSorted()).toEqual([...named, ...pinned.OTHERWISE_NAMED_PROVIDERS].toSorted());
    expect(await columns(`format('%s.%s', c.relname, a.attname) = any('{${declared.join(',')}}')`)).toHaveLength(
      declared.length,
    );
  });

  it('is owned by a role that nobody signs in as; the queue’s schema alone by its own login', async () => {
    const owners = (where: string) =>
      list(
        `select distinct pg_get_userbyid(c.relowner) from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${where}`,
      );
    expect(await owners(`n.nspname = 'public' and c.relkind <> 'i'`)).toEqual([ROLE.owner]);
    expect(await list(`select pg_get_userbyid(nspowner) from pg_namespace where nspname = 'public'`)).toEqual([
      ROLE.owner,
    ]);
    const elsewhere = await list(
      `select distinct format('%s.%s', n.nspname, pg_get_userbyid(c.relowner)) from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where pg_get_userbyid(c.relowner) like 'accord%' and n.nspname !~ '^pg_' and n.nspname <> 'public'`,
    );
    expect(elsewhere.filter((owned) => owned !== `${QUEUE_SCHEMA}.${ROLE.queue}`)).toEqual([]);
  });

  it('has just our roles, without any attribute but to sign in', async () => {
    const { rows } = await client.query<Record<string, unknown>>(
      `select rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls
       from pg_roles where rolname like 'accord%' or rolname = any($1)`,
      [Object.keys(pinned.ROLES)],
    );
    const attributes = rows.map(({ rolname, ...attributes }) => {
      const held = Object.keys(attributes).filter((name) => attributes[name] === true);
      return [rolname, held.map((name) => name.replace('rolcanlogin', 'login')).join(' ')];
    });
    expect(Object.fromEntries(attributes)).toEqual(pinned.ROLES);
  });

  it('lets no login inherit or become another login', async () => {
    const memberships = `select format('%s %s %s', m.member::regrole, concat_ws(' and ',
        case when m.set_option then 'may become' end, case when m.inherit_option then 'has the rights of' end), m.roleid::regrole)
      from pg_auth_members m join pg_roles who on who.oid = m.member
      join pg_roles whom on whom.oid = m.roleid where (m.member::regrole::text like 'accord%' or m.roleid::regrole::text like 'accord%')`;
    expect((await list(memberships)).toSorted()).toEqual(pinned.MEMBERSHIPS);
    expect(
      await list(`${memberships} and (m.inherit_option and who.rolcanlogin or m.admin_option or whom.rolcanlogin)`),
    ).toEqual([]);
  });

  it('grants each role exactly what is pinned', async () => {
    const { rows } = await client.query<{ role: string; name: string; privileges: string }>(GRANTS_SQL);
    const granted = Map.groupBy(rows, (row) => row.role);
    const found = Object.fromEntries(
      [...granted].map(([role, own]) => [
        role,
        Object.fromEntries(own.map(({ name, privileges }) => [name, privileges])),
      ]),
    );
    expect(found).toEqual(pinned.GRANTS);
    expect(await list('select defaclacl::text from pg_default_acl')).toEqual([]);
    const schemas = await list(
      `select format('%s %s on %s', acl.grantee::regrole, lower(acl.privilege_type), n.nspname)
       from pg_namespace n, aclexplode(n.nspacl) acl where n.nspname in ('public', $1) and acl.grantee <> n.nspowner order by 1`,
      [QUEUE_SCHEMA],
    );
    expect(schemas).toEqual(
      [ROLE.audience, ROLE.gateway, ROLE.sequencer, ROLE.worker].map((role) => `${role} usage on public`),
    );
  });

  it('lets the audience role read no text but the pinned codes and kinds', async () => {
    const text = await list(
      `select format('%s.%s', c.relname, a.attname) from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
       join pg_type t on t.oid = a.atttypid
       where ${OURS} and c.relkind in ('r', 'p', 'v') and has_column_privilege($1, c.oid, a.attnum, 'select')
         and (t.typcategory in ('S', 'U') and t.typname <> 'uuid' or t.typname in ('_text', 'json', 'jsonb', 'bytea')) order by 1`,
      [ROLE.audience],
    );
    expect(text).toEqual(pinned.AUDIENCE_TEXT.toSorted());
  });

  it('names the tenant in every permissive policy of the gateway, but for the pinned ones', async () => {
    const body = await list(`select prosrc from pg_proc where proname = 'tenant_is_alliance'`);
    expect(body.join('')).toContain(`current_setting('app.tenant'`);
    const without = await list(
      `select tablename || '.' || policyname from pg_policies where schemaname = 'public' and $1 = any(roles::text[])
         and concat(qual, with_check) !~ 'app\\.tenant|tenant_is_alliance\\(\\)|(known_to|owned_by)_caller' order by 1`,
      [ROLE.gateway],
    );
    expect(without).toEqual(Object.keys(pinned.WITHOUT_TENANT));
  });

  it('opens whole tables to the worker alone, and ids to the audience role; no policy is for everybody', async () => {
    const open = (role: string) =>
      list(
        `select tablename from pg_policies where schemaname = 'public' and $1 = any(roles::text[]) and policyname <> 'searched'
           and concat(qual, with_check) !~ 'app\\.tenant|tenant_is_alliance\\(\\)|(known_to|owned_by)_caller' order by 1`,
        [role],
      );
    expect(await open(ROLE.worker)).toEqual(pinned.WORKER_KEEPS);
    expect(await open(ROLE.audience)).toEqual(
      Object.keys(pinned.GRANTS[ROLE.audience] ?? {})
        .filter((name) => !pinned.VIEWS.includes(name))
        .toSorted(),
    );
    expect(
      await list(`select tablename from pg_policies where schemaname = 'public' and 'public' = any(roles::text[])`),
    ).toEqual([]);
    expect(await list(`select tablename from pg_policies where permissive <> 'PERMISSIVE'`)).toEqual([]);
  });
});

const GRANTS_SQL = `
  with granted as (
    select acl.grantee::regrole::text as role, c.relname, lower(acl.privilege_type) as privilege
    from pg_class c, aclexplode(c.relacl) acl where ${OURS} and acl.grantee <> c.relowner
    union all
    select acl.grantee::regrole::text, c.relname,
      lower(acl.privilege_type) || '(' || string_agg(a.attname, ', ' order by a.attname) || ')'
    from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) acl
    where ${OURS} group by 1, 2, acl.privilege_type
  )
  select role, relname as name, string_agg(privilege, ' ' order by privilege) as privileges from granted group by 1, 2`;
