import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { withClient } from '@accord/persistence';
import { TestAccord, type Answer, type TestClient } from '@accord/testkit';
import { keepFlag, LANTERNFIELD, raise, resolveFlag, TIDEWELL } from '../support/alerts.js';

let accord: TestAccord;
let brent: TestClient;
let barnet: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  // With its first turn the clock tells of what is due, which no act did.
  await accord.settled();
  brent = await accord.as('brent-quality');
  barnet = await accord.as('barnet-placements');
});
afterAll(() => accord.stop());

const RAISE = 'mutation($input: RaiseFlagInput!) { done: raiseFlag(input: $input) { made: flag { id status } } }';
const ACKNOWLEDGE =
  'mutation($input: FlagActionInput!) { done: acknowledgeFlag(input: $input) { made: flag { id status } } }';
const RESOLVE = 'mutation($input: FlagActionInput!) { done: resolveFlag(input: $input) { made: flag { id status } } }';
const WITHDRAW =
  'mutation($input: FlagActionInput!) { done: withdrawFlag(input: $input) { made: flag { id status } } }';
const RE_SHARE =
  'mutation($input: ChangeFlagSharingInput!) { done: changeFlagSharing(input: $input) { made: flag { id version } } }';
const ADD_PROVIDER =
  'mutation($input: AddProviderInput!) { done: addProvider(input: $input) { made: provider { id name } } }';
const ADD_HOME = 'mutation($input: AddHomeInput!) { done: addHome(input: $input) { made: home { id name } } }';
const ARRANGE =
  'mutation($input: RecordArrangementInput!) { done: recordArrangement(input: $input) { made: provider { id arrangements { id } } } }';

interface Done {
  readonly done: { readonly made: { readonly id: string; readonly status?: string } } | null;
}

let keys = 0;
const key = (): string => `idempotency-${(keys += 1)}`;
const flag = (over: Readonly<Record<string, unknown>> = {}) => ({
  ...LANTERNFIELD,
  kind: 'OTHER',
  severity: 'LOW',
  summary: 'Once and no more',
  idempotencyKey: key(),
  ...over,
});

const send = (client: TestClient, mutation: string, input: object): Promise<Answer<Done>> =>
  client.send<Done>(mutation, { input });
const made = ({ data, errors }: Answer<Done>): string => data?.done?.made.id ?? `nothing: ${JSON.stringify(errors)}`;
const refusal = ({ errors }: Answer<Done>): unknown => errors?.map(({ extensions: { code, path } }) => [code, path]);

/** Everything that an act writes, counted. */
async function written(): Promise<Record<string, string>> {
  const tables = [
    'flag',
    'flag_acknowledgement',
    'outbox_event',
    'idempotency_record',
    'provider',
    'home',
    'commissioning_arrangement',
    'sharing_named',
  ];
  const counts = tables.map((table) => `(select count(*) from ${table}) as ${table}`);
  const { rows } = await withClient(accord.database.urls.superuser, (pg) =>
    pg.query<Record<string, string>>(`select ${counts.join(', ')}`),
  );
  return rows[0] ?? {};
}

interface Act {
  readonly client: TestClient;
  readonly mutation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Makes another payload of it. */
  readonly other: Readonly<Record<string, unknown>>;
}

/** Every mutation that takes a key, ready to be sent. */
const ACTS: readonly [what: string, prepare: () => Promise<Act> | Act][] = [
  ['raiseFlag', () => ({ client: brent, mutation: RAISE, input: flag(), other: { severity: 'HIGH' } })],
  [
    'acknowledgeFlag',
    async () => ({ client: barnet, mutation: ACKNOWLEDGE, input: await onFlag(), other: { reason: 'Seen' } }),
  ],
  [
    'resolveFlag',
    async () => ({ client: brent, mutation: RESOLVE, input: await onFlag(), other: { reason: 'Another' } }),
  ],
  [
    'withdrawFlag',
    async () => ({ client: brent, mutation: WITHDRAW, input: await onFlag(), other: { reason: 'Another' } }),
  ],
  [
    'changeFlagSharing',
    async () => {
      const sharing = { level: 'OWN_BOROUGH', reason: 'Not yet' };
      const { flagId, idempotencyKey } = await onFlag();
      return {
        client: brent,
        mutation: RE_SHARE,
        input: { flagId, idempotencyKey, expectedVersion: 1, sharing },
        other: { sharing: { ...sharing, reason: 'Never' } },
      };
    },
  ],
  [
    'addProvider',
    async () => ({
      client: await accord.as('alliance-lead'),
      mutation: ADD_PROVIDER,
      input: { provider: { name: 'Wrenmoor Care Ltd' }, idempotencyKey: key() },
      other: { provider: { name: 'Wrenmore Care Ltd' } },
    }),
  ],
  [
    'addHome',
    async () => ({
      client: await accord.as('alliance-lead'),
      mutation: ADD_HOME,
      input: { providerId: TIDEWELL.providerId, home: { name: 'Tidewell Quay' }, idempotencyKey: key() },
      other: { home: { name: 'Tidewell Key' } },
    }),
  ],
  [
    'recordArrangement',
    () => ({
      client: brent,
      mutation: ARRANGE,
      input: { providerId: TIDEWELL.providerId, route: 'SPOT', startsOn: '2026-11-02', idempotencyKey: key() },
      other: { route: 'DPV' },
    }),
  ],
];

const onFlag = async () => ({ flagId: await raise(brent, LANTERNFIELD), reason: 'Settled', idempotencyKey: key() });

describe.each(ACTS)('%s', (_what, prepare) => {
  it('said twice is done once, and answered alike', async () => {
    const { client, mutation, input } = await prepare();
    const first = await send(client, mutation, input);
    const before = await written();
    // The same input, its fields in another order.
    const again = await send(client, mutation, Object.fromEntries(Object.entries(input).reverse()));
    expect(first.errors).toBeUndefined();
    expect(again.data).toEqual(first.data);
    expect(await written()).toEqual(before);
  });

  it('said several times at once is done once', async () => {
    const { client, mutation, input } = await prepare();
    const before = await written();
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(client, mutation, input)));
    expect(new Set(answers.map(made)).size).toBe(1);
    expect(answers.filter(({ errors }) => errors)).toEqual([]);
    expect(Number((await written())['idempotency_record'])).toBe(Number(before['idempotency_record']) + 1);
  });

  it('is refused under the key of another payload, and does nothing', async () => {
    const { client, mutation, input, other } = await prepare();
    await send(client, mutation, input);
    const before = await written();
    expect(refusal(await send(client, mutation, { ...input, ...other }))).toEqual([
      ['CONFLICT', 'input.idempotencyKey'],
    ]);
    expect(await written()).toEqual(before);
  });
});

describe('a key', () => {
  it('is free again when its first use was refused', async () => {
    const input = flag({ homeId: TIDEWELL.homeId });
    expect(refusal(await send(brent, RAISE, input))).toEqual([['BAD_USER_INPUT', 'input.homeId']]);
    expect(made(await send(brent, RAISE, { ...input, homeId: LANTERNFIELD.homeId }))).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is free again for whoever waited for one that was refused', async () => {
    const input = flag({ summary: ' ' });
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(brent, RAISE, input)));
    expect(answers.map(refusal)).toEqual(answers.map(() => [['BAD_USER_INPUT', 'input.summary']]));
  });

  it('is each caller’s own, and each operation’s own', async () => {
    const input = flag();
    const mine = made(await send(brent, RAISE, input));
    const colleague = made(await send(await accord.as('brent-placements'), RAISE, input));
    const elsewhere = made(await send(barnet, RAISE, input));
    expect(new Set([mine, colleague, elsewhere]).size).toBe(3);
    const { idempotencyKey } = input;
    expect(made(await send(brent, ACKNOWLEDGE, { flagId: mine, idempotencyKey }))).toBe(mine);
    expect(made(await send(brent, RESOLVE, { flagId: mine, reason: 'Settled', idempotencyKey }))).toBe(mine);
  });

  it.each([[''], ['   '], ['x'.repeat(201)]])('is not "%s"', async (idempotencyKey) => {
    expect(refusal(await send(brent, RAISE, flag({ idempotencyKey })))).toEqual([
      ['BAD_USER_INPUT', 'input.idempotencyKey'],
    ]);
  });
});

describe('a replay is read again', () => {
  it('as things are now', async () => {
    const input = flag();
    const id = made(await send(brent, RAISE, input));
    await resolveFlag(brent, id);
    expect((await send(brent, RAISE, input)).data?.done?.made).toEqual({ id, status: 'RESOLVED' });
  });

  it('under the audience of now', async () => {
    const flagId = await raise(brent, LANTERNFIELD);
    const input = { flagId, idempotencyKey: key() };
    expect(made(await send(barnet, ACKNOWLEDGE, input))).toBe(flagId);
    await keepFlag(brent, flagId);
    expect(refusal(await send(barnet, ACKNOWLEDGE, input))).toEqual([['NOT_FOUND', undefined]]);
  });
});

test('a replay is under the roles of now', async () => {
  const practitioner = await accord.as('brent-practitioner');
  const admin = await accord.as('brent-admin');
  const input = flag();
  expect(made(await send(practitioner, RAISE, input))).toMatch(/^[0-9a-f-]{36}$/);
  const { viewer } = await practitioner.data<{ viewer: { id: string } }>('{ viewer { id } }');
  await admin.data(
    `mutation { setPrincipalRoles(id: "${viewer.id}", roles: [INFORMATION_GOVERNANCE]) { principal { id } } }`,
  );
  expect(refusal(await send(practitioner, RAISE, input))).toEqual([['FORBIDDEN', undefined]]);
});
