import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGateway, type RunningGateway } from '@accord/gateway';
import { TestAccord, TestClient } from '@accord/testkit';
import { contractOperation } from '../support/operations.js';
import { StatementRecorder } from '../support/statements.js';

let accord: TestAccord;
let recorder: StatementRecorder;
let gateway: RunningGateway;
let client: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  const through = await StatementRecorder.start(accord.config.DATABASE_URL);
  recorder = through.recorder;
  gateway = await startGateway({ ...accord.config, PORT: 0, DATABASE_URL: through.url });
  client = new TestClient(gateway.url, `Bearer ${await accord.token('brent-placements')}`);
  // Who asks is looked up once; that is no part of a list.
  await client.data('{ viewer { id } }');
});
afterAll(async () => {
  await gateway.close();
  await recorder.stop();
  await accord.stop();
});

/** Opening and ending a transaction, binding it to the caller and reading what they may do. */
const OWN = /^(begin|start transaction|commit|rollback)\b|set_config\('app\.tenant'/i;
/** What a gateway asks from time to time, whoever calls: for new events, what has no place yet, and ended rights. */
const WATCHING = /outbox_event|accord\.has_|set local role|k\.id = any|^listen/i;

/** Runs an operation. @returns the statements that it took, besides the transaction's own. */
async function statementsOf(query: string, variables: Record<string, unknown>): Promise<string[]> {
  recorder.statements.length = 0;
  await client.data(query, variables);
  expect(recorder.statements.some((statement) => OWN.test(statement))).toBe(true);
  return recorder.statements.filter((statement) => !OWN.test(statement) && !WATCHING.test(statement));
}

/** @returns the statements that were sent together with those that find who asks. */
async function packetOf(asked: string, variables: Record<string, unknown>): Promise<string[]> {
  // The first time they are sent one by one: what their rows look like is asked with them.
  for (let round = 0; round < 10; round += 1) await client.send(asked, variables);
  // Now and then another connection has its turn, on which they are not prepared: the longest of some tells what can be.
  const packets: string[][] = [];
  for (let round = 0; round < 5; round += 1) {
    recorder.packets.length = 0;
    await client.send(asked, variables);
    const packet = recorder.packets.find((statements) => statements.some((each) => each.includes('app.tenant')));
    packets.push((packet ?? []).filter((statement) => statement !== 'rollback'));
  }
  return packets.reduce((longest, packet) => (packet.length > longest.length ? packet : longest));
}

const EVERY_FILTER = {
  search: 'care zz1',
  accreditationStatus: ['ACCREDITED'],
  placementType: ['CHILDRENS_HOME'],
  hostBoroughGss: ['E09000009'],
  registrationStatus: ['REGISTERED'],
  hasOpenFlag: true,
  usedByMyBorough: true,
};

test.each([
  ['a first page', {}],
  ['a search', { filter: { search: 'lantern zz1' } }],
  ['every filter at once', { filter: EVERY_FILTER }],
  ['the most flagged first', { orderBy: { field: 'OPEN_FLAG_COUNT', direction: 'DESC' } }],
  ['those to be reviewed next', { orderBy: { field: 'REVIEW_DUE', direction: 'ASC' } }],
])('%s, with flags and the whole number counted, takes one statement', async (_what, variables) => {
  expect(await statementsOf(contractOperation('ProviderList'), { first: 20, ...variables })).toHaveLength(1);
});

test.each([
  ['a first page', {}],
  ['every filter at once', { filter: EVERY_FILTER }],
  ['the most flagged first', { orderBy: { field: 'OPEN_FLAG_COUNT', direction: 'DESC' } }],
])('%s is asked for with the rights of whoever asks', async (_what, variables) => {
  expect(await packetOf(contractOperation('ProviderList'), { first: 20, ...variables })).toEqual([
    expect.stringMatching(/^start transaction/),
    expect.stringContaining('app.tenant'),
    expect.stringMatching(/with matched/),
  ]);
});

test('a further page is asked for with the rights of whoever asks; one that cannot be is left to whoever refuses it', async () => {
  interface Page {
    readonly providers: { readonly pageInfo: { readonly endCursor: string } };
  }
  const narrowed = { first: 3, filter: { search: 'care' }, orderBy: { field: 'UPDATED_AT', direction: 'DESC' } };
  const { providers } = await client.data<Page>(contractOperation('ProviderList'), narrowed);
  const { endCursor: after } = providers.pageInfo;
  expect(await packetOf(contractOperation('ProviderList'), { ...narrowed, after })).toHaveLength(3);
  const { errors } = await client.send(contractOperation('ProviderList'), { first: 3, after });
  expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['BAD_USER_INPUT']);
  expect(await packetOf(contractOperation('ProviderList'), { first: 3, after })).toHaveLength(2);
});

test('a further page takes one, and counts past the last page another', async () => {
  interface Page {
    readonly providers: { readonly pageInfo: { readonly endCursor: string } };
  }
  const first = 5;
  const { providers } = await client.data<Page>(contractOperation('ProviderList'), { first });
  const { endCursor: after } = providers.pageInfo;
  expect(await statementsOf(contractOperation('ProviderList'), { first, after })).toHaveLength(1);
  const last = await client.data<Page>('{ providers(first: 100) { pageInfo { endCursor } } }');
  const beyond = { first, after: last.providers.pageInfo.endCursor };
  expect(
    (
      await statementsOf(
        'query($first: Int!, $after: String) { providers(first: $first, after: $after) { totalCount } }',
        beyond,
      )
    ).length,
  ).toBeLessThanOrEqual(2);
});

test('what is not asked for is not counted', async () => {
  const [statement = ''] = await statementsOf(
    '{ providers(first: 20) { nodes { id name } pageInfo { hasNextPage } } }',
    {},
  );
  expect(statement).toMatch(/from provider/);
  expect(statement).not.toMatch(/count\(|sharing/);
  const [counted = ''] = await statementsOf(
    '{ all: providers(first: 20) { ...Counted } } fragment Counted on ProviderConnection { number: totalCount }',
    {},
  );
  expect(counted).toMatch(/count\(\*\)/);
});

test.each([true, false])('narrowed by flags (%s) and not counted, not all flags are looked at', async (hasOpenFlag) => {
  interface Names {
    readonly providers: { readonly nodes: readonly { readonly name: string }[] };
  }
  const query = (count: string) =>
    `query($filter: ProviderFilter) { providers(first: 100, filter: $filter) { ${count} nodes { name } } }`;
  const filter = { hasOpenFlag };
  const [[page = ''], [counted = '']] = [
    await statementsOf(query(''), { filter }),
    await statementsOf(query('totalCount'), { filter }),
  ];
  expect([/group by/.test(page), /group by/.test(counted)]).toEqual([false, true]);
  const { providers } = await client.data<Names>(query(''), { filter });
  expect(providers.nodes.length).toBeGreaterThan(0);
  expect((await client.data<Names>(query('totalCount'), { filter })).providers.nodes).toEqual(providers.nodes);
});

test('what belongs to providers is asked for once for all of them', async () => {
  const query = `{ providers(first: 20) { nodes {
    accreditation { status } registrations { reference } usedBy { borough { name } youngPeople } arrangements { route }
  } } }`;
  const few = await statementsOf(query.replace('20', '2'), {});
  expect(await statementsOf(query, {})).toHaveLength(few.length);
});

test('a dossier takes one statement for each kind of thing in it, whatever the provider has', async () => {
  interface Ids {
    readonly providers: { readonly nodes: readonly { readonly id: string }[] };
  }
  const { providers } = await client.data<Ids>('{ providers(first: 30) { nodes { id } } }');
  const numbers: number[] = [];
  for (const { id } of providers.nodes)
    numbers.push((await statementsOf(contractOperation('ProviderDossier'), { id })).length);
  // Provider with its standing and homes with all of theirs, stages, decisions, flags and uses with their organisations.
  expect(Math.max(...numbers)).toBe(5);
});

describe('homes with the visits to them', () => {
  const query = (left: string) =>
    `query($id: ID!${left.includes('$no') ? ', $no: Boolean = false' : ''}) { provider(id: $id) { id homes(first: 20) ${left} { ...Visited } } }
     fragment Visited on HomeConnection { nodes { id visits(first: 3) ${left} { nodes { id outcome borough { name } } } } }`;
  let id: string;

  beforeAll(async () => {
    const found = await client.data<{ providers: { nodes: { id: string }[] } }>(
      '{ providers(first: 1) { nodes { id } } }',
    );
    id = found.providers.nodes[0]?.id ?? '';
  });

  test('are asked for together with their provider, in one statement', async () => {
    expect(await statementsOf(query(''), { id })).toEqual([
      expect.stringMatching(/from visit v .* from home e .* from provider p/s),
    ]);
  });

  test('are asked for with the rights of whoever asks', async () => {
    const once = `query($id: ID!, $first: Int! = 2) {
      ... on Query { provider(id: $id) { homes(first: $first) { nodes { name } } } }
    }`;
    expect(await packetOf(once, { id })).toEqual([
      expect.stringMatching(/^start transaction/),
      expect.stringContaining('app.tenant'),
      expect.stringMatching(/ from home e .* from provider p/s),
    ]);
  });

  test('that are asked for more than once are read together, and each time as much of them as is asked for', async () => {
    const often = `query($id: ID!) {
      one: provider(id: $id) { homes(first: 2) { nodes { name } } }
      two: provider(id: $id) { name homes(first: 2) { nodes { beds provider { homes(first: 2) { nodes { version } } } } } }
      none: provider(id: "none") { id }
    }`;
    expect((await packetOf(often, { id })).filter((statement) => / from (provider p|home e)/.test(statement))).toEqual(
      [],
    );
    const { data, errors } = await client.send<Record<string, { homes: { nodes: unknown[] } } | null>>(often, { id });
    expect(data?.['one']?.homes.nodes[0]).toEqual({ name: expect.any(String) });
    const inner = { homes: { nodes: expect.arrayContaining([{ version: expect.any(Number) }]) } };
    expect(data?.['two']?.homes.nodes[0]).toEqual({ beds: expect.anything(), provider: inner });
    expect(errors?.map(({ path, extensions }) => [path, extensions?.['code']])).toEqual([[['none'], 'NOT_FOUND']]);
  });

  test('of which little is asked for do not stand in for those of which more is', async () => {
    const nested = `query($id: ID!) { provider(id: $id) { homes(first: 2) { nodes { id provider { homes(first: 2) { nodes { version } } } } } } }`;
    const { data, errors } = await client.send<{ provider: { homes: { nodes: unknown[] } } }>(nested, { id });
    expect(errors).toBeUndefined();
    expect(data?.provider.homes.nodes[0]).toMatchObject({ provider: { homes: { nodes: [{ version: 1 }] } } });
  });

  test.each(['@skip(if: true)', '@include(if: false)', '@include(if: $no)'])(
    'that the client leaves out with %s are not read',
    async (left) => {
      expect(await statementsOf(query(left), { id })).toEqual([
        expect.stringMatching(/^(?!.*from home).*from provider p/s),
      ]);
    },
  );

  test('whose page cannot be are left to whoever refuses it', async () => {
    const { errors } = await client.send(query('').replace('first: 3', 'first: 101'), { id });
    expect(errors?.map(({ message }) => message)).toEqual([expect.stringMatching(/1 to 100/)]);
    recorder.statements.length = 0;
    await client.send(query('').replace('first: 20', 'first: -1'), { id });
    expect(recorder.statements.filter((statement) => /from home/.test(statement))).toEqual([]);
  });
});
