import { SHARING_CLASSES, type SharingClass } from '@accord/access';
import fc from 'fast-check';
import type { Member, ModelSharing, ModelWorld, Period } from './audience-model.js';

/** The alliance and five boroughs: enough for every way of standing to one another, few enough to read. */
export const ORGANISATIONS = 6;
export const PROVIDERS = 2;
const HOMES = 3;
const GROUPS = 2;

const organisation = fc.nat(ORGANISATIONS - 1);
export const borough = fc.integer({ min: 1, max: ORGANISATIONS - 1 });
const provider = fc.nat(PROVIDERS - 1);

/** Most hold; the others begin and end around today, where the mistakes are, some of them before they began. */
const period: fc.Arbitrary<Period> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ from: -2, until: null }) },
  {
    weight: 2,
    arbitrary: fc.record({
      from: fc.integer({ min: -2, max: 1 }),
      until: fc.option(fc.integer({ min: -1, max: 2 }), { nil: null }),
    }),
  },
);

const members: fc.Arbitrary<Member[]> = fc.uniqueArray(
  fc.tuple(organisation, period).map(([member, { from, until }]) => ({ organisation: member, from, until })),
  { minLength: 3, maxLength: 9, selector: ({ organisation: member, from }) => `${member} ${from}` },
);

const agreement: fc.Arbitrary<ModelWorld['agreements'][number]> = fc
  .tuple(fc.subarray<SharingClass>([...SHARING_CLASSES], { minLength: 2 }), period, members, members)
  .map(([classes, { from, until }, all, invited]) => ({ classes, from, until, members: all, invited }));

const homes = fc.array(fc.record({ provider, host: fc.option(borough, { nil: null }) }), {
  minLength: 1,
  maxLength: HOMES,
});

type Homes = ModelWorld['homes'];

/** About a provider, or about one of the homes there are. */
export const about = (all: Homes): fc.Arbitrary<{ provider: number; home: number | null }> =>
  fc.oneof(
    provider.map((number) => ({ provider: number, home: null })),
    fc.nat(all.length - 1).map((home) => ({ provider: all[home]?.provider ?? 0, home })),
  );

const placements = (all: Homes): fc.Arbitrary<ModelWorld['placements'][number][]> =>
  fc.uniqueArray(
    fc
      .tuple(borough, about(all), fc.nat(2))
      .map(([where, what, youngPeople]) => ({ borough: where, ...what, youngPeople })),
    { minLength: 2, maxLength: 8, selector: ({ borough: where, provider: whom, home }) => `${where} ${whom} ${home}` },
  );

/** Today, on the last day on which a check counts, and on the first on which it does no longer. */
const checks = (all: Homes): fc.Arbitrary<ModelWorld['checks'][number][]> =>
  fc.array(fc.record({ borough, home: fc.nat(all.length - 1), day: fc.constantFrom(0, -29, -30) }), { maxLength: 2 });

const named = (owner: number): fc.Arbitrary<ModelSharing['named'][number]> =>
  fc
    .tuple(
      // Now and then somebody else writes the name down: it must not count.
      fc.oneof({ weight: 4, arbitrary: fc.constant(owner) }, { weight: 1, arbitrary: organisation }),
      fc.oneof(
        organisation.map((whom) => ({ organisation: whom, group: null })),
        fc.nat(GROUPS - 1).map((group) => ({ organisation: null, group })),
      ),
    )
    .map(([by, whom]) => ({ by, ...whom }));

/** Mostly written by the owner. */
const writer = (owner: number) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(owner) }, { weight: 1, arbitrary: organisation });

const disclosed = (owner: number): fc.Arbitrary<ModelSharing['disclosed'][number]> =>
  fc.record({ by: writer(owner), organisation, ended: fc.boolean() });

const consent = (owner: number): fc.Arbitrary<ModelSharing['consent']> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.uniqueArray(fc.record({ by: writer(owner), organisation }), {
        maxLength: 3,
        selector: ({ organisation: whom }) => whom,
      }),
    },
  );

const grant = (owner: number): fc.Arbitrary<ModelSharing['grants'][number]> =>
  fc.record({ by: writer(owner), organisation, holds: fc.boolean() });

const anyClass: fc.Arbitrary<SharingClass> = fc.oneof(
  fc.constantFrom(...SHARING_CLASSES),
  fc.constant('INTELLIGENCE' as const),
);

export const sharing = (all: Homes, kinds: fc.Arbitrary<SharingClass> = anyClass): fc.Arbitrary<ModelSharing> =>
  organisation.chain((owner) =>
    fc
      .tuple(
        about(all),
        kinds,
        fc.constantFrom('OWN_BOROUGH' as const, 'NAMED' as const, 'BOROUGHS_CONCERNED' as const, 'ALLIANCE' as const),
        fc.array(named(owner), { maxLength: 3 }),
        fc.array(disclosed(owner), { maxLength: 2 }),
        fc.record({ existenceKnown: fc.boolean(), anonymous: fc.boolean(), ended: fc.boolean() }),
        consent(owner),
        fc.array(grant(owner), { maxLength: 2 }),
      )
      .map(([what, kind, level, names, told, flags, agreedTo, grants]) => {
        // Consent and grants are for intelligence alone.
        const own = kind === 'INTELLIGENCE' ? { consent: agreedTo, grants } : { consent: null, grants: [] };
        return { owner, kind, level, named: names, disclosed: told, ...own, ...what, ...flags };
      }),
  );

/** A world in which this is shared. */
export const worldOf = (sharings: (all: Homes) => fc.Arbitrary<ModelSharing[]>): fc.Arbitrary<ModelWorld> =>
  homes.chain((all) =>
    fc.record({
      suspended: fc.array(fc.boolean(), { minLength: ORGANISATIONS, maxLength: ORGANISATIONS }),
      agreements: fc.array(agreement, { minLength: 1, maxLength: 3 }),
      groups: fc.array(fc.record({ keeper: organisation, members, hidesMembers: fc.boolean() }), {
        minLength: GROUPS,
        maxLength: GROUPS,
      }),
      homes: fc.constant(all),
      placements: placements(all),
      checks: checks(all),
      sharings: sharings(all),
    }),
  );

export const randomWorld: fc.Arbitrary<ModelWorld> = worldOf((all) =>
  fc.array(sharing(all), { minLength: 1, maxLength: 8 }),
);
