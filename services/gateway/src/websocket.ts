import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Authenticator, Credential } from '@accord/access';
import { AccordError } from '@accord/kernel';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { ConnectionRegistry, OpenConnection } from './connection-registry.js';
import { pathOf, TOO_MANY_REQUESTS, type CountRequest } from './http.js';
import { LIMITS } from './limit.js';
import { prepareStream, runStream, type StreamArgs, type StreamHost } from './stream.js';

/** The credential does not hold, or no longer: the code of graphql-transport-ws for "Forbidden". */
const FORBIDDEN = 4403;
/** The code of graphql-transport-ws for "Internal server error": come back later. */
const FAULT = 4500;
/** The code of graphql-transport-ws for "Too many requests". */
const TOO_MANY = 4429;
const INIT_WAIT_MS = 5000;
/** How long a client may take to answer that its socket is being closed: one that has gone to sleep never does. */
const GOODBYE_MS = 1000;
const PATH = '/graphql';
const MOST_STREAMS_PER_SOCKET = 20;

/** What is kept with a socket once it is known whose it is. */
type Known = { connection?: OpenConnection };

/** Subscriptions over WebSocket (graphql-transport-ws) on `GET /graphql`. @returns closes all of them. */
export function serveWebSocket(
  server: Server,
  host: StreamHost,
  authenticator: Authenticator,
  connections: ConnectionRegistry,
  count: CountRequest,
): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LIMITS.bodyBytes });
  server.on('upgrade', (request, socket, head) => {
    if (pathOf(request.url ?? '') !== PATH) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit('connection', webSocket, request));
  });
  /** Who connects; undefined for nobody, and for a token or key that does not hold. */
  const signIn = async (authorization: string | undefined): Promise<Credential | undefined> => {
    try {
      const credential = await authenticator.authenticate(authorization);
      return (await connections.holds(credential)) ? credential : undefined;
    } catch (error) {
      if (error instanceof AccordError) return undefined;
      throw error;
    }
  };
  const served = useServer<Record<string, unknown>, Known>(
    {
      connectionInitWaitTimeout: INIT_WAIT_MS,
      onConnect: async (context) => {
        const { extra } = context;
        const said = context.connectionParams?.['Authorization'] ?? context.connectionParams?.['authorization'];
        const authorization = typeof said === 'string' ? said : extra.request.headers.authorization;
        try {
          const credential = await signIn(authorization);
          const isWithin = await count(credential, addressOf(extra));
          if (!isWithin) extra.socket.close(TOO_MANY, 'Too many requests');
          // Whoever has gone meanwhile has no connection to be watched.
          if (!credential || extra.socket.readyState !== extra.socket.OPEN) return false;
          extra.connection = { credential, revoke: () => extra.socket.close(FORBIDDEN, 'Forbidden') };
          extra.socket.once('close', connections.add(extra.connection));
          return true;
        } catch (error) {
          const reason = error instanceof Error ? error.constructor.name : 'unknown';
          host.runtime.logger.error({ reason }, 'a connection failed');
          extra.socket.close(FAULT, 'Internal server error');
          return false;
        }
      },
      onSubscribe: async (context, _id, payload) => {
        const { extra } = context;
        const { connection, socket } = extra;
        if (!connection) throw new Error('Subscribed before it was connected.');
        if (Object.keys(context.subscriptions).length > MOST_STREAMS_PER_SOCKET) {
          socket.close(TOO_MANY, 'Too many subscriptions on one connection');
        }
        if (!(await count(connection.credential, addressOf(extra))))
          return [host.errors.error(tooMany(), randomUUID())];
        return prepareStream(host, connection, payload);
      },
      subscribe: (args) => runStream(host, 'websocket', args as StreamArgs),
    },
    sockets,
  );
  return async () => {
    const closed = served.dispose();
    const late = setTimeout(() => sockets.clients.forEach((socket) => socket.terminate()), GOODBYE_MS);
    await closed;
    clearTimeout(late);
  };
}

const addressOf = ({ request }: { request: IncomingMessage }): string => request.socket.remoteAddress ?? '';

const tooMany = (): AccordError => new AccordError('RATE_LIMITED', TOO_MANY_REQUESTS);
