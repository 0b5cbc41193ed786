import { describe, expect, test } from '@jest/globals';
import { AccreditationStatus } from '@accord/providers';
import { obstacleToSettingAside } from './merging.js';

const { ACCREDITED, ACCREDITED_WITH_CONDITIONS, APPLIED, INTERIM_SUSPENDED, LAPSED, REFUSED, REVOKED, SUSPENDED } =
  AccreditationStatus;
const RELIED_ON = [
  ACCREDITED,
  ACCREDITED_WITH_CONDITIONS,
  AccreditationStatus.REVIEW_OVERDUE,
  INTERIM_SUSPENDED,
  SUSPENDED,
  REFUSED,
  REVOKED,
];

const file = (status: AccreditationStatus, conditions: string[] = [], isOpen = false) => ({
  status,
  conditions,
  isOpen,
});

describe('setting one of two accreditations aside', () => {
  test('decides nothing: what is relied on, or kept from, goes on unless the other says the same', () => {
    for (const aside of RELIED_ON) {
      for (const goesOn of Object.values(AccreditationStatus)) {
        const obstacle = obstacleToSettingAside(file(aside), file(goesOn));
        const isRefused = obstacle?.includes(`${aside}, the other ${goesOn}`) ?? false;
        expect([aside, goesOn, isRefused]).toEqual([aside, goesOn, aside !== goesOn]);
      }
    }
  });

  test('is free where nobody relies on it', () => {
    for (const aside of [APPLIED, LAPSED]) expect(obstacleToSettingAside(file(aside), file(SUSPENDED))).toBeNull();
  });

  test('loses no condition', () => {
    const goesOn = file(ACCREDITED_WITH_CONDITIONS, ['Waking-night staff']);
    expect(obstacleToSettingAside(file(ACCREDITED_WITH_CONDITIONS, ['Waking-night staff']), goesOn)).toBeNull();
    expect(obstacleToSettingAside(file(ACCREDITED_WITH_CONDITIONS, ['Two managers']), goesOn)).toContain(
      'Two managers',
    );
  });

  test('waits for what is open in it', () => {
    expect(obstacleToSettingAside(file(APPLIED, [], true), file(APPLIED))).toContain('decide on that first');
  });
});
