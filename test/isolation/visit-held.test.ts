import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exampleId } from '@accord/infra';
import { newId } from '@accord/kernel';
import { createTestDatabase, type TestDatabase } from '@accord/testkit';
import pg from 'pg';
import { FRAMEWORK_ID, TEMPLATE, visitRows } from './support/visit-scene.js';
import { insertion, ISOLATION_WORLD, TENANT, type TenantName } from './support/world.js';

/** What the database itself holds of visits, whoever asks it and with whatever statement. */

const REFUSED = '42501';
const CHECK = '23514';

let database: TestDatabase;
let superuser: pg.Client;
let gateway: pg.Client;
let id: string;

beforeAll(async () => {
  database = await createTestDatabase(ISOLATION_WORLD);
  superuser = new pg.Client(database.urls.superuser);
  gateway = new pg.Client(database.urls.gateway);
  for (const client of [superuser, gateway]) await client.connect();
});

afterAll(async () => {
  for (const client of [superuser, gateway]) await client.end();
  await database.drop();
});

beforeEach(async () => {
  id = newId();
  for (const [table, row] of visitRows(id).rows) await write(superuser, table, row);
  await write(superuser, 'sharing', {
    id,
    kind: 'VISIT',
    owner_id: TENANT.brent,
    provider_id: 'a0000000-0000-4000-8000-000000000001',
    home_id: null,
    level: 'ALLIANCE',
    anonymous: false,
    existence_known: false,
    reason: 'All',
  });
});

async function write(client: pg.Client, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const { text, values } = insertion(table, row);
  await client.query(text, values);
}

const person = (name: string) => exampleId('principal', name);

/** Runs statements as the gateway in a tenant's name, and takes back what they did. @returns the rows that the last one touched. */
async function as(tenant: TenantName, caller: string, ...statements: readonly string[]): Promise<number | null> {
  await gateway.query('begin');
  try {
    await gateway.query(`select set_config('app.tenant', $1, true), set_config('app.caller', $2, true)`, [
      TENANT[tenant],
      caller,
    ]);
    let count: number | null = null;
    for (const statement of statements) ({ rowCount: count } = await gateway.query(statement));
    return count;
  } finally {
    await gateway.query('rollback');
  }
}

const answer = (code: string, stays: boolean, template = TEMPLATE, visit = id, owner = TENANT.brent) =>
  `insert into visit_answer (visit_id, owner_id, template_id, item_code, entry, stays_in_borough, dates, revision)
   values ('${visit}', '${owner}', '${template}', '${code}', 1, ${stays}, '{}', 1)`;

describe('an answer', () => {
  it('that holds a child’s data is nobody else’s, under whatever sharing', async () => {
    const read = `select from visit_answer where visit_id = '${id}'`;
    expect(await as('barnet', newId(), read)).toBe(3);
    expect(await as('barnet', newId(), `${read} and item_code = 'YPF.1'`)).toBe(0);
    expect(await as('brent', person('brent-quality'), `${read} and item_code = 'YPF.1'`)).toBe(1);
  });

  it('cannot be written as one that travels, where its form says that it stays', async () => {
    await expect(as('brent', newId(), answer('YPF.1', false))).rejects.toMatchObject({ code: REFUSED });
    await expect(as('brent', newId(), answer('HDR.3', false))).rejects.toMatchObject({ code: REFUSED });
    expect(await as('brent', newId(), answer('HDR.3', true))).toBe(1);
    await expect(
      as(
        'brent',
        newId(),
        `update visit_answer set stays_in_borough = false where visit_id = '${id}' and item_code = 'YPF.1'`,
      ),
    ).rejects.toMatchObject({ code: REFUSED });
  });

  it('cannot be written to an item that is not in the forms of its visit', async () => {
    await expect(as('brent', newId(), answer('SUP.99', false))).rejects.toMatchObject({ code: REFUSED });
    const kent = await superuser.query<{ id: string }>(`select id from form_template where code = 'KENT_EVIDENCE'`);
    await expect(as('brent', newId(), answer('KEN.1', false, kent.rows[0]?.id))).rejects.toMatchObject({
      code: REFUSED,
    });
    expect(await as('brent', newId(), answer('QAF.1.1', false, FRAMEWORK_ID))).toBe(1);
  });

  it('cannot be written to another borough’s visit', async () => {
    await expect(as('barnet', newId(), answer('SUP.2', false))).rejects.toMatchObject({ code: REFUSED });
    await expect(as('barnet', newId(), answer('SUP.2', false, TEMPLATE, id, TENANT.barnet))).rejects.toMatchObject({
      code: REFUSED,
    });
  });
});

describe('a care-experienced visitor’s part', () => {
  const change = () => `update visitor_part set words = '{"CEV.4": "Lovely"}' where visit_id = '${id}'`;

  it('is changed by themselves and by nobody else', async () => {
    for (const name of ['brent-quality', 'brent-director', 'brent-admin'])
      expect(await as('brent', person(name), change())).toBe(0);
    expect(await as('barnet', newId(), change())).toBe(0);
    expect(await as('brent', person('brent-visitor'), change())).toBe(1);
  });

  it('is not read by their own officers before it is handed in', async () => {
    await superuser.query('update visitor_part set submitted_on = null where visit_id = $1', [id]);
    const read = `select from visitor_part where visit_id = '${id}'`;
    expect(await as('brent', person('brent-quality'), read)).toBe(0);
    expect(await as('barnet', newId(), read)).toBe(0);
    expect(await as('brent', person('brent-visitor'), read)).toBe(1);
  });

  it('names them to others only by their own act', async () => {
    const named = `select from visit_visitor where visit_id = '${id}' and is_care_experienced`;
    expect(await as('barnet', newId(), named)).toBe(0);
    const agree = `update visit_visitor set named_to_others = true where visit_id = '${id}' and is_care_experienced`;
    expect(await as('brent', person('brent-quality'), agree)).toBe(0);
    expect(await as('brent', person('brent-visitor'), agree)).toBe(1);
    const rewritten = `insert into visit_visitor (visit_id, principal_id, owner_id, name, is_care_experienced, named_to_others)
      values ('${id}', '${newId()}', '${TENANT.brent}', 'x', true, true)`;
    await expect(as('brent', person('brent-quality'), rewritten)).rejects.toMatchObject({ code: REFUSED });
  });
});

describe('a care-experienced visitor’s photo', () => {
  const all = () => `select from visitor_photo where visit_id = '${id}'`;
  const remove = () => `delete from visitor_photo where visit_id = '${id}'`;
  const show = (shown: boolean) => `update visitor_photo set shown_to_others = ${shown} where visit_id = '${id}'`;
  const add = (principal: string, shown = false, visit = id, owner = TENANT.brent) =>
    `insert into visitor_photo (id, visit_id, principal_id, owner_id, media_type, bytes, hash, scan, added_on, shown_to_others)
     values ('${newId()}', '${visit}', '${principal}', '${owner}', 'image/png', 1, '00', 'CLEAN', '2026-11-20', ${shown})`;
  const others = ['brent-quality', 'brent-director', 'brent-admin'].map(person);
  const visitor = person('brent-visitor');

  it('is added, shown and removed by themselves and by nobody else', async () => {
    for (const caller of others) {
      expect([await as('brent', caller, show(true)), await as('brent', caller, remove())]).toEqual([0, 0]);
      for (const principal of [caller, visitor])
        await expect(as('brent', caller, add(principal))).rejects.toMatchObject({ code: REFUSED });
    }
    expect([await as('barnet', newId(), show(true)), await as('barnet', newId(), remove())]).toEqual([0, 0]);
    for (const statement of [show(true), remove()]) expect(await as('brent', visitor, statement)).toBe(2);
    expect(await as('brent', visitor, add(visitor))).toBe(1);
  });

  it('stays in the borough until they show it, and is added to their own visit alone', async () => {
    const refused = [add(visitor, true), add(visitor, false, newId()), add(visitor, false, id, TENANT.barnet)];
    for (const statement of refused)
      await expect(as('brent', visitor, statement)).rejects.toMatchObject({ code: REFUSED });
    expect(await as('barnet', newId(), all())).toBe(1);
    expect(await as('brent', person('brent-quality'), all())).toBe(2);
    await superuser.query(`update visitor_photo set shown_to_others = false where visit_id = $1`, [id]);
    expect(await as('barnet', newId(), all())).toBe(0);
  });

  it('is theirs alone before their part is handed in, and nobody else’s once the visit is withdrawn', async () => {
    await superuser.query('update visitor_part set submitted_on = null where visit_id = $1', [id]);
    const seen = async () => [
      await as('brent', person('brent-quality'), all()),
      await as('barnet', newId(), all()),
      await as('brent', visitor, all()),
    ];
    expect(await seen()).toEqual([0, 0, 2]);
    await superuser.query('update visitor_part set submitted_on = now() where visit_id = $1', [id]);
    expect(await seen()).toEqual([2, 1, 2]);
    await superuser.query(`update visit set state = 'WITHDRAWN', withdrawal_reason = 'x' where id = $1`, [id]);
    expect(await seen()).toEqual([2, 0, 2]);
  });

  it('is kept by a legal hold, from themselves too', async () => {
    const held = { owner_id: TENANT.brent, record_id: id, kind: 'VISIT', reason: 'A claim', held_by: 'IG' };
    await write(superuser, 'record_hold', { ...held, held_on: '2026-11-20' });
    expect(await as('brent', visitor, remove())).toBe(0);
  });
});

describe('a finding', () => {
  const publish = (by: string, more = '') =>
    `update visit_finding set state = 'PUBLISHED', published_by = '${by}', published_on = '2026-11-20' ${more}
     where visit_id = '${id}' and state = 'REPLY_ASKED'`;

  it('is not published by whoever wrote it', async () => {
    await expect(as('brent', newId(), publish(person('brent-quality')))).rejects.toMatchObject({ code: CHECK });
    expect(await as('brent', newId(), publish(person('brent-director')))).toBe(1);
  });

  it('is not published before the provider has replied, or its time has passed', async () => {
    const early = `, reply = null, replied_on = null, reply_due_on = '2026-11-20'`;
    await expect(as('brent', newId(), publish(person('brent-director'), early))).rejects.toMatchObject({ code: CHECK });
    const late = `, reply = null, replied_on = null, reply_due_on = '2026-11-19'`;
    expect(await as('brent', newId(), publish(person('brent-director'), late))).toBe(1);
  });
});
