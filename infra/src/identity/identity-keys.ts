import { randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { readPrivateFile, writePrivateFile } from '../embedded/private-file.js';

/** Kept between starts, so that a token, and its issuer's address, outlive a restart. */
export interface IdentityState {
  readonly signingKey: JWK;
  readonly cookieKey: string;
  /** The port it had last. */
  readonly port: number | undefined;
}

/** As most real issuers sign, Entra ID among them. */
const ALGORITHM = 'RS256';

export async function readOrCreateIdentity(file: string): Promise<IdentityState> {
  const known = readPrivateFile(file, 'delete it. Tokens given so far will no longer be valid') as
    | IdentityState
    | undefined;
  if (known !== undefined) return known;
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const key = await exportJWK(privateKey);
  const state: IdentityState = {
    signingKey: { ...key, alg: ALGORITHM, use: 'sig', kid: await calculateJwkThumbprint(key) },
    cookieKey: randomBytes(32).toString('base64url'),
    port: undefined,
  };
  writePrivateFile(file, state);
  return state;
}

export function rememberPort(file: string, state: IdentityState, port: number): void {
  if (state.port !== port) writePrivateFile(file, { ...state, port });
}
