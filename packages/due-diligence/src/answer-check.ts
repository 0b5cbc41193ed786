import { optionalText } from '@accord/access';
import { badInput } from '@accord/kernel';
import type { PlacementType } from '@accord/providers';
import type { NewAnswer } from './answer-store.js';
import { LONGEST_NOTE } from './figures.js';
import type { Question } from './question-set.entity.js';
import { keep } from './value.js';
import { QuestionCategory, QuestionSubject, type Assurance } from './vocabulary.js';

/** An answer as somebody gives it. */
export interface GivenAnswer {
  readonly code: string;
  readonly value: string;
  readonly answeredOn: string;
  readonly validUntil?: string | null | undefined;
  readonly assurance: Assurance;
  readonly note?: string | null | undefined;
}

/** Of whom is answered: a home with what it offers, or the provider. */
export interface AnsweredOf {
  readonly home: { readonly placementTypes: readonly PlacementType[] } | null;
}

/**
 * Answers to questions of a set, each checked and none twice.
 * @param path of the list in the input.
 * @throws AccordError `BAD_USER_INPUT` with the path of what is wrong.
 */
export function checkAnswers(
  path: string,
  answers: readonly GivenAnswer[],
  questions: ReadonlyMap<string, Question>,
  of: AnsweredOf,
  today: string,
): { readonly question: Question; readonly answer: NewAnswer }[] {
  const codes = answers.map(({ code }) => code);
  const asked = checkQuestions((index) => `${path}.${index}.code`, codes, questions, of);
  return asked.map((question, index) => {
    const at = `${path}.${index}`;
    const given = answers[index] as GivenAnswer;
    const { answeredOn, validUntil = null } = given;
    const kept = keep(at, question, { value: given.value, answeredOn, validUntil }, today);
    const note = checkNote(`${at}.note`, question, given.note);
    return {
      question,
      answer: { ...kept, questionId: question.id, askedId: question.askedId, assurance: given.assurance, note },
    };
  });
}

/**
 * Questions of a set that are asked of somebody, by their codes, and none twice.
 * @throws AccordError `BAD_USER_INPUT` with the path of the code that is wrong.
 */
export function checkQuestions(
  pathOf: (index: number) => string,
  codes: readonly string[],
  questions: ReadonlyMap<string, Question>,
  of: AnsweredOf,
): Question[] {
  return codes.map((code, index) => {
    const question = questions.get(code);
    if (!question) throw badInput(pathOf(index), `The questions that are asked have no "${code}".`);
    if (codes.indexOf(code) < index) throw badInput(pathOf(index), `"${code}" is there twice: leave one out.`);
    checkSubject(pathOf(index), question, of);
    return question;
  });
}

function checkSubject(path: string, { code, subject, placementTypes }: Question, { home }: AnsweredOf): void {
  if (subject === QuestionSubject.HOME && home === null)
    throw badInput(path, `${code} is asked of a home: say of which with homeId.`);
  if (subject === QuestionSubject.PROVIDER && home !== null)
    throw badInput(path, `${code} is asked of the provider: leave homeId out.`);
  if (home === null || placementTypes.length === 0) return;
  if (!home.placementTypes.some((type) => placementTypes.includes(type)))
    throw badInput(path, `${code} is not asked of this home: it is for ${placementTypes.join(', ')}.`);
}

/** Of DBS no more than whether records were sampled and had gaps (rules 14): where there are no words, there are no names. */
function checkNote(path: string, { category }: Question, note: string | null | undefined): string | null {
  const text = optionalText(path, note, LONGEST_NOTE);
  if (text !== null && category === QuestionCategory.DBS)
    throw badInput(path, 'Nothing is noted about DBS records: leave this out.');
  return text;
}
