import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { homeId, providerId } from '@accord/infra';
import { createKey } from '@accord/access';
import { TestAccord, type TestClient } from '@accord/testkit';
import pg from 'pg';
import {
  beginAnew,
  BRENT,
  bring,
  COPPERBEECH,
  csv,
  footprint,
  HEADER,
  LODGE,
  row,
  send,
  type Line,
} from '../support/use-file.js';

let accord: TestAccord;
let superuser: pg.Client;
let brent: TestClient;
let barnet: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  superuser = new pg.Client({ connectionString: accord.database.urls.superuser });
  await superuser.connect();
  brent = await accord.as('brent-placements');
  barnet = await accord.as('barnet-placements');
});
afterAll(async () => {
  await superuser.end();
  await accord.stop();
});

beforeEach(() => beginAnew(superuser));

const told = (lines: readonly Line[]) =>
  lines.map(({ outcome, line, label, before, after }) => [outcome, line, label, before, after]);

async function numbers(): Promise<unknown> {
  const { rows } = await superuser.query<{ name: string; young_people: number; as_at: string; used_since: string }>(
    `select coalesce(h.name, p.name) as name, young_people, as_at::text, used_since::text from placement_number n
     join provider p on p.id = n.provider_id left join home h on h.id = n.home_id where borough_id = $1 order by 1`,
    [BRENT],
  );
  return rows.map(({ name, young_people: young, as_at: asAt, used_since: since }) => [name, young, asAt, since]);
}

describe('a list of the homes that a borough uses', () => {
  it('is matched by id, by registration, by name and postcode, and says of each what changed', async () => {
    const { lines, counts, asAt, rows } = await bring(
      brent,
      csv(
        HEADER,
        row(COPPERBEECH, 3),
        'SC990002,,,,1,20/11/2026',
        ',hearthway  NORTH,zz13hn,,2,20/11/2026',
        '2799001,Lantern Yard,ZZ1 2LY,,1,20/11/2026',
      ),
    );
    expect([asAt, rows]).toEqual(['2026-11-20', 4]);
    expect(told(lines.nodes)).toEqual([
      ['CHANGED', 2, 'Copperbeech House', 2, 3],
      ['UNCHANGED', 3, 'Tidewell Lodge', 1, 1],
      ['ADDED', 4, 'Hearthway North', null, 2],
      ['ADDED', 5, 'Lantern Yard', null, 1],
    ]);
    expect(counts).toEqual([
      { outcome: 'ADDED', count: 2 },
      { outcome: 'CHANGED', count: 1 },
      { outcome: 'UNCHANGED', count: 1 },
    ]);
    // Since when a home is in use is no other day because its number is told again.
    expect(await numbers()).toEqual([
      ['Copperbeech House', 3, '2026-11-20', '2026-11-01'],
      ['Hearthway North', 2, '2026-11-20', '2026-11-20'],
      ['Lantern Yard', 1, '2026-11-20', '2026-11-20'],
      ['Tidewell Lodge', 1, '2026-11-20', '2026-11-01'],
    ]);
  });

  it('of an agency is a number with the provider, and of a merged one with the one that stayed', async () => {
    const [agency] = (
      await superuser.query<{ reference: string; name: string }>(
        `select r.reference, p.name from registration r join provider p on p.id = r.provider_id
         where r.home_id is null and not exists (select from home h where h.provider_id = p.id) order by 1 limit 1`,
      )
    ).rows;
    const { lines } = await bring(brent, csv(HEADER, `${agency?.reference},,,,1,20/11/2026`));
    expect(told(lines.nodes).slice(0, 1)).toEqual([['ADDED', 2, agency?.name, null, 1]]);
  });

  it('refuses a row by itself, with line, column and reason, and repeats nothing that stood in it', async () => {
    const { lines } = await bring(
      brent,
      csv(
        HEADER,
        row(COPPERBEECH, 'Amelia Jones'),
        row(randomUUID(), 1),
        row('Amelia Jones', 1),
        ',,,,1,20/11/2026',
        row(LODGE, 4),
        row(homeId('Lantern Yard'), 1),
        row(homeId('Lantern Yard'), 2),
        row(homeId('Hearthway North'), 1, '31/02/2026'),
        row(homeId('Hearthway South'), 1, '19/11/2026'),
      ),
    );
    expect(
      lines.nodes.filter(({ outcome }) => outcome === 'REFUSED').map(({ line, column }) => [line, column]),
    ).toEqual([
      [2, 'Young people'],
      [3, 'Home id'],
      [4, 'Home id'],
      [5, 'URN'],
      [7, 'Young people'],
      [8, 'Young people'],
      [9, 'As at'],
      [10, 'As at'],
    ]);
    expect(JSON.stringify(lines)).not.toContain('Amelia');
    expect(await numbers()).toEqual([
      ['Copperbeech House', 2, '2026-11-01', '2026-11-01'],
      ['Tidewell Lodge', 4, '2026-11-20', '2026-11-01'],
    ]);
    const kept = await superuser.query('select * from use_import_line');
    expect(JSON.stringify(kept.rows)).not.toContain('Amelia');
  });

  it('changes nothing in a dry run, and shows all the same what it would change', async () => {
    const before = await numbers();
    const { lines } = await bring(brent, csv(HEADER, row(COPPERBEECH, 5), 'COMPLETE,1'), { dryRun: true });
    expect(told(lines.nodes)).toEqual([
      ['CHANGED', 2, 'Copperbeech House', 2, 5],
      ['ENDED', null, 'Tidewell Lodge', 1, 0],
    ]);
    expect(await numbers()).toEqual(before);
  });

  it('ends homes that it does not name only where it says that it is whole', async () => {
    const partial = await bring(brent, csv(HEADER, row(COPPERBEECH, 2)));
    expect(told(partial.lines.nodes)).toEqual([
      ['UNCHANGED', 2, 'Copperbeech House', 2, 2],
      ['MISSING', null, 'Tidewell Lodge', 1, 1],
    ]);
    const whole = await bring(brent, csv(HEADER, row(COPPERBEECH, 2, '21/11/2026'), 'COMPLETE,1'));
    expect([whole.isComplete, told(whole.lines.nodes)[1]]).toEqual([true, ['ENDED', null, 'Tidewell Lodge', 1, 0]]);
    expect(await numbers()).toEqual([
      ['Copperbeech House', 2, '2026-11-21', '2026-11-01'],
      ['Tidewell Lodge', 0, '2026-11-21', null],
    ]);
  });

  it('ends nothing, though whole, while of one row it is not known which home it is about', async () => {
    const { lines } = await bring(
      brent,
      csv(HEADER, row(COPPERBEECH, 2), ',Tidewel Lodge,ZZ1 3TL,,1,20/11/2026', 'COMPLETE,2'),
    );
    expect(told(lines.nodes)).toEqual([
      ['UNCHANGED', 2, 'Copperbeech House', 2, 2],
      ['REFUSED', 3, null, null, null],
      ['MISSING', null, 'Tidewell Lodge', 1, 1],
    ]);
  });

  it('that would end more than half of the homes in use is refused until somebody means it', async () => {
    for (const name of ['Lantern Yard', 'Hearthway North', 'Hearthway South'])
      await bring(brent, csv(HEADER, row(homeId(name), 1, '02/11/2026')));
    const before = await footprint(accord, superuser);
    const { errors } = await send(brent, csv(HEADER, row(COPPERBEECH, 2), 'COMPLETE,1'));
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('would end 4 of the 5 homes'),
      extensions: { code: 'BAD_USER_INPUT', path: 'input.endsMany' },
    });
    expect(await footprint(accord, superuser)).toEqual(before);
    const meant = await bring(brent, csv(HEADER, row(COPPERBEECH, 2), 'COMPLETE,1'), { endsMany: true });
    expect(meant.counts).toContainEqual({ outcome: 'ENDED', count: 4 });
  });

  it('of an older day undoes nothing of a newer one, and ends nothing that has come since', async () => {
    await bring(brent, csv(HEADER, row(COPPERBEECH, 4, '20/11/2026'), row(LODGE, 1, '20/11/2026')));
    const after = await numbers();
    const { lines } = await bring(brent, csv(HEADER, row(COPPERBEECH, 1, '19/11/2026'), 'COMPLETE,1'));
    expect(told(lines.nodes)).toEqual([['OLDER', 2, 'Copperbeech House', 4, 4]]);
    expect(await numbers()).toEqual(after);
    const byHand = await brent.send(
      'mutation($input: RecordPlacementNumberInput!) { recordPlacementNumber(input: $input) { provider { id } } }',
      { input: { providerId: providerId('Tidewell Care Ltd'), homeId: LODGE, youngPeople: 9, asAt: '2026-11-19' } },
    );
    expect(byHand.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', path: 'input.asAt' });
  });

  it('brings what is declared to the alliance into step', async () => {
    const id = providerId('Lanternfield Supported Living Ltd');
    await brent.data('mutation($id: ID!) { declareUse(providerId: $id, declared: true) { provider { id } } }', { id });
    const usedBy = async () =>
      (
        await barnet.data<{ provider: { usedBy: { borough: { name: string }; youngPeople: number }[] } }>(
          'query($id: ID!) { provider(id: $id) { usedBy { borough { name } youngPeople } } }',
          { id },
        )
      ).provider.usedBy.filter(({ borough }) => borough.name === 'Brent');
    await bring(brent, csv(HEADER, row(COPPERBEECH, 13)));
    expect(await usedBy()).toEqual([{ borough: { name: 'Brent' }, youngPeople: 15 }]);
    await bring(brent, csv(HEADER, row(COPPERBEECH, 0)));
    expect(await usedBy()).toEqual([]);
  });

  it('is the same one for the same key; the same file under another key changes nothing', async () => {
    const content = csv(HEADER, row(COPPERBEECH, 3));
    const idempotencyKey = randomUUID();
    const first = await bring(brent, content, { idempotencyKey });
    const after = await numbers();
    expect((await bring(brent, content, { idempotencyKey })).id).toBe(first.id);
    const { counts } = await bring(brent, content);
    expect(counts).toEqual([
      { outcome: 'UNCHANGED', count: 1 },
      { outcome: 'MISSING', count: 1 },
    ]);
    expect(await numbers()).toEqual(after);
    const other = await send(brent, csv(HEADER, row(COPPERBEECH, 4)), { idempotencyKey });
    expect(other.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', path: 'input.idempotencyKey' });
  });

  it('is sent each night by a machine of the borough', async () => {
    const [principal, key] = [randomUUID(), randomUUID()];
    const { shown, secretHash } = createKey(BRENT, key);
    await superuser.query(
      `insert into principal (id, tenant_id, kind, subject, display_name, roles, created_at)
       values ($1, $2, 'MACHINE', 'nightly', 'Nightly list', '{PLACEMENTS}', now())`,
      [principal, BRENT],
    );
    await superuser.query(
      `insert into machine_key (id, tenant_id, principal_id, label, secret_hash, created_at, expires_at)
       values ($1, $2, $3, 'Nightly', $4, now(), now() + interval '1 day')`,
      [key, BRENT, principal, secretHash],
    );
    const { counts } = await bring(accord.with(`Bearer ${shown}`), csv(HEADER, row(COPPERBEECH, 3)));
    expect(counts).toContainEqual({ outcome: 'CHANGED', count: 1 });
  });
});
