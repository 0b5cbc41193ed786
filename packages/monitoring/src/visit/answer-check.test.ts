import { describe, expect, test } from '@jest/globals';
import { AccordError } from '@accord/kernel';
import type { FormItem } from '../form/form.entity.js';
import { shippedForms } from '../form/shipped-forms.js';
import { checkAnswers } from './answer-check.js';
import type { VisitAnswerInput } from './visit.inputs.js';

const TODAY = '2026-11-28';

const forms = await shippedForms();
const items: FormItem[] = forms
  .filter(({ code }) => code !== 'CARE_EXPERIENCED')
  .flatMap((form) =>
    // Codes of the third form and of the fourth are alike: the third's here have a letter before them.
    form.items.map((item, position) => ({
      ...item,
      code: form.code === 'COL_APPENDIX_3' ? `F.${item.code}` : item.code,
      position,
      templateId: form.code,
    })),
  );

const check = (...answers: VisitAnswerInput[]) => checkAnswers(answers, items, TODAY);

function refused(answer: VisitAnswerInput, ...more: VisitAnswerInput[]): unknown {
  try {
    check(answer, ...more);
  } catch (error) {
    if (error instanceof AccordError && error.code === 'BAD_USER_INPUT') return error.details['path'];
    throw error;
  }
  return null;
}

describe('an answer', () => {
  test.each<[string, VisitAnswerInput]>([
    ['in words', { code: 'SUP.1', value: 'Two on duty' }],
    ['a whole number', { code: 'HDR.3', value: '4' }],
    ['yes', { code: 'F.CON.1', value: 'yes' }],
    ['money', { code: 'F.FIN.1', value: '1250.00', entry: 2 }],
    ['a day', { code: 'F.CON.3', value: '2026-11-28' }],
    ['a day to come, where the form looks ahead', { code: 'F.END.2', value: '2027-11-28' }],
    ['an assessment', { code: 'QAF.1.1', value: 'PARTLY_MET', evidence: 'The files', comment: 'One was not signed' }],
    ['evidence alone', { code: 'F.PLA.4', evidence: 'Seen', checkedBy: 'Brent quality officer', comment: 'Good' }],
    ['three dates of a policy', { code: 'POL.7', checkedBy: 'BQ', dates: ['2026-11-28', null, '2024-02-29'] }],
    ['nothing, which takes it away', { code: 'SUP.1', value: '  ' }],
  ])('may be %s', (_name, answer) => {
    expect(refused(answer)).toBeNull();
  });

  test.each<[string, VisitAnswerInput, string]>([
    ['to an item that is not in the form', { code: 'SUP.99', value: 'x' }, 'input.answers.0.code'],
    ['to an item that the visit answers', { code: 'HDR.5', value: 'Annual review (planned)' }, 'input.answers.0.code'],
    ['a second to an item that does not repeat', { code: 'SUP.1', value: 'x', entry: 2 }, 'input.answers.0.entry'],
    ['the 101st', { code: 'F.CHI.1', value: 'x', entry: 101 }, 'input.answers.0.entry'],
    ['words for a number', { code: 'HDR.3', value: 'four' }, 'input.answers.0.value'],
    ['half a yes', { code: 'F.CON.1', value: 'Yes/No' }, 'input.answers.0.value'],
    ['a day that is still to come', { code: 'F.CON.3', value: '2026-11-29' }, 'input.answers.0.value'],
    ['a day that is none', { code: 'F.CON.3', value: '2026-02-29' }, 'input.answers.0.value'],
    ['a policy reviewed tomorrow', { code: 'POL.7', dates: [null, '2026-11-29'] }, 'input.answers.0.dates.1'],
    ['a fourth date', { code: 'POL.7', dates: [null, null, null, '2026-01-01'] }, 'input.answers.0.dates'],
    ['a date where none is asked', { code: 'SUP.1', value: 'x', dates: ['2026-01-01'] }, 'input.answers.0.dates'],
    ['another assessment', { code: 'QAF.1.1', value: 'GOOD' }, 'input.answers.0.value'],
    ['a value where there is none', { code: 'POL.7', value: 'yes' }, 'input.answers.0.value'],
    ['evidence where none is taken', { code: 'SUP.1', value: 'x', evidence: 'y' }, 'input.answers.0.evidence'],
    ['more than 10,000 characters', { code: 'SUP.1', value: 'x'.repeat(10_001) }, 'input.answers.0.value'],
  ])('may not be %s', (_name, answer, path) => {
    expect(refused(answer)).toBe(path);
  });

  test('is given once', () => {
    expect(refused({ code: 'SUP.1', value: 'x' }, { code: 'SUP.1', value: 'y' })).toBe('input.answers.1.code');
  });

  test('says whether it stays in the borough, as its form does', () => {
    expect(
      check({ code: 'SUP.1', value: 'x' }, { code: 'YPF.1', value: 'x' }).map((one) => one.staysInBorough),
    ).toEqual([false, true]);
  });
});
