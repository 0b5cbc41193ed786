import { afterAll, beforeAll, describe, expect, it, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { providerId } from '@accord/infra';
import { TestAccord, type TestClient } from '@accord/testkit';
import { WebSocket } from 'ws';

let accord: TestAccord;
let authorization: string;
let client: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  authorization = `Bearer ${await accord.token('brent-placements')}`;
  client = accord.with(authorization);
});
afterAll(() => accord.stop());

const post = (path: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(accord.url + path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', authorization, ...headers },
  });

const REFUSED = {
  errors: [{ message: expect.any(String), extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) } }],
};

const PATHS = ['/graphql', '/graphql/stream'];

describe.each(PATHS)('POST %s', (path) => {
  const query = path === '/graphql' ? '{ viewer { id } }' : 'subscription { providerAlerts { id } }';

  it('refuses a body over 1 MB with 413', async () => {
    const response = await post(path, JSON.stringify({ query, padding: 'x'.repeat(1_000_000) }));
    expect([response.status, await response.json()]).toEqual([413, REFUSED]);
  });

  it.each([
    ['a batch', JSON.stringify([{ query }, { query }])],
    ['an empty batch', '[]'],
    ['what is no JSON', '{"query":'],
    ['no query', '{}'],
    ['a query that is no text', '{"query":1}'],
    ['variables that are no object', JSON.stringify({ query, variables: [1] })],
    ['nothing', ''],
  ])('refuses %s', async (_what, body) => {
    const response = await post(path, body);
    expect([response.status, await response.json()]).toEqual([400, REFUSED]);
  });

  it('refuses a body that would pollute a prototype', async () => {
    const response = await post(path, `{"query":${JSON.stringify(query)},"__proto__":{"admin":true}}`);
    expect([response.status, await response.json()]).toEqual([400, REFUSED]);
  });
});

describe('a WebSocket', () => {
  async function closing(said: string): Promise<number> {
    const socket = new WebSocket(`${accord.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { Authorization: authorization } }));
    await once(socket, 'message');
    socket.send(said);
    const [code] = (await once(socket, 'close')) as [number];
    return code;
  }

  it('refuses a message over 1 MB', async () => {
    const payload = { query: 'subscription { providerAlerts { id } }', padding: 'x'.repeat(1_000_000) };
    // The library says so on standard error too.
    const complaint = jest.spyOn(console, 'error').mockReturnValue();
    expect(await closing(JSON.stringify({ id: '1', type: 'subscribe', payload }))).toBe(1009);
    complaint.mockRestore();
  });

  it('refuses a batch, and what it cannot read', async () => {
    const message = { id: '1', type: 'subscribe', payload: { query: 'subscription { providerAlerts { id } }' } };
    expect(await closing(JSON.stringify([message, message]))).toBe(4400);
    expect(await closing('{')).toBe(4400);
  });

  it('carries so many subscriptions and no more', async () => {
    const socket = new WebSocket(`${accord.url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { Authorization: authorization } }));
    await once(socket, 'message');
    const payload = { query: 'subscription { providerAlerts { id } }' };
    for (let id = 0; id <= 20; id += 1) socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload }));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(4429);
  });

  it('is offered at /graphql alone, and nobody’s odd address harms the gateway', async () => {
    for (const path of ['/', '//', '/graphql/stream', '/%ff']) {
      const socket = new WebSocket(accord.url.replace(/^http/, 'ws') + path, 'graphql-transport-ws');
      const [error] = (await once(socket, 'error')) as [Error];
      expect(error.message).toMatch(/socket hang up|ECONNRESET/);
    }
    expect((await client.send('{ viewer { id } }')).errors).toBeUndefined();
  });
});

describe('what a page elsewhere could make a browser send', () => {
  const provider = providerId('Oxbarrow Supported Living Ltd');
  const raise = `mutation { raiseFlag(input: { providerId: "${provider}", kind: OTHER, severity: LOW, summary: "forged", idempotencyKey: "forged" }) { flag { id } } }`;
  const flags = async (): Promise<unknown> =>
    (await client.data('query($id: ID!) { provider(id: $id) { openFlagCount } }', { id: provider }))['provider'];

  it.each([
    ['text/plain', JSON.stringify({ query: raise })],
    ['application/x-www-form-urlencoded', new URLSearchParams({ query: raise }).toString()],
    [
      'multipart/form-data; boundary=x',
      `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${raise}\r\n--x--\r\n`,
    ],
    ['', JSON.stringify({ query: raise })],
  ])('as "%s" does nothing', async (type, body) => {
    for (const path of PATHS) {
      const response = await post(path, body, { 'content-type': type });
      expect([400, 415]).toContain(response.status);
      expect(await response.json()).toEqual(REFUSED);
    }
    const asGet = await fetch(
      `${accord.url}/graphql?${new URLSearchParams({ query: '{ viewer { id } }' }).toString()}`,
      {
        headers: { authorization },
      },
    );
    expect([asGet.status, await asGet.json()]).toEqual([400, REFUSED]);
    expect(await flags()).toEqual({ openFlagCount: 0 });
  });

  it('is not helped by a permission for other origins', async () => {
    const response = await fetch(`${accord.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
    });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(response.status).toBe(405);
  });
});

test.each([
  ['an answer', '/graphql', JSON.stringify({ query: '{ viewer { id } }' }), {}],
  ['a refusal', '/graphql', '{', {}],
  ['nobody', '/graphql', JSON.stringify({ query: '{ viewer { id } }' }), { authorization: '' }],
  ['a stream', '/graphql/stream', JSON.stringify({ query: '{ viewer { id } }' }), { accept: 'text/event-stream' }],
])('strict headers go with %s', async (_what, path, body, headers) => {
  const response = await post(path, body, headers);
  await response.text();
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': expect.stringMatching(/^max-age=31536000/),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cache-control': expect.stringMatching(/^no-(store|cache)/),
  });
  for (const telling of ['server', 'x-powered-by', 'via']) expect(response.headers.has(telling)).toBe(false);
});
