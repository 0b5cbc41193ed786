import { describe, expect, it } from '@jest/globals';
import { Hold, HoldScope } from '@accord/flags';
import { PlacementType, RegistrationStatus } from '@accord/providers';
import { References, ReferencesState } from '@accord/references';
import type { Facts } from '../facts.js';
import { AgeBand, PlacementGroundCode } from '../vocabulary.js';
import { MINE, THEIRS, TODAY, QUIET, registration, findings, codes, placing } from './quiet-facts.js';

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
