import { randomUUID } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import rateLimit from '@fastify/rate-limit';
import { Operation, type Authenticator, type Credential } from '@accord/access';
import { AccordError, unauthenticated, type Config } from '@accord/kernel';
import { readCalendar } from '@accord/monitoring';
import helmet from 'helmet';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { serveDeclarations, statusOf } from './declaration.js';
import { masked, requestError } from './failure.js';
import { FILE_KINDS } from './features.js';
import { serveFiles } from './file.js';
import { fileScanner } from './file-scan.js';
import { LIMITS } from './limit.js';
import { acceptFiles, readOperation } from './multipart.js';
import { operationPlugin } from './operation-plugin.js';
import { registerQueryPage } from './query-page.js';
import type { StreamHost } from './stream.js';
import { Turns } from './turns.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, once it is known. */
    credential: Credential | undefined;
  }
}

/** Without `new URL`, which throws on what is none: anybody can ask for anything. */
export const pathOf = (url: string): string => url.split('?', 1)[0] ?? '';

export const TOO_MANY_REQUESTS = 'Too many requests: wait a minute.';

const METHODS: Readonly<Record<string, string>> = {
  '/graphql': 'GET, POST',
  '/graphql/stream': 'POST',
  '/declaration': 'POST',
  '/declaration/answers': 'POST',
};

/** The gateway's HTTP application: `POST /graphql`, health, metrics and, outside production, the query page. */
export async function createHttp(
  config: Config,
  host: StreamHost,
  authenticator: Authenticator,
  isReady: () => Promise<boolean>,
): Promise<FastifyInstance> {
  const isProduction = config.NODE_ENV === 'production';
  const app = fastify({
    bodyLimit: LIMITS.bodyBytes,
    genReqId: () => randomUUID(),
    // The secret address of a calendar has a few more than Fastify's hundred.
    routerOptions: { maxParamLength: 200 },
  });
  // Made once: Fastify's plugin for it makes it anew for each request.
  const secure = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
    },
    frameguard: { action: 'deny' },
  });
  app.addHook('onRequest', (request, reply, done) => secure(request.raw, reply.raw, () => done()));
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // What was under way is answered, and its connection not kept for more.
    if (isClosing) void reply.header('connection', 'close');
    done();
  });
  app.decorateRequest('credential');
  app.addHook('onRequest', async (request, reply) => {
    // Whatever is answered is for its caller alone.
    void reply.header('cache-control', 'no-store');
    if (/^\/(graphql|file\/)/.test(request.url)) request.credential = await signIn(authenticator, request);
  });
  await app.register(rateLimit, {
    max: config.RATE_LIMIT_PER_MINUTE,
    timeWindow: '1 minute',
    hook: 'preHandler',
    // Per caller; who shows nothing valid is counted by address, whatever they vary.
    keyGenerator: ({ credential, ip }) => credential?.principalId ?? ip,
    // Those who run it must not lose sight of it in a flood.
    allowList: ({ url }) => url.startsWith('/health/') || url === '/metrics',
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const { status, code, message, details } = describeHttpError(error, request.id);
    if (status >= 500)
      host.runtime.logger.error({ requestId: request.id, reason: error.constructor.name }, 'a request failed');
    return reply.code(status).send({ errors: [{ message, extensions: { code, ...details, requestId: request.id } }] });
  });

  app.setNotFoundHandler((request, reply) => {
    const methods = METHODS[pathOf(request.url)];
    if (methods !== undefined) void reply.code(405).header('allow', methods);
    else void reply.code(404);
    const extensions = { code: methods === undefined ? 'NOT_FOUND' : 'BAD_USER_INPUT', requestId: request.id };
    return reply.send({ errors: [{ message: `There is no ${request.method} here.`, extensions }] });
  });

  await acceptFiles(app, LIMITS.bodyBytes);
  const apollo = new ApolloServer<Operation>({
    schema: host.schema,
    // Apollo's own cache hints would wrap every field, and nothing here may be cached.
    plugins: [ApolloServerPluginCacheControlDisabled(), operationPlugin(host)],
    validationRules: [...host.rules],
    parseOptions: { maxLexicalTokens: LIMITS.tokens },
    introspection: !isProduction,
    hideSchemaDetailsFromClientErrors: isProduction,
    includeStacktraceInErrorResponses: false,
    formatError: (formatted) => host.errors.lastLook(formatted),
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    logger: host.runtime.logger,
  });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  const answer = fastifyApolloHandler(apollo, {
    context: ({ credential, id }) => {
      if (!credential) throw requestError(unauthenticated(), id);
      return Promise.resolve(new Operation(host.runtime, credential, 'read', id));
    },
  });
  const scan = fileScanner(config, host.runtime.logger);
  // Keeping a file waits for the store, with a transaction open: however slow it is, most connections stay for others.
  const files = new Turns(Math.max(1, Math.floor(config.DATABASE_POOL / 4)));
  app.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    // After the limit of requests, and nobody's file is read. (Apollo says so, in GraphQL's way.)
    handler: async function (request, reply) {
      if (!request.isMultipart() || !request.credential) return answer.call(this, request, reply);
      request.body = await readOperation(request, scan);
      return files.take(() => Promise.resolve(answer.call(this, request, reply)));
    },
  });

  serveDeclarations(app, host.runtime, scan, files);
  serveFiles(app, host.runtime, FILE_KINDS);
  // For a program that cannot sign in: the address itself is the secret, and whatever is wrong with it is not there.
  app.get<{ Params: { token: string } }>('/calendar/:token.ics', async ({ params, id }, reply) => {
    const calendar = await readCalendar(host.runtime, params.token, id);
    return calendar === null ? reply.callNotFound() : reply.type('text/calendar; charset=utf-8').send(calendar);
  });

  app.get('/health/live', () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) =>
    (await isReady()) ? { status: 'ready' } : reply.code(503).send({ status: 'not ready' }),
  );
  app.get('/metrics', async (_request, reply) =>
    reply.type(host.metrics.registry.contentType).send(await host.metrics.registry.metrics()),
  );
  if (!isProduction) await registerQueryPage(app);
  return app;
}

/** Counts one request of a caller, or of an address that shows nothing valid. @returns whether it is within the limit. */
export type CountRequest = (credential: Credential | undefined, address: string) => Promise<boolean>;

/** The limit of the HTTP endpoint, for what comes by another way: one count for all of them. */
export function requestCounter(app: FastifyInstance): CountRequest {
  const count = app.createRateLimit();
  return async (credential, ip) => {
    // All that the limit reads of a request.
    const counted = await count({ credential, ip, url: '/graphql', routeOptions: {} } as FastifyRequest);
    return counted.isAllowed || !counted.isExceeded;
  };
}

/** Who asks; undefined for nobody and for a token or key that does not hold. */
async function signIn(authenticator: Authenticator, { headers }: FastifyRequest): Promise<Credential | undefined> {
  try {
    return await authenticator.authenticate(headers.authorization);
  } catch (error) {
    if (error instanceof AccordError) return undefined;
    throw error;
  }
}

function describeHttpError(
  error: Error & { statusCode?: number },
  requestId: string,
): { status: number; code: string; message: string; details?: AccordError['details'] } {
  if (error instanceof AccordError)
    return { status: statusOf(error), code: error.code, message: error.message, details: error.details };
  const status = error.statusCode ?? 500;
  if (status === 413)
    return { status, code: 'BAD_USER_INPUT', message: `A request has at most ${LIMITS.bodyBytes} bytes.` };
  if (status === 429) return { status, code: 'RATE_LIMITED', message: TOO_MANY_REQUESTS };
  if (status < 500)
    return {
      status,
      code: 'BAD_USER_INPUT',
      message: 'This is not a request that /graphql can read: send JSON with a query.',
    };
  return { status, code: 'INTERNAL_SERVER_ERROR', message: masked(requestId) };
}
