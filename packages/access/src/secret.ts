import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isId } from '@accord/kernel';

const ID_BYTES = 16;
const SECRET_BYTES = 32;

/** What a secret that somebody shows says about itself. */
export interface ShownSecret {
  readonly tenantId: string;
  readonly id: string;
  readonly secret: Buffer;
}

/** A new secret of a tenant's under an id: what is shown once, and what is kept. */
export function createSecret(prefix: string, tenantId: string, id: string): { shown: string; secretHash: string } {
  const secret = randomBytes(SECRET_BYTES);
  const shown = prefix + Buffer.concat([idBytes(tenantId), idBytes(id), secret]).toString('base64url');
  return { shown, secretHash: hashOf(secret) };
}

/** What was shown, taken apart; undefined for what cannot be one. */
export function parseSecret(prefix: string, shown: string): ShownSecret | undefined {
  if (!shown.startsWith(prefix)) return undefined;
  const bytes = Buffer.from(shown.slice(prefix.length), 'base64url');
  if (bytes.length !== 2 * ID_BYTES + SECRET_BYTES) return undefined;
  const tenantId = readId(bytes.subarray(0, ID_BYTES));
  const id = readId(bytes.subarray(ID_BYTES, 2 * ID_BYTES));
  return isId(tenantId) && isId(id) ? { tenantId, id, secret: bytes.subarray(2 * ID_BYTES) } : undefined;
}

/** Whether a secret is the one of which this hash was kept; in the same time whether or not. */
export const isSecret = ({ secret }: ShownSecret, secretHash: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(secretHash, 'hex'));

const hashOf = (secret: Buffer): string => createHash('sha256').update(secret).digest('hex');

const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

const readId = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
