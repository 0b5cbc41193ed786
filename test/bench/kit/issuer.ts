import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';

/** Whom a token is for: what it says, and nobody's secret. */
export interface TokenHolder {
  readonly subject: string;
  readonly tenant: string;
  readonly roles: readonly string[];
}

export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  token(holder: TokenHolder): Promise<string>;
  close(): Promise<void>;
}

/** As most real issuers sign, and as the development sign-in does. */
const ALGORITHM = 'RS256';
const AUDIENCE = 'https://accord.bench/graphql';

/**
 * As much of an OpenID Connect issuer as a resource server meets: discovery, a key set, and signed access
 * tokens. Whom it signs in is up to the benchmark, which wants a caller in every borough.
 */
export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const server = createServer((request, response) => {
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/jwks` },
      '/jwks': { keys: [{ ...publicJwk, kid, alg: ALGORITHM, use: 'sig' }] },
    };
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    audience: AUDIENCE,
    token: ({ subject, tenant, roles }) =>
      new SignJWT({ accord_tenant: tenant, roles: [...roles], name: subject })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'at+jwt' })
        .setSubject(subject)
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
