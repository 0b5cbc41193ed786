import { describe, expect, it } from '@jest/globals';
import { fingerprint, Seal } from './seal.js';

const SECRET = 'a secret that is long enough to be one';

describe('a seal', () => {
  const seal = new Seal(SECRET, 'cursor');

  it('opens what it closed, in the same context alone', () => {
    const sealed = seal.close(['a', 1, null], 'brent providers');
    expect(seal.open(sealed, 'brent providers')).toEqual(['a', 1, null]);
    expect(seal.open(sealed, 'barnet providers')).toBeUndefined();
  });

  it('opens nothing of another secret or purpose, nothing altered and nothing made up', () => {
    const sealed = seal.close('41', 'context');
    expect(new Seal(SECRET, 'another purpose').open(sealed, 'context')).toBeUndefined();
    expect(new Seal(`${SECRET}!`, 'cursor').open(sealed, 'context')).toBeUndefined();
    const bytes = Buffer.from(sealed, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(seal.open(altered.toString('base64url'), 'context')).toBeUndefined();
    }
    for (const text of ['', 'abc', 'x'.repeat(200)]) expect(seal.open(text, 'context')).toBeUndefined();
  });

  it('never uses a nonce twice', () => {
    const nonces = Array.from({ length: 2000 }, () => seal.close('', 'context').slice(0, 16));
    expect(new Set(nonces).size).toBe(nonces.length);
  });
});

describe('a fingerprint', () => {
  it('is of what is said, not of the order in which', () => {
    expect(fingerprint({ a: 1, b: [{ c: undefined, d: 2 }] })).toBe(fingerprint({ b: [{ d: 2 }], a: 1 }));
    expect(fingerprint({ a: 1 })).not.toBe(fingerprint({ a: '1' }));
    expect(fingerprint([1, 2])).not.toBe(fingerprint([2, 1]));
  });
});
