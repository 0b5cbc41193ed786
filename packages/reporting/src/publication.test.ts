import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { publishRegister, TOTAL, type Publication } from './publication.js';
import { ALLIANCE, idOf, nameOf, published, publishedSums, sum, type Table } from './share-table.js';

/** What a member of an organisation has in front of them: all that is shown to it, and its own. */
const seenBy = (who: number, table: Table, { region, boroughs }: Publication) => ({
  own: table[who] ?? [],
  region: [...region],
  boroughs: who === ALLIANCE ? [...boroughs].map(([id, figures]) => [id, ...figures] as const) : [],
});

interface Unseen {
  readonly name: string;
  /** The cells of which it is the sum. */
  readonly of: readonly (readonly [who: number, category: number])[];
}

/** What is kept back from somebody. */
function keptBack(who: number, table: Table, { region, boroughs }: Publication): Unseen[] {
  const categories = (table[0] ?? []).map((_, category) => category);
  const everybody = table.map((_, each) => each);
  const unseen: Unseen[] = categories
    .filter((category) => region.get(nameOf(category)) === null)
    .map((category) => ({ name: `region ${category}`, of: everybody.map((each) => [each, category] as const) }));
  if (who !== ALLIANCE) return unseen;
  for (const each of everybody.slice(1))
    for (const category of categories)
      if (boroughs.get(idOf(each))?.get(nameOf(category)) === null)
        unseen.push({ name: `${idOf(each)} ${category}`, of: [[each, category]] });
  return unseen;
}

const valueOf = (table: Table, { of }: Unseen): number => sum(of.map(([who, category]) => table[who]?.[category] ?? 0));

/** Notes of what is kept back from somebody how small and how great it is in the tables that look alike to them. */
function remember(
  views: Map<string, Map<string, [least: number, most: number]>>,
  who: number,
  table: Table,
  shown: Publication,
): void {
  const view = JSON.stringify(seenBy(who, table, shown));
  const ranges = views.get(view) ?? new Map<string, [number, number]>();
  views.set(view, ranges);
  for (const unseen of keptBack(who, table, shown)) {
    const value = valueOf(table, unseen);
    const [least, most] = ranges.get(unseen.name) ?? [value, value];
    ranges.set(unseen.name, [Math.min(least, value), Math.max(most, value)]);
  }
}

/** Every table of so many rows and columns whose numbers are so many together, at most. */
function* everyTable(rows: number, columns: number, most: number): Generator<Table> {
  const numbers: number[] = [];
  function* fill(left: number): Generator<Table> {
    if (numbers.length === rows * columns) {
      yield Array.from({ length: rows }, (_, row) => numbers.slice(row * columns, (row + 1) * columns));
      return;
    }
    for (let number = 0; number <= left; number += 1) {
      numbers.push(number);
      yield* fill(left - number);
      numbers.pop();
    }
  }
  yield* fill(most);
}

/** A table with boroughs that have none, so that there are enough of them. */
const wide = (...rows: readonly (readonly number[])[]): Table => [
  ...rows,
  ...Array.from({ length: 8 - rows.length }, () => (rows[0] ?? []).map(() => 0)),
];

const number = fc.oneof({ weight: 2, arbitrary: fc.nat(5) }, { weight: 2, arbitrary: fc.integer({ min: 5, max: 80 }) });
const tables = fc
  .tuple(fc.integer({ min: 8, max: 11 }), fc.integer({ min: 2, max: 5 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );

describe('what is published', () => {
  it('adds up: the region’s number is the sum of what everybody counted, and a borough’s part its own', () => {
    const rows = Array.from({ length: 7 }, (_, who) => [10 + who, who, 5]);
    const { region, boroughs } = published([[9, 0, 1], ...rows]);
    expect(Object.fromEntries(region)).toEqual({ c0: 100, c1: 21, c2: 36, [TOTAL]: 157 });
    expect([...boroughs.values()].map((figures) => [...figures.values()])).toEqual([
      [10, null, 5],
      [11, null, 5],
      [12, null, 5],
      [13, null, 5],
      [14, null, 5],
      [15, null, 5],
      [16, 6, 5],
    ]);
  });

  it('is what was counted, wherever it is shown', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { region, boroughs } = published(table);
        const countedOf = (category: number) => sum(table.map((row) => row[category] ?? 0));
        (table[0] ?? []).forEach((_, category) => {
          expect([null, countedOf(category)]).toContain(region.get(nameOf(category)));
          table.slice(1).forEach((row, at) => {
            const part = boroughs.get(idOf(at + 1))?.get(nameOf(category));
            expect([null, row[category]]).toContain(part);
            expect(region.get(nameOf(category)) === null && part !== null).toBe(false);
          });
        });
        expect([null, sum(table.flat())]).toContain(region.get(TOTAL));
      }),
    );
  });

  it('has no part of a borough in what is kept back for the region', () => {
    const { region, boroughs } = published(wide([0, 0], [90, 2], [30, 1]));
    expect([...region.values()]).toEqual([null, null, 123]);
    expect(new Set([...boroughs.values()].flatMap((figures) => [...figures.values()]))).toEqual(new Set([null]));
  });

  it('has no part of a category that is kept apart, so that no borough’s total follows from its parts', () => {
    const { region, boroughs } = published(
      Array.from({ length: 8 }, () => [10, 20]),
      { apart: 'c1' },
    );
    expect([...region.values()]).toEqual([80, 160, 240]);
    expect([...(boroughs.get('o1')?.values() ?? [])]).toEqual([10, null]);
  });

  it('is nothing where there are six boroughs or fewer', () => {
    const many = (boroughs: number) => published(Array.from({ length: boroughs + 1 }, () => [40, 50]));
    expect([...many(7).region.values()]).toEqual([320, 400, 720]);
    expect([...many(6).region.values()]).toEqual([null, null, null]);
    expect([...(many(6).boroughs.get('o1')?.values() ?? [])]).toEqual([null, null]);
  });

  it('is nothing where of six boroughs or fewer anything is known', () => {
    const of = (known: number) =>
      published(
        Array.from({ length: 12 }, () => [40, 50]),
        { known },
      );
    expect([...of(7).region.values()]).toEqual([480, 600, 1080]);
    expect([...of(6).region.values()]).toEqual([null, null, null]);
    expect([...(of(6).boroughs.get('o1')?.values() ?? [])]).toEqual([null, null]);
  });

  it('has of the register no small number, and nobody’s part', () => {
    const { region, boroughs } = publishRegister(['c0', 'c1', 'c2'], { c0: 3, c1: 9, c2: 20 });
    expect([...region.values()]).toEqual([null, null, 20, 32]);
    expect(boroughs.size).toBe(0);
  });

  /**
   * The strongest of all who might try: they know the rule itself, and go through every table there could be. Of what
   * is kept back, each number is to be at least two different ones in those that look the same to them. Tried with a
   * rule that shows from two on, and so with four boroughs: of a smaller world every table can be tried.
   */
  it('cannot be worked out by somebody who knows the rule and tries every table', () => {
    for (const [columns, most] of [
      [2, 8],
      [3, 6],
    ] as const) {
      const alike = [ALLIANCE, 1].map(() => new Map<string, Map<string, [least: number, most: number]>>());
      for (const table of everyTable(5, columns, most)) {
        const shown = published(table, { least: 2 });
        alike.forEach((views, who) => {
          // Where one's own is all that there may be, the tables with more of others' are not among those tried.
          if (sum(table[who] ?? []) < most) remember(views, who, table, shown);
        });
      }
      for (const views of alike) {
        const workedOut = [...views].flatMap(([view, ranges]) =>
          [...ranges].filter(([, [least, greatest]]) => least === greatest).map(([name]) => `${name} of ${view}`),
        );
        expect(workedOut).toEqual([]);
        const partly = [...views.keys()].filter((view) => view.includes('null') && /"TOTAL",\d/.test(view));
        expect(partly.length).toBeGreaterThan(20);
      }
    }
  });

  it('leaves every equation with more unknown numbers than it settles, in tables of any size', () => {
    fc.assert(
      fc.property(tables, fc.boolean(), fc.boolean(), (table, isAlliance, isMoney) => {
        const who = isAlliance ? ALLIANCE : 1;
        const shown = isMoney
          ? publishedSums(
              table.map((row) => row.map((n) => n * 90)),
              table,
            )
          : published(table);
        const equations = equationsOf(who, table, shown);
        for (const unseen of keptBack(who, table, shown)) {
          const asked = vectorOf(who, table, unseen.of);
          expect([unseen.name, rankOf([...equations, asked])]).toEqual([unseen.name, rankOf(equations) + 1]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

/** Which of the cells that somebody does not know a number is the sum of; one place for each cell of the table. */
const vectorOf = (who: number, table: Table, of: Unseen['of']): number[] =>
  table.flatMap((row, each) =>
    row.map((_, category) => (each !== who && of.some(([w, c]) => w === each && c === category) ? 1 : 0)),
  );

/** All that is shown to somebody, as sums of what they do not know. */
function equationsOf(who: number, table: Table, { region, boroughs }: Publication): number[][] {
  const cells = table.flatMap((row, each) => row.map((_, category) => [each, category] as const));
  const shown: Unseen['of'][] = [];
  if (region.get(TOTAL) !== null) shown.push(cells);
  (table[0] ?? []).forEach((_, category) => {
    if (region.get(nameOf(category)) !== null) shown.push(cells.filter(([, at]) => at === category));
  });
  if (who === ALLIANCE)
    for (const [each, category] of cells)
      if (typeof boroughs.get(idOf(each))?.get(nameOf(category)) === 'number') shown.push([[each, category]]);
  return shown.map((of) => vectorOf(who, table, of));
}

/** By elimination. */
function rankOf(rows: readonly (readonly number[])[]): number {
  let left = rows.map((row) => [...row]);
  let rank = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column += 1) {
    const pivot = left.find((row) => Math.abs(row[column] ?? 0) > 1e-9);
    if (pivot === undefined) continue;
    rank += 1;
    left = left.filter((row) => row !== pivot).map((row) => without(row, pivot, column));
  }
  return rank;
}

/** A row less so much of another that nothing is left of it in a column. */
const without = (row: readonly number[], other: readonly number[], column: number): number[] => {
  const times = (row[column] ?? 0) / (other[column] ?? 1);
  return row.map((value, at) => value - times * (other[at] ?? 0));
};
