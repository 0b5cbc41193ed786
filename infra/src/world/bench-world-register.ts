import { organisationId } from './example-rows.js';
import { BOROUGH_CODES } from './bench-world-boroughs.js';
import { madeUpWords } from './bench-world-names.js';
import type { Random } from './bench-world-random.js';
import type { Rows } from './bench-world-rows.js';

const PROVIDERS = 2_000;
const HOMES = 6_000;

type Kind = 'CHILDRENS' | 'SUPPORTED' | 'FOSTERING';

interface BenchProvider {
  readonly id: string;
  readonly number: number;
  readonly kind: Kind;
  readonly word: string;
}

export interface BenchHome {
  readonly id: string;
  readonly number: number;
  readonly provider: BenchProvider;
  /** The borough of the alliance in whose area it stands; null outside. */
  readonly host: string | null;
}

export interface BenchRegister {
  readonly homes: readonly BenchHome[];
  /** Fostering agencies: young people are placed with them and not in a home. */
  readonly agencies: readonly BenchProvider[];
  readonly providerIds: readonly string[];
  readonly rows: Rows;
}

const SUFFIXES: Record<Kind, readonly string[]> = {
  CHILDRENS: ['Care Ltd', 'Homes Ltd', 'Residential Ltd'],
  SUPPORTED: ['Living Ltd', 'Supported Living Ltd', 'Housing CIC'],
  FOSTERING: ['Fostering Ltd', 'Families CIC'],
};
const HOUSES = ['House', 'Lodge', 'Court', 'Mews', 'View', 'Grange', 'Row', 'Yard'];
const SUPPORTED_TYPES = [
  'SUPPORTED_SELF_CONTAINED',
  'SUPPORTED_SHARED_RING_FENCED',
  'SUPPORTED_SHARED_OPEN',
  'CARE_LEAVER_18_PLUS',
];
const REGISTRATION_STATUS = { REGISTERED: 88, APPLICATION_PENDING: 5, SUSPENDED: 2, CANCELLED: 3, RESIGNED: 2 };
const JUDGEMENTS = { Good: 60, Outstanding: 12, 'Requires improvement to be good': 22, Inadequate: 6 };

/** Providers and homes with what regulator and alliance say about them, all of it made up. */
export function benchRegister(random: Random): BenchRegister {
  const names = madeUpWords(random, PROVIDERS);
  const providers = names.map((word, index): BenchProvider => ({
    id: random.id(),
    number: index + 1,
    kind: random.weighted({ CHILDRENS: 44, SUPPORTED: 50, FOSTERING: 6 }),
    word,
  }));
  const withHomes = providers.filter(({ kind }) => kind !== 'FOSTERING');
  const homes = Array.from({ length: HOMES }, (_, index): BenchHome => ({
    id: random.id(),
    number: index + 1,
    // Everybody's first home; the rest goes to anybody.
    provider: withHomes[index] ?? random.pick(withHomes),
    host: random.chance(0.9) ? random.pick(BOROUGH_CODES) : null,
  }));
  const registrations = [
    ...providers.filter(({ kind }) => kind !== 'CHILDRENS').map((provider) => registrationRow(random, provider, null)),
    ...homes
      .filter(({ provider }) => provider.kind === 'CHILDRENS')
      .map((home) => registrationRow(random, home.provider, home)),
  ];
  return {
    homes,
    agencies: providers.filter(({ kind }) => kind === 'FOSTERING'),
    providerIds: providers.map(({ id }) => id),
    rows: {
      // Homes and registrations first: the words by which a provider is found are then put together once, with it.
      home: homes.map((home) => homeRow(random, home)),
      registration: registrations,
      provider: providers.map((provider) => providerRow(random, provider)),
      inspection: inspectionRows(random, registrations),
    },
  };
}

function providerRow(random: Random, { id, number, kind, word }: BenchProvider) {
  return {
    id,
    name: `${word} ${random.pick(SUFFIXES[kind])}`,
    trading_names: random.chance(0.3) ? [word] : [],
    // Beyond any number that Companies House has given.
    company_number: `98${digits(number, 6)}`,
    postcode: postcode(random),
    directors: [`Director of ${word}`],
    notice_period_days: random.pick([7, 14, 28]),
    dpv_lot: random.chance(0.5) ? `Lot ${random.whole(1, 4)}` : null,
    version: 1,
    updated_at: random.moment('2026-01-01', '2026-11-01'),
  };
}

function homeRow(random: Random, { id, number, provider, host }: BenchHome) {
  const isChildrens = provider.kind === 'CHILDRENS';
  const [ageFrom, ageTo] = isChildrens ? [random.whole(6, 11), 17] : [16, random.pick([19, 21, 25])];
  return {
    id,
    provider_id: provider.id,
    name: `${provider.word} ${random.pick(HOUSES)} ${number}`,
    postcode: postcode(random),
    host_borough_id: host === null ? null : organisationId(host),
    placement_types: isChildrens ? ['CHILDRENS_HOME'] : random.some(SUPPORTED_TYPES, random.whole(1, 2)),
    beds: random.whole(2, 10),
    gender: 'Any',
    age_from: ageFrom,
    age_to: ageTo,
    manager_vacant_since: random.chance(0.08) ? random.date('2026-06-01', '2026-10-31') : null,
    version: 1,
    updated_at: random.moment('2026-01-01', '2026-11-01'),
  };
}

/** Numbers that look like the regulator's, in ranges that it has not reached. */
function registrationRow(random: Random, { id, number, kind }: BenchProvider, home: BenchHome | null) {
  const [reference, category] =
    home !== null
      ? [`SC98${digits(home.number, 4)}`, "Children's home"]
      : kind === 'FOSTERING'
        ? [`SC97${digits(number, 4)}`, 'Independent Fostering Agency']
        : [`298${digits(number, 4)}`, 'Supported Accommodation'];
  return {
    id: random.id(),
    provider_id: id,
    home_id: home?.id ?? null,
    regulator: 'OFSTED',
    reference,
    category,
    status: random.weighted(REGISTRATION_STATUS),
    registered_on: random.date('2019-01-01', '2026-01-31'),
  };
}

function inspectionRows(random: Random, registrations: readonly ReturnType<typeof registrationRow>[]) {
  const inspected = registrations
    .filter(({ home_id: homeId }) => homeId !== null)
    .flatMap((registration) => Array.from({ length: random.whole(0, 3) }, (_, year) => ({ registration, year })));
  return inspected.map(({ registration, year }, index) => {
    const judgement = random.weighted(JUDGEMENTS);
    return {
      id: random.id(),
      registration_id: registration.id,
      provider_id: registration.provider_id,
      home_id: registration.home_id,
      regulator: 'OFSTED',
      event_number: `98${digits(index + 1, 6)}`,
      kind: 'Full inspection',
      inspected_on: random.date(`${2024 + year}-01-08`, `${2024 + year}-07-31`),
      published_on: random.date(`${2024 + year}-08-01`, `${2024 + year}-10-31`),
      judgements: [{ aspect: 'Overall experiences and progress', judgement, scale: 'OFSTED_FOUR_POINT' }],
    };
  });
}

const LETTERS = 'A B D E F G H J L N P Q R S T U W X Y Z'.split(' ');

/** In areas that no post office serves. */
const postcode = (random: Random): string =>
  `ZZ${random.whole(1, 9)} ${random.whole(1, 9)}${random.pick(LETTERS)}${random.pick(LETTERS)}`;

const digits = (number: number, length: number): string => String(number).padStart(length, '0');
