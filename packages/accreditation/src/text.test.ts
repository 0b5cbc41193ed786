import { describe, expect, test } from '@jest/globals';
import { optionalText, requiredText } from './text.js';

describe('a text of the file', () => {
  test.each(['001234567890', 'Certificate 0012 3456 7890, clear', 'No. 001-234-567-890.'])(
    'with a DBS certificate’s number in it is refused: %s',
    (text) => {
      expect(() => requiredText('input.evidenceNote', text)).toThrow(/number of a DBS certificate/);
      expect(() => optionalText('input.evidenceNote', text)).toThrow(/number of a DBS certificate/);
    },
  );

  test.each([
    'DBS sampled on 2026-11-20: 12 of 12, no gaps',
    'Company 01234567, registration SC0012345',
    'Rang 0044 20 7946 0000 0',
    'Rang 020 7946 0000 and 0020 7946 000',
    '120012345678901',
  ])('with other numbers in it is kept: %s', (text) => {
    expect(requiredText('input.evidenceNote', ` ${text} `)).toBe(text);
  });

  test('is there where it has to be, and not endless', () => {
    expect(() => requiredText('input.reason', ' ')).toThrow(/\S/);
    expect(() => requiredText('input.reason', 'x'.repeat(10_001))).toThrow(/at most 10000/);
    expect(optionalText('input.reason', ' ')).toBeNull();
  });
});
