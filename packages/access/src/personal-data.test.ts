import { describe, expect, it } from '@jest/globals';
import { findPersonalData, plainText } from './personal-data.js';

const kinds = (text: string) => findPersonalData(text).map(({ kind }) => kind);

describe('personal data in a text', () => {
  it.each([
    ['943 476 5919', 'NHS number'],
    ['NHS no. 9434765919.', 'NHS number'],
    ['943-476-5919', 'NHS number'],
    ['９４３ ４７６ ５９１９', 'NHS number'],
    ['943\u200B476\u00A05919', 'NHS number'],
    ['٩٤٣٤٧٦٥٩١٩', 'NHS number'],
    ['AB123456C', 'National Insurance number'],
    ['ab 12 34 56 c', 'National Insurance number'],
    ['DOB 01/02/2009', 'date of birth'],
    ['d.o.b: 1.2.09', 'date of birth'],
    ['Date of birth is 2009-02-01', 'date of birth'],
    ['she was born on 1st February 2009', 'date of birth'],
    ['born Feb 1, 2009', 'date of birth'],
    ['write to jo.bloggs@example.com', 'personal e-mail address'],
    ['jo@gov.uk.example.org', 'personal e-mail address'],
    ['call 07700 900123', 'personal phone number'],
    ['+44 7700 900 123', 'personal phone number'],
    ['+44 (0)7700 900123', 'personal phone number'],
    ['0044-7700-900123', 'personal phone number'],
    ['(07700) 900123', 'personal phone number'],
  ])('finds in "%s" a %s', (text, kind) => {
    expect(kinds(text)).toEqual([kind]);
  });

  it.each([
    '943 476 5918',
    'URN 1234567 and SC990002',
    'BG123456A',
    'born leaders; opened 01/02/2009',
    'Visited on 01/02/2026 at 14:30',
    'duty.desk@barnet.gov.uk',
    'ring 020 7946 0018',
    '2 staff for 6 young people, 16 to 21, from 2026-01-01',
    'Company 99000001',
  ])('finds nothing in "%s"', (text) => {
    expect(kinds(text)).toEqual([]);
  });

  it('finds all of it, each in its place', () => {
    const text = 'Mail jo@example.com or 07700 900123.';
    const found = findPersonalData(text);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(['jo@example.com', '07700 900123']);
  });

  it('names the place as the text was written, and says what to write instead', () => {
    expect(() => plainText('input.summary', '  😀 n\u200Bo 943\u200B4765919', 100)).toThrow(
      'This holds what looks like an NHS number, characters 10 to 20. Take it out: no child is named or described here, nor identified by a number.',
    );
  });

  it('trims, and refuses what is empty or too long', () => {
    expect(plainText('input.summary', '  Two staff left. ', 100)).toBe('Two staff left.');
    expect(() => plainText('input.summary', ' \n ', 100)).toThrow('cannot be empty');
    expect(() => plainText('input.summary', 'x'.repeat(101), 100)).toThrow('at most 100');
  });
});
