import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestAccord, type TestClient } from '@accord/testkit';
import { createClient as createEventStreamClient } from 'graphql-sse';
import { createClient as createWebSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { ALERTS, LANTERNFIELD, raise, type Alert } from '../support/alerts.js';
import { streamsOpened } from '../support/wait.js';

/** The clients that the two protocols' own authors give away, as a dashboard would use them. */
let accord: TestAccord;
let alliance: TestClient;
let authorization: string;

beforeAll(async () => {
  accord = await TestAccord.start();
  alliance = await accord.as('alliance-safeguarding');
  authorization = `Bearer ${await accord.token('brent-dashboard')}`;
});
afterAll(() => accord.stop());

interface Client {
  iterate<T>(request: { query: string; variables?: Record<string, unknown> }): AsyncIterableIterator<{
    data?: T | null;
    errors?: readonly { message: string }[];
  }>;
  dispose(): void | Promise<void>;
}

const CLIENTS: readonly [name: string, create: () => Client][] = [
  [
    'graphql-ws',
    () => {
      const url = `${accord.url.replace(/^http/, 'ws')}/graphql`;
      return createWebSocketClient({
        url,
        webSocketImpl: WebSocket,
        connectionParams: { Authorization: authorization },
      }) as Client;
    },
  ],
  [
    'graphql-ws with a header, as a server sends it',
    () => {
      class WithHeader extends WebSocket {
        constructor(address: string, protocols: string[]) {
          super(address, protocols, { headers: { authorization } });
        }
      }
      return createWebSocketClient({
        url: `${accord.url.replace(/^http/, 'ws')}/graphql`,
        webSocketImpl: WithHeader,
      }) as Client;
    },
  ],
  [
    'graphql-sse',
    () => createEventStreamClient({ url: `${accord.url}/graphql/stream`, headers: { authorization } }) as Client,
  ],
];

describe.each(CLIENTS)('the client %s', (_name, create) => {
  it('receives alerts, and goes when it has enough', async () => {
    const client = create();
    const events = client.iterate<{ providerAlerts: Alert }>({ query: ALERTS });
    const first = events.next();
    await streamsOpened(accord.url);
    const flagId = await raise(alliance, LANTERNFIELD);
    const { value } = (await first) as IteratorYieldResult<{ data?: { providerAlerts: Alert } | null }>;
    expect(value.data?.providerAlerts.flag?.id).toBe(flagId);
    await events.return?.();
    await streamsOpened(accord.url, 0);
    await client.dispose();
  });

  it('is told why a subscription is refused', async () => {
    const client = create();
    const events = client.iterate({ query: 'subscription { providerAlerts(after: "nonsense") { id } }' });
    const told = await events.next().then(
      ({ value }) => JSON.stringify(value),
      (error: unknown) => JSON.stringify(error),
    );
    expect(told).toContain('BAD_USER_INPUT');
    await client.dispose();
  });
});
