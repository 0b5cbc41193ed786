import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { homeId, providerId } from '@accord/infra';
import { classesOf } from './support/classification.js';
import { NOTICE } from './support/regulator-operation.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { JUNIPERFIELD, TENANTS, type TenantName } from './support/world.js';

const REGISTRATION = everyField('Registration', {
  inspections: `${everyField('Inspection')} judgements { ${everyField('Judgement')} }`,
  notices: everyField('RegulatorNotice'),
});
const HOME = everyField('Home', {
  provider: 'id',
  registrations: REGISTRATION,
  latestInspection: `${everyField('Inspection')} judgements { ${everyField('Judgement')} }`,
});
/** The rest of an accreditation is in accreditation-file.test.ts. */
const PROVIDER = everyField('Provider', {
  usedBy: 'youngPeople',
  mergedFrom: everyField('MergedProvider', { accreditationSetAside: 'status' }),
  accreditation: 'status effectiveFrom reviewDue conditions',
});

/** One after the other: together they would cost more than an operation may. */
const REGISTER = [
  `query($provider: ID!, $home: ID!) { provider(id: $provider) { ${PROVIDER} homes(first: 2) { nodes { id name } } } home(id: $home) { id } }`,
  `query($home: ID!) { home(id: $home) { ${HOME} } }`,
  `{ providers(first: 20) { totalCount nodes { ${PROVIDER} } } }`,
  `{ organisations { ${everyField('Organisation')} } }`,
];

type Row = Record<string, unknown>;

interface Register {
  provider: Row;
  home: Row;
  providers: { totalCount: number; nodes: Row[] };
  organisations: Row[];
}

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
  await scene.flag();
  await scene.insert('regulator_notice', NOTICE);
});

afterAll(() => scene.stop());

/** What of a provider is not the same to everybody. */
const OWN = [...classesOf('Provider')].filter(([, disclosure]) => disclosure !== 'members').map(([field]) => field);

const common = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([field]) => !OWN.includes(field)));

async function read(tenant: TenantName): Promise<Register> {
  const client = await scene.member(tenant);
  const variables = { provider: providerId('Tidewell Care Ltd'), home: homeId('Tidewell Lodge') };
  const answers: Partial<Register>[] = [];
  for (const document of REGISTER) answers.push(await client.data<Partial<Register>>(document, variables));
  const seen = Object.assign({}, ...answers) as Register;
  const nodes = seen.providers.nodes.map(common);
  return { ...seen, provider: common(seen.provider), providers: { ...seen.providers, nodes } };
}

describe('the register', () => {
  it('shows every member of the alliance the same, field by field', async () => {
    const brent = await read('brent');
    expect(brent.provider).toMatchObject({
      name: 'Tidewell Care Ltd',
      accreditation: { status: 'REVIEW_OVERDUE', conditions: ['Waking-night staff at every home'] },
    });
    expect(brent.home).toMatchObject({
      latestInspection: { judgements: [{ judgement: 'Inadequate' }] },
      registrations: [
        {
          countsAsRegistered: true,
          inspections: [{ judgements: [{ scale: 'OFSTED_FOUR_POINT' }] }],
          notices: [{ kind: 'RESTRICTION_OF_ACCOMMODATION', notifiedOn: '2026-01-05' }],
        },
      ],
    });
    expect(brent.providers.nodes.map(({ id }) => id)).toContain(JUNIPERFIELD);
    for (const tenant of TENANTS) expect({ tenant, ...(await read(tenant)) }).toEqual({ tenant, ...brent });
  });

  it('asks for each field that is classified as open to members', () => {
    const asked = new Set(REGISTER.join(' ').split(/\W+/));
    const types = [
      'Provider',
      'Home',
      'Registration',
      'RegulatorNotice',
      'Inspection',
      'Judgement',
      'Organisation',
      'MergedProvider',
      'BusinessContact',
      'LinkedProvider',
    ];
    const open = types.flatMap((type) =>
      [...classesOf(type)].filter(([, disclosure]) => disclosure === 'members').map(([field]) => field),
    );
    expect(open.filter((field) => !asked.has(field))).toEqual([]);
  });
});
