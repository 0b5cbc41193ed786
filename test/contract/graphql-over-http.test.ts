import { afterAll, beforeAll, expect, it, test } from '@jest/globals';
import { TestAccord } from '@accord/testkit';
import { auditServer, type AuditResult } from 'graphql-http';

/**
 * What the audit would like and does not get. A GET without a header of ours could be sent by a page elsewhere, so
 * it is refused as a cross-site request; one with such a header is answered (see below). None is a MUST or SHOULD.
 */
const FORBIDDEN_BY_SAFETY: Readonly<Record<string, string>> = {
  '5A70': 'MAY accept application/x-www-form-urlencoded formatted GET requests',
  D6D5: 'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
  '6A70': 'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
};

let accord: TestAccord;
let results: AuditResult[];
/** Every status that was given during the audit. */
const statuses: number[] = [];

beforeAll(async () => {
  accord = await TestAccord.start();
  const authorization = `Bearer ${await accord.token('brent-placements')}`;
  results = await auditServer({
    url: `${accord.url}/graphql`,
    fetchFn: async (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', authorization);
      const response = await fetch(url, { ...init, headers });
      statuses.push(response.status);
      return response;
    },
  });
});
afterAll(() => accord.stop());

it('meets every MUST and every SHOULD of the specification', () => {
  const missed = results.flatMap((result) => (result.status === 'ok' ? [] : [[result.id, result.name]]));
  expect(Object.fromEntries(missed)).toEqual(FORBIDDEN_BY_SAFETY);
  expect(results.filter(({ name }) => /^(MUST|SHOULD)/.test(name)).length).toBeGreaterThan(30);
});

it('never blames itself for a request that it refuses', () => {
  expect(statuses.length).toBeGreaterThan(50);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
});

const post = (body: unknown, accept = 'application/graphql-response+json'): Promise<Response> =>
  accord.token('brent-placements').then((token) =>
    fetch(`${accord.url}/graphql`, {
      method: 'POST',
      headers: { accept, 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    }),
  );

const LIST =
  'query List($first: Int!, $filter: ProviderFilter) { providers(first: $first, filter: $filter) { nodes { id } } }';

/** Well-formed requests that GraphQL has to refuse, with the place that the refusal names. */
const REFUSED: [string, object, string | undefined][] = [
  ['a syntax error', { query: '{ viewer {' }, undefined],
  ['a field that is not there', { query: '{ nobody }' }, undefined],
  ['a variable of another type', { query: LIST, variables: { first: 'ten' } }, 'first'],
  ['a variable that is missing', { query: LIST }, 'first'],
  ['a null where there must be a value', { query: LIST, variables: { first: null } }, 'first'],
  [
    'a value deep in an input',
    { query: LIST, variables: { first: 1, filter: { placementType: ['CASTLE'] } } },
    'filter.placementType.0',
  ],
  ['a field that an input has not', { query: LIST, variables: { first: 1, filter: { colour: 'red' } } }, 'filter'],
  ['a page that is too large', { query: LIST, variables: { first: 101 } }, 'first'],
  ['a page of nothing', { query: LIST, variables: { first: 0 } }, 'first'],
  [
    'a null by way of a default',
    { query: 'query($n: Int = 1) { providers(first: $n) { nodes { id } } }', variables: { n: null } },
    undefined,
  ],
  ['a name of no operation', { query: LIST, operationName: 'Other' }, undefined],
  ['no name where there are two operations', { query: '{ a: viewer { id } } query B { viewer { id } }' }, undefined],
  ['a subscription', { query: 'subscription { providerAlerts { id } }' }, undefined],
  [
    'a date that does not exist',
    {
      query:
        'mutation($input: RecordPlacementNumberInput!) { recordPlacementNumber(input: $input) { provider { id } } }',
      variables: { input: { providerId: 'x', youngPeople: 1, asAt: '2026-02-31' } },
    },
    'input.asAt',
  ],
];

test.each(REFUSED)('%s is refused as the client’s mistake', async (_what, body, path) => {
  const response = await post(body);
  const { errors } = (await response.json()) as { errors: { message: string; extensions: Record<string, unknown> }[] };
  expect(response.status).toBeLessThan(500);
  expect(errors.map(({ extensions }) => extensions)).toEqual([
    { code: 'BAD_USER_INPUT', requestId: expect.any(String), ...(path !== undefined && { path }) },
  ]);
});

it('says by the status what a GraphQL client asks of it, and by the body alone to one of plain JSON', async () => {
  const wrong = { query: '{ nobody }' };
  const answers = [await post(wrong), await post(wrong, 'application/json'), await post(wrong, '*/*')];
  expect(answers.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual([
    [400, 'application/graphql-response+json; charset=utf-8'],
    [200, 'application/json; charset=utf-8'],
    [200, 'application/json; charset=utf-8'],
  ]);
});

it('answers a query by GET to a client that is not a web page elsewhere, and no mutation', async () => {
  const headers = {
    authorization: `Bearer ${await accord.token('brent-placements')}`,
    'apollo-require-preflight': '1',
  };
  const get = (query: string) =>
    fetch(`${accord.url}/graphql?${new URLSearchParams({ query }).toString()}`, { headers });
  expect(await (await get('{ viewer { displayName } }')).json()).toEqual({
    data: { viewer: { displayName: 'Brent placements officer' } },
  });
  const mutation = await get('mutation { markNotificationsRead(ids: []) { unreadCount } }');
  expect([mutation.status, mutation.headers.get('allow')]).toEqual([405, 'POST']);
});

test.each([
  ['PUT', '/graphql', 405, 'GET, POST'],
  ['DELETE', '/graphql', 405, 'GET, POST'],
  ['GET', '/graphql/stream', 405, 'POST'],
  ['GET', '/elsewhere', 404, null],
])('%s %s is answered %i', async (method, path, status, allow) => {
  const response = await fetch(accord.url + path, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([status, allow]);
  const code = status === 404 ? 'NOT_FOUND' : 'BAD_USER_INPUT';
  expect(await response.json()).toEqual({
    errors: [{ message: expect.any(String), extensions: { code, requestId: expect.any(String) } }],
  });
});
