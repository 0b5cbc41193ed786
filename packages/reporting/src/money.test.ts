import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LEAST_UNCERTAIN_PERCENT, suppressSums, type Sum } from './money.js';
import { LEAST_SHOWN } from './suppression.js';

/** What a borough gave for some placements. */
type Part = readonly [pounds: number, placements: number];

const total = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const sumOf = (parts: readonly Part[]): Sum => {
  const known = parts.map(([pounds]) => pounds);
  const placements = parts.map(([, number]) => number);
  return { number: total(known), known, behind: { number: total(placements), known: placements } };
};

const shown = (...rows: readonly (readonly Part[])[]) => suppressSums(rows.map(sumOf), []);

/** Of one type many pay alike, so that a row beside it has somewhere to hide. */
const MANY: readonly Part[] = [
  [9000, 9],
  [9000, 9],
  [9000, 9],
  [9000, 9],
];

const part = fc
  .tuple(fc.nat(9), fc.integer({ min: 1, max: 60 }))
  .map(([placements, pounds]): Part => [placements * pounds, placements]);
const rows = fc
  .integer({ min: 2, max: 5 })
  .chain((types) => fc.array(fc.array(part, { minLength: 8, maxLength: 8 }), { minLength: types, maxLength: types }));

describe('suppression of money', () => {
  it('shows what many gave for many', () => {
    expect(shown(MANY, MANY)).toEqual({ cells: [36000, 36000], total: 72000 });
  });

  it('keeps back what was given for fewer than five, whoever takes their own away', () => {
    const few: readonly Part[] = [
      [1000, 1],
      [1000, 1],
      [1000, 1],
      [1000, 1],
    ];
    expect(shown(few, MANY, MANY).cells[0]).toBeNull();
    // Eight placements, of which the first has four.
    const own: readonly Part[] = [
      [1000, 4],
      [1000, 1],
      [1000, 1],
      [1000, 2],
    ];
    expect(shown(own, MANY, MANY).cells[0]).toBeNull();
  });

  it('keeps back what two boroughs gave: each would know the other’s', () => {
    const two: readonly Part[] = [
      [30000, 30],
      [30000, 30],
      [0, 0],
      [0, 0],
    ];
    expect(shown(two, MANY, MANY).cells[0]).toBeNull();
    expect(shown(two, two)).toEqual({ cells: [null, null], total: null });
    // What is kept back is still theirs alone: a third goes with it.
    expect(shown(two, two, MANY, MANY).cells).toEqual([null, null, null, 36000]);
  });

  it('keeps back what is nearly all one borough’s: the second greatest would know it closely', () => {
    const most = (rest: number): readonly Part[] => [
      [10000, 10],
      [1000, 5],
      [rest, 6],
      [0, 0],
    ];
    expect(shown(most(1499), MANY, MANY).cells[0]).toBeNull();
    // 900 of the third and 600 of the fourth are 15 % of the first's.
    const enough: readonly Part[] = [
      [10000, 10],
      [1000, 5],
      [900, 6],
      [600, 6],
    ];
    expect(shown(enough, MANY).cells[0]).toBe(12500);
  });

  it('keeps back what it is told to, and another with it', () => {
    const sums = [MANY, MANY, MANY].map(sumOf);
    const { cells, total: all } = suppressSums(sums, sums.slice(0, 1));
    expect(cells.filter((cell) => cell === null)).toHaveLength(2);
    expect(all).toBe(108000);
  });

  /**
   * What somebody works out of a sum that they see, or of the total less what is shown: it is as much as another can
   * have given, once their own is taken away. That is to be well above what the other gave.
   */
  it('leaves everybody with five placements, and uncertain by 15 % of what any other gave', () => {
    let seen = 0;
    fc.assert(
      fc.property(rows, (table) => {
        const { cells, total: all } = shown(...table);
        const hidden = table.filter((_, at) => cells[at] === null);
        const sums = [
          ...table.filter((_, at) => cells[at] !== null).map((row) => [row]),
          ...(all === null ? [] : [table, hidden].filter((group) => group.length > 0)),
        ];
        seen += sums.length;
        const whos = [...(table[0] ?? []).keys()];
        for (const group of sums) {
          const gave = whos.map((who) => total(group.map((row) => row[who]?.[0] ?? 0)));
          const placements = whos.map((who) => total(group.map((row) => row[who]?.[1] ?? 0)));
          expect(total(placements) - Math.max(...placements)).toBeGreaterThanOrEqual(LEAST_SHOWN);
          const tooClosely = whos.flatMap((who) =>
            whos.filter((other) => {
              const theirs = gave[other] ?? 0;
              const rest = total(gave) - (gave[who] ?? 0) - theirs;
              return other !== who && rest * 100 < theirs * LEAST_UNCERTAIN_PERCENT;
            }),
          );
          expect(tooClosely).toEqual([]);
        }
        // One alone would follow from the total.
        expect(all !== null && hidden.length === 1).toBe(false);
      }),
      { numRuns: 1000 },
    );
    expect(seen).toBeGreaterThan(1000);
  });
});
