import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { withClient } from '@accord/persistence';
import { TestAccord, type Answer, type TestClient } from '@accord/testkit';
import { LANTERNFIELD, TIDEWELL } from '../support/alerts.js';

let accord: TestAccord;
let lead: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  lead = await accord.as('alliance-lead');
});
afterAll(() => accord.stop());

interface Provider {
  readonly id: string;
  readonly version: number;
  readonly updatedAt: string;
  readonly [fact: string]: unknown;
}
interface Made {
  readonly made: { readonly provider?: Provider; readonly home?: Provider } | null;
}

const FACTS =
  'id version updatedAt name tradingNames companyNumber postcode ownershipGroup directors responsibleIndividual noticePeriodDays dpvLot registrations { regulator reference status }';
const ADD = `mutation($input: AddProviderInput!) { made: addProvider(input: $input) { provider { ${FACTS} } } }`;
const CHANGE = `mutation($input: ChangeProviderInput!) { made: changeProvider(input: $input) { provider { ${FACTS} } } }`;
const HOME_FACTS =
  'id version name postcode placementTypes beds ageFrom ageTo managerVacantSince hostBorough { name } localAuthority registrations { reference }';
const ADD_HOME = `mutation($input: AddHomeInput!) { made: addHome(input: $input) { home { ${HOME_FACTS} } } }`;
const CHANGE_HOME = `mutation($input: ChangeHomeInput!) { made: changeHome(input: $input) { home { ${HOME_FACTS} } } }`;

let number = 0;
const next = (): number => (number += 1);

const send = (mutation: string, input: object, client = lead): Promise<Answer<Made>> =>
  client.send<Made>(mutation, { input });
const add = (provider: object, registration?: object, client = lead): Promise<Answer<Made>> =>
  send(
    ADD,
    { provider: { name: `Added Care ${next()} Ltd`, ...provider }, registration, idempotencyKey: `provider-${next()}` },
    client,
  );
const addHome = (home: object, registration?: object): Promise<Answer<Made>> =>
  send(ADD_HOME, {
    providerId: TIDEWELL.providerId,
    home: { name: `Added House ${next()}`, ...home },
    registration,
    idempotencyKey: `home-${next()}`,
  });

const refusal = ({ errors }: Answer<unknown>): unknown => errors?.map(({ extensions: { code, path } }) => [code, path]);
const words = ({ errors }: Answer<unknown>): string => errors?.[0]?.message ?? 'no refusal';

async function providerOf(answer: Promise<Answer<Made>>): Promise<Provider> {
  const { data, errors } = await answer;
  if (!data?.made?.provider) throw new Error(JSON.stringify(errors));
  return data.made.provider;
}

async function homeOf(answer: Promise<Answer<Made>>): Promise<Provider> {
  const { data, errors } = await answer;
  if (!data?.made?.home) throw new Error(JSON.stringify(errors));
  return data.made.home;
}

const rows = async (): Promise<unknown> =>
  (
    await withClient(accord.database.urls.superuser, (pg) =>
      pg.query(
        'select (select count(*) from provider) p, (select count(*) from home) h, (select count(*) from registration) r',
      ),
    )
  ).rows;

describe('identifiers are kept as their keepers write them', () => {
  it.each([
    ['companyNumber', '1234567', '01234567'],
    ['companyNumber', ' oc 301 234', 'OC301234'],
    ['companyNumber', '99123456', '99123456'],
    ['companyNumber', 'ip12345r', 'IP12345R'],
    ['postcode', 'ha96bz', 'HA9 6BZ'],
    ['postcode', ' EC1a  1bb ', 'EC1A 1BB'],
    ['companyNumber', '  ', null],
    ['postcode', null, null],
  ])('%s "%s" as %s', async (field, given, stored) => {
    expect((await providerOf(add({ [field]: given })))[field]).toBe(stored);
  });

  it.each([
    ['OFSTED', 'sc 123456', 'SC123456'],
    ['OFSTED', '2780001', '2780001'],
    ['CQC', '1-112588858', '1-112588858'],
  ])('an %s registration "%s" as %s', async (regulator, reference, stored) => {
    const { registrations } = await providerOf(add({}, { regulator, reference, status: 'REGISTERED' }));
    expect(registrations).toEqual([{ regulator, reference: stored, status: 'REGISTERED' }]);
  });
});

describe('what cannot be right is refused, with the form that is expected, and nothing is kept', () => {
  const REGISTRATION = { regulator: 'OFSTED', status: 'REGISTERED' };
  const WRONG: readonly [refused: () => Promise<Answer<Made>>, path: string, expected: RegExp][] = [
    [() => add({ companyNumber: '12' }), 'input.provider.companyNumber', /01234567.*OC301234/],
    [() => add({ companyNumber: '123456789' }), 'input.provider.companyNumber', /eight characters/],
    [() => add({ companyNumber: 'ABCDEFGH' }), 'input.provider.companyNumber', /eight characters/],
    [() => add({ postcode: 'HA9' }), 'input.provider.postcode', /HA9 6BZ/],
    [() => add({ postcode: '12345' }), 'input.provider.postcode', /HA9 6BZ/],
    [() => add({}, { ...REGISTRATION, reference: 'SC12345' }), 'input.registration.reference', /SC123456 or 2612013/],
    [
      () => add({}, { ...REGISTRATION, regulator: 'CQC', reference: '1_2' }),
      'input.registration.reference',
      /1-112588858/,
    ],
    [() => add({ name: '  ' }), 'input.provider.name', /cannot be empty/],
    [() => add({ name: null }), 'input.provider.name', /cannot be empty/],
    [() => add({ noticePeriodDays: -1 }), 'input.provider.noticePeriodDays', /below zero/],
    [() => addHome({ postcode: 'nowhere' }), 'input.home.postcode', /HA9 6BZ/],
    [() => addHome({ hostBoroughGss: 'E06000001' }), 'input.home.hostBoroughGss', /E09000005/],
    [() => addHome({ beds: -2 }), 'input.home.beds', /below zero/],
    [() => addHome({ ageFrom: 18, ageTo: 16 }), 'input.home.ageTo', /below the youngest/],
    [() => addHome({}, { ...REGISTRATION, reference: 'URN 7' }), 'input.registration.reference', /SC123456/],
  ];

  it.each(WRONG.map(([refused, path, expected], index) => [`${index + 1}: ${path}`, refused, path, expected] as const))(
    '%s',
    async (_what, refused, path, expected) => {
      const before = await rows();
      const answer = await refused();
      expect(refusal(answer)).toEqual([['BAD_USER_INPUT', path]]);
      expect(words(answer)).toMatch(expected);
      expect(answer.data).toEqual({ made: null });
      expect(await rows()).toEqual(before);
    },
  );
});

describe('what is there already is CONFLICT, with the id of what is there', () => {
  const conflict = (path: string, matchId: string | undefined) => [
    expect.objectContaining({ extensions: { code: 'CONFLICT', path, matchId, requestId: expect.any(String) } }),
  ];

  it('for a company number, added or changed to, however it is written', async () => {
    const { id } = await providerOf(add({ companyNumber: '07654321' }));
    expect((await add({ companyNumber: '7654321' })).errors).toEqual(conflict('input.provider.companyNumber', id));
    const other = await providerOf(add({ companyNumber: '07654322' }));
    const change = {
      providerId: other.id,
      expectedVersion: 1,
      provider: { companyNumber: '07654321', dpvLot: 'Lot 9' },
    };
    expect((await send(CHANGE, change)).errors).toEqual(conflict('input.provider.companyNumber', id));
    expect(
      await lead.data('query($id: ID!) { provider(id: $id) { companyNumber dpvLot version } }', { id: other.id }),
    ).toEqual({
      provider: { companyNumber: '07654322', dpvLot: null, version: 1 },
    });
  });

  it('for its own company number it is none', async () => {
    const { id } = await providerOf(add({ companyNumber: '07000001' }));
    const changed = await providerOf(
      send(CHANGE, { providerId: id, expectedVersion: 1, provider: { companyNumber: '7000001' } }),
    );
    expect([changed.companyNumber, changed.version]).toEqual(['07000001', 2]);
  });

  it('for a registration, with the provider or the home that has it', async () => {
    const registration = (reference: string) => ({ regulator: 'OFSTED', reference, status: 'REGISTERED' });
    const { id } = await providerOf(add({}, registration('2650001')));
    const home = await homeOf(addHome({}, registration('SC650002')));
    const before = await rows();
    expect((await add({}, registration('2650001'))).errors).toEqual(conflict('input.registration.reference', id));
    expect((await addHome({}, registration('sc650002'))).errors).toEqual(
      conflict('input.registration.reference', home.id),
    );
    expect(await rows()).toEqual(before);
    // Another regulator has numbers of its own.
    expect((await add({}, { ...registration('2650001'), regulator: 'CQC' })).errors).toBeUndefined();
  });

  it('for all but one of those who add it at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        add({ companyNumber: '07111111' }, { regulator: 'OFSTED', reference: '2670001', status: 'REGISTERED' }),
      ),
    );
    const [made] = answers.flatMap(({ data }) => data?.made?.provider ?? []);
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual(
      Array.from({ length: 4 }, () => conflict('input.provider.companyNumber', made?.id)[0]),
    );
  });
});

describe('a change', () => {
  it('leaves what is not given, clears what is null, and counts its version', async () => {
    const facts = {
      tradingNames: [' One ', 'Two', 'One', ''],
      companyNumber: '07222222',
      ownershipGroup: 'The Group',
      noticePeriodDays: 28,
    };
    const added = await providerOf(add(facts));
    expect(added.tradingNames).toEqual(['One', 'Two']);
    const changed = await providerOf(
      send(CHANGE, {
        providerId: added.id,
        expectedVersion: 1,
        provider: { ownershipGroup: null, responsibleIndividual: 'The individual' },
      }),
    );
    expect(changed).toEqual({
      ...added,
      ownershipGroup: null,
      responsibleIndividual: 'The individual',
      version: 2,
      updatedAt: expect.any(String),
    });
    expect(Date.parse(changed.updatedAt)).toBeGreaterThanOrEqual(Date.parse(added.updatedAt));
  });

  it('of a home works alike, and of its host', async () => {
    const home = await homeOf(
      addHome({
        hostBoroughGss: 'E09000016',
        placementTypes: ['CHILDRENS_HOME', 'CHILDRENS_HOME'],
        beds: 4,
        managerVacantSince: '2026-10-01',
      }),
    );
    expect(home).toMatchObject({
      hostBorough: { name: 'Havering' },
      localAuthority: 'Havering',
      placementTypes: ['CHILDRENS_HOME'],
    });
    const change = {
      homeId: home.id,
      expectedVersion: 1,
      home: { hostBoroughGss: 'E09000005', managerVacantSince: null },
    };
    const changed = await homeOf(send(CHANGE_HOME, change));
    expect(changed).toEqual({
      ...home,
      hostBorough: { name: 'Brent' },
      localAuthority: 'Brent',
      managerVacantSince: null,
      version: 2,
    });
  });

  it('of what is not there is NOT_FOUND', async () => {
    const nowhere = '00000000-0000-4000-8000-000000000000';
    for (const id of [nowhere, 'x', '']) {
      expect(refusal(await send(CHANGE, { providerId: id, expectedVersion: 1, provider: {} }))).toEqual([
        ['NOT_FOUND', undefined],
      ]);
      expect(refusal(await send(CHANGE_HOME, { homeId: id, expectedVersion: 1, home: {} }))).toEqual([
        ['NOT_FOUND', undefined],
      ]);
      expect(
        refusal(await send(ADD_HOME, { providerId: id, home: { name: 'x' }, idempotencyKey: `gone-${next()}` })),
      ).toEqual([['NOT_FOUND', undefined]]);
    }
  });
});

const rename = (client: TestClient): Promise<Answer<Made>> =>
  send(CHANGE, { providerId: LANTERNFIELD.providerId, expectedVersion: -1, provider: { name: 'Renamed' } }, client);

test.each(['alliance-accreditation', 'alliance-lead', 'alliance-admin'])('%s keeps the register', async (persona) => {
  const client = await accord.as(persona);
  expect(refusal(await add({}, undefined, client))).toBeUndefined();
  expect(refusal(await rename(client))).toEqual([['CONFLICT', undefined]]);
});

test.each(['alliance-safeguarding', 'brent-placements', 'brent-admin', 'brent-dashboard'])(
  '%s does not keep the register',
  async (persona) => {
    const client = await accord.as(persona);
    const before = await rows();
    expect(refusal(await add({}, undefined, client))).toEqual([['FORBIDDEN', undefined]]);
    expect(refusal(await rename(client))).toEqual([['FORBIDDEN', undefined]]);
    expect(await rows()).toEqual(before);
  },
);
