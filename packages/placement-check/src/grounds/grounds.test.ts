import { describe, expect, it } from '@jest/globals';
import { Flag, Hold, HoldScope } from '@accord/flags';
import { AccreditationStatus, PlacementType, Registration, RegistrationStatus, Regulator } from '@accord/providers';
import { References, ReferencesState } from '@accord/references';
import type { Facts } from '../facts.js';
import { AgeBand, PlacementGroundCode } from '../vocabulary.js';
import { GROUNDS } from './index.js';

/** What every ground says of facts that are quiet but for what is given. */

const MINE = 'b0000000-0000-4000-8000-000000000001';
const THEIRS = 'b0000000-0000-4000-8000-000000000002';
const TODAY = '2026-11-28';

const registration = (facts: Partial<Registration>): Registration =>
  Object.assign(new Registration(), {
    id: 'r',
    providerId: 'p',
    homeId: null,
    regulator: Regulator.OFSTED,
    reference: '2799001',
    category: 'Supported Accommodation',
    status: RegistrationStatus.REGISTERED,
    registeredOn: null,
    statusAsAt: '2026-10-01',
    ...facts,
  });

const QUIET = {
  asked: { homeId: 'h', ageBand: AgeBand.AGED_16_17, placementType: null, isEmergency: false },
  tenantId: MINE,
  today: TODAY,
  home: {
    placementTypes: [PlacementType.SUPPORTED_SHARED_OPEN],
    ageFrom: null,
    ageTo: null,
    managerVacantSince: null,
  },
  provider: {},
  accreditation: { status: AccreditationStatus.ACCREDITED, effectiveFrom: '2026-01-01', conditions: [] },
  registrations: [registration({})],
  inspection: null,
  flags: [],
  holds: [],
  answers: [],
  visits: { latest: null, openActions: 0, overdueActions: 0, actionsDueOn: null, overdueVisits: [] },
  references: Object.assign(new References(), { state: ReferencesState.COMPLETE, required: 2, received: [] }),
  intelligence: { items: [], sources: 0, fromOneSource: 0, latestOn: null },
  nameOf: (id: string | null) => (id === THEIRS ? 'Barnet' : null),
} as unknown as Facts;

const findings = (facts: Partial<Facts>) => GROUNDS.flatMap((ground) => ground({ ...QUIET, ...facts }));
const codes = (facts: Partial<Facts>) =>
  findings(facts).map(
    ({ code, blocks, isAbsolute = false }) => `${code}${blocks ? ' blocks' : ''}${isAbsolute ? ' for good' : ''}`,
  );

const placing = (
  ageBand: AgeBand,
  placementType: PlacementType | null,
  offered: PlacementType[] = [],
  more: Partial<Facts> = {},
) =>
  codes({
    ...more,
    asked: { ...QUIET.asked, ageBand, placementType },
    home: { ...QUIET.home, placementTypes: offered } as Facts['home'],
  });

const { UNDER_16, AGED_16_17, AGED_18_PLUS } = AgeBand;
const SUPPORTED = [
  PlacementType.SUPPORTED_SELF_CONTAINED,
  PlacementType.SUPPORTED_SHARED_RING_FENCED,
  PlacementType.SUPPORTED_SHARED_OPEN,
  PlacementType.SUPPORTED_PRIVATE_RESIDENCE,
];
const ADULT = [
  PlacementType.STAYING_PUT,
  PlacementType.CARE_LEAVER_18_PLUS,
  PlacementType.SUPPORTED_LIVING,
  PlacementType.SHARED_LIVES,
];

describe('who may be placed as what', () => {
  it('has nothing against what is quiet', () => expect(codes({})).toEqual([]));

  it.each(SUPPORTED)('never under 16 in %s, registered or not', (type) => {
    const never = [`${PlacementGroundCode.UNDER_16_IN_SUPPORTED_ACCOMMODATION} blocks for good`];
    expect(placing(UNDER_16, type, [type])).toEqual(never);
    expect(placing(UNDER_16, null, [type])).toEqual(never);
    expect(placing(UNDER_16, type, [type], { registrations: [] })).toEqual(never);
  });

  const NOT_REGISTERED = [`${PlacementGroundCode.NOT_REGISTERED} blocks for good`];

  it.each(SUPPORTED)('at 16 and 17 in %s only where the provider is registered for it', (type) => {
    expect(placing(AGED_16_17, type, [type])).toEqual([]);
    for (const status of Object.values(RegistrationStatus)) {
      const wanted = status === RegistrationStatus.REGISTERED ? [] : NOT_REGISTERED;
      expect([status, placing(AGED_16_17, type, [type], { registrations: [registration({ status })] })]).toEqual([
        status,
        wanted,
      ]);
    }
    expect(placing(AGED_16_17, type, [type], { registrations: [] })).toEqual(NOT_REGISTERED);
    const fostering = [registration({ category: 'Independent Fostering Agency' })];
    expect(placing(AGED_16_17, type, [type], { registrations: fostering })).toEqual(NOT_REGISTERED);
  });

  it.each([...SUPPORTED, ...ADULT])('at 18 and over in %s, unregulated or not', (type) => {
    expect(placing(AGED_18_PLUS, type, [type], { registrations: [] })).toEqual([]);
    const pending = [registration({ status: RegistrationStatus.APPLICATION_PENDING })];
    expect(placing(AGED_18_PLUS, type, [type], { registrations: pending })).toEqual([]);
  });

  it.each(ADULT)('not under 18 in %s', (type) => {
    for (const age of [UNDER_16, AGED_16_17])
      expect(placing(age, type, [type])).toEqual([
        `${PlacementGroundCode.UNDER_18_IN_ADULT_PROVISION} blocks for good`,
      ]);
  });

  it('in a children’s home only where the home itself is registered', () => {
    const type = PlacementType.CHILDRENS_HOME;
    expect(placing(UNDER_16, type, [type])).toEqual(NOT_REGISTERED);
    const own = [registration({ homeId: 'h', category: "Children's Home" })];
    expect(placing(UNDER_16, type, [type], { registrations: own })).toEqual([]);
  });

  it('by what the home is, whatever else it is asked as', () => {
    expect(placing(UNDER_16, PlacementType.FOSTERING_IN_HOUSE, [PlacementType.SUPPORTED_SHARED_OPEN])).toEqual([
      `${PlacementGroundCode.UNDER_16_IN_SUPPORTED_ACCOMMODATION} blocks for good`,
      PlacementGroundCode.TYPE_NOT_OFFERED,
    ]);
    // Of several types the strictest counts where none is asked for; else the one that is.
    const both = [PlacementType.SUPPORTED_LIVING, PlacementType.SUPPORTED_SHARED_OPEN];
    expect(placing(AGED_16_17, null, both)).toEqual([
      `${PlacementGroundCode.UNDER_18_IN_ADULT_PROVISION} blocks for good`,
    ]);
    expect(placing(AGED_16_17, PlacementType.SUPPORTED_SHARED_OPEN, both)).toEqual([]);
    // Of what nobody knows what it is, a child may be there only if something is registered.
    expect(placing(AGED_16_17, null, [], { registrations: [] })).toEqual(NOT_REGISTERED);
  });
});

const hold = (facts: Partial<Hold>): Hold =>
  Object.assign(new Hold(), {
    id: 'x',
    scope: HoldScope.HOME,
    existenceOnly: false,
    kind: 'SAFEGUARDING_CONCERN',
    startsOn: '2026-11-01',
    reviewOn: '2026-12-24',
    ownerId: MINE,
    ...facts,
  });

describe('holds', () => {
  it('block where they are the own borough’s and in force, and warn else', () => {
    const of = (facts: Partial<Hold>) => codes({ holds: [hold(facts)] });
    expect(of({})).toEqual([`${PlacementGroundCode.OWN_HOLD} blocks`]);
    expect(of({ startsOn: TODAY })).toEqual([`${PlacementGroundCode.OWN_HOLD} blocks`]);
    expect(of({ startsOn: '2026-11-29' })).toEqual([PlacementGroundCode.OWN_HOLD_TO_COME]);
    for (const others of [
      { ownerId: THEIRS },
      { ownerId: null },
      { ownerId: null, existenceOnly: true, kind: null, startsOn: null, reviewOn: null },
    ])
      expect(of(others)).toEqual([PlacementGroundCode.HOLD_OF_ANOTHER]);
  });

  it('name the borough and the class where these are shown, and nobody else', () => {
    const [named] = findings({ holds: [hold({ ownerId: THEIRS })] });
    expect(named).toMatchObject({ source: 'Barnet', asOf: '2026-11-01' });
    expect(named?.message).toContain(
      'Barnet has a hold on new placements at this home, because of safeguarding concern',
    );
    const [anonymous] = findings({ holds: [hold({ ownerId: null })] });
    expect(anonymous).toMatchObject({ source: 'Another borough' });
  });
});

describe('references', () => {
  it.each([
    [ReferencesState.NOT_NEEDED, []],
    [ReferencesState.COMPLETE, []],
    [ReferencesState.NOT_ASKED, ['REFERENCES_SHORT blocks']],
    [ReferencesState.WAITING, ['REFERENCES_SHORT blocks']],
    [ReferencesState.SHORT, ['REFERENCES_SHORT blocks']],
  ])('that are %s give %j', (state, wanted) => {
    const references = Object.assign(new References(), { state, required: 2, received: [] });
    expect(codes({ references })).toEqual(wanted);
  });

  it('say how many there are of how many, in an emergency too', () => {
    const received = [
      { state: 'ANSWERED', boroughId: 'a', answeredOn: '2026-11-20' },
      { state: 'ANSWERED', boroughId: 'a', answeredOn: '2026-11-01' },
      { state: 'DECLINED', boroughId: 'b', answeredOn: '2026-11-02' },
    ];
    const references = Object.assign(new References(), { state: ReferencesState.SHORT, required: 2, received });
    const [short] = findings({ references, asked: { ...QUIET.asked, isEmergency: true } });
    expect(short?.message).toContain('references 1 of 2');
    expect(short).toMatchObject({ blocks: true, asOf: '2026-11-20' });
  });
});

describe('mandatory answers', () => {
  it('block where they are missing or have lapsed, and warn where they will or are doubted', () => {
    const item = (state: string) =>
      ({
        question: { text: 'Gas safety certificate' },
        state,
        answeredOn: '2026-01-02',
        validUntil: '2026-11-10',
      }) as unknown as Facts['answers'][number];
    const of = (state: string) => findings({ answers: [item(state)] });
    expect(of('CURRENT')).toEqual([]);
    expect(of('MISSING')).toMatchObject([{ code: 'ANSWER_MISSING', blocks: true }]);
    expect(of('EXPIRED')).toMatchObject([
      {
        code: 'ANSWER_EXPIRED',
        blocks: true,
        asOf: '2026-11-10',
        message: '“Gas safety certificate”: lapsed after 2026-11-10.',
      },
    ]);
    expect(of('EXPIRING')).toMatchObject([{ code: 'ANSWER_EXPIRING', blocks: false }]);
    expect(of('CHALLENGED')).toMatchObject([{ code: 'ANSWER_CHALLENGED', blocks: false }]);
  });
});

describe('what only warns', () => {
  it('is what visits found, what is not done after them, and visits that are late', () => {
    const latest = { outcome: 'IMMEDIATE_ACTION', ownerId: THEIRS, visitedOn: '2026-11-20' };
    const visits = {
      latest,
      openActions: 3,
      overdueActions: 1,
      actionsDueOn: '2026-11-25',
      overdueVisits: ['2026-10-01'],
    };
    expect(findings({ visits: visits as unknown as Facts['visits'] })).toMatchObject([
      { code: 'VISIT_FOUND_CONCERNS', blocks: false, source: 'Barnet', asOf: '2026-11-20' },
      { code: 'OPEN_ACTIONS', blocks: false, message: expect.stringContaining('3, of which 1 overdue') },
      { code: 'VISIT_OVERDUE', blocks: false, asOf: '2026-10-01' },
    ]);
    const well = { ...QUIET.visits, latest: { ...latest, outcome: 'EXPECTATIONS_MET' } };
    expect(codes({ visits: well as unknown as Facts['visits'] })).toEqual([]);
  });

  it('is accreditation, whatever its status, but for one that is in force', () => {
    for (const status of Object.values(AccreditationStatus)) {
      const accreditation = { ...QUIET.accreditation, status } as Facts['accreditation'];
      const inForce = ['ACCREDITED', 'ACCREDITED_WITH_CONDITIONS', 'REVIEW_OVERDUE'].includes(status);
      expect([status, codes({ accreditation })]).toEqual([status, inForce ? [] : ['NOT_ACCREDITED']]);
    }
    expect(codes({ accreditation: null })).toEqual(['NOT_ACCREDITED']);
    const conditions = {
      ...QUIET.accreditation,
      conditions: ['Waking-night staff'],
    } as unknown as Facts['accreditation'];
    expect(codes({ accreditation: conditions })).toEqual(['ACCREDITED_WITH_CONDITIONS']);
  });

  it('is soft intelligence, however much of it there is, and it says on how many sources it rests', () => {
    const of = (items: number, sources: number, fromOneSource: number) =>
      findings({
        intelligence: {
          items: Array.from({ length: items }, (_, index) => ({ id: String(index), version: 1 })),
          sources,
          fromOneSource,
          latestOn: '2026-11-02',
        },
      });
    expect(of(1, 1, 1)).toEqual([
      {
        code: 'SOFT_INTELLIGENCE',
        blocks: false,
        message: 'One item of soft intelligence, from a single source. It is unproven: make your own enquiry.',
        source: 'Soft intelligence that your borough may see',
        asOf: '2026-11-02',
      },
    ]);
    expect(of(40, 9, 3)[0]).toMatchObject({ blocks: false });
    expect(of(40, 9, 3)[0]?.message).toContain(
      '40 items of soft intelligence, from 9 sources; 3 of them rest on one source',
    );
  });

  it('is a flag, also one of which only the existence is known', () => {
    const flag = Object.assign(new Flag(), {
      homeId: 'h',
      severity: 'HIGH',
      kind: null,
      existenceOnly: true,
      ownerId: null,
      raisedOn: null,
    });
    expect(findings({ flags: [flag] })).toMatchObject([
      { code: 'OPEN_FLAG', blocks: false, source: 'Another organisation' },
    ]);
  });

  it('is a grave judgement, a vacancy, and for adults a registration that is not in force', () => {
    const inspection = {
      regulator: Regulator.OFSTED,
      inspectedOn: '2026-08-01',
      publishedOn: '2026-08-28',
      judgements: [{ aspect: 'Overall', judgement: 'Inadequate', scale: 'OFSTED_FOUR_POINT' }],
    } as unknown as Facts['inspection'];
    expect(findings({ inspection })).toMatchObject([{ code: 'JUDGED_GRAVELY', blocks: false, asOf: '2026-08-28' }]);
    const home = { ...QUIET.home, managerVacantSince: '2026-09-14' } as Facts['home'];
    expect(codes({ home })).toEqual(['MANAGER_VACANT']);
    const suspended = [registration({ status: RegistrationStatus.SUSPENDED })];
    expect(placing(AGED_18_PLUS, SUPPORTED[0] ?? null, SUPPORTED, { registrations: suspended })).toEqual([
      'REGISTRATION_NOT_IN_FORCE',
    ]);
  });

  it('never says that a home is safe', () => {
    expect(
      findings({})
        .map(({ message }) => message)
        .join(' '),
    ).not.toMatch(/\bsafe\b/i);
  });
});
