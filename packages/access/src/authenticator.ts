import { unauthenticated, type Config } from '@accord/kernel';
import { execute, TenantTransaction } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';
import { createRemoteJWKSet, jwtVerify, type JWTVerifyResult, type JWTVerifyGetKey } from 'jose';
import type { Credential } from './caller.js';
import { findPrincipal } from './directory.js';
import { PrincipalKind } from './principal.entity.js';
import { Role } from './role.js';
import { createSecret, isSecret, parseSecret } from './secret.js';

/** Asymmetric signatures alone: with a shared secret, whoever can verify could also issue. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 30;
/** An issuer that has changed its keys is believed after this long; key ids that it does not have make us ask no more often. */
const ASK_AGAIN_MS = 1000;
const KEY_PREFIX = 'accord_key_';
/** The longest for which a token outlives a signing key that its issuer has withdrawn. */
const TOKEN_REMEMBERED_MS = 10_000;
const MOST_TOKENS_REMEMBERED = 10_000;
const MOST_IDENTITIES_REMEMBERED = 10_000;

type OidcConfig = Pick<Config, 'OIDC_ISSUER' | 'OIDC_AUDIENCE' | 'OIDC_TENANT_CLAIM' | 'OIDC_ROLES_CLAIM'>;

/** Turns what a caller shows (a bearer token of the issuer, or a machine's key) into a credential. */
export class Authenticator {
  #jwks: JWTVerifyGetKey | undefined;
  /** A signature that was good a moment ago is. Expiry and rights are looked at in every operation all the same. */
  #lastKey: string | undefined;
  readonly #verified = new Map<string, { credential: Credential; until: number }>();
  /** Who a subject is never changes, so it is looked up once; what it may do is read in every operation. */
  readonly #principals = new Map<string, { tenantId: string; principalId: string }>();

  constructor(
    private readonly orm: MikroORM,
    private readonly config: OidcConfig,
  ) {}

  /**
   * @param authorization an `Authorization` header, or the same from a connection's first message.
   * @throws AccordError `UNAUTHENTICATED`, whatever is wrong with it.
   */
  async authenticate(authorization: string | undefined): Promise<Credential> {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw unauthenticated();
    return token.startsWith(KEY_PREFIX) ? this.#checkKey(token) : this.#checkToken(token);
  }

  async #checkToken(token: string): Promise<Credential> {
    const known = this.#verified.get(token);
    if (known && known.until > Date.now()) return known.credential;
    const credential = await this.#readToken(token);
    if (this.#verified.size >= MOST_TOKENS_REMEMBERED) this.#verified.clear();
    this.#verified.set(token, { credential, until: Date.now() + TOKEN_REMEMBERED_MS });
    return credential;
  }

  async #readToken(token: string): Promise<Credential> {
    const { payload, protectedHeader } = await this.#verify(token);
    this.#forgetOtherKeys(protectedHeader.kid);
    const { sub, exp } = payload;
    const tenantCode = payload[this.config.OIDC_TENANT_CLAIM];
    if (!sub || exp === undefined || typeof tenantCode !== 'string') throw unauthenticated();
    const roles = readRoles(payload[this.config.OIDC_ROLES_CLAIM]);
    const who = `${tenantCode} ${sub}`;
    let found = this.#principals.get(who);
    if (!found) {
      const displayName = typeof payload['name'] === 'string' ? payload['name'] : sub;
      // Client credentials name the client as the subject (RFC 9068, section 2.2).
      const kind = payload['client_id'] === sub ? PrincipalKind.MACHINE : PrincipalKind.PERSON;
      found = await findPrincipal(this.orm, { tenantCode, subject: sub, kind, displayName, roles });
      if (this.#principals.size >= MOST_IDENTITIES_REMEMBERED) this.#principals.clear();
      this.#principals.set(who, found);
    }
    return { ...found, roles, expiresAt: holdsUntil(exp), keyId: null };
  }

  /** Another key than before: the issuer may have withdrawn that one, so nothing is remembered of it. */
  #forgetOtherKeys(kid: string | undefined): void {
    if (kid !== this.#lastKey) this.#verified.clear();
    this.#lastKey = kid;
  }

  async #verify(token: string): Promise<JWTVerifyResult> {
    try {
      this.#jwks ??= createRemoteJWKSet(await discoverKeys(this.config.OIDC_ISSUER), {
        cooldownDuration: ASK_AGAIN_MS,
      });
      return await jwtVerify(token, this.#jwks, {
        algorithms: ALGORITHMS,
        issuer: this.config.OIDC_ISSUER,
        audience: this.config.OIDC_AUDIENCE,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'sub'],
      });
    } catch {
      throw unauthenticated();
    }
  }

  async #checkKey(token: string): Promise<Credential> {
    const key = parseSecret(KEY_PREFIX, token);
    if (!key) throw unauthenticated();
    const scope = { tenantId: key.tenantId, callerId: null };
    const [row] = await TenantTransaction.run(this.orm, scope, 'read', (em) =>
      execute<{ principal_id: string; secret_hash: string; expires_at: Date }>(
        em,
        'select principal_id, secret_hash, expires_at from machine_key where id = ? and revoked_at is null',
        [key.id],
      ),
    );
    if (!row || !isSecret(key, row.secret_hash)) throw unauthenticated();
    const expiresAt = new Date(row.expires_at);
    return { tenantId: key.tenantId, principalId: row.principal_id, roles: null, expiresAt, keyId: key.id };
  }
}

async function discoverKeys(issuer: string): Promise<URL> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(5000),
  });
  const { jwks_uri: uri } = (await response.json()) as { jwks_uri: string };
  return new URL(uri);
}

/**
 * A token holds until it expires: streams end then. One that has expired within the tolerance was taken for the
 * sake of a clock that differs, and holds while the tolerance does.
 */
function holdsUntil(exp: number): Date {
  const isOver = exp * 1000 <= Date.now();
  return new Date((exp + (isOver ? CLOCK_TOLERANCE_SECONDS : 0)) * 1000);
}

/** Role names that are not Accord's are another application's, and are passed over. */
function readRoles(claim: unknown): Role[] {
  const names: unknown[] = Array.isArray(claim) ? claim : [];
  return Object.values(Role).filter((role) => names.includes(role));
}

/** A new key: what is shown once, and what is kept. */
export const createKey = (tenantId: string, keyId: string): { shown: string; secretHash: string } =>
  createSecret(KEY_PREFIX, tenantId, keyId);
