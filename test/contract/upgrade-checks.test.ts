import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@accord/kernel';
import { migrate, migrateWithoutGrants } from '@accord/persistence';
import { createUnmigratedDatabase, type TestDatabase } from '@accord/testkit';
import pg from 'pg';

/** What a release has that knows saved checks and nominations, and deletes none. */
describe('an upgrade of a database with saved checks', () => {
  let database: TestDatabase;
  let client: pg.Client;
  const [borough, officer, check, provider] = [newId(), newId(), newId(), newId()];

  beforeAll(async () => {
    database = await createUnmigratedDatabase();
    await migrateWithoutGrants(database.urls.owner, '0021-evidence-under-way');
    client = new pg.Client({ connectionString: database.urls.superuser });
    await client.connect();
    await client.query(
      `insert into placement_check (id, tenant_id, provider_id, home_id, age_band, is_emergency, checked_by, checked_at, checked_on, grounds, seen)
       values ($1, $2, $3, $4, 'AGED_18_PLUS', false, 'Before', now(), '2026-10-01', '[]', '[]')`,
      [check, borough, provider, newId()],
    );
    await client.query(
      `insert into placement_nomination (tenant_id, principal_id, nominated_by, nominated_on) values ($1, $2, 'Before', '2026-10-01')`,
      [borough, officer],
    );
    for (const [tenant, reference] of [
      [borough, `Placement check ${check}`],
      [borough, 'P-17'],
      [newId(), `Placement check ${check}`],
    ])
      await client.query(
        `insert into relied_copy (id, tenant_id, item_id, owner_id, provider_id, item_version, decision, reference, relied_on, sealed)
         values ($1, $2, $3, $4, $5, 1, 'PLACEMENT_CHECK', $6, '2026-10-01', 'Before')`,
        [newId(), tenant, newId(), newId(), provider, reference],
      );
    await migrate(database.urls.owner);
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  test('knows which sealed copies are part of which, and keeps whom was nominated', async () => {
    const { rows } = await client.query('select tenant_id, check_id from relied_copy where check_id is not null');
    expect(rows).toEqual([{ tenant_id: borough, check_id: check }]);
    const { rows: nominated } = await client.query(
      'select id is not null as named, principal_id from placement_nomination',
    );
    expect(nominated).toEqual([{ named: true, principal_id: officer }]);
  });
});
