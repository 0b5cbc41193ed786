import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LEAST_SHOWN, suppress, suppressParts, type Cell } from './suppression.js';

const cell = (number: number, ...known: number[]): Cell => ({ number, known });

/** Shares of three organisations in each of two to six categories: mostly few, sometimes many. */
const share = fc.oneof({ weight: 3, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.nat(60) });
const table = fc.array(fc.array(share, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 6 });
const cellsOf = (shares: readonly number[][]): Cell[] => shares.map((known) => cell(sum(known), ...known));
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** What is left of numbers for somebody who takes their own away. */
const leftOf = (cells: readonly Cell[], who: number): number =>
  sum(cells.map(({ number, known }) => number - (known[who] ?? 0)));

describe('suppression', () => {
  it('keeps back what is under five, none among it', () => {
    expect(suppress([cell(4), cell(20), cell(0), cell(9)])).toEqual({ cells: [null, 20, null, null], total: 33 });
    expect(suppress([cell(5), cell(6)])).toEqual({ cells: [5, 6], total: 11 });
  });

  it('keeps a second one back where one alone would follow from the total', () => {
    expect(suppress([cell(3), cell(8), cell(30)])).toEqual({ cells: [null, null, 30], total: 41 });
    // Those that are kept back anyhow are fewer than five together.
    expect(suppress([cell(1), cell(2), cell(8), cell(30)])).toEqual({ cells: [null, null, null, 30], total: 41 });
  });

  it('keeps back what is under five once somebody has taken their own away', () => {
    expect(suppress([cell(12, 10, 2), cell(40, 20, 20), cell(30, 15, 15)]).cells).toEqual([null, 40, null]);
    // All of it is one organisation's: the others would have none, which is a number under five, too.
    expect(suppress([cell(12, 12, 0), cell(40, 20, 20)]).cells).toEqual([null, null]);
  });

  it('keeps everything back where all of it together is too little', () => {
    expect(suppress([cell(2, 1, 1), cell(2, 2, 0)])).toEqual({ cells: [null, null], total: null });
    expect(suppress([cell(0), cell(0)])).toEqual({ cells: [null, null], total: null });
  });

  it('keeps back with a small part of a number the smallest of the others', () => {
    expect(suppressParts([5, 9, 12])).toEqual([5, 9, 12]);
    expect(suppressParts([4, 9, 12, 9, 30])).toEqual([null, null, 12, null, 30]);
    expect(suppressParts([4, 4, 4])).toEqual([null, null, null]);
    expect(suppressParts([0, 12])).toEqual([null, null]);
  });

  it('leaves everybody with five or more that they do not know, in what is shown and in what is kept back', () => {
    fc.assert(
      fc.property(table, (shares) => {
        const cells = cellsOf(shares);
        const { cells: numbers, total } = suppress(cells);
        const shown = cells.filter((_, place) => numbers[place] !== null);
        const hidden = cells.filter((cell) => !shown.includes(cell));
        /** What is to be settled by nobody: each number that is shown and, with the total, what is kept back together. */
        const together = total === null ? [] : [cells, hidden].filter((row) => row.length > 0);
        for (const row of [...shown.map((cell) => [cell]), ...together])
          for (const who of [0, 1, 2]) expect(leftOf(row, who)).toBeGreaterThanOrEqual(LEAST_SHOWN);
        expect([0, cells.length]).toContain(total === null ? hidden.length : 0);
        expect(total !== null && hidden.length === 1).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it('shows what it shows as it is, and everything where nothing is small', () => {
    fc.assert(
      fc.property(table, (shares) => {
        const cells = cellsOf(shares);
        const shown = suppress(cells);
        shown.cells.forEach((number, place) => expect([null, cells[place]?.number]).toContain(number));
        expect([null, sum(cells.map(({ number }) => number))]).toContain(shown.total);
        const isNoneSmall = cells.every((one) => [0, 1, 2].every((who) => leftOf([one], who) >= LEAST_SHOWN));
        expect(isNoneSmall && shown.cells.includes(null)).toBe(false);
      }),
    );
  });
});
