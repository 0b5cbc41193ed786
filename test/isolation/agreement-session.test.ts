import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleId } from '@accord/infra';
import { newId } from '@accord/kernel';
import { createTestDatabase, type TestDatabase } from '@accord/testkit';
import pg from 'pg';
import { FLAG_ID, loadBrentsRows } from './support/brents-rows.js';
import { AGREEMENT, GROUP, insertion, ISOLATION_WORLD, TENANT } from './support/world.js';

const REFUSED = '42501';
const NO_SUCH_KEY = '23503';
const EALINGS_INVITATION = exampleId('invitation', 'E09000009');

type Row = Readonly<Record<string, unknown>>;

/** What the database itself refuses, whatever a service of the gateway's would do. */
describe('a session, of agreements and groups', () => {
  let database: TestDatabase;
  let gateway: pg.Client;
  let superuser: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase(ISOLATION_WORLD);
    const connect = async (connectionString: string) => {
      const client = new pg.Client({ connectionString });
      await client.connect();
      return client;
    };
    gateway = await connect(database.urls.gateway);
    superuser = await connect(database.urls.superuser);
    await loadBrentsRows(superuser);
  });

  afterAll(async () => {
    for (const client of [gateway, superuser]) await client.end();
    await database.drop();
  });

  /** Runs statements in a tenant's name, in a transaction that is rolled back. @returns the last one's result. */
  async function as(tenant: string, ...statements: (readonly [string, readonly unknown[]])[]): Promise<pg.QueryResult> {
    await gateway.query('begin');
    try {
      await gateway.query(`select set_config('app.tenant', $1, true)`, [tenant]);
      let result: pg.QueryResult | undefined;
      for (const [text, values] of statements) result = await gateway.query(text, [...values]);
      if (result === undefined) throw new Error('Nothing to run.');
      return result;
    } finally {
      await gateway.query('rollback');
    }
  }

  const write = (table: string, row: Row): readonly [string, readonly unknown[]] => {
    const { text, values } = insertion(table, row);
    return [text, values];
  };

  const part = (organisation: string, row: Row = {}): readonly [string, readonly unknown[]] =>
    write('agreement_member', {
      agreement_id: AGREEMENT,
      organisation_id: organisation,
      member_from: '2026-01-01',
      invitation_id: EALINGS_INVITATION,
      ...row,
    });

  it('accepts for itself and for nobody else, and only what it was asked', async () => {
    expect((await as(TENANT.ealing, part(TENANT.ealing))).rowCount).toBe(1);
    await expect(as(TENANT.alliance, part(TENANT.ealing))).rejects.toMatchObject({ code: REFUSED });
    await expect(as(TENANT.camden, part(TENANT.camden))).rejects.toMatchObject({ code: REFUSED });
    await expect(as(TENANT.camden, part(TENANT.camden, { invitation_id: null }))).rejects.toMatchObject({
      code: REFUSED,
    });
    await expect(as(TENANT.ealing, part(TENANT.ealing, { member_from: '2024-01-01' }))).rejects.toMatchObject({
      code: REFUSED,
    });
    await superuser.query('update agreement_invitation set withdrawn_at = now() where id = $1', [EALINGS_INVITATION]);
    await expect(as(TENANT.ealing, part(TENANT.ealing))).rejects.toMatchObject({ code: REFUSED });
    await superuser.query('update agreement_invitation set withdrawn_at = null where id = $1', [EALINGS_INVITATION]);
  });

  it('resumes no part that has ended, and does not make one endless', async () => {
    const resume = [
      'update agreement_member set member_until = null where organisation_id = $1',
      [TENANT.hackney],
    ] as const;
    expect((await as(TENANT.hackney, resume)).rowCount).toBe(0);
    expect((await as(TENANT.alliance, resume)).rowCount).toBe(0);
    const own = [
      'update agreement_member set member_until = null where organisation_id = $1',
      [TENANT.barnet],
    ] as const;
    await expect(as(TENANT.barnet, own)).rejects.toMatchObject({ code: REFUSED });
  });

  it('of a borough writes no agreement and no invitation', async () => {
    const invited = { id: newId(), agreement_id: AGREEMENT, organisation_id: TENANT.camden };
    const asked = write('agreement_invitation', { ...invited, member_from: '2026-01-01', invited_at: new Date() });
    await expect(as(TENANT.camden, asked)).rejects.toMatchObject({ code: REFUSED });
    const terms = { classes: ['FLAG'], purpose: 'Mine', in_force_from: '2026-01-01', review_on: '2099-01-01' };
    const drafted = write('sharing_agreement', { id: newId(), name: 'Mine', ...terms });
    await expect(as(TENANT.camden, drafted)).rejects.toMatchObject({ code: REFUSED });
    const extended = ['update sharing_agreement set in_force_until = null', []] as const;
    expect((await as(TENANT.camden, extended)).rowCount).toBe(0);
  });

  it('adds nobody to a group that another keeps', async () => {
    const mine = { organisation_id: TENANT.camden, member_from: '2026-01-01' };
    const asItsKeeper = write('borough_group_member', { group_id: GROUP, keeper_id: TENANT.alliance, ...mine });
    await expect(as(TENANT.camden, asItsKeeper)).rejects.toMatchObject({ code: REFUSED });
    const asAnother = write('borough_group_member', { group_id: GROUP, keeper_id: TENANT.camden, ...mine });
    await expect(as(TENANT.camden, asAnother)).rejects.toMatchObject({ code: NO_SUCH_KEY });
  });

  it('that discloses another’s flag to itself sees no more of it', async () => {
    const row = { disclosure_id: newId(), sharing_id: FLAG_ID, organisation_id: TENANT.camden };
    for (const owner of [TENANT.camden, TENANT.brent]) {
      const disclosed = write('urgent_disclosure_recipient', { ...row, owner_id: owner });
      await expect(as(TENANT.camden, disclosed)).rejects.toMatchObject({ code: REFUSED });
    }
  });

  it('tells nobody of sight that nobody has gained or lost', async () => {
    const everybody = [Object.values(TENANT)];
    const told = await as(
      TENANT.camden,
      ['select remember_sight($1)', everybody],
      ['select tell_of_sight($1)', everybody],
      [`select count(*)::int as n from outbox_event where kind = 'ACCESS_ENDED'`, []],
    );
    expect(told.rows).toEqual([{ n: 0 }]);
    await expect(as(TENANT.camden, ['select tell_of_the_day()', []])).rejects.toMatchObject({ code: REFUSED });
  });
});
