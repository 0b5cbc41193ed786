import { describe, expect, it } from '@jest/globals';
import { PLACEMENT_TYPES } from './categories.js';
import { figureRows } from './figure-rows.js';
import { TOTAL } from './publication.js';
import type { Counted } from './report-count.js';
import { idOf, sharesOf, type Table } from './share-table.js';
import { ReportKind } from './vocabulary.js';

const { PLACEMENTS_SOUGHT, PLACEMENTS_MATCHED, PLACEMENTS_NOT_MATCHED, PLACEMENT_SPEND } = ReportKind;
const LOOKED_AT = ['CHILDRENS_HOME', 'FOSTERING_IFA', 'STAYING_PUT'];
const TYPES = [...new Set([...LOOKED_AT, ...Object.keys(PLACEMENT_TYPES)])];
/** What the types that nobody looks at are together: nine of each in each of eight boroughs. */
const OTHERS = 11 * 9 * 8;

/** Every borough has the same: so many of the types looked at, and nine of each other; the alliance, the first, nothing. */
function everybody(...looked: readonly number[]): Table {
  const row = TYPES.map((_, at) => looked[at] ?? 9);
  return [row.map(() => 0), ...Array.from({ length: 8 }, () => row)];
}

const plus = (a: Table, b: Table): Table => a.map((row, who) => row.map((number, at) => number + (b[who]?.[at] ?? 0)));

/** What is looked at is cheap: of the sums others are the smallest than of the numbers. */
const priceOf = (type: number): number => (type < LOOKED_AT.length ? 10 : 900);

function figuresOf(matched: Table, notMatched: Table, given = 8) {
  const shares = (table: Table) => new Map(sharesOf(table, TYPES));
  const counted: Counted = {
    shares: new Map([
      [PLACEMENTS_SOUGHT, shares(plus(matched, notMatched))],
      [PLACEMENTS_MATCHED, shares(matched)],
      [PLACEMENTS_NOT_MATCHED, shares(notMatched)],
      [PLACEMENT_SPEND, shares(matched.map((row) => row.map((number, at) => number * priceOf(at))))],
    ]),
    paid: shares(matched),
    returned: new Set(Array.from({ length: given }, (_, at) => idOf(at + 1))),
    boroughs: new Set(),
  };
  const { region, boroughs } = figureRows(idOf(0), counted) as Record<string, readonly Row[]>;
  const of = (rows: readonly Row[], kind: ReportKind, whose?: string) =>
    [...LOOKED_AT, TOTAL].map(
      (category) =>
        rows.find((row) => row.kind === kind && row.category === category && row.borough_id === whose)?.number ?? null,
    );
  return {
    numbers: (kind: ReportKind) => (region ?? []).filter((row) => row.kind === kind).map((row) => row.number),
    region: (kind: ReportKind) => of(region ?? [], kind),
    part: (kind: ReportKind) => of(boroughs ?? [], kind, idOf(1)),
  };
}

interface Row {
  readonly kind: ReportKind;
  readonly category: string;
  readonly borough_id?: string;
  readonly number: number | null;
}

describe('what is published of returns', () => {
  it('has of what was sought both parts, where both are shown', () => {
    const { region, part } = figuresOf(everybody(10, 20, 30), everybody(5, 6, 7));
    expect(region(PLACEMENTS_SOUGHT)).toEqual([120, 208, 296, 624 + 2 * OTHERS]);
    expect(region(PLACEMENT_SPEND)).toEqual([800, 1600, 2400, 4800 + 900 * OTHERS]);
    expect(part(PLACEMENTS_SOUGHT)).toEqual([15, 26, 37, null]);
    expect(part(PLACEMENT_SPEND)).toEqual([null, null, null, null]);
  });

  it('does not tell how few were not matched, by what was sought less what was matched', () => {
    // Of the first type all were matched, and everywhere.
    const { region, part } = figuresOf(everybody(10, 20, 30), everybody(0, 6, 7));
    expect(region(PLACEMENTS_MATCHED)).toEqual([80, 160, 240, 480 + OTHERS]);
    expect(region(PLACEMENTS_SOUGHT)).toEqual([null, null, 296, 584 + 2 * OTHERS]);
    expect(part(PLACEMENTS_MATCHED)).toEqual([10, 20, 30, null]);
    expect(part(PLACEMENTS_SOUGHT)).toEqual([null, null, 37, null]);
  });

  it('is nothing of money where so few were matched that their number is kept back', () => {
    const { region, numbers } = figuresOf(everybody(0, 20, 30), everybody(5, 6, 7));
    expect(region(PLACEMENTS_MATCHED)).toEqual([null, 160, 240, 400 + OTHERS]);
    expect(region(PLACEMENT_SPEND).at(-1)).toBe(4000 + 900 * OTHERS);
    const spend = numbers(PLACEMENT_SPEND);
    const withheld = numbers(PLACEMENTS_MATCHED).flatMap((number, at) => (number === null ? [spend[at]] : []));
    expect(withheld).toEqual([null, null]);
  });

  it('is nothing at all of six returns or fewer', () => {
    const { region } = figuresOf(everybody(10, 20, 30), everybody(5, 6, 7), 6);
    for (const kind of [PLACEMENTS_SOUGHT, PLACEMENTS_MATCHED, PLACEMENTS_NOT_MATCHED, PLACEMENT_SPEND])
      expect(region(kind)).toEqual([null, null, null, null]);
  });
});
