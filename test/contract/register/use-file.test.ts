import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { homeId, organisationId, providerId } from '@accord/infra';
import { createKey } from '@accord/access';
import { TestAccord, type Answer, type TestClient } from '@accord/testkit';
import pg from 'pg';

const BRENT = organisationId('E09000005');
const COPPERBEECH = homeId('Copperbeech House');
const LODGE = homeId('Tidewell Lodge');
const IMPORT = `mutation($input: ImportUseFileInput!) { importUseFile(input: $input) { import {
  id asAt dryRun isComplete rows counts { outcome count }
  lines(first: 50) { nodes { outcome line column reason label before after home { id } } }
} } }`;

interface Line {
  readonly outcome: string;
  readonly line: number | null;
  readonly column: string | null;
  readonly reason: string | null;
  readonly label: string | null;
  readonly before: number | null;
  readonly after: number | null;
}

interface Imported {
  readonly importUseFile: {
    readonly import: {
      readonly id: string;
      readonly asAt: string;
      readonly isComplete: boolean;
      readonly rows: number;
      readonly counts: readonly { readonly outcome: string; readonly count: number }[];
      readonly lines: { readonly nodes: readonly Line[] };
    };
  } | null;
}

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

/** Brent as every case finds it: two at Copperbeech House, one at Tidewell Lodge, on 1 November. */
beforeEach(async () => {
  await superuser.query('delete from placement_number where borough_id = $1', [BRENT]);
  await superuser.query('delete from declared_use where borough_id = $1', [BRENT]);
  for (const [home, provider, young] of [
    [COPPERBEECH, providerId('Lanternfield Supported Living Ltd'), 2],
    [LODGE, providerId('Tidewell Care Ltd'), 1],
  ] as const)
    await superuser.query(
      `insert into placement_number (id, borough_id, provider_id, home_id, young_people, as_at) values ($1, $2, $3, $4, $5, '2026-11-01')`,
      [randomUUID(), BRENT, provider, home, young],
    );
});

const send = (
  client: TestClient,
  content: string | Buffer,
  input: Readonly<Record<string, unknown>> = {},
): Promise<Answer<Imported>> => {
  const file = new File([content], 'homes.csv', { type: 'text/csv' });
  return client.send<Imported>(IMPORT, { input: { file, idempotencyKey: randomUUID(), ...input } });
};

async function bring(content: string, input: Readonly<Record<string, unknown>> = {}, client = brent) {
  const { data, errors } = await send(client, content, input);
  if (!data?.importUseFile) throw new Error(`The file was refused: ${JSON.stringify(errors)}`);
  return data.importUseFile.import;
}

const csv = (...lines: string[]): string => [...lines, ''].join('\r\n');
const HEADER = 'URN,Home,Postcode,Home id,Young people,As at';
const row = (home: string, number: number | string, day = '20/11/2026') => `,,,${home},${number},${day}`;

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

/** Every row that there is, and job that was ever queued. */
async function footprint(): Promise<unknown> {
  const { rows } = await superuser.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  const { rows: counts } = await superuser.query(
    rows
      .map(({ name }) => `select '${name}', count(*), coalesce(sum(xmin::text::bigint), 0) from ${name}`)
      .join(' union all '),
  );
  return counts;
}

describe('a list of the homes that a borough uses', () => {
  it('is matched by id, by registration, by name and postcode, and says of each what changed', async () => {
    const { lines, counts, asAt, rows } = await bring(
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
    const { lines } = await bring(csv(HEADER, `${agency?.reference},,,,1,20/11/2026`));
    expect(told(lines.nodes).slice(0, 1)).toEqual([['ADDED', 2, agency?.name, null, 1]]);
  });

  it('refuses a row by itself, with line, column and reason, and repeats nothing that stood in it', async () => {
    const { lines } = await bring(
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
    const { lines } = await bring(csv(HEADER, row(COPPERBEECH, 5), 'COMPLETE,1'), { dryRun: true });
    expect(told(lines.nodes)).toEqual([
      ['CHANGED', 2, 'Copperbeech House', 2, 5],
      ['ENDED', null, 'Tidewell Lodge', 1, 0],
    ]);
    expect(await numbers()).toEqual(before);
  });

  it('ends homes that it does not name only where it says that it is whole', async () => {
    const partial = await bring(csv(HEADER, row(COPPERBEECH, 2)));
    expect(told(partial.lines.nodes)).toEqual([
      ['UNCHANGED', 2, 'Copperbeech House', 2, 2],
      ['MISSING', null, 'Tidewell Lodge', 1, 1],
    ]);
    const whole = await bring(csv(HEADER, row(COPPERBEECH, 2, '21/11/2026'), 'COMPLETE,1'));
    expect([whole.isComplete, told(whole.lines.nodes)[1]]).toEqual([true, ['ENDED', null, 'Tidewell Lodge', 1, 0]]);
    expect(await numbers()).toEqual([
      ['Copperbeech House', 2, '2026-11-21', '2026-11-01'],
      ['Tidewell Lodge', 0, '2026-11-21', null],
    ]);
  });

  it('ends nothing, though whole, while of one row it is not known which home it is about', async () => {
    const { lines } = await bring(
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
      await bring(csv(HEADER, row(homeId(name), 1, '02/11/2026')));
    const before = await footprint();
    const { errors } = await send(brent, csv(HEADER, row(COPPERBEECH, 2), 'COMPLETE,1'));
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('would end 4 of the 5 homes'),
      extensions: { code: 'BAD_USER_INPUT', path: 'input.endsMany' },
    });
    expect(await footprint()).toEqual(before);
    const meant = await bring(csv(HEADER, row(COPPERBEECH, 2), 'COMPLETE,1'), { endsMany: true });
    expect(meant.counts).toContainEqual({ outcome: 'ENDED', count: 4 });
  });

  it('of an older day undoes nothing of a newer one, and ends nothing that has come since', async () => {
    await bring(csv(HEADER, row(COPPERBEECH, 4, '20/11/2026'), row(LODGE, 1, '20/11/2026')));
    const after = await numbers();
    const { lines } = await bring(csv(HEADER, row(COPPERBEECH, 1, '19/11/2026'), 'COMPLETE,1'));
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
    await bring(csv(HEADER, row(COPPERBEECH, 13)));
    expect(await usedBy()).toEqual([{ borough: { name: 'Brent' }, youngPeople: 15 }]);
    await bring(csv(HEADER, row(COPPERBEECH, 0)));
    expect(await usedBy()).toEqual([]);
  });

  it('is the same one for the same key; the same file under another key changes nothing', async () => {
    const content = csv(HEADER, row(COPPERBEECH, 3));
    const idempotencyKey = randomUUID();
    const first = await bring(content, { idempotencyKey });
    const after = await numbers();
    expect((await bring(content, { idempotencyKey })).id).toBe(first.id);
    const { counts } = await bring(content);
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
    const { counts } = await bring(csv(HEADER, row(COPPERBEECH, 3)), {}, accord.with(`Bearer ${shown}`));
    expect(counts).toContainEqual({ outcome: 'CHANGED', count: 1 });
  });
});

describe('what is refused whole leaves nothing, and says what to do', () => {
  it.each<[string, () => string | Buffer, RegExp]>([
    ['another file', () => csv('Name,Age', 'x,1'), /no list of the homes that a borough uses/],
    [
      'a file with a column of people',
      () => csv(`${HEADER},Name of child`, `${row(COPPERBEECH, 1)},x`),
      /does not take column 7.*no ages/,
    ],
    [
      'a file that does not say which homes',
      () => csv('Young people,As at', '1,20/11/2026'),
      /does not say which homes/,
    ],
    ['a workbook', () => Buffer.from('PK\u0003\u0004 workbook', 'latin1'), /spreadsheet program’s own file/],
    ['a PDF', () => '%PDF-1.7 and so on', /This is a PDF/],
    ['a web page', () => '<!doctype html><title>Sign in</title>', /web page/],
    ['a compressed bomb', () => gzipSync(Buffer.alloc(5_000_000)), /compressed/],
    ['a bomb of lines', () => `${HEADER}\n${'\n'.repeat(6_000)}`, /more than 5,000 rows/],
    ['a bomb of cells', () => `${HEADER}\n${','.repeat(900_000)}`, /it does not end/],
    ['more than a list can have', () => `${HEADER}\n${`${'x'.repeat(60_000)}\n`.repeat(20)}`, /more than 1 MB/],
    [
      'another encoding',
      () => Buffer.from(csv(HEADER, ',Caf\u00e9,ZZ1 1AA,,1,20/11/2026'), 'latin1'),
      /not text in UTF-8/,
    ],
    ['UTF-16', () => Buffer.from(csv(HEADER, row(COPPERBEECH, 1)), 'utf16le'), /not text in UTF-8/],
    ['one cut off in a row', () => `${HEADER}\n${row(COPPERBEECH, 1)}\n,,,${LODGE.slice(0, 9)}`, /was cut off/],
    ['one cut off in a quotation', () => `${HEADER}\n,"Copperb`, /never closed/],
    [
      'a whole one that lost a row',
      () => csv(HEADER, row(COPPERBEECH, 1), 'COMPLETE,2'),
      /says that it has 2 rows, and has 1/,
    ],
    ['one that goes on after its end', () => csv(HEADER, 'COMPLETE,0', row(COPPERBEECH, 1)), /which is the last/],
    ['one with semicolons', () => csv(HEADER.replaceAll(',', ';'), ';;;;1;'), /separated by semicolons/],
    ['one without a row', () => csv(HEADER), /no row below it/],
    ['an empty one', () => '', /is empty/],
    ['one that does not say of which day', () => csv('Home id,Young people', `${COPPERBEECH},1`), /no column "As at"/],
    ['one of a day to come', () => csv(HEADER, row(COPPERBEECH, 1, '01/01/2099')), /which is to come/],
  ])('%s', async (_what, content, message) => {
    const before = await footprint();
    const { data, errors } = await send(brent, content());
    expect(errors).toMatchObject([
      { message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT', path: expect.any(String) } },
    ]);
    expect(data?.importUseFile ?? null).toBeNull();
    expect(await footprint()).toEqual(before);
  });

  it('a day that is not the file’s', async () => {
    const { errors } = await send(brent, csv(HEADER, row(COPPERBEECH, 1)), { asAt: '2026-11-19' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: 'input.asAt' });
  });

  it('the list of whoever may not, or has no homes in use', async () => {
    const content = csv(HEADER, row(COPPERBEECH, 1));
    const before = await footprint();
    for (const persona of ['brent-practitioner', 'brent-director', 'brent-ig', 'brent-dashboard', 'alliance-admin'])
      expect((await send(await accord.as(persona), content)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await send(accord.with('Bearer nobody'), content)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await footprint()).toEqual(before);
  });
});
