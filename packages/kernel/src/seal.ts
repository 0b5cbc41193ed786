import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts small values that clients carry for us (cursors), bound to a context: opened in any other
 * context they are refused. AES-256-GCM, one random nonce per value.
 */
export class Seal {
  readonly #key: Buffer;

  /** @param secret at least 32 characters; `purpose` keeps the keys of different uses apart. */
  constructor(secret: string, purpose: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
  }

  close(value: unknown, context: string): string {
    const iv = nextNonce();
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv);
    cipher.setAAD(Buffer.from(context));
    const body = cipher.update(JSON.stringify(value), 'utf8');
    // A stream cipher keeps nothing back: the end gives the tag alone.
    cipher.final();
    return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url');
  }

  /** The sealed value, or `undefined` when it was made elsewhere, for another context, or not by us. */
  open(sealed: string, context: string): unknown {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, IV_BYTES));
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const body = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
      return JSON.parse(body.toString('utf8'));
    } catch {
      return undefined;
    }
  }
}

const NONCES_AT_ONCE = 256;
let nonces = Buffer.alloc(0);

/** Drawn many at once: asking the system for each costs more than the encryption itself. */
function nextNonce(): Buffer {
  if (nonces.length < IV_BYTES) nonces = randomBytes(NONCES_AT_ONCE * IV_BYTES);
  const nonce = nonces.subarray(0, IV_BYTES);
  nonces = nonces.subarray(IV_BYTES);
  return nonce;
}

/** SHA-256 of a value's canonical JSON (keys sorted, undefined left out), hexadecimal. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value instanceof Date) return JSON.stringify(value);
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
