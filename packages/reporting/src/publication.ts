import type { Tally } from '@accord/persistence';
import { suppressSums } from './money.js';
import { LEAST_SHOWN, suppress, suppressParts, type Cell, type Shown } from './suppression.js';

/** By category; null for what is kept back. */
export type Figures = ReadonlyMap<string, number | null>;

/** Under which category the sum over all categories stands. */
export const TOTAL = 'TOTAL';

export interface Publication {
  /** Of all organisations together, with the total. */
  readonly region: Figures;
  /** Of each borough, for the alliance. Without its total, from which a number that is kept back would follow. */
  readonly boroughs: ReadonlyMap<string, Figures>;
}

/** What each organisation counted of one report, by its id. */
export type Shares = ReadonlyMap<string, Tally>;

/**
 * What may be shown of one report.
 *
 * Of the region: to every organisation, each of which knows its own share. By borough: to the alliance alone. Of a
 * number that is kept back for the region no borough's part is shown; of one that is shown, the parts are a row of
 * their own. Where there are few boroughs, nothing is: that a number is shown at all tells how great the greatest
 * part of it can be, and with six or fewer it can tell what they are.
 * @param shares of every organisation, the alliance among them. @param settings `apart` is a category of which no parts
 * are shown: where two reports count the same things, a borough's total would follow from the one in which all of its
 * parts are shown, and give away what the other keeps back. `known` is of how many boroughs anything is known, where
 * that is not so of all.
 */
export function publish(
  categories: readonly string[],
  shares: Shares,
  allianceId: string,
  {
    apart,
    known,
    least = LEAST_SHOWN,
  }: { readonly apart?: string | undefined; readonly known?: number | undefined; readonly least?: number } = {},
): Publication {
  const organisations = [...shares.keys()];
  const boroughs = organisations.filter((id) => id !== allianceId);
  const cells = cellsOf(categories, shares, organisations);
  const isFew = (known ?? boroughs.length) < least + 2;
  const region = isFew ? nothingOf(categories) : suppress(cells, least);
  const columns = categories.map((category, at) => {
    const parts = boroughs.map((id) => partOf(shares, id, category));
    const isKeptBack = region.cells[at] === null || category === apart;
    return isKeptBack ? parts.map(() => null) : suppressParts(parts, least);
  });
  return {
    region: figuresOf(categories, region),
    boroughs: new Map(
      boroughs.map((id, row) => [id, new Map(categories.map((name, at) => [name, columns[at]?.[row] ?? null]))]),
    ),
  };
}

/** The same of what everybody may count for themselves in the register: nobody has a part in it, and small numbers go all the same. */
export function publishRegister(categories: readonly string[], counted: Tally): Publication {
  const cells = categories.map((category) => ({ number: counted[category] ?? 0, known: [] }));
  return { region: figuresOf(categories, suppress(cells)), boroughs: new Map() };
}

/**
 * The same of money, in pounds, that was spent on what was counted: for the region alone. What a borough pays is its own.
 * @param behind for how many of each borough's something was spent. @param counted what is published of them.
 */
export function publishSums(
  categories: readonly string[],
  pounds: Shares,
  behind: Shares,
  counted: Publication,
  least = LEAST_SHOWN,
): Publication {
  const organisations = [...pounds.keys()];
  const numbers = cellsOf(categories, behind, organisations);
  const sums = cellsOf(categories, pounds, organisations).map((cell, at) => ({
    ...cell,
    behind: numbers[at] ?? { number: 0, known: [] },
  }));
  const withheld = sums.filter((_, at) => counted.region.get(categories[at] ?? '') === null);
  const isNone = counted.region.get(TOTAL) === null;
  const region = isNone ? nothingOf(categories) : suppressSums(sums, withheld, least);
  return { region: figuresOf(categories, region), boroughs: new Map() };
}

/** Publications as their sum: a number where each has one. It follows from them, and so tells nothing more. */
export function addUp(publications: readonly Publication[]): Publication {
  const [first] = publications;
  const sumOf = (figures: readonly (Figures | undefined)[]): Figures =>
    new Map([...(figures[0]?.keys() ?? [])].map((name) => [name, sumOrNull(figures.map((each) => each?.get(name)))]));
  return {
    region: sumOf(publications.map(({ region }) => region)),
    boroughs: new Map(
      [...(first?.boroughs.keys() ?? [])].map((id) => [id, sumOf(publications.map((each) => each.boroughs.get(id)))]),
    ),
  };
}

const sumOrNull = (numbers: readonly (number | null | undefined)[]): number | null =>
  numbers.reduce<number | null>((all, one) => (all === null || typeof one !== 'number' ? null : all + one), 0);

const partOf = (shares: Shares, id: string, category: string): number => shares.get(id)?.[category] ?? 0;

/** What all of them have of each category, with the part of each. */
const cellsOf = (categories: readonly string[], shares: Shares, organisations: readonly string[]): Cell[] =>
  categories.map((category) => {
    const parts = organisations.map((id) => partOf(shares, id, category));
    return { number: parts.reduce((all, part) => all + part, 0), known: parts };
  });

const nothingOf = (categories: readonly string[]): Shown => ({ cells: categories.map(() => null), total: null });

const figuresOf = (categories: readonly string[], { cells, total }: Shown): Figures =>
  new Map([...categories.map((name, at) => [name, cells[at] ?? null] as const), [TOTAL, total]]);
