import type { Tally } from '@accord/persistence';
import { publish, publishSums, type Publication } from './publication.js';

/** For tests: what organisations counted, as a table. */

/** Rows of numbers, one for each organisation; the first is the alliance's. */
export type Table = readonly (readonly number[])[];

export const ALLIANCE = 0;
export const nameOf = (category: number): string => `c${category}`;
export const idOf = (organisation: number): string => `o${organisation}`;

export const namesOf = (table: Table): string[] => (table[0] ?? []).map((_, category) => nameOf(category));

export const sharesOf = (table: Table, names = namesOf(table)): Map<string, Tally> =>
  new Map(
    table.map((row, who) => [
      idOf(who),
      Object.fromEntries(row.map((number, at) => [names[at] ?? '', number] as const)),
    ]),
  );

export const published = (table: Table, settings?: Parameters<typeof publish>[3]): Publication =>
  publish(namesOf(table), sharesOf(table), idOf(ALLIANCE), settings);

/** What is shown of money, a price for each of what is counted. */
export const publishedSums = (pounds: Table, behind: Table): Publication =>
  publishSums(namesOf(pounds), sharesOf(pounds), sharesOf(behind), published(behind));

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
