import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { codeOf, Problem } from '../problem.js';
import { portFrom, portTaken } from '../free-port.js';
import { assertDevelopment } from './development-only.js';
import { readOrCreateIdentity, rememberPort } from './identity-keys.js';
import { createIssuer } from './issuer.js';
import { answerSignIn } from './sign-in-page.js';

export interface IdentityProvider {
  /** `OIDC_ISSUER` for the gateway. */
  readonly issuer: string;
  close(): Promise<void>;
}

export interface IdentityOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Keeps its keys and its port. */
  readonly file: string;
  readonly audience: string;
  readonly machineSecret: string;
}

const HOST = '127.0.0.1';
const FIRST_PORT = 4010;
const PORTS_TRIED = 20;

/**
 * Starts the development sign-in on this machine alone, at `IDENTITY_PORT`, else at the port it had before,
 * else at the first free one from 4010 on.
 * @throws Problem beside a production configuration, or when its port is taken.
 */
export async function startIdentityProvider({
  env,
  file,
  audience,
  machineSecret,
}: IdentityOptions): Promise<IdentityProvider> {
  assertDevelopment(env);
  const state = await readOrCreateIdentity(file);
  const server = createServer();
  // No connection is kept: a stop waits for nobody, and nobody meets a dead connection after a restart.
  server.maxRequestsPerSocket = 1;
  const port = await listen(server, env['IDENTITY_PORT'], state.port);
  rememberPort(file, state, port);

  const issuer = `http://${HOST}:${port}`;
  const provider = createIssuer({ issuer, audience, machineSecret, state });
  const answer = provider.callback();
  // A web page elsewhere that points a name of its own at this machine is not answered.
  const names = new Set([`${HOST}:${port}`, `localhost:${port}`]);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!names.has(request.headers.host ?? '')) response.writeHead(421).end();
    else if (!(await answerSignIn(provider, request, response))) await answer(request, response);
  };
  server.on('request', (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });

  return {
    issuer,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, wanted: string | undefined, last: number | undefined): Promise<number> {
  if (wanted) {
    const port = portFrom('IDENTITY_PORT', wanted, FIRST_PORT);
    return (await tryPort(server, port)) ?? fail(portTaken(port, 'IDENTITY_PORT'));
  }
  const usual = Array.from({ length: PORTS_TRIED }, (_, index) => FIRST_PORT + index);
  for (const port of last === undefined ? usual : [last, ...usual]) {
    const got = await tryPort(server, port);
    if (got !== undefined) return got;
  }
  throw new Problem(
    `The ports ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are all taken: name a free one for the sign-in: IDENTITY_PORT=…`,
  );
}

/** The port it got, or `undefined` when that one is taken. */
async function tryPort(server: Server, port: number): Promise<number | undefined> {
  server.listen(port, HOST);
  try {
    await once(server, 'listening');
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return undefined;
    throw error;
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function fail(problem: Problem): never {
  throw problem;
}
