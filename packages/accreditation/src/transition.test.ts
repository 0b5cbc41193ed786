import { describe, expect, test } from '@jest/globals';
import { calendarDaysAfter, londonDate } from '@accord/kernel';
import { AccreditationStatus } from '@accord/providers';
import fc from 'fast-check';
import {
  obstacleOfFourEyes,
  obstacleOfHearing,
  obstacleToApplying,
  obstacleToAssessing,
  obstacleToDeciding,
  obstacleToInterimSuspension,
  replyDue,
  type Standing,
} from './obstacle.js';
import { isAdverse, leads, STANDING, TRANSITIONS } from './transition.js';
import { AccreditationStage, ChangeCause, StageOutcome } from './vocabulary.js';

const S = AccreditationStatus;
const STAGES = Object.values(AccreditationStage);
const PEOPLE = ['officer', 'lead', 'deputy'] as const;

const notStarted = (): Record<AccreditationStage, StageOutcome> => ({
  FIT_AND_PROPER_PERSON: StageOutcome.NOT_STARTED,
  PAPERWORK: StageOutcome.NOT_STARTED,
  PROPERTY_VISITS: StageOutcome.NOT_STARTED,
});

type Act =
  | { readonly kind: 'apply' }
  | { readonly kind: 'assess'; readonly stage: AccreditationStage; readonly outcome: StageOutcome }
  | {
      readonly kind: 'propose';
      readonly who: string;
      readonly to: AccreditationStatus;
      readonly conditions: readonly string[];
    }
  | { readonly kind: 'tell' | 'reply' }
  | { readonly kind: 'wait'; readonly days: number }
  | { readonly kind: 'decide' | 'suspend' | 'overdue'; readonly who: string };

const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.constant({ kind: 'apply' } as const),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('assess' as const),
      stage: fc.constantFrom(...STAGES),
      outcome: fc.constantFrom(StageOutcome.PASSED, StageOutcome.PASSED_WITH_CONDITIONS, StageOutcome.NOT_PASSED),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('propose' as const),
      who: fc.constantFrom(...PEOPLE),
      to: fc.constantFrom(...Object.values(S)),
      conditions: fc.constantFrom([], ['Waking-night staff']),
    }),
  },
  fc.record({ kind: fc.constantFrom('tell' as const, 'reply' as const) }),
  fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 20 }) }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('decide' as const, 'suspend' as const, 'overdue' as const),
      who: fc.constantFrom(...PEOPLE),
    }),
  },
);

/** How one becomes accredited: half of the histories begin with it, or chance would rarely come so far. */
const ACCREDITED: readonly Act[] = [
  { kind: 'apply' },
  ...STAGES.map((stage): Act => ({ kind: 'assess', stage, outcome: StageOutcome.PASSED })),
  { kind: 'propose', who: 'officer', to: S.ACCREDITED, conditions: [] },
  { kind: 'decide', who: 'lead' },
];

const histories = fc
  .tuple(fc.boolean(), fc.array(acts, { minLength: 10, maxLength: 120 }))
  .map(([begun, random]) => (begun ? [...ACCREDITED, ...random] : random));

interface Proposal {
  readonly who: string;
  readonly to: AccreditationStatus;
  readonly conditions: readonly string[];
  toldOn: string | null;
  replied: boolean;
}

/** The obvious way to keep a file: what happened is written down, and whatever the obstacles let pass is done. */
class Model {
  standing: Standing = { status: null, conditions: [], stages: notStarted() };
  proposal: Proposal | null = null;
  now = new Date('2026-11-22T12:00:00Z');

  /** @returns the proposal that took effect, if one did. */
  take(act: Act): { decided: Proposal; by: string; before: Standing } | null {
    const before = this.standing;
    switch (act.kind) {
      case 'apply':
        if (obstacleToApplying(before) === null)
          this.standing = { status: S.APPLIED, conditions: [], stages: notStarted() };
        return null;
      case 'assess':
        if (obstacleToAssessing(before, act.stage, act.outcome) !== null) return null;
        this.standing = {
          ...before,
          status: before.status === S.APPLIED ? S.IN_ASSESSMENT : before.status,
          stages: { ...before.stages, [act.stage]: act.outcome },
        };
        return null;
      case 'propose':
        if (obstacleToDeciding(before, act.to) === null) this.proposal = { ...act, toldOn: null, replied: false };
        return null;
      case 'tell':
        if (this.proposal) this.proposal.toldOn ??= londonDate(this.now);
        return null;
      case 'reply':
        if (this.proposal?.toldOn) this.proposal.replied = true;
        return null;
      case 'wait':
        this.now = new Date(this.now.getTime() + act.days * 86_400_000);
        return null;
      case 'suspend':
        if (obstacleToInterimSuspension(before) === null) this.standing = { ...before, status: S.INTERIM_SUSPENDED };
        return null;
      case 'overdue':
        if (leads(before.status, S.REVIEW_OVERDUE, ChangeCause.CLOCK))
          this.standing = { ...before, status: S.REVIEW_OVERDUE };
        return null;
      case 'decide':
        return this.#decide(act.who);
    }
  }

  #decide(by: string): { decided: Proposal; by: string; before: Standing } | null {
    const { proposal: decided, standing: before } = this;
    if (!decided || obstacleOfFourEyes(by, [decided.who]) !== null || obstacleToDeciding(before, decided.to) !== null)
      return null;
    const adverse = isAdverse(before.status, before.conditions, decided.to, decided.conditions);
    if (adverse && obstacleOfHearing({ toldOn: decided.toldOn, replyIsComplete: decided.replied }, this.now) !== null)
      return null;
    this.standing = { ...before, status: decided.to, conditions: decided.conditions };
    this.proposal = null;
    return { decided, by, before };
  }
}

const TAKEN_AWAY: readonly unknown[] = [S.REFUSED, S.SUSPENDED, S.REVOKED, S.LAPSED];

/** What the rules forbid, said anew and apart from the table: what of it an act has brought about. */
function wrongs(
  act: Act,
  earlier: AccreditationStatus | null,
  model: Model,
  effect: ReturnType<Model['take']>,
): string[] {
  const { status, stages } = model.standing;
  const found: [boolean, string][] = [
    [
      status !== earlier && !['apply', 'assess', 'decide', 'suspend', 'overdue'].includes(act.kind),
      'changed by no act of its own',
    ],
    [act.kind === 'overdue' && status !== earlier && status !== S.REVIEW_OVERDUE, 'worse than overdue by the clock'],
  ];
  if (effect) {
    const { decided, by, before } = effect;
    const outcomes = Object.values(stages);
    const worse =
      TAKEN_AWAY.includes(status) ||
      (status === S.ACCREDITED_WITH_CONDITIONS && before.status === S.ACCREDITED && decided.conditions.length > 0);
    const isOver = londonDate(model.now) > calendarDaysAfter(decided.toldOn ?? '2999-01-01', 14);
    found.push(
      [by === decided.who, 'decided by its proposer'],
      [
        status === S.ACCREDITED && outcomes.some((outcome) => outcome !== StageOutcome.PASSED),
        'accredited with a stage not passed',
      ],
      [
        status === S.ACCREDITED_WITH_CONDITIONS && outcomes.some((outcome) => !outcome.startsWith('PASSED')),
        'a stage not passed',
      ],
      [worse && decided.toldOn === null, 'worse off and not told'],
      [worse && !decided.replied && !isOver, 'worse off before it could reply'],
    );
  }
  return found.flatMap(([isSo, words]) => (isSo ? [words] : []));
}

describe('the state machine', () => {
  test('no sequence of allowed acts reaches a status without its conditions', () => {
    const reached = new Set<AccreditationStatus>();
    fc.assert(
      fc.property(histories, (sequence) => {
        const model = new Model();
        for (const act of sequence) {
          const earlier = model.standing.status;
          const effect = model.take(act);
          const { status } = model.standing;
          if (status !== null) reached.add(status);
          expect(wrongs(act, earlier, model, effect)).toEqual([]);
        }
      }),
      { numRuns: 3000, seed: 20_261_122 },
    );
    // The property was not met by standing still.
    for (const status of [
      S.ACCREDITED,
      S.ACCREDITED_WITH_CONDITIONS,
      S.SUSPENDED,
      S.INTERIM_SUSPENDED,
      S.REVIEW_OVERDUE,
      S.REFUSED,
      S.REVOKED,
    ]) {
      expect(reached).toContain(status);
    }
  });

  test('the clock lapses nobody: it makes a review overdue and nothing else', () => {
    const byClock = TRANSITIONS.filter((way) => way.by === ChangeCause.CLOCK).flatMap((way) => way.to);
    expect(byClock).toEqual([S.REVIEW_OVERDUE]);
  });

  test('every status can be reached, and every way is named once', () => {
    const pairs = TRANSITIONS.flatMap((way) =>
      way.from.flatMap((from) => way.to.map((to) => `${from} ${to} ${way.by}`)),
    );
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(new Set(TRANSITIONS.flatMap((way) => way.to))).toEqual(new Set(Object.values(S)));
    expect(TRANSITIONS.every((way) => way.why.trim() !== '')).toBe(true);
  });

  test('who ends may apply anew; nobody else may', () => {
    for (const status of [null, ...Object.values(S)]) {
      const ended =
        status === null || ([S.REFUSED, S.REVOKED, S.WITHDRAWN_BY_PROVIDER, S.LAPSED] as unknown[]).includes(status);
      expect(obstacleToApplying({ status, conditions: [], stages: notStarted() }) === null).toBe(ended);
    }
  });

  test('a condition is adverse where a mark is carried and the condition is new', () => {
    for (const from of STANDING) {
      expect(isAdverse(from, ['a'], S.ACCREDITED_WITH_CONDITIONS, ['a', 'b'])).toBe(true);
      expect(isAdverse(from, ['a', 'b'], S.ACCREDITED_WITH_CONDITIONS, ['a'])).toBe(false);
      expect(isAdverse(from, ['a'], S.ACCREDITED, [])).toBe(false);
    }
    expect(isAdverse(S.IN_ASSESSMENT, [], S.ACCREDITED_WITH_CONDITIONS, ['a'])).toBe(false);
    expect(isAdverse(S.SUSPENDED, [], S.ACCREDITED_WITH_CONDITIONS, ['a'])).toBe(false);
  });

  test('the reply period ends with the fourteenth day in London, across the change of the clocks', () => {
    // Told in winter time, due in summer time: 23:59 in London is 22:59 in Greenwich.
    expect(replyDue('2027-03-20')).toEqual(new Date('2027-04-03T22:59:00Z'));
    const told = { toldOn: '2027-03-20', replyIsComplete: false };
    expect(obstacleOfHearing(told, new Date('2027-04-03T22:58:00Z'))).toMatch(/may reply until 23:59 on 2027-04-03/);
    expect(obstacleOfHearing(told, new Date('2027-04-03T22:59:01Z'))).toBeNull();
    expect(obstacleOfHearing({ ...told, replyIsComplete: true }, new Date('2027-03-21T09:00:00Z'))).toBeNull();
  });
});
