import type { Server } from 'node:http';
import type { Authenticator } from '@accord/access';
import { AccordError } from '@accord/kernel';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ConnectionRegistry, OpenConnection } from './connection-registry.js';
import { LIMITS } from './limit.js';
import { prepareStream, runStream, type StreamArgs, type StreamHost } from './stream.js';

/** The credential does not hold, or no longer: the code of graphql-transport-ws for "Forbidden". */
const FORBIDDEN = 4403;
/** The code of graphql-transport-ws for "Internal server error": come back later. */
const FAULT = 4500;
/** The code of graphql-transport-ws for "Too many requests". */
const TOO_MANY = 4429;
const INIT_WAIT_MS = 5000;
const PATH = '/graphql';
const MOST_STREAMS_PER_SOCKET = 20;

interface Extra {
  readonly socket: WebSocket;
  readonly request: { readonly headers: { readonly authorization?: string | undefined } };
  connection?: OpenConnection;
  leave?: () => void;
}

/** Subscriptions over WebSocket (graphql-transport-ws) on `GET /graphql`. @returns closes all of them. */
export function serveWebSocket(
  server: Server,
  host: StreamHost,
  authenticator: Authenticator,
  connections: ConnectionRegistry,
): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LIMITS.bodyBytes });
  server.on('upgrade', (request, socket, head) => {
    if (new URL(request.url ?? '', 'http://gateway').pathname !== PATH) {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit('connection', webSocket, request));
  });
  const served = useServer<Record<string, unknown>, Partial<Extra>>(
    {
      connectionInitWaitTimeout: INIT_WAIT_MS,
      onConnect: async (context) => {
        const extra = context.extra as Extra;
        const said = context.connectionParams?.['Authorization'] ?? context.connectionParams?.['authorization'];
        const authorization = typeof said === 'string' ? said : extra.request.headers.authorization;
        try {
          const credential = await authenticator.authenticate(authorization);
          if (!(await connections.holds(credential))) return false;
          extra.connection = { credential, revoke: () => extra.socket.close(FORBIDDEN, 'Forbidden') };
        } catch (error) {
          if (error instanceof AccordError) return false;
          host.runtime.logger.error(
            { reason: error instanceof Error ? error.constructor.name : 'unknown' },
            'a connection failed',
          );
          extra.socket.close(FAULT, 'Internal server error');
          return false;
        }
        extra.leave = connections.add(extra.connection);
        return true;
      },
      onSubscribe: (context, _id, payload) => {
        const { connection, socket } = context.extra as Extra;
        if (!connection) throw new Error('Subscribed before it was connected.');
        if (Object.keys(context.subscriptions).length > MOST_STREAMS_PER_SOCKET) {
          socket.close(TOO_MANY, 'Too many subscriptions on one connection');
        }
        return prepareStream(host, connection, payload);
      },
      subscribe: (args) => runStream(host, 'websocket', args as StreamArgs),
      onDisconnect: (context) => (context.extra as Extra).leave?.(),
    },
    sockets,
  );
  return async () => {
    await served.dispose();
    sockets.close();
  };
}
