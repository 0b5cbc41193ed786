import { WebSocket } from 'ws';
import type { Frame, SubscribersOrder } from './kit/subscribers-process.ts';

/**
 * The subscribers: a process of its own with a socket for each. When a frame arrives its time is noted and
 * nothing else is done; it is read at the end, so that one frame does not wait for another to be read.
 */
const PROVIDER_ALERTS = `subscription ProviderAlerts($filter: AlertFilter, $after: String) {
  providerAlerts(filter: $filter, after: $after) {
    id cursor occurredAt kind
    provider { id name } home { id name }
    flag { id kind severity status summary }
  }
}`;

interface Arrived {
  readonly subscriber: number;
  readonly at: number;
  readonly data: Buffer;
}

const arrived: Arrived[] = [];
const closed: string[] = [];

process.on('message', (order: SubscribersOrder | 'report') => {
  if (order === 'report') process.send?.({ frames: arrived.map(readFrame), closed });
  else subscribeAll(order).then(() => process.send?.('subscribed'), fail);
});

async function subscribeAll({ url, authorizations }: SubscribersOrder): Promise<void> {
  await Promise.all(authorizations.map((authorization, subscriber) => subscribe(url, authorization, subscriber)));
}

/** The graphql-transport-ws protocol, as far as one subscription needs it. */
function subscribe(url: string, authorization: string, subscriber: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
    socket.on('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { Authorization: authorization } })),
    );
    socket.once('message', (data: Buffer) => {
      if (typeOf(data) !== 'connection_ack') return reject(new Error(`Not let in: ${data.toString()}`));
      socket.send(
        JSON.stringify({ type: 'subscribe', id: 'alerts', payload: { query: PROVIDER_ALERTS, variables: {} } }),
      );
      socket.on('message', (message: Buffer) => {
        arrived.push({ subscriber, at: performance.timeOrigin + performance.now(), data: message });
      });
      resolve();
    });
    socket.on('error', reject);
    socket.on('close', (code) => closed.push(`subscriber ${subscriber}: ${code}`));
  });
}

const typeOf = (data: Buffer): unknown => (JSON.parse(data.toString()) as { type?: unknown }).type;

interface Message {
  readonly type: string;
  readonly payload?: {
    readonly data?: {
      readonly providerAlerts?: { readonly kind: string; readonly flag: { readonly id: string } | null };
    };
  };
}

function readFrame({ subscriber, at, data }: Arrived): Frame {
  const message = JSON.parse(data.toString()) as Message;
  const alert = message.payload?.data?.providerAlerts;
  const flagId = alert?.kind === 'FLAG_RAISED' ? (alert.flag?.id ?? null) : null;
  return { subscriber, at, flagId, isAlert: alert !== undefined };
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}
