import { describe, expect, it } from '@jest/globals';
import { PlacementType } from '@accord/providers';
import { faultsOf, type ReturnLine } from './return-line.js';

const GOOD: ReturnLine = { placementType: PlacementType.CHILDRENS_HOME, sought: 10, matched: 4, weeklySpend: 18_000 };
const { FOSTERING_IFA, STAYING_PUT } = PlacementType;

describe('a line of a return', () => {
  it('is right with any number up to what is absurd', () => {
    for (const line of [
      { ...GOOD, sought: 0, matched: 0, weeklySpend: 0 },
      { ...GOOD, matched: 10, weeklySpend: 0 },
      { ...GOOD, matched: 4, weeklySpend: 4 },
      { ...GOOD, matched: 4, weeklySpend: 200_000 },
      { ...GOOD, sought: 999, matched: 999, weeklySpend: 999_999 },
    ])
      expect([line, faultsOf([line])]).toEqual([line, []]);
  });

  it.each<[keyof ReturnLine, Partial<ReturnLine>, RegExp]>([
    ['sought', { sought: -1, matched: -1 }, /below zero/],
    ['sought', { sought: 1000 }, /more than 999/],
    ['matched', { matched: -1 }, /below zero/],
    ['matched', { matched: 11 }, /more than was sought/],
    ['weeklySpend', { weeklySpend: -1 }, /below zero/],
    ['weeklySpend', { matched: 0, weeklySpend: 1 }, /none were matched/],
    ['weeklySpend', { matched: 4, weeklySpend: 3 }, /less than a pound/],
    ['weeklySpend', { matched: 4, weeklySpend: 200_001 }, /in a week/],
    ['weeklySpend', { sought: 999, matched: 999, weeklySpend: 1_000_000 }, /more than 999999/],
  ])('cannot be right where %s is %p', (field, wrong, reason) => {
    expect(
      faultsOf([
        { ...GOOD, placementType: STAYING_PUT },
        { ...GOOD, ...wrong },
      ]),
    ).toEqual([{ at: 1, field, reason: expect.stringMatching(reason) }]);
  });

  it('is there once for each placement type', () => {
    const lines = [GOOD, { ...GOOD, placementType: FOSTERING_IFA }, { ...GOOD, sought: 2000 }];
    expect(faultsOf(lines)).toEqual([{ at: 2, field: 'placementType', reason: expect.stringMatching(/twice/) }]);
  });
});
