import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { homeId, providerId } from '@accord/infra';
import { countQueuedJobs, TestAccord, type TestClient } from '@accord/testkit';
import { gzipSync } from 'node:zlib';
import { Register } from '../support/register.js';
import { lineOf, regulatorFile, sample } from '../support/regulator-file.js';
import { bringFile, sendFile } from '../support/upload.js';
import { eventually } from '../support/wait.js';

let accord: TestAccord;
let register: Register;
let alliance: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  register = new Register(accord.database);
  alliance = await accord.as('alliance-accreditation');
});

afterAll(() => accord.stop());

const header = (file: string): string => file.split('\r\n')[3] ?? '';

describe('a file that alliance staff sends', () => {
  it('is queued, comes in by the worker, and says at the end what became of every row', async () => {
    const file = regulatorFile({}, { URN: '9900002', Places: 'some' }, { URN: '9900003' });
    const queued = await sendFile(alliance, file);
    expect(queued.data).toEqual({
      importRegulatorFile: { import: { id: expect.any(String), state: 'QUEUED', rows: 3, rowsDone: 0 } },
    });
    const report = await bringFile(alliance, file.replaceAll('Thistledown Homes', 'Thistledown  homes'));
    expect(report).toMatchObject({
      fileName: 'ofsted.csv',
      asAt: '2024-03-31',
      dryRun: false,
      state: 'DONE',
      rows: 3,
      rowsDone: 3,
      refusedRows: 1,
      problem: null,
      requestedBy: 'Alliance accreditation officer',
      flagsRaised: 0,
      // Another file of the same rows: what the first brought is there.
      providers: { added: 0, changed: 0, unchanged: 1 },
      homes: { added: 0, changed: 0, unchanged: 2 },
      registrations: { added: 0, changed: 0, unchanged: 2 },
      inspections: { added: 0, changed: 0, unchanged: 2 },
      findings: {
        nodes: [{ kind: 'REFUSED', line: lineOf(1), column: 'Places', reason: '"some" is no number of places.' }],
      },
      changes: { nodes: [] },
    });
    expect(await register.registered('9900003')).toMatchObject({ provider: 'Thistledown Homes Limited' });
    expect(await register.query('select from regulator_import_part')).toEqual([]);
  });

  it('shows in a dry run what would change, fact by fact, and writes nothing of it', async () => {
    const known = { URN: '9900010', 'Inspection event number': '90000110' };
    await bringFile(alliance, regulatorFile(known));
    const before = await register.everything();
    const file = regulatorFile(
      { ...known, Places: '5', 'Registration status': 'Suspended' },
      { URN: '9900011', 'Inspection event number': '90000111' },
    );
    const report = await bringFile(alliance, file, { dryRun: true });
    expect(report).toMatchObject({
      state: 'DONE',
      dryRun: true,
      rowsDone: 2,
      homes: { added: 1, changed: 1, unchanged: 0 },
      registrations: { added: 1, changed: 1, unchanged: 0 },
    });
    expect(report.changes.nodes.filter(({ outcome }) => outcome === 'CHANGED')).toEqual([
      {
        kind: 'HOME',
        outcome: 'CHANGED',
        label: 'Home 9900010',
        differences: [{ field: 'beds', before: '4', after: '5' }],
      },
      {
        kind: 'REGISTRATION',
        outcome: 'CHANGED',
        label: "9900010, Children's home",
        differences: [{ field: 'status', before: 'REGISTERED', after: 'SUSPENDED' }],
      },
    ]);
    expect(await register.everything()).toEqual(before);
  });

  it('is queued once under one key, and not with another file', async () => {
    const key = randomUUID();
    const file = regulatorFile({ URN: '9900020' });
    const [first, second] = [
      await sendFile(alliance, file, { idempotencyKey: key }),
      await sendFile(alliance, file, { idempotencyKey: key }),
    ];
    expect(second.data?.importRegulatorFile?.import.id).toBe(first.data?.importRegulatorFile?.import.id);
    const other = await sendFile(alliance, regulatorFile({ URN: '9900021' }), { idempotencyKey: key });
    expect(other.errors).toMatchObject([{ extensions: { code: 'CONFLICT', path: 'input.idempotencyKey' } }]);
  });

  it('may say what a column means that no year had, and which to pass over', async () => {
    const supported = {
      URN: '9900030',
      'Inspection event number': '90000130',
      'Provision type': 'Supported Accommodation',
      'Overall experiences and progress of children and young people': '',
      'How well children and young people are helped and protected': '',
      'The effectiveness of leaders and managers': '',
    };
    const file = regulatorFile(supported)
      .replace(header(sample()), `${header(sample())},Overall outcome,Wing`)
      .replace(/(9900030.*)\r\n/, '$1,Outcome 2,x\r\n');
    const refused = await sendFile(alliance, file);
    expect(refused.errors).toMatchObject([
      {
        message: expect.stringContaining('"Overall outcome", "Wing"'),
        extensions: { code: 'BAD_USER_INPUT', path: 'file', unseenColumns: ['Overall outcome', 'Wing'] },
      },
    ]);
    const columns = [{ name: 'Overall outcome', meaning: 'SUPPORTED_OUTCOME' }, { name: 'Wing' }];
    expect(await bringFile(alliance, file, { columns })).toMatchObject({ state: 'DONE', inspections: { added: 1 } });
    const [inspection] = await register.query(
      "select i.judgements from inspection i join registration r on r.id = i.registration_id where r.reference = '9900030'",
    );
    expect(inspection).toEqual({
      judgements: [
        {
          aspect: 'Outcome',
          judgement: 'Inconsistent quality of service delivery',
          scale: 'SUPPORTED_ACCOMMODATION_OUTCOME',
        },
      ],
    });
  });
});

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
    const before = [await register.everything(), await imports(), await countQueuedJobs(accord)];
    const { data, errors } = await sendFile(alliance, content());
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(message),
        extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) },
      },
    ]);
    expect(errors?.[0]?.extensions['path']).toMatch(/file$/);
    expect(data?.importRegulatorFile ?? null).toBeNull();
    expect([await register.everything(), await imports(), await countQueuedJobs(accord)]).toEqual(before);
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

const imports = () => register.query('select id, state, rows_done from regulator_import order by id');

describe('registrations', () => {
  const AMBLEPORT = providerId('Ambleport Housing Ltd');
  const RECORD =
    'mutation($input: RecordRegistrationInput!) { recordRegistration(input: $input) { registration { reference status countsAsRegistered statusAsAt } } }';
  const record = (status: string, more: Readonly<Record<string, unknown>> = {}) =>
    alliance.send(RECORD, {
      input: {
        providerId: AMBLEPORT,
        registration: { regulator: 'OFSTED', reference: '2799003', status },
        idempotencyKey: randomUUID(),
        ...more,
      },
    });
  const unregistered = async (): Promise<string[]> => {
    const { providers } = await alliance.data<{ providers: { nodes: { name: string }[] } }>(
      '{ providers(first: 50, filter: { registrationStatus: [UNREGISTERED] }) { nodes { name } } }',
    );
    return providers.nodes.map(({ name }) => name);
  };

  it('that are applied for count as unregistered, until they are approved', async () => {
    expect(await unregistered()).toContain('Ambleport Housing Ltd');
    expect((await record('REGISTERED', { asAt: '2026-11-01' })).data).toEqual({
      recordRegistration: {
        registration: {
          reference: '2799003',
          status: 'REGISTERED',
          countsAsRegistered: true,
          statusAsAt: '2026-11-01',
        },
      },
    });
    expect(await unregistered()).not.toContain('Ambleport Housing Ltd');
    expect((await record('APPLICATION_PENDING')).data).toMatchObject({
      recordRegistration: { registration: { status: 'APPLICATION_PENDING', countsAsRegistered: false } },
    });
  });

  it.each([
    ['what is known of a later day', { asAt: '2026-10-01' }, 'REGISTERED', 'CONFLICT', 'input.asAt'],
    ['a day to come', { asAt: '2999-01-01' }, 'REGISTERED', 'BAD_USER_INPUT', 'input.asAt'],
    ['a suspension, which boroughs are told of', {}, 'SUSPENDED', 'BAD_USER_INPUT', 'input.registration.status'],
    [
      'another provider’s',
      { providerId: providerId('Tidewell Care Ltd') },
      'REGISTERED',
      'CONFLICT',
      'input.registration.reference',
    ],
    ['another home’s', { homeId: homeId('Ambleport Row') }, 'REGISTERED', 'CONFLICT', 'input.registration.reference'],
  ])('are not changed by %s', async (_, more, status, code, path) => {
    const { errors } = await record(status, more);
    expect(errors).toMatchObject([{ extensions: { code, path } }]);
  });

  it('show the inspections of an agency, newest first', async () => {
    const { providers } = await eventually(
      () =>
        alliance.data<{
          providers: { nodes: { registrations: { reference: string; inspections: { inspectedOn: string }[] }[] }[] };
        }>(
          '{ providers(first: 1, filter: { search: "2748709" }) { nodes { registrations { reference inspections { inspectedOn judgements { scale } } } } } }',
        ),
      () => true,
    );
    const [registration] = providers.nodes[0]?.registrations ?? [];
    const days = registration?.inspections.map(({ inspectedOn }) => inspectedOn) ?? [];
    expect(days).toHaveLength(2);
    expect(days).toEqual(days.toSorted((a, b) => (a < b ? 1 : -1)));
  });
});
