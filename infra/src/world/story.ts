import type { ExampleAccreditation } from './accreditation-rows.js';

/**
 * The example world: fictional providers, postcodes in ZZ1, which no post office serves. What each shows is
 * said beside it. Nothing here is about anybody real.
 */
export interface ExampleHome {
  readonly name: string;
  readonly host: string;
  readonly postcode: string;
  readonly placementTypes: readonly string[];
  readonly beds: number;
  readonly ages: readonly [number, number];
  readonly registration?: { readonly reference: string; readonly category: string; readonly status: string };
  readonly inspection?: { readonly inspectedOn: string; readonly publishedOn: string; readonly overall: string };
  readonly managerVacantSince?: string;
  /** Young people placed there, by borough. */
  readonly placed?: Readonly<Record<string, number>>;
}

export interface ExampleProvider {
  readonly name: string;
  readonly tradingNames?: readonly string[];
  readonly companyNumber: string;
  readonly postcode: string;
  readonly directors?: readonly string[];
  readonly responsibleIndividual?: string;
  readonly dpvLot?: string;
  readonly accreditation?: ExampleAccreditation;
  readonly registration?: { readonly reference: string; readonly category: string; readonly status: string };
  /** Young people with a provider that has no homes, by borough. */
  readonly placed?: Readonly<Record<string, number>>;
  /** Boroughs that tell the alliance that they use it. */
  readonly declaredBy?: readonly string[];
  readonly homes: readonly ExampleHome[];
}

const SHARED = ['SUPPORTED_SHARED_RING_FENCED'];
const SELF_CONTAINED = ['SUPPORTED_SELF_CONTAINED'];
const CHILDRENS_HOME = ['CHILDRENS_HOME'];

export const EXAMPLE_PROVIDERS: readonly ExampleProvider[] = [
  {
    // The running escalation: three boroughs place there, a fourth hosts it.
    name: 'Lanternfield Supported Living Ltd',
    tradingNames: ['Lanternfield'],
    companyNumber: '99000001',
    postcode: 'ZZ1 1LF',
    directors: ['Director A of Lanternfield', 'Director B of Lanternfield and Oxbarrow'],
    responsibleIndividual: 'Nominated individual of Lanternfield',
    dpvLot: 'Supported accommodation, lot 2',
    accreditation: { status: 'ACCREDITED', since: '2025-09-01', reviewDue: '2027-09-01' },
    registration: { reference: '2799001', category: 'Supported Accommodation', status: 'REGISTERED' },
    declaredBy: ['E09000003'],
    homes: [
      {
        name: 'Copperbeech House',
        host: 'E09000016',
        postcode: 'ZZ1 2CB',
        placementTypes: SHARED,
        beds: 6,
        ages: [16, 21],
        managerVacantSince: '2026-09-14',
        placed: { E09000005: 2, E09000003: 1, E09000001: 1 },
      },
      {
        name: 'Lantern Yard',
        host: 'E09000005',
        postcode: 'ZZ1 2LY',
        placementTypes: SELF_CONTAINED,
        beds: 8,
        ages: [16, 25],
        placed: { E09000005: 3 },
      },
    ],
  },
  {
    // Judged Inadequate, published the day before a bank holiday.
    name: 'Tidewell Care Ltd',
    tradingNames: ['Tidewell'],
    companyNumber: '99000002',
    postcode: 'ZZ1 1TW',
    // The alliance is late with its review: the mark and its condition stay.
    accreditation: {
      status: 'REVIEW_OVERDUE',
      since: '2026-11-11',
      reviewDue: '2026-11-10',
      conditions: ['Waking-night staff at every home'],
      award: { status: 'ACCREDITED_WITH_CONDITIONS', since: '2025-11-10' },
    },
    homes: [
      {
        name: 'Tidewell Lodge',
        host: 'E09000009',
        postcode: 'ZZ1 3TL',
        placementTypes: CHILDRENS_HOME,
        beds: 4,
        ages: [10, 17],
        registration: { reference: 'SC990002', category: "Children's home", status: 'REGISTERED' },
        inspection: { inspectedOn: '2026-08-04', publishedOn: '2026-08-28', overall: 'Inadequate' },
        placed: { E09000003: 1, E09000005: 1 },
      },
    ],
  },
  {
    // Registration applied for and not approved: blocks 16 and 17, allows 18 and over.
    name: 'Ambleport Housing Ltd',
    companyNumber: '99000003',
    postcode: 'ZZ1 1AP',
    accreditation: { status: 'IN_ASSESSMENT', since: '2026-06-01' },
    registration: { reference: '2799003', category: 'Supported Accommodation', status: 'APPLICATION_PENDING' },
    homes: [
      {
        name: 'Ambleport Row',
        host: 'E09000003',
        postcode: 'ZZ1 4AR',
        placementTypes: SELF_CONTAINED,
        beds: 5,
        ages: [16, 25],
        placed: { E09000009: 1 },
      },
    ],
  },
  {
    // Fostering with a single user: who would stay anonymous could only be the City.
    name: 'Quillstone Fostering Ltd',
    companyNumber: '99000004',
    postcode: 'ZZ1 1QS',
    accreditation: { status: 'ACCREDITED', since: '2026-05-20', reviewDue: '2028-05-20' },
    registration: { reference: 'SC990004', category: 'Independent Fostering Agency', status: 'REGISTERED' },
    placed: { E09000001: 2 },
    homes: [],
  },
  {
    // A gas certificate that has expired.
    name: 'Marrowby Homes Ltd',
    companyNumber: '99000005',
    postcode: 'ZZ1 1MB',
    accreditation: { status: 'ACCREDITED', since: '2025-02-03', reviewDue: '2027-02-03' },
    homes: [
      {
        name: 'Marrowby Court',
        host: 'E09000005',
        postcode: 'ZZ1 5MC',
        placementTypes: SHARED,
        beds: 7,
        ages: [16, 19],
        placed: { E09000005: 2, E09000016: 1 },
      },
    ],
  },
  {
    // References: one of two; Havering declined.
    name: 'Fernlock Living Ltd',
    companyNumber: '99000006',
    postcode: 'ZZ1 1FL',
    accreditation: { status: 'APPLIED', since: '2026-10-05' },
    homes: [
      {
        name: 'Fernlock Mews',
        host: 'E09000003',
        postcode: 'ZZ1 6FM',
        placementTypes: SELF_CONTAINED,
        beds: 4,
        ages: [16, 21],
        placed: { E09000016: 1, E09000003: 1 },
      },
    ],
  },
  {
    // A likely duplicate; shares a director with Lanternfield.
    name: 'Oxbarrow Supported Living Ltd',
    companyNumber: '99000007',
    postcode: 'ZZ1 1OB',
    directors: ['Director B of Lanternfield and Oxbarrow'],
    homes: [
      {
        name: 'Oxbarrow House',
        host: 'E09000016',
        postcode: 'ZZ1 7OH',
        placementTypes: SHARED,
        beds: 5,
        ages: [16, 21],
      },
    ],
  },
  {
    // Interim suspension, reply, appeal.
    name: 'Saltmere Residential Ltd',
    companyNumber: '99000008',
    postcode: 'ZZ1 1SM',
    accreditation: {
      status: 'INTERIM_SUSPENDED',
      since: '2026-11-16',
      reviewDue: '2027-04-14',
      award: { status: 'ACCREDITED', since: '2025-04-14' },
    },
    homes: [
      {
        name: 'Saltmere Grange',
        host: 'E09000009',
        postcode: 'ZZ1 8SG',
        placementTypes: CHILDRENS_HOME,
        beds: 3,
        ages: [8, 17],
        registration: { reference: 'SC990008', category: "Children's home", status: 'REGISTERED' },
        inspection: {
          inspectedOn: '2026-03-10',
          publishedOn: '2026-04-17',
          overall: 'Requires improvement to be good',
        },
        placed: { E09000009: 1 },
      },
    ],
  },
  {
    // Where Havering holds something that nobody else may have a hint of.
    name: 'Pennyroyal Care Ltd',
    companyNumber: '99000009',
    postcode: 'ZZ1 1PR',
    accreditation: { status: 'ACCREDITED', since: '2025-07-07', reviewDue: '2027-07-07' },
    homes: [
      {
        name: 'Pennyroyal View',
        host: 'E09000016',
        postcode: 'ZZ1 9PV',
        placementTypes: SHARED,
        beds: 6,
        ages: [16, 21],
        placed: { E09000016: 2, E09000005: 1 },
      },
    ],
  },
  {
    // Where an item once named the wrong home.
    name: 'Hearthway Homes Ltd',
    companyNumber: '99000010',
    postcode: 'ZZ1 1HW',
    accreditation: { status: 'ACCREDITED', since: '2025-03-17', reviewDue: '2027-03-17' },
    homes: [
      {
        name: 'Hearthway North',
        host: 'E09000003',
        postcode: 'ZZ1 3HN',
        placementTypes: SHARED,
        beds: 5,
        ages: [16, 21],
        placed: { E09000003: 2, E09000005: 1 },
      },
      {
        name: 'Hearthway South',
        host: 'E09000003',
        postcode: 'ZZ1 3HS',
        placementTypes: SHARED,
        beds: 5,
        ages: [16, 21],
      },
    ],
  },
];

/** Flags that are there from the start: raised, like any other, through the outbox. */
export const EXAMPLE_FLAGS = [
  {
    provider: 'Tidewell Care Ltd',
    home: 'Tidewell Lodge',
    raisedBy: 'E09000003',
    kind: 'REGULATOR_JUDGEMENT',
    severity: 'HIGH',
    level: 'BOROUGHS_CONCERNED',
    summary: 'Judged Inadequate on overall experiences and progress; published 28 August 2026.',
    detail: 'Our young person’s social worker visited the same day. Move under consideration.',
  },
  {
    provider: 'Saltmere Residential Ltd',
    home: 'Saltmere Grange',
    raisedBy: 'ALLIANCE',
    kind: 'ACCREDITATION_SUSPENDED',
    severity: 'MEDIUM',
    level: 'ALLIANCE',
    summary: 'Accreditation suspended for the time being, until the provider has replied.',
    detail: null,
  },
  {
    provider: 'Marrowby Homes Ltd',
    home: 'Marrowby Court',
    raisedBy: 'E09000005',
    kind: 'COMPLIANCE_LAPSED',
    severity: 'LOW',
    level: 'OWN_BOROUGH',
    summary: 'Gas safety certificate ran out; provider says the engineer is booked.',
    detail: null,
  },
] as const;

/** Members of the sharing agreement of the example; every other borough is outside it. */
export const AGREEMENT_MEMBERS = ['ALLIANCE', 'E09000001', 'E09000003', 'E09000005', 'E09000013', 'E09000016'] as const;
