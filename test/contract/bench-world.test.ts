import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BENCH_SIZE, loadBenchWorld, type BenchSize } from '@accord/infra';
import { createTestDatabase, type TestDatabase } from '@accord/testkit';
import pg from 'pg';

const ITEMS = 4_000;
/** Loading these is most of the time, and nothing below asks for them. */
const NOT_LOOKED_AT = { visits: 0, answersPerProvider: 0 };
/** Of every row below, as it was made on the day on which this was written. */
const FINGERPRINT = '48d44e8369a4b5228eb608a4c3a4b29b';

/** A whole register is loaded, on whatever machine. */
const LOADING_MS = 120_000;

const databases: TestDatabase[] = [];
const clients: pg.Client[] = [];

async function load(size: BenchSize): Promise<(sql: string) => Promise<Record<string, unknown>[]>> {
  const database = await createTestDatabase();
  databases.push(database);
  await loadBenchWorld(database.urls.owner, () => undefined, size);
  const client = new pg.Client({ connectionString: database.urls.superuser });
  await client.connect();
  clients.push(client);
  return async (sql) => (await client.query<Record<string, unknown>>(sql)).rows;
}

afterAll(async () => {
  for (const client of clients) await client.end();
  for (const database of databases) await database.drop();
});

describe('the bench world’s intelligence', () => {
  let rows: (sql: string) => Promise<Record<string, unknown>[]>;
  const count = async (what: string): Promise<number> =>
    Number((await rows(`select count(*) as n from ${what}`))[0]?.['n']);

  beforeAll(async () => {
    rows = await load({ ...NOT_LOOKED_AT, boroughs: BENCH_SIZE.boroughs, items: ITEMS });
  }, LOADING_MS);

  it('is fifty thousand items of thirty-three boroughs', () => {
    expect(BENCH_SIZE).toMatchObject({ boroughs: 33, items: 50_000 });
  });

  it('is the same at every run', async () => {
    const [found] = await rows(`select md5(string_agg(line, '\n' order by line)) as fingerprint from (
      select concat_ws('|', s.id, s.owner_id, s.provider_id, s.home_id, s.level, s.anonymous, s.ended_at, s.shared_on, i.summary,
        (select string_agg(concat_ws('+', n.organisation_id, n.group_id), ',' order by n.id) from sharing_named n where n.sharing_id = s.id),
        (select string_agg(concat_ws('+', g.organisation_id, g.ends_at), ',' order by g.id) from sharing_grant g where g.sharing_id = s.id)) as line
      from sharing s join intelligence_item i on i.id = s.id) lines`);
    expect(found?.['fingerprint']).toBe(FINGERPRINT);
  });

  it('is shared in every way, and ended in every way', async () => {
    expect(await count('intelligence_item')).toBe(ITEMS);
    const some = [
      `sharing where kind = 'INTELLIGENCE' and level = 'OWN_BOROUGH'`,
      `sharing where kind = 'INTELLIGENCE' and level = 'BOROUGHS_CONCERNED'`,
      `sharing where kind = 'INTELLIGENCE' and level = 'ALLIANCE'`,
      `sharing where kind = 'INTELLIGENCE' and anonymous`,
      `sharing_named n join intelligence_item i on i.id = n.sharing_id where n.organisation_id is not null`,
      `sharing_named n join intelligence_item i on i.id = n.sharing_id where n.group_id is not null`,
      `sharing_grant where ends_at > now()`,
      `sharing_grant where ends_at <= now()`,
      'urgent_disclosure_recipient',
      'police_origin',
      'intelligence_item where withdrawn_at is not null',
      'intelligence_item where deleted_on is not null',
      'intelligence_item where corrected_on is not null',
    ];
    for (const what of some) expect({ what, isThere: (await count(what)) > 0 }).toEqual({ what, isThere: true });
  });

  it('names somebody for what is for named ones, and shares nothing of the police that they do not consent to', async () => {
    const named = `exists (select from sharing_named n where n.sharing_id = s.id and n.owner_id = s.owner_id)`;
    expect(await count(`sharing s where s.kind = 'INTELLIGENCE' and (s.level = 'NAMED') <> ${named}`)).toBe(0);
    expect(
      await count(`sharing s where s.needs_consent and (s.level not in ('OWN_BOROUGH', 'NAMED') or exists (
        select from sharing_named n where n.sharing_id = s.id and not exists (select from sharing_consent c
          where c.sharing_id = s.id and c.organisation_id = n.organisation_id)))`),
    ).toBe(0);
    expect(
      await count(`sharing s where needs_consent <> exists (select from police_origin p where p.item_id = s.id)`),
    ).toBe(0);
  });

  it('is anonymous only where five boroughs could be the author', async () => {
    expect(
      await count(`sharing s where s.kind = 'INTELLIGENCE' and s.anonymous and 5 > (
        select count(distinct c.borough_id) from borough_concerned c where c.provider_id = s.provider_id)`),
    ).toBe(0);
  });

  it('leaves nothing for the clock to do: every pattern is reviewed, and every disclosure', async () => {
    const counts = 'intelligence_keeping k join sharing s on s.id = k.item_id where k.may_count';
    const patterns = `select s.provider_id from ${counts} group by 1 having count(distinct s.owner_id) >= 3`;
    expect(await count(`(${patterns}) patterns`)).toBeGreaterThan(0);
    expect(
      await count(`${counts} and s.provider_id in (${patterns})
        and not exists (select from pattern_part p where p.item_id = k.item_id)`),
    ).toBe(0);
    expect(await count('urgent_disclosure where outcome is null')).toBe(0);
  });
});

describe('a bench world with more boroughs', () => {
  it(
    'has them under the agreement, each with an officer and its placements',
    async () => {
      const rows = await load({ ...NOT_LOOKED_AT, boroughs: 36, items: 100 });
      const [found] = await rows(`select count(*)::int as boroughs from organisation o where o.kind = 'BOROUGH'
      and o.code like 'X%' and exists (select from agreement_member m where m.organisation_id = o.id)
      and exists (select from principal p where p.tenant_id = o.id)
      and (select count(*) from placement_number n where n.borough_id = o.id) > 100`);
      expect(found).toEqual({ boroughs: 3 });
      const [all] = await rows(`select count(*)::int as n from organisation`);
      expect(all).toEqual({ n: 37 });
    },
    LOADING_MS,
  );
});
