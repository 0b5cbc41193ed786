import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countQueuedJobs, TestAccord, type TestClient } from '@accord/testkit';
import { Register } from '../support/register.js';
import { regulatorFile, sample } from '../support/regulator-file.js';
import { bringFile, sendFile } from '../support/upload.js';

let accord: TestAccord;
let register: Register;
let alliance: TestClient;

beforeAll(async () => {
  // What the clock finds due is told of by no request, and would stand in a footprint.
  accord = await TestAccord.start({ CLOCK_EVERY_MS: '86400000' });
  register = new Register(accord.database);
  await accord.settled();
  alliance = await accord.as('alliance-accreditation');
});

afterAll(() => accord.stop());

const header = (file: string): string => file.split('\r\n')[3] ?? '';

const TABLES = ['provider', 'home', 'registration', 'inspection', 'outbox_event', 'idempotency_record'];
const IMPORTS = ['regulator_import', 'regulator_import_part', 'regulator_import_finding', 'regulator_import_change'];

/** Every row that a file could have left, as one digest, and every job that was ever queued. */
async function footprint(): Promise<unknown> {
  const rows = [...TABLES, ...IMPORTS].map(
    (table) => `(select md5(string_agg(t::text, ',' order by t::text)) from ${table} t) as ${table}`,
  );
  return [await register.query(`select ${rows.join(', ')}`), await countQueuedJobs(accord)];
}

describe('what is refused before anything is queued', () => {
  const twice = () => Buffer.alloc(20_000_000, `${sample()}\r\n`);

  it.each<[string, () => string | Buffer, RegExp]>([
    ['a workbook', () => Buffer.from('PK\u0003\u0004 and what follows'), /save that as "CSV UTF-8", and import/],
    [
      'a workbook of long ago',
      () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      /save that as "CSV UTF-8"/,
    ],
    [
      'a spreadsheet saved with semicolons',
      () => sample().replaceAll('"', '').replaceAll(',', ';'),
      /Save it again with commas/,
    ],
    ['a spreadsheet saved as Unicode text', () => Buffer.from(sample(), 'utf16le'), /save it again as "CSV UTF-8"/],
    [
      'a spreadsheet saved in Windows letters',
      () => Buffer.from(sample().replaceAll('–', '\u0096').replace('\ufeff', ''), 'latin1'),
      /save it again as "CSV UTF-8"/,
    ],
    [
      'a file cut off in a cell',
      () => `${sample()}Ofsted Social Care,"26120`,
      /never closed, as in a file that was cut off/,
    ],
    [
      'a file cut off in a row',
      () => sample().slice(0, sample().lastIndexOf('Active')),
      /in the middle of the row of line 266/,
    ],
    ['a file twice the allowed size', twice, /more than 10 MB/],
    ['a compressed bomb', () => gzipSync(Buffer.alloc(5_000_000)), /compressed. Unpack it/],
    ['a bomb of lines', () => `${header(sample())}${'\r\n'.repeat(300_000)}`, /more than 20,000 rows/],
    ['a bomb of cells', () => `${header(sample())}\r\n${','.repeat(9_000_000)}`, /line 2: it does not end/],
    ['another regulator’s file', () => 'CQC Locations data\n\n\nName,Also known as\n', /CQC’s directory/],
    [
      'a year whose columns nobody has seen',
      () => sample().replace('Places,', 'Beds,'),
      /no column "Places".*say what these columns mean: "Beds"/,
    ],
    ['a file that is empty', () => '', /is empty/],
  ])('%s leaves no row and no job', async (_, content, message) => {
    const before = await footprint();
    const { data, errors } = await sendFile(alliance, content());
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(message),
        extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) },
      },
    ]);
    expect(errors?.[0]?.extensions['path']).toMatch(/file$/);
    expect(data?.importRegulatorFile ?? null).toBeNull();
    expect(await footprint()).toEqual(before);
  });

  it('a file that does not say as of when, and one that tells of days to come', async () => {
    const file = regulatorFile({ URN: '9900040' }).replace('2023-24', '');
    const refused = await sendFile(alliance, file);
    expect(refused.errors).toMatchObject([
      { message: expect.stringContaining('2020-03-31'), extensions: { path: 'input.asAt' } },
    ]);
    expect((await sendFile(alliance, file, { asAt: '2999-01-01' })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', path: 'input.asAt' } },
    ]);
    expect(await bringFile(alliance, file, { asAt: '2020-03-31' })).toMatchObject({ asAt: '2020-03-31' });
  });

  it('a request that is no multipart request of GraphQL', async () => {
    const authorization = `Bearer ${await accord.token('alliance-accreditation')}`;
    const send = async (parts: readonly (readonly [string, string | File])[]) => {
      const body = new FormData();
      for (const [name, part] of parts) body.append(name, part);
      const headers = { authorization, 'apollo-require-preflight': 'true' };
      const response = await fetch(`${accord.url}/graphql`, { method: 'POST', headers, body });
      return { status: response.status, body: await response.text() };
    };
    const file = new File(['x'], 'x.csv');
    const operations = JSON.stringify({ query: '{ viewer { id } }', variables: { a: null, b: 1 } });
    const bad: readonly (readonly (readonly [string, string | File])[])[] = [
      [['0', file]],
      [['operations', operations]],
      [
        ['operations', '{'],
        ['map', '{}'],
      ],
      [
        ['operations', operations],
        ['map', '{"0":["variables.c"]}'],
        ['0', file],
      ],
      [
        ['operations', operations],
        ['map', '{"0":["variables.b"]}'],
        ['0', file],
      ],
      [
        ['operations', operations],
        ['map', '{"0":["query"]}'],
        ['0', file],
      ],
      [
        ['operations', operations],
        ['map', '{"0":["variables.__proto__.x"]}'],
        ['0', file],
      ],
      [
        ['operations', operations],
        ['map', '{"1":["variables.a"]}'],
        ['0', file],
      ],
      [
        ['operations', operations],
        ['map', '{"0":["variables.a"]}'],
        ['0', file],
        ['1', file],
      ],
      [
        ['operations', `[${operations}]`],
        ['map', '{}'],
      ],
    ];
    for (const parts of bad) {
      const answer = await send(parts);
      expect([parts.map(([name]) => name), answer.status, JSON.parse(answer.body)]).toMatchObject([
        parts.map(([name]) => name),
        400,
        { errors: [{ extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) } }] },
      ]);
    }
    expect(
      await send([
        ['operations', operations],
        ['map', '{"0":["variables.a"]}'],
        ['0', file],
      ]),
    ).toMatchObject({
      status: 200,
      body: expect.stringContaining('"viewer":{"id"'),
    });
  });

  it('a text where a file belongs, over JSON', async () => {
    const { errors } = await alliance.send(
      'mutation($input: ImportRegulatorFileInput!) { importRegulatorFile(input: $input) { import { id } } }',
      { input: { file: 'URN,Name', idempotencyKey: randomUUID() } },
    );
    expect(errors).toMatchObject([
      { message: expect.stringContaining('multipart'), extensions: { path: 'input.file' } },
    ]);
  });
});
