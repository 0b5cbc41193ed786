import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { TestAccord, type Answer, type TestClient } from '@accord/testkit';

let accord: TestAccord;
let brent: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  brent = await accord.as('brent-placements');
});
afterAll(() => accord.stop());

interface List {
  readonly providers: {
    readonly totalCount: number;
    readonly nodes: { readonly name: string; readonly openFlagCount: number | null }[];
  };
}
const LIST = `query($filter: ProviderFilter, $orderBy: ProviderOrder) {
  providers(first: 100, filter: $filter, orderBy: $orderBy) { totalCount nodes { name openFlagCount } }
}`;

/** The first words of the names of those found. */
async function found(filter: object, client = brent): Promise<string[]> {
  const { providers } = await client.data<List>(LIST, { filter });
  expect(providers.nodes).toHaveLength(Math.min(100, providers.totalCount));
  return providers.nodes.map(({ name }) => name.split(' ')[0] ?? '');
}

/** The fictional providers: their postcodes are nobody else's. */
const FICTIONAL = { search: 'ZZ1' };
const ALL = [
  'Ambleport',
  'Fernlock',
  'Hearthway',
  'Lanternfield',
  'Marrowby',
  'Oxbarrow',
  'Pennyroyal',
  'Quillstone',
  'Saltmere',
  'Tidewell',
];
const without = (...names: string[]): string[] => ALL.filter((name) => !names.includes(name));

const refusal = ({ errors }: Answer<unknown>): unknown => errors?.map(({ extensions: { code, path } }) => [code, path]);

describe('search finds', () => {
  it.each([
    ['a name', 'Lanternfield', ['Lanternfield']],
    ['a part of a name, in any case', 'ANTERNF', ['Lanternfield']],
    ['the name of a home', 'copperbeech', ['Lanternfield']],
    ['several words, wherever they stand', 'house lantern zz1', ['Lanternfield']],
    ['a postcode', 'ZZ1 2CB', ['Lanternfield']],
    ['a postcode without its space', 'zz12cb', ['Lanternfield']],
    ['the provider’s own postcode', 'ZZ1 1SM', ['Saltmere']],
    ['a registration of a provider', '2799001', ['Lanternfield']],
    ['a registration of a home', 'sc990002', ['Tidewell']],
    ['a company number', '99000005', ['Marrowby']],
    ['what was meant: letters in the wrong order', 'Lanternfeild', ['Lanternfield']],
    ['what was meant: a letter too few', 'Penyroyal', ['Pennyroyal']],
    ['what was meant: another letter', 'copperbeach', ['Lanternfield']],
    ['nothing that is not there', 'zz1 zeppelin', []],
    ['nothing by signs that stand for others', '%', []],
    ['nothing by signs that stand for any letter', 'a_b__p_rt', []],
  ])('%s: "%s"', async (_what, search, names) => {
    expect(await found({ search })).toEqual(names);
  });

  it('a trading name, once it is known', async () => {
    const lead = await accord.as('alliance-lead');
    const provider = { name: 'Greyfriars Holdings Ltd', tradingNames: ['Moonrise Homes'] };
    await lead.data('mutation($input: AddProviderInput!) { addProvider(input: $input) { provider { id } } }', {
      input: { provider, idempotencyKey: 'moonrise' },
    });
    expect(await found({ search: 'moonrise' })).toEqual(['Greyfriars']);
  });

  it('everything with nothing to search for', async () => {
    const all = await found({});
    expect(all.length).toBeGreaterThanOrEqual(ALL.length);
    for (const search of ['', '   ', null]) expect(await found({ search })).toEqual(all);
  });

  it('no further than a hundred characters, and no text that PostgreSQL cannot keep', async () => {
    expect(refusal(await brent.send(LIST, { filter: { search: 'x'.repeat(101) } }))).toEqual([
      ['BAD_USER_INPUT', 'filter.search'],
    ]);
    expect(refusal(await brent.send(LIST, { filter: { search: 'a\u0000b' } }))).toEqual([
      ['BAD_USER_INPUT', 'filter.search'],
    ]);
    expect(
      refusal(await brent.send('{ providers(first: 1, filter: { search: "a\\u0000b" }) { totalCount } }')),
    ).toEqual([['BAD_USER_INPUT', undefined]]);
  });
});

describe('a filter narrows', () => {
  it.each([
    [{ accreditationStatus: ['INTERIM_SUSPENDED'] }, ['Saltmere']],
    [{ accreditationStatus: ['APPLIED', 'IN_ASSESSMENT'] }, ['Ambleport', 'Fernlock']],
    [{ accreditationStatus: [] }, []],
    [{ placementType: ['CHILDRENS_HOME'] }, ['Saltmere', 'Tidewell']],
    [
      { placementType: ['CHILDRENS_HOME', 'SUPPORTED_SELF_CONTAINED'] },
      ['Ambleport', 'Fernlock', 'Lanternfield', 'Saltmere', 'Tidewell'],
    ],
    [{ hostBoroughGss: ['E09000016'] }, ['Lanternfield', 'Oxbarrow', 'Pennyroyal']],
    [{ hostBoroughGss: ['E09000005', 'E09000009'] }, ['Lanternfield', 'Marrowby', 'Saltmere', 'Tidewell']],
    [{ registrationStatus: ['APPLICATION_PENDING'] }, ['Ambleport']],
    [{ hasOpenFlag: true }, ['Marrowby', 'Saltmere', 'Tidewell']],
    [{ hasOpenFlag: false }, without('Marrowby', 'Saltmere', 'Tidewell')],
    [{ usedByMyBorough: true }, ['Hearthway', 'Lanternfield', 'Marrowby', 'Pennyroyal', 'Tidewell']],
    [{ usedByMyBorough: false }, ['Ambleport', 'Fernlock', 'Oxbarrow', 'Quillstone', 'Saltmere']],
    [{ usedByMyBorough: true, hasOpenFlag: true, placementType: ['CHILDRENS_HOME'] }, ['Tidewell']],
    [
      {
        accreditationStatus: null,
        placementType: null,
        hostBoroughGss: null,
        registrationStatus: null,
        hasOpenFlag: null,
        usedByMyBorough: null,
      },
      ALL,
    ],
  ])('%j', async (filter, names) => {
    expect(await found({ ...FICTIONAL, ...filter })).toEqual(names);
  });

  it('by what the caller’s own borough may know and does', async () => {
    const ealing = await accord.as('ealing-placements');
    // Ealing is outside the agreement; it hosts Tidewell's home, which by itself tells it of no flag.
    expect(await found({ ...FICTIONAL, hasOpenFlag: true }, ealing)).toEqual(['Saltmere']);
    expect(await found({ ...FICTIONAL, usedByMyBorough: true }, ealing)).toEqual(['Ambleport', 'Saltmere']);
  });

  it('by no code that is none', async () => {
    for (const code of ['Brent', 'E0900000', `E09000005'; --`]) {
      expect(refusal(await brent.send(LIST, { filter: { hostBoroughGss: [code] } }))).toEqual([
        ['BAD_USER_INPUT', 'filter.hostBoroughGss'],
      ]);
    }
    expect(await found({ hostBoroughGss: ['E09999999'] })).toEqual([]);
  });
});

test('who sees no flags neither counts, narrows nor orders by them', async () => {
  const admin = await accord.as('brent-admin');
  const { providers } = await admin.data<List>(LIST, { filter: FICTIONAL });
  expect(new Set(providers.nodes.map(({ openFlagCount }) => openFlagCount))).toEqual(new Set([null]));
  expect(refusal(await admin.send(LIST, { filter: { hasOpenFlag: true } }))).toEqual([['FORBIDDEN', undefined]]);
  expect(refusal(await admin.send(LIST, { orderBy: { field: 'OPEN_FLAG_COUNT', direction: 'DESC' } }))).toEqual([
    ['FORBIDDEN', undefined],
  ]);
});

test('who turns out to see no flags is shown no count that was asked for ahead of their rights', async () => {
  const admin = await accord.as('brent-admin');
  // What a key may do is known from the directory alone, by when the list has been asked for.
  const { createMachine } = await admin.data<{ createMachine: { principal: { id: string } } }>(
    'mutation($input: CreateMachineInput!) { createMachine(input: $input) { principal { id } } }',
    { input: { subject: 'list-reader', displayName: 'Reader of the list', roles: ['BOROUGH_ADMIN'] } },
  );
  const { issueMachineKey } = await admin.data<{ issueMachineKey: { secret: string } }>(
    'mutation($input: IssueMachineKeyInput!) { issueMachineKey(input: $input) { secret } }',
    { input: { principalId: createMachine.principal.id, label: 'list', validDays: 1 } },
  );
  const reader = accord.with(`Bearer ${issueMachineKey.secret}`);
  const { providers } = await reader.data<List>(LIST, { filter: FICTIONAL });
  expect(providers.nodes.length).toBeGreaterThan(1);
  expect(new Set(providers.nodes.map(({ openFlagCount }) => openFlagCount))).toEqual(new Set([null]));
  expect(refusal(await reader.send(LIST, { filter: { hasOpenFlag: true } }))).toEqual([['FORBIDDEN', undefined]]);
});
