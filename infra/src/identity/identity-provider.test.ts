import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createRemoteJWKSet, jwtVerify, type JWTVerifyResult } from 'jose';
import { findPersona, PERSONAS, type Persona } from '../personas.js';
import { startIdentityProvider, type IdentityProvider } from './identity-provider.js';
import { COMMAND_LINE_CLIENT, COMMAND_LINE_REDIRECT, DASHBOARD_CLIENT } from './issuer.js';
import { requestToken } from './request-token.js';

const AUDIENCE = 'https://accord.local/graphql';
const SECRET = 'the secret of the machine';
const folder = mkdtempSync(join(tmpdir(), 'accord-identity-'));
const file = join(folder, 'identity.json');
let identity: IdentityProvider;

const start = (env: Record<string, string> = { IDENTITY_PORT: '0' }): Promise<IdentityProvider> =>
  startIdentityProvider({ env, file, audience: AUDIENCE, machineSecret: SECRET });

const persona = (name: string): Persona => {
  const found = findPersona(name);
  if (found === undefined) throw new Error(`no persona ${name}`);
  return found;
};

const verify = (token: string, issuer: string): Promise<JWTVerifyResult> =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${issuer}/jwks`)), { issuer, audience: AUDIENCE, typ: 'at+jwt' });

beforeAll(async () => {
  identity = await start();
});
afterAll(async () => {
  await identity.close();
  rmSync(folder, { recursive: true });
});

test.each(PERSONAS.map(({ name }) => name))('%s signs in and gets a token that says who it is', async (name) => {
  const { subject, tenant, roles } = persona(name);
  const { payload } = await verify(await requestToken(identity.issuer, persona(name), SECRET), identity.issuer);
  expect(payload).toMatchObject({ sub: subject, accord_tenant: tenant, roles, aud: AUDIENCE });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
});

test('a machine needs its secret, and a person cannot come as one', async () => {
  await expect(requestToken(identity.issuer, persona('brent-dashboard'), 'a guess')).rejects.toThrow(
    '"invalid_client"',
  );
  const disguised: Persona = { ...persona('brent-dashboard'), kind: 'person' };
  await expect(requestToken(identity.issuer, disguised)).rejects.toThrow('400');
});

test('a token and its issuer outlive a restart', async () => {
  const token = await requestToken(identity.issuer, persona('brent-placements'));
  const before = identity.issuer;
  await identity.close();
  identity = await start({});
  expect(identity.issuer).toBe(before);
  await expect(verify(token, before)).resolves.toBeDefined();
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a taken port is named when it was asked for, and passed over when it was not', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await expect(start({ IDENTITY_PORT: String(port) })).rejects.toThrow(`IDENTITY_PORT=${port + 1}`);
  // Its own last port is taken by the one that runs.
  const second = await start({});
  expect(second.issuer).not.toBe(identity.issuer);
  await second.close();
  other.close();
});

test('the code of a sign-in is worth nothing without its verifier', async () => {
  const stolen = await fetch(
    `${identity.issuer}/auth?${new URLSearchParams({
      client_id: DASHBOARD_CLIENT,
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:4000/signed-in',
      scope: 'openid',
    }).toString()}`,
    { redirect: 'manual' },
  );
  expect(stolen.headers.get('location')).toContain('error=invalid_request');
});

test('a client is sent back to its own address only', async () => {
  const elsewhere = new URLSearchParams({
    client_id: COMMAND_LINE_CLIENT,
    response_type: 'code',
    redirect_uri: COMMAND_LINE_REDIRECT.replace('127.0.0.1', 'example.org'),
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  });
  const response = await fetch(`${identity.issuer}/auth?${elsewhere.toString()}`, { redirect: 'manual' });
  expect(response.status).toBe(400);
  expect(response.headers.get('location')).toBeNull();
});

test('the page where one chooses needs the browser that began', async () => {
  const response = await fetch(`${identity.issuer}/sign-in/anything`, {
    method: 'POST',
    body: new URLSearchParams({ persona: 'brent-admin' }),
    redirect: 'manual',
  });
  expect(response.status).toBe(400);
});

test.each([
  [{ NODE_ENV: 'production' }, 'NODE_ENV is production'],
  [{ DATABASE_URL: 'postgres://db/accord' }, 'DATABASE_URL'],
  [{ HOST: '0.0.0.0' }, 'HOST=0.0.0.0'],
])('does not start beside a production configuration: %j', async (env, reason) => {
  await expect(start(env as Record<string, string>)).rejects.toThrow(reason);
});

test('a name that a web page elsewhere points at this machine is not answered', async () => {
  const request = get(`${identity.issuer}/`, { headers: { host: 'attacker.example' } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(421);
  response.resume();
});
