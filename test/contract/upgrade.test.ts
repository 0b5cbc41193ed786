import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@accord/kernel';
import { migrate, migrateWithoutGrants } from '@accord/persistence';
import { createUnmigratedDatabase, type TestDatabase } from '@accord/testkit';
import pg from 'pg';

const PROVIDER = newId();
const [AGREEMENT, BOROUGH, OTHER] = [newId(), newId(), newId()];
const FIRST_RELEASE = '0001-initial';
const STANDING = {
  provider_id: PROVIDER,
  status: 'ACCREDITED_WITH_CONDITIONS',
  effective_from: '2026-03-01',
  review_due: '2027-03-01',
  conditions: ['Waking-night staff'],
};

/** What a release has that knows flags and merges, and no intelligence. */
describe('an upgrade of a database with flags', () => {
  let database: TestDatabase;
  let client: pg.Client;
  const [brent, barnet, ealing, flag] = [newId(), newId(), newId(), newId()];

  beforeAll(async () => {
    database = await createUnmigratedDatabase();
    await migrateWithoutGrants(database.urls.owner, '0005-merge');
    client = new pg.Client({ connectionString: database.urls.superuser });
    await client.connect();
    await client.query(
      `insert into provider (id, name, trading_names, directors, version, updated_at) values ($1, 'Before Ltd', '{}', '{}', 1, now())`,
      [PROVIDER],
    );
    const sharing = [flag, brent, PROVIDER];
    await client.query(
      `insert into sharing (id, kind, owner_id, provider_id, level, anonymous, existence_known, severity, reason)
       values ($1, 'FLAG', $2, $3, 'NAMED', false, true, 'HIGH', 'Before')`,
      sharing,
    );
    for (const named of [barnet, ealing])
      await client.query(
        'insert into sharing_named (id, sharing_id, owner_id, organisation_id) values ($1, $2, $3, $4)',
        [newId(), flag, brent, named],
      );
    const agreement = newId();
    await client.query(
      `insert into sharing_agreement (id, name, classes, purpose, in_force_from, review_on)
       values ($1, 'Before', '{FLAG}', 'Before', '2026-01-01', '2099-01-01')`,
      [agreement],
    );
    for (const member of [brent, barnet])
      await client.query(
        `insert into agreement_member (agreement_id, organisation_id, member_from) values ($1, $2, '2026-01-01')`,
        [agreement, member],
      );
    await client.query(
      `insert into outbox_event (id, kind, owner_id, provider_id, sharing_id, occurred_at) values ($1, 'FLAG_RAISED', $2, $3, $4, now())`,
      [newId(), brent, PROVIDER, flag],
    );
    await migrate(database.urls.owner);
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  test('keeps what is shared, and for whom', async () => {
    const { rows } = await client.query(
      'select s.level, s.needs_consent, s.shared_on = n.shared_on as placed from sharing s join sharing_named n on n.sharing_id = s.id',
    );
    const row = { level: 'NAMED', needs_consent: false, placed: true };
    expect(rows).toEqual([row, row]);
    const { rows: events } = await client.query('select kind, sharing_kind from outbox_event');
    expect(events).toEqual([{ kind: 'FLAG_RAISED', sharing_kind: null }]);
    const known = async (tenant: string) => {
      await client.query(`select set_config('app.tenant', $1, false)`, [tenant]);
      return (await client.query<{ id: string }>('select id from known_to_caller')).rows;
    };
    expect(await known(brent)).toEqual([{ id: flag }]);
    // A name alone does not do without an agreement.
    expect([await known(barnet), await known(ealing)]).toEqual([[{ id: flag }], []]);
  });
});

/** What a release has that knows numbers and registrations, and not since when. */
describe('an upgrade of a database with homes in use', () => {
  let database: TestDatabase;
  let client: pg.Client;
  const [borough, used, left] = [newId(), newId(), newId()];

  beforeAll(async () => {
    database = await createUnmigratedDatabase();
    await migrateWithoutGrants(database.urls.owner, '0008-intelligence');
    client = new pg.Client({ connectionString: database.urls.superuser });
    await client.connect();
    for (const [home, young] of [
      [used, 2],
      [left, 0],
    ])
      await client.query(
        `insert into placement_number (id, borough_id, provider_id, home_id, young_people, as_at) values ($1, $2, $3, $4, $5, '2026-10-01')`,
        [newId(), borough, PROVIDER, home, young],
      );
    for (const [reference, status] of [
      ['SC990001', 'REGISTERED'],
      ['SC990002', 'APPLICATION_PENDING'],
    ])
      await client.query(
        `insert into registration (id, provider_id, regulator, reference, status, registered_on, status_as_at)
         values ($1, $2, 'OFSTED', $3, $4, '2024-05-01', '2026-09-01')`,
        [newId(), PROVIDER, reference, status],
      );
    await migrate(database.urls.owner);
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  test('knows since when by what was known, and keeps it from then on', async () => {
    const since = async () =>
      (
        await client.query<{ home_id: string; since: string | null }>(
          'select home_id, used_since::text as since from placement_number order by young_people desc',
        )
      ).rows;
    expect(await since()).toEqual([
      { home_id: used, since: '2026-10-01' },
      { home_id: left, since: null },
    ]);
    const { rows } = await client.query(
      'select status, status_since::text as since from registration order by reference',
    );
    expect(rows).toEqual([
      { status: 'REGISTERED', since: '2024-05-01' },
      { status: 'APPLICATION_PENDING', since: '2026-09-01' },
    ]);
    await client.query(`update placement_number set young_people = young_people + 1, as_at = '2026-11-01'`);
    expect(await since()).toEqual([
      { home_id: used, since: '2026-10-01' },
      { home_id: left, since: '2026-11-01' },
    ]);
    await client.query(`update registration set status = 'REGISTERED', status_as_at = '2026-11-02'`);
    const { rows: registered } = await client.query(
      'select status_since::text as since from registration order by reference',
    );
    expect(registered).toEqual([{ since: '2024-05-01' }, { since: '2026-11-02' }]);
  });
});

/** What a release has that keeps files of evidence, and does not write down how large they are together. */
describe('an upgrade of a database with files', () => {
  let database: TestDatabase;
  let client: pg.Client;
  const [owner, answer, file, removed] = [newId(), newId(), newId(), newId()];

  beforeAll(async () => {
    database = await createUnmigratedDatabase();
    await migrateWithoutGrants(database.urls.owner, '0021-evidence-under-way');
    client = new pg.Client({ connectionString: database.urls.superuser });
    await client.connect();
    const insert = (table: string, row: object) => {
      const columns = Object.keys(row).join(', ');
      return client.query(
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_record(null::${table}, $1)`,
        [JSON.stringify(row)],
      );
    };
    const { rows } = await client.query<{ id: string; asked_id: string }>(
      `select id, asked_id from due_diligence_question where code = 'GAS_SAFETY' limit 1`,
    );
    await insert('due_diligence_answer', {
      id: answer,
      owner_id: owner,
      provider_id: PROVIDER,
      question_id: rows[0]?.id,
      asked_id: rows[0]?.asked_id,
      value: '2026-01-01',
      is_held: true,
      assurance: 'EVIDENCE_SEEN',
      answered_on: '2026-11-20',
      recorded_at: '2026-11-20',
    });
    await insert('due_diligence_evidence', {
      id: file,
      answer_id: answer,
      file_name: 'certificate.pdf',
      media_type: 'application/pdf',
      bytes: 1234,
      hash: '00',
      scan: 'CLEAN',
      uploaded_by: 'Somebody',
      uploaded_at: '2026-11-20',
    });
    await insert('removed_evidence', { id: removed, tenant_id: owner, remove_from: '2026-11-20' });
    await migrate(database.urls.owner);
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  test('counts those that are there, and still removes what was to be removed', async () => {
    const { rows } = await client.query(
      'select id, tenant_id, bytes, remove_from is null as kept from stored_file order by bytes desc',
    );
    expect(rows).toEqual([
      { id: file, tenant_id: owner, bytes: 1234, kept: true },
      { id: removed, tenant_id: owner, bytes: 0, kept: false },
    ]);
  });
});

/** A database of the first release, with rows in it, is brought to the newest schema. */
describe('an upgrade', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let first: string[];
  let since: string[];

  beforeAll(async () => {
    database = await createUnmigratedDatabase();
    first = await migrateWithoutGrants(database.urls.owner, FIRST_RELEASE);
    owner = new pg.Client({ connectionString: database.urls.superuser });
    await owner.connect();
    await owner.query(
      `insert into provider (id, name, trading_names, directors, version, updated_at) values ($1, 'Before Ltd', '{}', '{}', 1, now())`,
      [PROVIDER],
    );
    await owner.query(
      `insert into accreditation_standing select * from jsonb_populate_record(null::accreditation_standing, $1)`,
      [JSON.stringify(STANDING)],
    );
    await owner.query(
      `insert into sharing_agreement (id, name, classes, purpose, in_force_from, review_on) values ($1, 'Before', '{FLAG}', 'Safety', '2025-01-01', '2099-01-01')`,
      [AGREEMENT],
    );
    await owner.query(
      `insert into agreement_member (agreement_id, organisation_id, member_from) select $1, unnest($2::uuid[]), '2025-01-01'`,
      [AGREEMENT, [BOROUGH, OTHER]],
    );
    since = await migrate(database.urls.owner);
  });

  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  test('keeps a status that was there, and makes it the first line of its history', async () => {
    const { rows: kept } = await owner.query('select to_jsonb(s) as row from accreditation_standing s');
    expect(kept).toEqual([{ row: STANDING }]);
    const { rows } = await owner.query(
      `select provider_id, number, status, effective_on::text, review_due::text, conditions, cause from accreditation_change`,
    );
    const { effective_from: day, ...standing } = STANDING;
    expect(rows).toEqual([{ ...standing, number: 1, effective_on: day, cause: 'RECORDED' }]);
  });

  test('keeps agreements in force, as their first version, and whoever was a member of one', async () => {
    const { rows: kept } = await owner.query('select version, replaces_id, lawful_bases from sharing_agreement');
    expect(kept).toEqual([{ version: 1, replaces_id: null, lawful_bases: [] }]);
    await owner.query(`select set_config('app.tenant', $1, false)`, [BOROUGH]);
    const { rows } = await owner.query('select owner_id, kind from agreed_with_caller order by owner_id');
    expect(rows).toEqual([BOROUGH, OTHER].toSorted().map((id) => ({ owner_id: id, kind: 'FLAG' })));
  });

  test('runs what has come since, once', async () => {
    expect(first).toEqual([FIRST_RELEASE]);
    expect(since.at(0)).toBe('0002-accreditation');
    expect(await migrate(database.urls.owner)).toEqual([]);
  });
});
