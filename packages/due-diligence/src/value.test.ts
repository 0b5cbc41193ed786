import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keep, monthsAfter, type Asked } from './value.js';
import { QuestionKind } from './vocabulary.js';

const TODAY = '2026-11-28';
const asked = (kind: QuestionKind, more: Partial<Asked> = {}): Asked => ({
  kind,
  isBanded: false,
  choices: [],
  holdsMonths: 12,
  ...more,
});
const kept = (question: Asked, value: string, validUntil: string | null = null, answeredOn = TODAY) =>
  keep('input.answers.0', question, { value, answeredOn, validUntil }, TODAY);
const refused = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { details?: { path?: string } }).details?.path;
  }
};

describe('an answer', () => {
  it('of each kind is kept in one form', () => {
    expect(kept(asked(QuestionKind.YES_NO), ' YES ').value).toBe('YES');
    expect(kept(asked(QuestionKind.NUMBER), '007').value).toBe('7');
    expect(kept(asked(QuestionKind.CHOICE, { choices: ['LICENSED', 'NOT_NEEDED'] }), 'NOT_NEEDED').value).toBe(
      'NOT_NEEDED',
    );
    expect(kept(asked(QuestionKind.TEXT), ' Two of four rooms are let. ').value).toBe('Two of four rooms are let.');
  });

  it('holds from the day that it names, or from the day on which it was given', () => {
    expect(kept(asked(QuestionKind.DATED_DOCUMENT), '2026-02-10')).toEqual({
      value: '2026-02-10',
      isHeld: true,
      answeredOn: TODAY,
      validUntil: '2027-02-10',
    });
    expect(kept(asked(QuestionKind.DATE, { holdsMonths: 36 }), '2024-02-29').validUntil).toBe('2027-02-28');
    expect(kept(asked(QuestionKind.YES_NO), 'NO', null, '2026-11-01').validUntil).toBe('2027-11-01');
    expect(kept(asked(QuestionKind.YES_NO, { holdsMonths: null }), 'NO').validUntil).toBeNull();
  });

  it('holds as long as its document says, where it says so itself', () => {
    expect(kept(asked(QuestionKind.DATED_DOCUMENT), '2026-02-10', '2026-08-09').validUntil).toBe('2026-08-09');
    expect(refused(() => kept(asked(QuestionKind.DATED_DOCUMENT), '2026-02-10', '2026-02-09'))).toBe(
      'input.answers.0.validUntil',
    );
    expect(refused(() => kept(asked(QuestionKind.YES_NO), 'YES', '2027-01-01'))).toBe('input.answers.0.validUntil');
  });

  it('says of a document that is not there that it is not held, and holds without end', () => {
    expect(kept(asked(QuestionKind.DATED_DOCUMENT), 'NONE')).toEqual({
      value: 'NONE',
      isHeld: false,
      answeredOn: TODAY,
      validUntil: null,
    });
  });

  it.each([
    [asked(QuestionKind.YES_NO), 'perhaps'],
    [asked(QuestionKind.CHOICE, { choices: ['A', 'B'] }), 'C'],
    [asked(QuestionKind.NUMBER), '-1'],
    [asked(QuestionKind.NUMBER), '1.5'],
    [asked(QuestionKind.NUMBER), '99999999'],
    [asked(QuestionKind.NUMBER, { isBanded: true }), '5-10'],
    [asked(QuestionKind.DATE), '2026-02-30'],
    [asked(QuestionKind.DATE), '28 November 2026'],
    [asked(QuestionKind.DATE), '2026-11-29'],
    [asked(QuestionKind.DATED_DOCUMENT), '2027-01-01'],
    [asked(QuestionKind.DATED_DOCUMENT), 'YES'],
    [asked(QuestionKind.TEXT), 'Ring 07700 900123'],
    [asked(QuestionKind.TEXT), '   '],
  ])('of another kind is refused at its place (%j, %s)', (question, value) => {
    expect(refused(() => kept(question, value))).toBe('input.answers.0.value');
  });

  it('given on a day to come is refused', () => {
    expect(refused(() => kept(asked(QuestionKind.YES_NO), 'YES', null, '2026-11-29'))).toBe(
      'input.answers.0.answeredOn',
    );
  });

  it('that counts twelve months never keeps a figure', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (count) => {
        const band = kept(asked(QuestionKind.NUMBER, { isBanded: true }), String(count)).value;
        expect(band).toBe(count < 5 ? '0-4' : count < 10 ? '5-9' : '10+');
      }),
    );
  });
});

it('so many months later is the same day, or the last of a month that has no such day', () => {
  expect(monthsAfter('2026-01-31', 1)).toBe('2026-02-28');
  expect(monthsAfter('2024-02-29', 12)).toBe('2025-02-28');
  expect(monthsAfter('2026-12-31', 2)).toBe('2027-02-28');
  expect(monthsAfter('2026-11-28', 12)).toBe('2027-11-28');
});
