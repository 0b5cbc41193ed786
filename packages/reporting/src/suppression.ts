/** The least number that a report shows; none counts as fewer (rules 10). */
export const LEAST_SHOWN = 5;

/** A number, and what each of those who may look at it knows of it beforehand: their own share. */
export interface Cell {
  readonly number: number;
  readonly known: readonly number[];
}

/** A row of numbers as it may be shown; null for what is kept back. */
export interface Shown {
  readonly cells: readonly (number | null)[];
  readonly total: number | null;
}

/**
 * Keeps back what is under five, and as much more as it takes for nobody to work it out.
 *
 * Whoever looks takes their own share away, and what is shown from the total. So a number is shown when at least five
 * are left of it for everybody; and of those kept back there are two or more, of which at least five are left together.
 * @param cells of one row, two or more, each with the same ones looking, in the same order.
 */
export const suppress = (cells: readonly Cell[], least = LEAST_SHOWN): Shown =>
  keepBack(cells, (cell) => leavesEnough(cell, least), together);

/** Whether enough are left of a number for whoever knows most of it. */
export const leavesEnough = ({ number, known }: Cell, least = LEAST_SHOWN): boolean =>
  number - Math.max(0, ...known) >= least;

/**
 * Keeps back of a row what may not be shown, and as much more as it takes for what is kept back to be safe together.
 * Those that are kept back for others' sake are the smallest: they tell least. The total needs no second look: with
 * every cell kept back, what is kept back is the total.
 * @param isSafe whether one may be shown, or several as their sum. @param sum several as one.
 * @param withheld those that are kept back whatever they are.
 */
export function keepBack<C extends { readonly number: number }>(
  cells: readonly C[],
  isSafe: (cell: C) => boolean,
  sum: (cells: readonly C[]) => C,
  withheld: readonly C[] = [],
): Shown {
  const total = sum(cells);
  if (!isSafe(total)) return { cells: cells.map(() => null), total: null };
  const hidden = new Set([...withheld, ...cells.filter((cell) => !isSafe(cell))]);
  const smallestFirst = cells.toSorted((a, b) => a.number - b.number);
  for (const cell of smallestFirst) {
    if (hidden.size === 0 || (hidden.size > 1 && isSafe(sum([...hidden])))) break;
    hidden.add(cell);
  }
  return { cells: cells.map((cell) => (hidden.has(cell) ? null : cell.number)), total: total.number };
}

/**
 * The same for the parts of a number that is shown, of which nobody who looks knows any. With what is under five go the
 * smallest of the others, so that of those kept back nobody can say which are which.
 */
export function suppressParts(parts: readonly number[], least = LEAST_SHOWN): (number | null)[] {
  const enough = parts.filter((part) => part >= least);
  const isWhole = enough.length === parts.length;
  const smallest = Math.min(...enough);
  return parts.map((part) => (part >= least && (isWhole || part > smallest) ? part : null));
}

/** Several numbers as one, with what each of those who look knows of all of them. */
export const together = (cells: readonly Cell[]): Cell => ({
  number: cells.reduce((all, { number }) => all + number, 0),
  known: (cells[0]?.known ?? []).map((_, whose) => cells.reduce((all, { known }) => all + (known[whose] ?? 0), 0)),
});
