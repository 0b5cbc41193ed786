import { keepBack, leavesEnough, LEAST_SHOWN, together, type Cell, type Shown } from './suppression.js';

/** A sum of money, and the number of placements behind it, each with what everybody who may look knows of it. */
export interface Sum extends Cell {
  readonly behind: Cell;
}

/** How far, in hundredths of it, the greatest part of a sum stays uncertain to whoever gave another. */
export const LEAST_UNCERTAIN_PERCENT = 15;

/**
 * Keeps back of sums of money what would tell of few placements, or of one borough's prices.
 *
 * A sum is shown, and several are safe together, where at least five placements that cost something are left behind it
 * for everybody, and by the p% rule of statistical disclosure control: whoever takes their own part away knows the
 * greatest other part only to within 15 % of it. Whoever gave the second greatest part knows most; so the rest, without
 * the two greatest, is to be that much. That takes three boroughs at least, and none with more than 87 % of it.
 * @param withheld sums that are kept back because the number of placements is.
 */
export const suppressSums = (sums: readonly Sum[], withheld: readonly Sum[], least = LEAST_SHOWN): Shown =>
  keepBack(sums, (sum) => leavesEnough(sum.behind, least) && isUncertain(sum), asOne, withheld);

function isUncertain({ number, known }: Sum): boolean {
  const [greatest = 0, second = 0] = known.toSorted((a, b) => b - a);
  return (number - greatest - second) * 100 >= greatest * LEAST_UNCERTAIN_PERCENT;
}

const asOne = (sums: readonly Sum[]): Sum => ({
  ...together(sums),
  behind: together(sums.map(({ behind }) => behind)),
});
