import type { Tally } from '@accord/persistence';
import { LEAST_SHOWN, suppress, suppressParts, type Cell } from './suppression.js';

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
 * parts are shown, and give away what the other keeps back.
 */
export function publish(
  categories: readonly string[],
  shares: Shares,
  allianceId: string,
  { apart, least = LEAST_SHOWN }: { readonly apart?: string | undefined; readonly least?: number } = {},
): Publication {
  const organisations = [...shares.keys()];
  const boroughs = organisations.filter((id) => id !== allianceId);
  const partOf = (id: string, category: string): number => shares.get(id)?.[category] ?? 0;
  const cells = categories.map((category): Cell => {
    const parts = organisations.map((id) => partOf(id, category));
    return { number: parts.reduce((all, part) => all + part, 0), known: parts };
  });
  const isFew = boroughs.length < least + 2;
  const region = isFew ? { cells: cells.map(() => null), total: null } : suppress(cells, least);
  const columns = categories.map((category, at) => {
    const parts = boroughs.map((id) => partOf(id, category));
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

const figuresOf = (categories: readonly string[], { cells, total }: ReturnType<typeof suppress>): Figures =>
  new Map([...categories.map((name, at) => [name, cells[at] ?? null] as const), [TOTAL, total]]);
