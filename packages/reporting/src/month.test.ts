import { describe, expect, it } from '@jest/globals';
import { monthAfter, monthOf, readMonth, writeMonth } from './month.js';

describe('a month', () => {
  it('is that of its days, and has one before and after it', () => {
    expect(monthOf('2028-02-29')).toBe('2028-02-01');
    expect(monthAfter('2026-01-01', -1)).toBe('2025-12-01');
    expect(monthAfter('2026-12-01', 1)).toBe('2027-01-01');
    expect(writeMonth('2026-11-01')).toBe('2026-11');
  });

  it('is read as it is written, and refused with its place where it is none', () => {
    expect(readMonth('month', '2026-11')).toBe('2026-11-01');
    for (const wrong of ['2026-13', '2026-00', '26-11', '2026-11-01', '', "2026-11'--"])
      expect(() => readMonth('month', wrong)).toThrow('Expected a month such as 2026-11.');
  });
});
