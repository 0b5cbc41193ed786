import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { createHmac, createPublicKey } from 'node:crypto';
import { TestAccord, until } from '@accord/testkit';
import { exportPKCS8, importPKCS8, SignJWT } from 'jose';
import { AUDIENCE, createKey, inSeconds, TestIssuer, type SigningKey } from '../support/issuer.js';
import { receive } from '../support/ways.js';

let accord: TestAccord;
let issuer: TestIssuer;
let key: SigningKey;

const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
const keys = new Map<string, SigningKey>();

beforeAll(async () => {
  for (const algorithm of ALGORITHMS) keys.set(algorithm, await createKey(algorithm));
  key = keys.get('RS256') ?? (await createKey('RS256'));
  issuer = await TestIssuer.start([...keys.values()]);
  accord = await TestAccord.start({ OIDC_ISSUER: issuer.url });
});
afterAll(async () => {
  await accord.stop();
  await issuer.stop();
});

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token with the same claims and another header and signature. */
async function resigned(header: object, sign: (input: string) => string): Promise<string> {
  const [, payload = ''] = (await issuer.token()).split('.');
  const input = `${base64url(header)}.${payload}`;
  return `${input}.${sign(input)}`;
}

const hmac = (secret: string) => (input: string) => createHmac('sha256', secret).update(input).digest('base64url');

/** What nobody is signed in by, whatever is wrong with it. */
const BAD: readonly [what: string, authorization: () => Promise<string | undefined> | string | undefined][] = [
  ['nothing', () => undefined],
  ['no token', () => 'Bearer '],
  ['another scheme', async () => `Basic ${await issuer.token()}`],
  ['what is no token', () => 'Bearer let-me-in'],
  ['two tokens', async () => `Bearer ${await issuer.token()} ${await issuer.token()}`],
  ['no algorithm', async () => `Bearer ${await resigned({ alg: 'none', typ: 'JWT' }, () => '')}`],
  [
    'no algorithm, in other letters',
    async () => `Bearer ${await resigned({ alg: 'NONE', kid: key.publicJwk.kid }, () => 'x')}`,
  ],
  [
    'HS256 with the public key as its secret',
    async () => `Bearer ${await resigned({ alg: 'HS256', kid: key.publicJwk.kid }, hmac(publicPem()))}`,
  ],
  [
    'HS256 with the published key as its secret',
    async () =>
      `Bearer ${await resigned({ alg: 'HS256', kid: key.publicJwk.kid }, hmac(JSON.stringify(key.publicJwk)))}`,
  ],
  ['another signature', async () => `Bearer ${(await issuer.token()).replace(/.{8}$/, 'AAAAAAAA')}`],
  [
    'another key under the known id',
    async () => `Bearer ${await issuer.token({}, await createKey('RS256'), key.publicJwk.kid)}`,
  ],
  ['an unknown key', async () => `Bearer ${await issuer.token({}, await createKey('RS256'))}`],
  ['a key that the token brings along', async () => `Bearer ${await withItsOwnKey()}`],
  ['another issuer', async () => `Bearer ${await issuer.token({ iss: 'https://elsewhere.example' })}`],
  ['no issuer', async () => `Bearer ${await issuer.token({ iss: undefined })}`],
  ['another audience', async () => `Bearer ${await issuer.token({ aud: 'https://elsewhere.example' })}`],
  ['no audience', async () => `Bearer ${await issuer.token({ aud: undefined })}`],
  ['an expiry longer ago than the tolerance', async () => `Bearer ${await issuer.token({ exp: inSeconds(-40) })}`],
  ['no expiry', async () => `Bearer ${await issuer.token({ exp: undefined })}`],
  ['a beginning later than the tolerance', async () => `Bearer ${await issuer.token({ nbf: inSeconds(45) })}`],
  ['no subject', async () => `Bearer ${await issuer.token({ sub: undefined })}`],
  ['an empty subject', async () => `Bearer ${await issuer.token({ sub: '' })}`],
  ['no tenant', async () => `Bearer ${await issuer.token({ accord_tenant: undefined })}`],
  ['a tenant of no alliance', async () => `Bearer ${await issuer.token({ accord_tenant: 'E09999999' })}`],
  ['several tenants', async () => `Bearer ${await issuer.token({ accord_tenant: ['E09000005', 'E09000003'] })}`],
  ['a tenant that is a number', async () => `Bearer ${await issuer.token({ accord_tenant: 5 })}`],
  ['a machine key that is none', () => `Bearer accord_key_${Buffer.alloc(64, 7).toString('base64url')}`],
  ['a machine key that is too short', () => 'Bearer accord_key_AAAA'],
];

const publicPem = (): string =>
  createPublicKey({ key: { ...key.publicJwk }, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString();

/** Signed by a stranger whose public key stands in the header. */
async function withItsOwnKey(): Promise<string> {
  const stranger = await createKey('RS256');
  const claims = {
    accord_tenant: 'E09000005',
    roles: ['PLACEMENTS'],
    sub: 'brent-placements',
    iss: issuer.url,
    aud: AUDIENCE,
  };
  const signer = await importPKCS8(await exportPKCS8(stranger.privateKey), 'RS256');
  return new SignJWT({ ...claims, exp: inSeconds(600) })
    .setProtectedHeader({ alg: 'RS256', jwk: stranger.publicJwk })
    .sign(signer);
}

test.each(BAD)('nobody is signed in by %s', async (_what, authorization) => {
  expect(await receive(accord, await authorization())).toEqual({
    http: {
      status: 401,
      body: {
        errors: [
          {
            message: 'Sign in: send a valid bearer token or key.',
            extensions: { code: 'UNAUTHENTICATED', requestId: 'a request id' },
          },
        ],
      },
    },
    webSocket: 4403,
    eventStream: 401,
  });
});

describe('a token is good', () => {
  const viewer = async (token: string): Promise<unknown> =>
    (await accord.with(`Bearer ${token}`).data('{ viewer { displayName roles tenant { name } } }'))['viewer'];
  const BRENT = { displayName: 'Brent placements officer', roles: ['PLACEMENTS'], tenant: { name: 'Brent' } };

  it('as the issuer gives it', async () => {
    expect(await viewer(await issuer.token())).toEqual(BRENT);
  });

  it('for several audiences, if this is one', async () => {
    expect(await viewer(await issuer.token({ aud: ['https://elsewhere.example', AUDIENCE] }))).toEqual(BRENT);
  });

  it('for 30 seconds before and after its time, for the sake of clocks that differ', async () => {
    expect(await viewer(await issuer.token({ exp: inSeconds(-15) }))).toEqual(BRENT);
    expect(await viewer(await issuer.token({ nbf: inSeconds(15) }))).toEqual(BRENT);
  });

  it.each(ALGORITHMS)('signed with %s', async (algorithm) => {
    expect(await viewer(await issuer.token({}, keys.get(algorithm)))).toEqual(BRENT);
  });
});

test('keys change: the new one is taken, the old one no longer', async () => {
  const next = await createKey('RS256');
  const [old, fresh] = [await issuer.token({}, key), await issuer.token({}, next)];
  const status = async (token: string): Promise<number> =>
    (await accord.with(`Bearer ${token}`).send('{ viewer { id } }')).status;
  expect([await status(old), await status(fresh)]).toEqual([200, 401]);
  issuer.publish([next]);
  await until(async () => (await status(fresh)) === 200);
  expect(await status(old)).toBe(401);
  issuer.publish([key]);
  await until(async () => (await status(old)) === 200);
});

test('an issuer that cannot be asked lets nobody in, and everybody again once it can', async () => {
  const first = await TestIssuer.start([key]);
  const port = Number(new URL(first.url).port);
  await first.stop();
  const other = await TestAccord.start({ OIDC_ISSUER: first.url });
  const client = other.with(`Bearer ${await first.token()}`);
  expect((await client.send('{ viewer { id } }')).status).toBe(401);
  const back = await TestIssuer.start([key], port);
  expect((await client.send('{ viewer { id } }')).status).toBe(200);
  await other.stop();
  await back.stop();
});
