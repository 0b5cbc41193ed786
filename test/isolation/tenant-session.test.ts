import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { ROLE } from '@accord/persistence';
import { createTestDatabase, type TestDatabase } from '@accord/testkit';
import pg from 'pg';
import * as pinned from './support/catalogue.js';
import * as brents from './support/brents-rows.js';
import { OTHERS, person, REFUSED, SHARED_ROWS, THERE_ALREADY, type Session } from './support/session.js';
import { ISOLATION_WORLD, TENANT } from './support/world.js';

const { AUDIENCE_VIEWS, VIEWS, WITHOUT_ROW_SECURITY, WITHOUT_TENANT, WORKER_KEEPS, WORKER_SEALS } = pinned;
const { ALLIANCE_ALONE, ALLIANCE_ENDS, ALLIANCE_WRITES, BRENTS_ROWS, FLAG_ID, ONE_PERSONS } = brents;

function nothingIfRefused(error: unknown): number {
  if (error instanceof pg.DatabaseError && error.code === REFUSED) return 0;
  throw error;
}

describe('a session', () => {
  let database: TestDatabase;
  let superuser: pg.Client;
  let gateway: pg.Client;
  let worker: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase(ISOLATION_WORLD);
    superuser = new pg.Client(database.urls.superuser);
    gateway = new pg.Client(database.urls.gateway);
    worker = new pg.Client(database.urls.worker);
    for (const client of [superuser, gateway, worker]) await client.connect();
    await brents.loadBrentsRows(superuser);
  });

  afterAll(async () => {
    for (const client of [superuser, gateway, worker]) await client.end();
    await database.drop();
  });

  async function tablesWith(privilege: string, role: string): Promise<string[]> {
    const { rows } = await superuser.query<{ name: string }>(
      `select relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
         and has_any_column_privilege($1, c.oid, $2) order by 1`,
      [role, privilege],
    );
    return rows.map((row) => row.name);
  }

  async function tablesToDeleteFrom(): Promise<string[]> {
    const { rows } = await superuser.query<{ name: string }>(
      `select relname as name from pg_class c where relnamespace = 'public'::regnamespace and has_table_privilege($1, c.oid, 'delete')`,
      [ROLE.gateway],
    );
    return rows.map((row) => row.name);
  }

  /** Runs work in a transaction of a session that is rolled back. */
  async function as<T>(client: pg.Client, session: Session | null, work: () => Promise<T>): Promise<T> {
    await client.query('begin');
    try {
      if (session) {
        await client.query(`select set_config('app.tenant', $1, true), set_config('app.caller', $2, true)`, [
          session.tenant,
          session.caller,
        ]);
      }
      return await work();
    } finally {
      await client.query('rollback');
    }
  }

  const count = async (client: pg.Client, table: string, where = 'true'): Promise<number> =>
    Number((await client.query<{ n: string }>(`select count(*) as n from ${table} where ${where}`)).rows[0]?.n);

  it('has rows of every table to try with', async () => {
    const tables = await tablesWith('select', ROLE.gateway);
    expect(tables.filter((table) => !(table in BRENTS_ROWS) && !VIEWS.includes(table))).toEqual([]);
    for (const [table, where] of Object.entries(BRENTS_ROWS)) {
      expect({ table, rows: await count(superuser, table, where) }).not.toEqual({ table, rows: 0 });
    }
    expect((await superuser.query('select 1 from migration')).rowCount).toBeGreaterThan(0);
    await expect(gateway.query('select 1 from migration')).rejects.toMatchObject({ code: REFUSED });
    expect(Object.keys(WITHOUT_ROW_SECURITY)).toEqual(['migration']);
  });

  it('without a tenant reads nothing, table by table', async () => {
    const open = Object.keys(WITHOUT_TENANT).map((policy) => policy.split('.')[0]);
    for (const empty of [null, { tenant: '', caller: '' }]) {
      const seen = await as(gateway, empty, async () => {
        const found: string[] = [];
        for (const table of await tablesWith('select', ROLE.gateway))
          if ((await count(gateway, table)) > 0) found.push(table);
        return found;
      });
      expect(seen).toEqual(open);
    }
    const kept: string[] = [];
    for (const table of await tablesWith('select', ROLE.worker)) {
      // What asks a table that the worker may not read is refused altogether.
      const rows = await as(worker, null, () => count(worker, table)).catch(nothingIfRefused);
      if (rows > 0) kept.push(table);
    }
    expect(new Set(kept)).toEqual(new Set([...WORKER_KEEPS, ...open]));
  });

  it.each(Object.entries(AUDIENCE_VIEWS))('finds in %s nothing that its tables would hide', async (view, is) => {
    const found: number[] = [];
    for (const tenant of Object.values(TENANT)) {
      const seen = await as(gateway, { tenant, caller: newId() }, async () => ({
        rows: await count(gateway, view),
        hidden: await gateway.query(`select ${is.columns} from ${view} except (${is.inTables})`),
      }));
      expect({ tenant, hidden: seen.hidden.rows }).toEqual({ tenant, hidden: [] });
      found.push(seen.rows);
    }
    expect(Math.max(...found)).toBeGreaterThan(0);
  });

  it('of Brent and its people reads all of these rows: they are hidden by policies and not absent', async () => {
    const brent = { tenant: TENANT.brent, caller: person('brent-placements') };
    const hidden = await as(gateway, brent, async () => {
      const found: string[] = [];
      for (const [table, where] of Object.entries(BRENTS_ROWS)) {
        if (ALLIANCE_ALONE.includes(table)) continue;
        if (table !== 'outbox_event' && (await count(gateway, table, where)) === 0) found.push(table);
      }
      return found;
    });
    expect(hidden).toEqual([]);
  });

  it('of a borough reads no row of the alliance’s own file, of which the alliance reads every one', async () => {
    const seenBy = (session: Session, table: string) => as(gateway, session, () => count(gateway, table));
    const boroughs = [TENANT.brent, TENANT.barnet, TENANT.camden, TENANT.havering];
    for (const table of ALLIANCE_ALONE) {
      const all = await count(superuser, table);
      const seen = await seenBy({ tenant: TENANT.alliance, caller: person('alliance-lead') }, table);
      expect({ table, seen }).toEqual({ table, seen: all });
      // In the lead's name too: it is the tenant that decides.
      for (const tenant of boroughs) {
        const got = await seenBy({ tenant, caller: person('alliance-lead') }, table);
        expect({ table, tenant, got }).toEqual({ table, tenant, got: 0 });
      }
    }
  });

  it('of Barnet reads what is shared with it, of everything that can be shared: what follows is refused by the rules on writing', async () => {
    const session = { tenant: TENANT.barnet, caller: person('barnet-placements') };
    for (const table of SHARED_ROWS) {
      const seen = await as(gateway, session, () => count(gateway, table, BRENTS_ROWS[table]));
      expect({ table, seen }).not.toEqual({ table, seen: 0 });
    }
  });

  it.each(Object.entries(OTHERS))('of %s changes and deletes none of Brent’s rows', async (name, session) => {
    const mayWrite = (table: string) => name === 'the alliance' && ALLIANCE_WRITES.includes(table);
    const mayEnd = (table: string) => name === 'the alliance' && ALLIANCE_ENDS.includes(table);
    for (const table of await tablesWith('update', ROLE.gateway)) {
      if (mayWrite(table) || mayEnd(table)) continue;
      for (const column of await columnsToUpdate(table, ROLE.gateway)) {
        const changed = await as(gateway, session, () =>
          gateway.query(`update ${table} set ${column} = ${column} where ${BRENTS_ROWS[table]}`),
        );
        expect({ table, column, changed: changed.rowCount }).toEqual({ table, column, changed: 0 });
      }
    }
    for (const table of await tablesToDeleteFrom()) {
      if (mayWrite(table)) continue;
      const deleted = await as(gateway, session, () =>
        gateway.query(`delete from ${table} where ${BRENTS_ROWS[table]}`),
      );
      expect({ table, deleted: deleted.rowCount }).toEqual({ table, deleted: 0 });
    }
  });

  it.each(Object.entries(OTHERS))('of %s writes no row in Brent’s name', async (name, session) => {
    for (const table of await tablesWith('insert', ROLE.gateway)) {
      if (name === 'the alliance' && ALLIANCE_WRITES.includes(table)) continue;
      const refused = await insertCopy(gateway, session, table);
      expect({ table, refused }).toEqual({ table, refused: REFUSED });
    }
  });

  it.each([TENANT.brent, TENANT.camden])(
    'of the worker in a borough’s name (%s) writes its seals alone',
    async (tenant) => {
      const session = { tenant, caller: newId() };
      const tables = (await tablesWith('insert', ROLE.worker)).filter((table) => !WORKER_KEEPS.includes(table));
      expect(tables).toContain('flag');
      for (const table of tables) {
        const refused = await insertCopy(worker, session, table);
        const seals = tenant === TENANT.brent && table === WORKER_SEALS;
        expect({ table, refused }).toEqual({ table, refused: seals ? THERE_ALREADY : REFUSED });
      }
      for (const table of await tablesWith('update', ROLE.worker)) {
        if (WORKER_KEEPS.includes(table)) continue;
        for (const column of await columnsToUpdate(table, ROLE.worker)) {
          const changed = await as(worker, session, () => worker.query(`update ${table} set ${column} = ${column}`));
          expect({ table, column, changed: changed.rowCount }).toEqual({ table, column, changed: 0 });
        }
      }
    },
  );

  async function columnsToUpdate(table: string, role: string): Promise<string[]> {
    const { rows } = await superuser.query<{ name: string }>(
      `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and attgenerated = ''
         and has_column_privilege($2, attrelid, attnum, 'update')`,
      [table, role],
    );
    return rows.map((row) => row.name);
  }

  /** Writes one of Brent's rows again. @returns the code with which it was refused. */
  async function insertCopy(client: pg.Client, session: Session, table: string): Promise<unknown> {
    const { rows } = await superuser.query<{ columns: string; row: unknown }>(
      `select (select string_agg(quote_ident(attname), ', ') from pg_attribute
          where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '') as columns,
         (select to_jsonb(t) from ${table} t where ${BRENTS_ROWS[table] ?? pinned.WORKER_ALONE[table]} limit 1) as row`,
      [table],
    );
    const { columns = '', row } = rows[0] ?? {};
    return as(client, session, () =>
      client.query(
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)`,
        [row],
      ),
    ).then(
      () => 'written',
      (error: unknown) => (error instanceof pg.DatabaseError ? error.code : error),
    );
  }

  it('of a colleague reads nothing of what belongs to one person', async () => {
    const colleague = { tenant: TENANT.brent, caller: person('brent-quality') };
    for (const table of ONE_PERSONS) {
      const seen = await as(gateway, colleague, () => count(gateway, table, BRENTS_ROWS[table]));
      expect({ table, seen }).toEqual({ table, seen: 0 });
    }
  });

  it('that names itself into another’s sharing sees no more of it', async () => {
    const camden = { tenant: TENANT.camden, caller: newId() };
    const seen = await as(gateway, camden, async () => {
      await gateway.query(
        'insert into sharing_named (id, sharing_id, owner_id, organisation_id) values ($1, $2, $3, $3)',
        [newId(), FLAG_ID, TENANT.camden],
      );
      return [await count(gateway, 'sharing', `id = '${FLAG_ID}'`), await count(gateway, 'flag', `id = '${FLAG_ID}'`)];
    });
    expect(seen).toEqual([0, 0]);
  });

  it.each([
    ['about another’s flag', FLAG_ID],
    ['for every member, as the alliance alone may', null],
  ])('writes no event %s in its own name', async (_words, sharingId) => {
    const camden = { tenant: TENANT.camden, caller: newId() };
    const written = as(gateway, camden, () =>
      gateway.query(
        `insert into outbox_event (id, kind, owner_id, provider_id, sharing_id, recipients, occurred_at)
         values ($1, 'ACCESS_ENDED', $2, $1, $3, array[$2]::uuid[], now())`,
        [newId(), TENANT.camden, sharingId],
      ),
    );
    await expect(written).rejects.toMatchObject({ code: REFUSED });
  });

  it('acknowledges no flag that is hidden from it', async () => {
    const camden = { tenant: TENANT.camden, caller: newId() };
    const written = as(gateway, camden, () =>
      gateway.query('insert into flag_acknowledgement values ($1, $2, $3, $4, now())', [
        FLAG_ID,
        TENANT.camden,
        camden.caller,
        'Somebody',
      ]),
    );
    await expect(written).rejects.toMatchObject({ code: REFUSED });
  });

  it.each([ROLE.owner, ROLE.migrator, ROLE.worker, ROLE.queue, 'postgres'])(
    'of the gateway does not become %s',
    (role) =>
      expect(as(gateway, null, () => gateway.query(`set local role ${role}`))).rejects.toMatchObject({ code: REFUSED }),
  );
});
