import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { providerId } from '@accord/infra';
import { londonDate } from '@accord/kernel';
import { TestAccord, type TestClient } from '@accord/testkit';
import { regulatorFile } from '../contract/support/regulator-file.js';
import { bringFile } from '../contract/support/upload.js';

/**
 * Story 1 as far as the register goes: a placements officer looks at a setting that is new to the borough, and sees
 * where it stands with the regulator and the alliance, and what others who may say so have flagged.
 */

const DAY_MS = 86_400_000;
const written = (ago: number): string =>
  londonDate(new Date(Date.now() - ago * DAY_MS))
    .split('-')
    .toReversed()
    .join('/');
const today = londonDate(new Date());

const OVERALL = 'Overall experiences and progress of children and young people';

/** A fictional home in Bexley that nobody of the alliance has used. */
const ROSEMARY = {
  URN: '9900501',
  'Organisation which owns the provider': 'Rosemary Hill Homes Ltd',
  'Local authority': 'Bexley',
  'Inspection date': '04/03/2026',
  'Inspection publication date': '10/04/2026',
  'Inspection event number': '99005011',
};

const SETTING = `query($search: String!) {
  providers(first: 2, filter: { search: $search }) {
    nodes {
      id name openFlagCount
      accreditation { status effectiveFrom reviewDue }
      registrations { regulator reference category status countsAsRegistered }
      homes(first: 5) {
        nodes {
          id name localAuthority hostBorough { name } placementTypes beds
          registrations { regulator reference status countsAsRegistered statusAsAt inspections { inspectedOn } }
          latestInspection { kind inspectedOn publishedOn judgements { aspect judgement scale } }
        }
      }
      flags(first: 5) { nodes { kind severity status summary raisedBy { name } home { name } } }
    }
  }
}`;

interface Setting {
  readonly id: string;
  readonly openFlagCount: number;
  readonly homes: {
    readonly nodes: readonly { readonly id: string; readonly latestInspection: Record<string, unknown> }[];
  };
  readonly [fact: string]: unknown;
}

let accord: TestAccord;
let alliance: TestClient;
let brent: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  alliance = await accord.as('alliance-accreditation');
  brent = await accord.as('brent-placements');
});

afterAll(() => accord.stop());

async function look(search: string): Promise<Setting> {
  const { providers } = await brent.data<{ providers: { nodes: Setting[] } }>(SETTING, { search });
  const [found] = providers.nodes;
  if (!found) throw new Error(`Nothing is found under ${search}.`);
  return found;
}

it('the alliance brings in the regulator’s file, and Brent finds the home by its number', async () => {
  expect(await bringFile(alliance, regulatorFile(ROSEMARY), { asAt: '2026-08-31' })).toMatchObject({
    state: 'DONE',
    providers: { added: 1 },
    homes: { added: 1 },
    flagsRaised: 0,
  });
  expect(await look('9900501')).toMatchObject({
    name: 'Rosemary Hill Homes Ltd',
    // Registered is not accredited: the alliance has not looked at it yet.
    accreditation: null,
    openFlagCount: 0,
    homes: {
      nodes: [
        {
          name: 'Home 9900501',
          localAuthority: 'Bexley',
          hostBorough: { name: 'Bexley' },
          placementTypes: ['CHILDRENS_HOME'],
          beds: 4,
          registrations: [
            {
              regulator: 'OFSTED',
              reference: '9900501',
              status: 'REGISTERED',
              countsAsRegistered: true,
              statusAsAt: '2026-08-31',
              inspections: [{ inspectedOn: '2026-03-04' }],
            },
          ],
          latestInspection: {
            kind: 'Full inspection',
            inspectedOn: '2026-03-04',
            publishedOn: '2026-04-10',
            judgements: [
              { aspect: OVERALL, judgement: 'Good', scale: 'OFSTED_FOUR_POINT' },
              { judgement: 'Good', scale: 'OFSTED_FOUR_POINT' },
              { judgement: 'Good', scale: 'OFSTED_FOUR_POINT' },
            ],
          },
        },
      ],
    },
    flags: { nodes: [] },
  });
});

it('a registration that is only applied for does not count as one', async () => {
  expect(await look('Ambleport')).toMatchObject({
    accreditation: { status: 'IN_ASSESSMENT' },
    registrations: [{ category: 'Supported Accommodation', status: 'APPLICATION_PENDING', countsAsRegistered: false }],
  });
});

it('once Brent places there, a judgement of Inadequate shows as a flag with its class and who raised it', async () => {
  const { id, homes } = await look('9900501');
  await brent.data(
    'mutation($input: RecordPlacementNumberInput!) { recordPlacementNumber(input: $input) { provider { id } } }',
    { input: { providerId: id, homeId: homes.nodes[0]?.id, youngPeople: 1, asAt: today } },
  );
  const judged = {
    ...ROSEMARY,
    'Inspection event number': '99005012',
    'Inspection date': written(9),
    'Inspection publication date': written(2),
    [OVERALL]: 'Inadequate',
  };
  expect(await bringFile(alliance, regulatorFile(judged), { asAt: today })).toMatchObject({ flagsRaised: 1 });
  const setting = await look('9900501');
  expect(setting).toMatchObject({
    openFlagCount: 1,
    flags: {
      nodes: [
        {
          kind: 'REGULATOR_JUDGEMENT',
          severity: 'HIGH',
          status: 'OPEN',
          summary: expect.stringContaining('Ofsted judged “Inadequate”'),
          raisedBy: { name: 'Commissioning Alliance' },
          home: { name: 'Home 9900501' },
        },
      ],
    },
  });
  expect(setting.homes.nodes[0]?.latestInspection).toMatchObject({ judgements: [{ judgement: 'Inadequate' }, {}, {}] });
});

it('who has nothing to do with the home sees the regulator’s judgement, and not the flag', async () => {
  const city = await accord.as('city-commissioning');
  const { providers } = await city.data<{ providers: { nodes: Setting[] } }>(SETTING, { search: '9900501' });
  expect(providers.nodes).toMatchObject([
    {
      openFlagCount: 0,
      flags: { nodes: [] },
      homes: { nodes: [{ latestInspection: { judgements: [{ judgement: 'Inadequate' }, {}, {}] } }] },
    },
  ]);
  expect(await look('Lanternfield')).toMatchObject({ id: providerId('Lanternfield Supported Living Ltd') });
});
