import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { TestAccord, type AnswerError, type TestClient } from '@accord/testkit';
import { STREAM_WAYS, refusedStream } from '../support/ways.js';

let accord: TestAccord;
let client: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  client = await accord.as('brent-placements');
});
afterAll(() => accord.stop());

const nested = (levels: number): string =>
  levels === 0 ? 'id' : `homes(first: 1) { nodes { provider { ${nested(levels - 1)} } } }`;
const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** Selections of a provider, each just over one limit and far from the others. */
const OVER: readonly [what: string, selection: string, words: RegExp][] = [
  ['deep', nested(4), /depth limit of 12/],
  ['full of aliases', times(31, (index) => `a${index}: id`), /Aliases limit of 30/],
  ['full of directives', times(31, (index) => `id @include(if: ${index % 2 === 0})`), /Directives limit of 30/],
  ['long', times(2100, () => 'id'), /2,?000 tokens/],
  [
    'costly',
    'homes(first: 100) { nodes { provider { homes(first: 100) { nodes { id name } } } } }',
    /too much at once/,
  ],
];

const asQuery = (selection: string): string => `{ provider(id: "x") { ${selection} } }`;
const asSubscription = (selection: string): string => `subscription { providerAlerts { provider { ${selection} } } }`;

function expectRefusal(errors: readonly AnswerError[] | undefined, words: RegExp): void {
  expect(errors).toEqual([
    expect.objectContaining({
      message: expect.stringMatching(words),
      extensions: expect.objectContaining({ code: 'BAD_USER_INPUT', requestId: expect.any(String) }),
    }),
  ]);
}

describe.each(OVER)('a document that is %s', (_what, selection, words) => {
  it('is refused over HTTP', async () => {
    const { status, data, errors } = await client.send(asQuery(selection));
    expectRefusal(errors, words);
    expect(data).toBeUndefined();
    expect(status).toBeLessThan(500);
  });

  it.each(STREAM_WAYS)('is refused as a subscription (%s)', async (way) => {
    expectRefusal(await refusedStream(client, way, asSubscription(selection)), words);
  });
});

/** What the same client may well send. */
const WITHIN: readonly [what: string, selection: string][] = [
  ['deep', nested(3)],
  ['full of aliases', times(30, (index) => `a${index}: id`)],
  ['full of directives', times(30, (index) => `id @include(if: ${index % 2 === 0})`)],
  ['costly', 'homes(first: 100) { nodes { provider { homes(first: 48) { nodes { id name } } } } }'],
];

test.each(WITHIN)('a document that is as %s as it may be is answered', async (_what, selection) => {
  expect((await client.send(asQuery(selection))).errors).toEqual([
    expect.objectContaining({ extensions: expect.objectContaining({ code: 'NOT_FOUND' }) }),
  ]);
});

test('a document may have 2,000 tokens', async () => {
  const list = (codes: number): string =>
    `{ providers(first: 1, filter: { hostBoroughGss: [${times(codes, () => '"E09000005"')}] }) { nodes { id } } }`;
  expect((await client.send(list(1900))).errors).toBeUndefined();
  expectRefusal((await client.send(list(2000))).errors, /2,?000 tokens/);
});

test('a page costs by its size, in the document or in a variable', async () => {
  const LIST = 'query($first: Int!) { providers(first: $first) { nodes { homes(first: 60) { nodes { id name } } } } }';
  expect((await client.send(LIST, { first: 80 })).errors).toBeUndefined();
  expectRefusal((await client.send(LIST, { first: 100 })).errors, /too much at once \(cost \d+, at most 15000\)/);
  expectRefusal(
    (await client.send(LIST.replace('$first)', '1000000)').replace('query($first: Int!)', 'query'))).errors,
    /too much/,
  );
});

test('a fragment hides no depth, and a fragment of itself is refused', async () => {
  const deep = `query { provider(id: "x") { ...A } }
    fragment A on Provider { homes(first: 1) { nodes { provider { homes(first: 1) { nodes { provider { ...B } } } } } } }
    fragment B on Provider { homes(first: 1) { nodes { provider { homes(first: 1) { nodes { id } } } } } }`;
  expectRefusal((await client.send(deep)).errors, /depth limit/);
  const circle =
    '{ provider(id: "x") { ...A } } fragment A on Provider { homes(first: 1) { nodes { provider { ...A } } } }';
  const { errors, data } = await client.send(circle);
  expect(errors?.map(({ extensions }) => extensions.code)).toContain('BAD_USER_INPUT');
  expect(data).toBeUndefined();
});
