import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { Frame, SubscribersOrder } from './kit/subscribers-process.ts';

/**
 * The subscribers: a process of its own with a socket for each. When bytes arrive their time is noted, and they are read
 * when a while nothing came: to take a frame apart takes a client longer than it takes a gateway to send one, and the
 * last of two hundred would wait for all the others to be read.
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

/** After the last bytes, before they are read. */
const QUIET_MS = 40;

const arrived: Arrived[] = [];
const closed: string[] = [];
const unread: { readonly at: number; readonly read: () => void }[] = [];
const reading = setTimeout(readAll, QUIET_MS);
/** When the bytes arrived that are being read. */
let readAt = 0;

process.on('message', (order: SubscribersOrder | 'report') => {
  if (order === 'report') {
    readAll();
    process.send?.({ frames: arrived.map(readFrame), closed });
  } else subscribeAll(order).then(() => process.send?.('subscribed'), fail);
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
      readLater(socket);
      socket.on('message', (data: Buffer) => arrived.push({ subscriber, at: readAt, data }));
      resolve();
    });
    socket.on('error', reject);
    socket.on('close', (code) => closed.push(`subscriber ${subscriber}: ${code}`));
  });
}

/** Puts itself between the socket and its reader. */
function readLater(socket: WebSocket): void {
  const { _socket: tcp } = socket as unknown as { readonly _socket: Socket };
  const readers = tcp.listeners('data');
  tcp.removeAllListeners('data');
  tcp.on('data', (bytes: Buffer) => {
    const at = performance.timeOrigin + performance.now();
    unread.push({
      at,
      read: () => {
        for (const reader of readers) Reflect.apply(reader, tcp, [bytes]);
      },
    });
    reading.refresh();
  });
}

function readAll(): void {
  for (const { at, read } of unread.splice(0)) {
    readAt = at;
    read();
  }
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
