import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isId } from '@accord/kernel';

const ID_BYTES = 16;
const SECRET_BYTES = 32;

/** What a secret that somebody shows says about itself. */
export interface ShownSecret {
  readonly tenantId: string;
  readonly id: string;
  /** Whose it is, where it stands for a person. */
  readonly principalId: string | undefined;
  readonly secret: Buffer;
}

/** A new secret of a tenant's, or of one of its people's, under an id: what is shown once, and what is kept. */
export function createSecret(
  prefix: string,
  tenantId: string,
  id: string,
  principalId?: string,
): { shown: string; secretHash: string } {
  const secret = randomBytes(SECRET_BYTES);
  const ids = [tenantId, id, ...(principalId === undefined ? [] : [principalId])];
  const shown = prefix + Buffer.concat([...ids.map(idBytes), secret]).toString('base64url');
  return { shown, secretHash: hashOf(secret) };
}

/** What was shown, taken apart; undefined for what cannot be one. @param isPersons whether it stands for a person. */
export function parseSecret(prefix: string, shown: string, isPersons = false): ShownSecret | undefined {
  if (!shown.startsWith(prefix)) return undefined;
  const text = shown.slice(prefix.length);
  const bytes = Buffer.from(text, 'base64url');
  const count = isPersons ? 3 : 2;
  // The decoder passes over what does not belong there.
  if (bytes.length !== count * ID_BYTES + SECRET_BYTES || bytes.toString('base64url') !== text) return undefined;
  const ids = Array.from({ length: count }, (_, at) => readId(bytes.subarray(at * ID_BYTES, (at + 1) * ID_BYTES)));
  const [tenantId = '', id = '', principalId] = ids;
  return ids.every(isId) ? { tenantId, id, principalId, secret: bytes.subarray(count * ID_BYTES) } : undefined;
}

/** Whether a secret is the one of which this hash was kept; in the same time whether or not. */
export const isSecret = ({ secret }: ShownSecret, secretHash: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(secretHash, 'hex'));

const hashOf = (secret: Buffer): string => createHash('sha256').update(secret).digest('hex');

const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

const readId = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
