import type { ServerResponse } from 'node:http';
import { AccordError, unauthenticated } from '@accord/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/fastify';
import type { ConnectionRegistry, OpenConnection } from './connection-registry.js';
import { prepareStream, runStream, type StreamArgs, type StreamHost, type StreamRequest } from './stream.js';

const EVENT_STREAM = 'text/event-stream';

/** Subscriptions over Server-Sent Events (graphql-sse, distinct connections mode) on `POST /graphql/stream`. @returns closes all of them. */
export function serveSse(app: FastifyInstance, host: StreamHost, connections: ConnectionRegistry): () => void {
  const opened = new WeakMap<FastifyRequest, OpenConnection>();
  const streams = new Set<ServerResponse>();
  const handle = createHandler({
    schema: host.schema,
    // Distinct connections: the stream is the response, and no token names another.
    authenticate: () => '',
    onSubscribe: (request, params) => {
      const connection = opened.get(request.raw);
      if (!connection) throw new Error('A stream has a connection.');
      const prepared = prepareStream(host, connection, params);
      return Array.isArray(prepared) ? refused(prepared) : (prepared as never);
    },
    subscribe: (args) => runStream(host, 'sse', args as unknown as StreamArgs) as never,
  });

  app.post('/graphql/stream', async (request: FastifyRequest, reply: FastifyReply) => {
    const { credential, headers } = request;
    const refuse = (status: number, error: AccordError) =>
      reply.code(status).send({ errors: [host.errors.describe(error, request.id)] });
    if (!credential || !(await connections.holds(credential))) return refuse(401, unauthenticated());
    if (!acceptsEvents(headers.accept))
      return refuse(406, new AccordError('BAD_USER_INPUT', `Streams are ${EVENT_STREAM}: say so in Accept.`));
    if (!isStreamRequest(request.body))
      return refuse(400, new AccordError('BAD_USER_INPUT', 'Send JSON with a query and, if need be, variables.'));
    // The handler wants this very word.
    headers.accept = EVENT_STREAM;
    const connection = { credential, revoke: () => reply.raw.destroy() };
    opened.set(request, connection);
    reply.raw.once('close', connections.add(connection));
    reply.raw.once('close', () => streams.delete(reply.raw));
    streams.add(reply.raw);
    // From here on the response is the stream's: one that is cut off has ended, and is nothing to answer with an error.
    reply.hijack();
    try {
      await handle(request, reply);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      host.runtime.logger.warn({ requestId: request.id, reason }, 'a stream was cut off');
      reply.raw.destroy();
    }
    return reply;
  });
  return () => streams.forEach((stream) => stream.destroy());
}

/** A refused subscription is a stream of its errors, so that whoever reads events finds them where it looks. */
async function* refused(errors: readonly GraphQLError[]): AsyncGenerator<ExecutionResult, void, undefined> {
  yield await Promise.resolve({ errors });
}

const acceptsEvents = (accept: string | undefined): boolean =>
  accept === undefined || [EVENT_STREAM, 'text/*', '*/*'].some((type) => accept.includes(type));

function isStreamRequest(body: unknown): body is StreamRequest {
  if (typeof body !== 'object' || body === null || !('query' in body) || typeof body.query !== 'string') return false;
  const { variables, operationName } = body as { variables?: unknown; operationName?: unknown };
  const hasVariables = variables === undefined || (typeof variables === 'object' && !Array.isArray(variables));
  return hasVariables && (operationName === undefined || operationName === null || typeof operationName === 'string');
}
