import type { SharingClass } from '@accord/access';
import fc from 'fast-check';
import type { ModelSharing, ModelWorld } from './audience-model.js';
import {
  ASSURANCES,
  sharingOf,
  type ModelAction,
  type ModelAnswer,
  type ModelMark,
  type ModelNotice,
  type ModelRequest,
  type ModelRule,
  type ModelVisit,
  type MonitoringWorld,
} from './monitoring-world.js';
import { about, borough, ORGANISATIONS, sharing, worldOf } from './random-world.js';

const FEWEST = 4;
const MOST = 14;
const day = fc.integer({ min: -3, max: 0 });
const rarely = fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
const mostly = rarely.map((is) => !is);
const monitored = fc.constantFrom<SharingClass>('VISIT', 'HOLD', 'DUE_DILIGENCE', 'DUE_DILIGENCE');

const action: fc.Arbitrary<ModelAction> = fc.record({
  finding: fc.option(fc.nat(1), { nil: null }),
  due: fc.constantFrom(-30, -1, 5),
  state: fc.constantFrom('OPEN' as const, 'OPEN' as const, 'DONE' as const, 'VERIFIED' as const),
});

const visit = (number: number): fc.Arbitrary<ModelVisit> =>
  fc.record({
    number: fc.constant(number),
    isDraft: rarely,
    isWithdrawn: rarely,
    isToOwn: mostly,
    day,
    madeAs: fc.constantFrom('COMMISSIONING' as const, 'HEALTH' as const),
    outcome: fc.constantFrom('EXPECTATIONS_MET' as const, 'EXPECTATIONS_MET' as const, 'ACCESS_REFUSED' as const),
    showsName: mostly,
    isReader: fc.boolean(),
    isSubmitted: mostly,
    photo: fc.constantFrom('NONE' as const, 'KEPT' as const, 'SHOWN' as const),
    findings: fc.array(fc.constantFrom('DRAFT', 'REPLY_ASKED', 'PUBLISHED', 'PUBLISHED', 'DROPPED'), { maxLength: 2 }),
    actions: fc.array(action, { maxLength: 2 }),
  });

const answer = ([{ home }, number]: Thing): fc.Arbitrary<ModelAnswer> =>
  fc.record({
    number: fc.constant(number),
    question: home === null ? fc.constantFrom(0, 0, 0, 1, 3) : fc.constant(2),
    day,
    validUntil: fc.constantFrom(null, null, -1, 0, 20, 200, 200),
    isOfMany: mostly,
    isWithdrawn: rarely,
    isHeld: mostly,
    assurance: fc.constantFrom('SELF_DECLARED', 'SELF_DECLARED', ...ASSURANCES),
  });

const request = (world: ModelWorld): fc.Arbitrary<ModelRequest> =>
  fc
    .record({
      requester: borough,
      what: about(world.homes),
      due: fc.integer({ min: -2, max: 3 }),
      asked: fc.uniqueArray(
        fc.record({
          borough,
          state: fc.constantFrom(
            'ASKED' as const,
            'ANSWERED' as const,
            'ANSWERED' as const,
            'DECLINED' as const,
            'DECLINED' as const,
          ),
          goesToAll: fc.boolean(),
        }),
        { maxLength: 4, selector: ({ borough: one }) => one },
      ),
    })
    .map(({ what, requester, asked, due }) => ({
      ...what,
      requester,
      due,
      asked: asked.filter((one) => one.borough !== requester),
    }));

/** Mostly of boroughs that visit. */
const rule = (visitors: readonly number[]): fc.Arbitrary<ModelRule> =>
  fc.record({
    borough: fc.oneof(borough, ...visitors.map((visitor) => fc.constant(visitor))),
    functions: fc.subarray(['COMMISSIONING' as const, 'HEALTH' as const], { minLength: 1 }),
    everyDays: fc.constantFrom(1, 30),
  });

const notice: fc.Arbitrary<ModelNotice> = fc.record({ borough, host: borough, day });

type Thing = readonly [sharing: ModelSharing, number: number];

/** A world of visits, holds, answers, references, schedules and notices. */
export const monitoringWorld: fc.Arbitrary<MonitoringWorld> = worldOf((homes) =>
  fc.array(sharing(homes, monitored), { minLength: FEWEST, maxLength: MOST }),
).chain((world) => {
  const things = world.sharings.map((one, number): Thing => [one, number]);
  const of = (kind: SharingClass): Thing[] => things.filter(([one]) => one.kind === kind);
  // The first in each third answer; the others may say something of an answer before them.
  const answers = of('DUE_DILIGENCE').filter((_, place) => place % 3 !== 2);
  const marks = of('DUE_DILIGENCE').filter((_, place) => place % 3 === 2);
  return fc
    .record({
      suspended: fc.array(rarely, { minLength: ORGANISATIONS, maxLength: ORGANISATIONS }),
      visits: fc.tuple(...of('VISIT').map(([, number]) => visit(number))),
      answers: fc.tuple(...answers.map(answer)),
      marks: fc.tuple(...marks.map(([, number]) => mark(number, answers))),
      requests: fc.array(request(world), { minLength: 1, maxLength: 3 }),
      required: fc.array(fc.option(fc.nat(2), { nil: null }), { minLength: ORGANISATIONS, maxLength: ORGANISATIONS }),
      rules: fc.array(rule(of('VISIT').flatMap(([{ owner }]) => (owner === 0 ? [] : [owner]))), {
        minLength: 2,
        maxLength: 6,
      }),
      notices: fc.uniqueArray(notice, { maxLength: 4, selector: (one) => `${one.borough} ${one.host}` }),
    })
    .map((more) => asKept({ ...world, ...more, holds: of('HOLD').map(([, number]) => number) }));
});

const mark = (number: number, answers: readonly Thing[]): fc.Arbitrary<ModelMark> =>
  fc.record({
    number: fc.constant(number),
    // Mostly of the first, which others come after.
    answer: fc.oneof(
      ...answers.slice(0, 1).map(([, answered]) => fc.constant(answered)),
      fc.constantFrom(...answers.map(([, answered]) => answered)),
    ),
    confirmedAs: fc.constantFrom(null, null, null, 'EVIDENCE_SEEN' as const, 'VERIFIED_ON_SITE' as const),
    isReplaced: rarely,
  });

/**
 * The same as Accord keeps it: whoever answers is named; an answer that was withdrawn is back in its borough; a mark is
 * about what its answer is about, and the later one of two of an organisation on the same answer replaces the earlier.
 */
function asKept(world: MonitoringWorld): MonitoringWorld {
  const sharings = [...world.sharings];
  const owner = (number: number): number => sharingOf(world, number).owner;
  const placements = [...world.placements];
  const first = world.homes[0]?.provider ?? 0;
  const put = (number: number, more: Partial<ModelSharing>): void => {
    const known = sharings[number];
    if (known) sharings[number] = { ...known, ...more };
  };
  for (const { number, isToOwn, isWithdrawn } of world.visits) {
    put(number, { ended: isWithdrawn });
    if (!isToOwn) continue;
    put(number, { provider: first, home: 0 });
    const by = owner(number);
    if (by !== 0 && !placements.some((one) => one.borough === by && one.home === 0))
      placements.push({ borough: by, provider: first, home: 0, youngPeople: 1 });
  }
  for (const { number, isOfMany, isWithdrawn } of world.answers) {
    const { disclosed, home } = sharingOf(world, number);
    put(number, { anonymous: false, ended: isWithdrawn });
    if (isOfMany) put(number, { level: 'ALLIANCE', provider: first, home: home === null ? null : 0 });
    if (isWithdrawn)
      put(number, { level: 'OWN_BOROUGH', disclosed: disclosed.map((one) => ({ ...one, ended: true })) });
  }
  for (const { number, answer: answered } of world.marks) {
    const { provider, home } = sharings[answered] ?? sharingOf(world, answered);
    put(number, { provider, home, level: 'ALLIANCE', anonymous: false, ended: false });
  }
  const marks = world.marks.map((one) => ({
    ...one,
    isReplaced:
      one.isReplaced ||
      world.marks.some(
        (later) =>
          later.number > one.number && later.answer === one.answer && owner(later.number) === owner(one.number),
      ),
  }));
  return { ...world, placements, sharings, marks, notices: world.notices.filter((one) => one.borough !== one.host) };
}
