import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** What its tokens are for. */
export const AUDIENCE = 'https://accord.test/graphql';

export interface SigningKey {
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK & { readonly kid: string };
}

let made = 0;

export async function createKey(algorithm = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(publicKey);
  return { algorithm, privateKey, publicJwk: { ...jwk, kid: `key-${(made += 1)}`, alg: algorithm, use: 'sig' } };
}

/** Seconds since 1970, so many from now. */
export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

/**
 * An OpenID issuer whose tokens say whatever a test wants, as the real one's never would: its discovery document
 * and its key set, over HTTP, with keys that can be exchanged.
 */
export class TestIssuer {
  #keys: readonly SigningKey[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param port the one that it had before, for an issuer that comes back. */
  static async start(keys: readonly SigningKey[], port = 0): Promise<TestIssuer> {
    const server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url === '/.well-known/openid-configuration') {
        response.end(JSON.stringify({ issuer: issuer.url, jwks_uri: `${issuer.url}/keys` }));
      } else if (request.url === '/keys') {
        response.end(JSON.stringify({ keys: issuer.#keys.map(({ publicJwk }) => publicJwk) }));
      } else {
        response.writeHead(404).end('{}');
      }
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const issuer = new TestIssuer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    issuer.#keys = keys;
    return issuer;
  }

  /** From now on it publishes these keys and no others. */
  publish(keys: readonly SigningKey[]): void {
    this.#keys = keys;
  }

  /** A token of a Brent placements officer that is good in every respect, but for what is given. */
  token(
    claims: Readonly<Record<string, unknown>> = {},
    key = this.#keys[0],
    kid = key?.publicJwk.kid,
  ): Promise<string> {
    if (!key || kid === undefined) throw new Error('This issuer has no key.');
    const usual = {
      iss: this.url,
      aud: AUDIENCE,
      sub: 'brent-placements',
      iat: inSeconds(0),
      exp: inSeconds(600),
      accord_tenant: 'E09000005',
      roles: ['PLACEMENTS'],
    };
    // What is given as undefined is left out.
    return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: key.algorithm, kid }).sign(key.privateKey);
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
