import { unauthenticated } from '@accord/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHandler } from 'graphql-sse/lib/use/fastify';
import type { ConnectionRegistry, OpenConnection } from './connection-registry.js';
import { prepareStream, runStream, type StreamArgs, type StreamHost } from './stream.js';

/** Subscriptions over Server-Sent Events (graphql-sse, distinct connections mode) on `POST /graphql/stream`. */
export function serveSse(
  app: FastifyInstance,
  host: StreamHost,
  connections: ConnectionRegistry,
): void {
  const opened = new WeakMap<FastifyRequest, OpenConnection>();
  const handle = createHandler({
    schema: host.schema,
    // Distinct connections: the stream is the response, and no token names another.
    authenticate: () => '',
    onSubscribe: (request, params) => {
      const connection = opened.get(request.raw);
      if (!connection) throw new Error('A stream has a connection.');
      const prepared = prepareStream(host, connection, params);
      return Array.isArray(prepared) ? { errors: prepared } : (prepared as never);
    },
    subscribe: (args) => runStream(host, args as unknown as StreamArgs) as never,
  });

  app.post('/graphql/stream', async (request: FastifyRequest, reply: FastifyReply) => {
    const { credential, id: requestId } = request;
    if (!credential) {
      const { message, code } = unauthenticated();
      return reply.code(401).send({ errors: [{ message, extensions: { code, requestId } }] });
    }
    const connection = { credential, revoke: () => reply.raw.destroy() };
    opened.set(request, connection);
    reply.raw.once('close', connections.add(connection));
    await handle(request, reply);
    return reply;
  });
}
