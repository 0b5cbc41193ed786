import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { isId } from '@accord/kernel';

/** What the address of a calendar says. */
export interface CalendarToken {
  readonly tenantId: string;
  readonly principalId: string;
  readonly feedId: string;
  readonly secret: Buffer;
}

const ID_BYTES = 16;
const SECRET_BYTES = 32;
const TOKEN_BYTES = 3 * ID_BYTES + SECRET_BYTES;

/** A new secret address: what is shown once, and what is kept. */
export function newCalendarToken(tenantId: string, principalId: string, feedId: string) {
  const secret = randomBytes(SECRET_BYTES);
  const shown = Buffer.concat([...[tenantId, principalId, feedId].map(idBytes), secret]).toString('base64url');
  return { shown, secretHash: hashOf(secret) };
}

/** Undefined for what is none. */
export function readCalendarToken(text: string): CalendarToken | undefined {
  const bytes = Buffer.from(text, 'base64url');
  // The decoder passes over what does not belong there.
  if (bytes.length !== TOKEN_BYTES || bytes.toString('base64url') !== text) return undefined;
  const [tenantId = '', principalId = '', feedId = ''] = [0, 1, 2].map((index) =>
    readId(bytes.subarray(index * ID_BYTES, (index + 1) * ID_BYTES)),
  );
  const secret = bytes.subarray(3 * ID_BYTES);
  return [tenantId, principalId, feedId].every(isId) ? { tenantId, principalId, feedId, secret } : undefined;
}

export const isSecretOf = (secret: Buffer, secretHash: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(secretHash, 'hex'));

const hashOf = (secret: Buffer): string => createHash('sha256').update(secret).digest('hex');

const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

const readId = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
