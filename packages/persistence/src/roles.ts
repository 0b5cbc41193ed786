import pg from 'pg';

/** The roles of a cluster. `infra/decisions/0002-roles.md` says why there are these and no others. */
export const ROLE = {
  /** Owns every table; nobody signs in as it. */
  owner: 'accord_owner',
  /** Signs in to migrate, and may become the owner. */
  migrator: 'accord_migrator',
  gateway: 'accord_gateway',
  worker: 'accord_worker',
  /** Owns the queue's own schema and sees nothing else. */
  queue: 'accord_queue',
  /** Nobody signs in as it. The gateway and the worker become it for one statement: ids, levels and dates of all tenants, no content. */
  audience: 'accord_audience',
  /** Nobody signs in as it. The audience role's sight, and the right to give an event its place and to write whom it is for. */
  sequencer: 'accord_sequencer',
} as const;

export const QUEUE_SCHEMA = 'queue';

export interface LoginPasswords {
  readonly migrator: string;
  readonly gateway: string;
  readonly worker: string;
  readonly queue: string;
}

const LOGINS = ['migrator', 'gateway', 'worker', 'queue'] as const;

/** Any number, the same for all: roles belong to the cluster, and two creators at once collide. */
const CLUSTER_LOCK = 4_201_609;

/**
 * Creates the cluster's roles, or brings their passwords and attributes up to date.
 *
 * Run it once per cluster, before databases and outside migrations.
 * @param adminUrl a login that may create roles, connected to any database of the cluster.
 */
export async function createRoles(adminUrl: string, passwords: LoginPasswords): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [CLUSTER_LOCK]);
    for (const role of Object.values(ROLE)) {
      const known = await client.query('select 1 from pg_roles where rolname = $1', [role]);
      if (known.rowCount === 0) await client.query(`create role ${role}`);
      await client.query(`alter role ${role} nologin noinherit nocreatedb nocreaterole`);
    }
    for (const login of LOGINS) {
      const password = client.escapeLiteral(passwords[login]);
      await client.query(`alter role ${ROLE[login]} login password ${password}`);
    }
    for (const login of [ROLE.gateway, ROLE.worker]) {
      // A prepared statement is planned once: what a policy asks does not depend on the values bound.
      await client.query(`alter role ${login} set plan_cache_mode = force_generic_plan`);
      // The tables fit into memory: at the usual price of a page the search's index would lie idle.
      await client.query(`alter role ${login} set random_page_cost = 1.1`);
      // Statements behind policies are of many parts, of which most are not come to: compiled, they would take longer.
      await client.query(`alter role ${login} set jit = off`);
      // Nobody waits for ever: neither for a statement, nor holding a transaction open.
      await client.query(`alter role ${login} set statement_timeout = '30s'`);
      await client.query(`alter role ${login} set idle_in_transaction_session_timeout = '60s'`);
    }
    await client.query(`grant ${ROLE.owner} to ${ROLE.migrator} with inherit false, set true`);
    for (const role of [ROLE.audience, ROLE.sequencer])
      await client.query(`grant ${role} to ${ROLE.gateway}, ${ROLE.worker} with inherit false, set true`);
    await client.query(`grant ${ROLE.audience} to ${ROLE.sequencer} with inherit true, set false`);
    await client.query('commit');
  });
}

/**
 * Creates a database that belongs to the owner role, with the queue's schema beside it; where it is there,
 * brings its privileges up to date. What is in it stays.
 */
export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const known = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (known.rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(name)} owner ${ROLE.owner}`);
  });
  await withClient(databaseUrl(adminUrl, name), (client) => client.query(PRIVILEGES));
}

const PRIVILEGES = `
  revoke all on schema public from public;
  alter schema public owner to ${ROLE.owner};
  grant usage on schema public to ${ROLE.gateway}, ${ROLE.worker}, ${ROLE.audience}, ${ROLE.sequencer};
  create extension if not exists pg_trgm;
  create schema if not exists ${QUEUE_SCHEMA} authorization ${ROLE.queue};
  do $$ begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to ${ROLE.migrator}, ${ROLE.gateway}, ${ROLE.worker}, ${ROLE.queue}', current_database());
    -- The queue's own migrations say "create schema if not exists" even where it does; its batches use temporary tables.
    execute format('grant create, temporary on database %I to ${ROLE.queue}', current_database());
  end $$;
`;

/** The connection URL of each login to one database of the cluster that `adminUrl` names. */
export function loginUrls(
  adminUrl: string,
  database: string,
  passwords: LoginPasswords,
): Record<(typeof LOGINS)[number], string> {
  const of = (login: (typeof LOGINS)[number]): string => {
    const url = new URL(databaseUrl(adminUrl, database));
    url.username = ROLE[login];
    url.password = passwords[login];
    return url.href;
  };
  return { migrator: of('migrator'), gateway: of('gateway'), worker: of('worker'), queue: of('queue') };
}

export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/**
 * Refuses a connection whose row policies would not bind: a superuser, a role with BYPASSRLS, or one
 * that owns tables or may become their owner.
 * @throws Error naming the reason; a process must not start after it.
 */
export async function assertBoundByPolicies(url: string): Promise<void> {
  const reasons = await withClient(url, async (client) => {
    const { rows } = await client.query<{ reason: string }>(`
      select 'is a superuser' as reason from pg_roles where rolname = current_user and rolsuper
      union all select 'has BYPASSRLS' from pg_roles where rolname = current_user and rolbypassrls
      union all select 'may become the tables'' owner' where pg_has_role(current_user, '${ROLE.owner}', 'SET')
      union all (select 'owns tables in schema public' from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_get_userbyid(c.relowner) = current_user limit 1)`);
    return rows.map((row) => row.reason);
  });
  if (reasons.length > 0) {
    throw new Error(
      `Accord will not run as the database role ${new URL(url).username}: it ${reasons.join(' and ')}, so row policies ` +
        `would not bind it. Connect as ${ROLE.gateway} or ${ROLE.worker} (packages/persistence/README.md).`,
    );
  }
}

export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
