import { knowledge } from './audience-model.js';
import { dayOf, lineOf, ref, refOrNull } from './monitoring-shape.js';
import {
  ASSURANCES,
  QUESTIONS,
  sharingOf,
  type ModelAnswer,
  type ModelMark,
  type MonitoringWorld,
} from './monitoring-world.js';
import { said } from './said.js';

const NOTICE_DAYS = 30;

interface Subject {
  readonly provider: number;
  readonly home: number | null;
}

export const sees = (world: MonitoringWorld, { number }: { readonly number: number }, tenant: number): boolean =>
  knowledge(world, sharingOf(world, number), tenant) === 'all';

const stands = (world: MonitoringWorld, { number }: ModelAnswer): boolean => !sharingOf(world, number).ended;

const isAbout = (world: MonitoringWorld, { number }: ModelAnswer, subject: Subject): boolean => {
  const { provider, home } = sharingOf(world, number);
  return subject.home === null ? home === null && provider === subject.provider : home === subject.home;
};

const askedBy = (question: number): number => QUESTIONS[question]?.asked ?? 0;

/** Of two of the same day, the one that was recorded later. */
const isLater = (one: ModelAnswer, other: ModelAnswer): boolean =>
  one.day > other.day || (one.day === other.day && one.number > other.number);

const latestFirst = (answers: readonly ModelAnswer[]): ModelAnswer[] =>
  answers.toSorted((a, b) => (isLater(a, b) ? -1 : 1));

/** A question as it is asked of somebody, with the answer that counts for a tenant out of those that it may see. */
function itemOf(world: MonitoringWorld, question: number, subject: Subject, tenant: number) {
  const { code = '' } = QUESTIONS[question] ?? {};
  const ofSubject = world.answers.filter(
    (answer) => isAbout(world, answer, subject) && stands(world, answer) && sees(world, answer, tenant),
  );
  const [counts = null, ...earlier] = latestFirst(
    ofSubject.filter((answer) => askedBy(answer.question) === askedBy(question)),
  );
  const all = counts === null ? [] : [counts, ...earlier];
  const marks = world.marks.filter((mark) => !mark.isReplaced && sees(world, mark, tenant));

  return {
    question: { code },
    home: refOrNull('home', subject.home),
    state: stateOf(counts, isChallenged(all, marks)),
    value: counts?.isHeld === true ? said('answer', counts.number) : null,
    answeredBy: counts && ref('organisation', sharingOf(world, counts.number).owner),
    assurance: counts && assuranceOf(counts, marks),
    answeredOn: counts && dayOf(counts.day),
    validUntil: counts?.validUntil === undefined || counts.validUntil === null ? null : dayOf(counts.validUntil),
    answer: counts && ref('sharing', counts.number),
    earlier: earlier.map(({ number }) => ref('sharing', number)),
    isAskedAgain: counts === null && ofSubject.some((answer) => QUESTIONS[answer.question]?.code === code),
  };
}

function stateOf(answer: ModelAnswer | null, challenged: boolean): string {
  if (answer === null || !answer.isHeld) return 'MISSING';
  const { validUntil } = answer;
  if (validUntil !== null && validUntil < 0) return 'EXPIRED';
  if (challenged) return 'CHALLENGED';
  return validUntil !== null && validUntil <= NOTICE_DAYS ? 'EXPIRING' : 'CURRENT';
}

/** A challenge stands until somebody has seen evidence after it. */
const isChallenged = (answers: readonly ModelAnswer[], marks: readonly ModelMark[]): boolean =>
  marks
    .filter(({ confirmedAs }) => confirmedAs === null)
    .some((mark) =>
      answers.some(
        (answer) =>
          answer.number === mark.answer &&
          !answers.some((later) => later.assurance !== 'SELF_DECLARED' && isLater(later, answer)),
      ),
    );

/** What was seen on site, whoever saw it; else what was confirmed before what was answered. */
function assuranceOf({ number, assurance }: ModelAnswer, marks: readonly ModelMark[]): string {
  const confirmed = marks.flatMap(({ answer, confirmedAs }) =>
    answer === number && confirmedAs !== null ? [confirmedAs] : [],
  );
  const most = [...ASSURANCES].toReversed().find((one) => confirmed.includes(one));
  return assurance === 'VERIFIED_ON_SITE' ? assurance : (most ?? assurance);
}

/** The questions as they are asked of a provider, or of a home. */
export const itemsAt = (world: MonitoringWorld, subject: Subject, tenant: number) =>
  QUESTIONS.flatMap(({ subject: of, isPublished, isMandatory }, question) =>
    isPublished && (of === 'HOME') === (subject.home !== null)
      ? [{ isMandatory, item: itemOf(world, question, subject, tenant) }]
      : [],
  );

export function answerLines(world: MonitoringWorld, tenant: number): string[] {
  const asked = (subject: Subject) => itemsAt(world, subject, tenant);
  const providers = [0, 1].map((provider) => [
    { provider, home: null },
    ...world.homes.flatMap((home, number) => (home.provider === provider ? [{ provider, home: number }] : [])),
  ]);
  const atHome = [
    { provider: world.homes[0]?.provider ?? 0, home: null },
    { provider: world.homes[0]?.provider ?? 0, home: 0 },
  ].flatMap(asked);
  const ofFirst = (providers[0] ?? []).flatMap(asked).map(({ item }) => item);
  return [
    ...providers.flatMap((subjects, provider) =>
      subjects.flatMap(asked).map(({ item }) => lineOf(`provider${provider} dueDiligence`, item)),
    ),
    ...atHome.map(({ item }) => lineOf('home0 dueDiligence', item)),
    ...atHome
      .filter(({ isMandatory }) => isMandatory)
      .map(({ item }) => lineOf('home0 required', { question: item.question, state: item.state })),
    ...ofFirst
      .filter(({ state }) => state === 'EXPIRED' || state === 'CHALLENGED')
      .map((item) => lineOf('provider0 doubtful', { answer: item.answer })),
    ...ofFirst.map(({ question, home, state }) => lineOf('page dueDiligence', { question, home, state })),
    ...world.answers.map((answer) =>
      sees(world, answer, tenant)
        ? lineOf(`answer ${answer.number}`, oneAnswer(world, answer, tenant))
        : `answer ${answer.number} NOT_FOUND`,
    ),
  ];
}

function oneAnswer(world: MonitoringWorld, answer: ModelAnswer, tenant: number) {
  const { owner, provider, home, ended } = sharingOf(world, answer.number);
  return {
    ...ref('sharing', answer.number),
    provider: ref('provider', provider),
    home: refOrNull('home', home),
    answeredBy: ref('organisation', owner),
    value: said('answer', answer.number),
    assurance: answer.assurance,
    note: said('note', answer.number),
    recordedBy: owner === tenant ? said('by', answer.number) : null,
    withdrawalReason: ended ? 'Taken back' : null,
    marks: world.marks
      .filter((mark) => mark.answer === answer.number && !mark.isReplaced && sees(world, mark, tenant))
      .map(({ number, confirmedAs }) => ({
        ...ref('sharing', number),
        by: ref('organisation', sharingOf(world, number).owner),
        assurance: confirmedAs,
        reason: confirmedAs === null ? said('challenge', number) : null,
      })),
  };
}
