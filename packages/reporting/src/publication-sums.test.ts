import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addUp } from './publication.js';
import { namesOf, published, publishedSums, sum, type Table } from './share-table.js';
import { LEAST_SHOWN } from './suppression.js';

const number = fc.oneof({ weight: 1, arbitrary: fc.nat(5) }, { weight: 2, arbitrary: fc.integer({ min: 5, max: 80 }) });
const tables = fc
  .tuple(fc.integer({ min: 8, max: 11 }), fc.integer({ min: 2, max: 5 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(number, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
  );

describe('what is published of several numbers that belong together', () => {
  it('tells in a sum of two reports nothing that each keeps back', () => {
    let seen = 0;
    fc.assert(
      fc.property(tables, fc.integer(), (matched, seed) => {
        const others = matched.map((row, who) => row.map((_, at) => Math.abs((seed >> (who + at)) % 9)));
        const parts = [published(matched), published(others)];
        const all = addUp(parts);
        const known = (table: Table, at: number) => table.map((row) => row[at] ?? 0);
        namesOf(matched).forEach((name, at) => {
          const [sought, first] = [all.region.get(name), parts[0]?.region.get(name)];
          // Whoever sees both knows the difference, which is a number like any other.
          const rest = known(others, at);
          const isKnown = typeof sought === 'number' && typeof first === 'number';
          expect(isKnown ? sought - first : sum(rest)).toBe(sum(rest));
          expect(isKnown && sum(rest) - Math.max(...rest) < LEAST_SHOWN).toBe(false);
          if (isKnown) seen += 1;
        });
        for (const [id, figures] of all.boroughs)
          for (const [name, number] of figures) {
            const each = parts.map(({ boroughs }) => boroughs.get(id)?.get(name) ?? null);
            expect(number).toBe(each.includes(null) ? null : sum(each.map(Number)));
          }
      }),
    );
    expect(seen).toBeGreaterThan(50);
  });

  it('has of money no sum where the number behind it is kept back, and no borough’s part', () => {
    let seen = 0;
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 60 }), (behind, price) => {
        const pounds = behind.map((row, who) => row.map((number) => number * (price + who)));
        const { region, boroughs } = publishedSums(pounds, behind);
        expect(boroughs.size).toBe(0);
        for (const [name, number] of published(behind).region) {
          expect(number === null && region.get(name) !== null).toBe(false);
          if (region.get(name) !== null) seen += 1;
        }
        for (const [at, name] of namesOf(pounds).entries())
          expect([null, sum(pounds.map((row) => row[at] ?? 0))]).toContain(region.get(name));
      }),
    );
    expect(seen).toBeGreaterThan(50);
  });
});
