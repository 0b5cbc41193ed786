import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { homeId, providerId } from '@accord/infra';
import { TestAccord, type Answer, type TestClient } from '@accord/testkit';
import { LANTERNFIELD, LANTERN_YARD, TIDEWELL } from '../support/alerts.js';

let accord: TestAccord;
let brent: TestClient;
let barnet: TestClient;
let alliance: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  brent = await accord.as('brent-placements');
  barnet = await accord.as('barnet-placements');
  alliance = await accord.as('alliance-lead');
});
afterAll(() => accord.stop());

const RECORD =
  'mutation($input: RecordPlacementNumberInput!) { recordPlacementNumber(input: $input) { provider { id } } }';
const DECLARE =
  'mutation($id: ID!, $declared: Boolean!) { declareUse(providerId: $id, declared: $declared) { provider { id } } }';
const USED_BY = 'query($id: ID!) { provider(id: $id) { usedBy { borough { name } youngPeople } } }';

const record = (client: TestClient, about: object, youngPeople: number): Promise<Answer> =>
  client.send(RECORD, { input: { ...about, youngPeople, asAt: '2026-11-20' } });
const declare = (client: TestClient, id: string, declared: boolean): Promise<Answer> =>
  client.send(DECLARE, { id, declared });

async function usedBy(client: TestClient, id: string): Promise<unknown> {
  interface Used {
    readonly provider: {
      readonly usedBy: { readonly borough: { readonly name: string }; readonly youngPeople: number | null }[];
    };
  }
  const { provider } = await client.data<Used>(USED_BY, { id });
  return provider.usedBy.map(({ borough, youngPeople }) => [borough.name, youngPeople]);
}

const refusal = ({ errors }: Answer): unknown => errors?.map(({ extensions: { code, path } }) => [code, path]);

describe('who uses a provider', () => {
  it('is known in full to the borough itself, and to others as it was declared', async () => {
    const { providerId: id } = LANTERNFIELD;
    // Brent has two at Copperbeech House and three at Lantern Yard, and has declared nothing.
    expect(await usedBy(brent, id)).toEqual([
      ['Barnet', 5],
      ['Brent', 5],
    ]);
    expect(await usedBy(barnet, id)).toEqual([['Barnet', 1]]);
    expect(await usedBy(alliance, id)).toEqual([['Barnet', 5]]);
  });

  it.each([
    [1, 5],
    [7, 5],
    [8, 10],
    [12, 10],
    [13, 15],
  ])('is declared to five: %i as %i', async (youngPeople, declared) => {
    const { providerId: id } = TIDEWELL;
    await record(brent, TIDEWELL, youngPeople);
    await declare(brent, id, true);
    expect(await usedBy(barnet, id)).toContainEqual(['Brent', declared]);
    expect(await usedBy(brent, id)).toContainEqual(['Brent', youngPeople]);
  });

  it('follows the numbers, is taken back at will, and ends with the last young person', async () => {
    const { providerId: id } = TIDEWELL;
    await record(brent, TIDEWELL, 3);
    await declare(brent, id, true);
    await record(brent, TIDEWELL, 21);
    expect(await usedBy(alliance, id)).toEqual([['Brent', 20]]);
    await declare(brent, id, false);
    expect(await usedBy(alliance, id)).toEqual([]);
    await declare(brent, id, true);
    await record(brent, TIDEWELL, 0);
    expect(await usedBy(alliance, id)).toEqual([]);
    expect(await usedBy(brent, id)).toEqual([]);
    // Whoever has nobody there has nothing to declare.
    await declare(brent, id, true);
    expect(await usedBy(alliance, id)).toEqual([]);
  });

  it('is told per provider and never per home', async () => {
    const { providerId: id } = LANTERNFIELD;
    await record(brent, LANTERNFIELD, 6);
    await record(brent, LANTERN_YARD, 6);
    await declare(brent, id, true);
    expect(await usedBy(alliance, id)).toEqual([
      ['Barnet', 5],
      ['Brent', 10],
    ]);
    expect(await usedBy(brent, id)).toContainEqual(['Brent', 12]);
  });
});

test('a number said again replaces the one before', async () => {
  const about = { providerId: providerId('Quillstone Fostering Ltd') };
  for (const youngPeople of [4, 2]) await record(barnet, about, youngPeople);
  expect(await usedBy(barnet, about.providerId)).toEqual([['Barnet', 2]]);
});

describe('what cannot be is refused', () => {
  it.each([
    ['a number below zero', LANTERNFIELD, -1, 'input.youngPeople'],
    ['a home of another provider', { ...TIDEWELL, homeId: homeId('Copperbeech House') }, 1, 'input.homeId'],
  ])('%s', async (_what, about, youngPeople, path) => {
    expect(refusal(await record(brent, about, youngPeople))).toEqual([['BAD_USER_INPUT', path]]);
  });

  it('what is not there', async () => {
    expect(refusal(await record(brent, { providerId: 'x' }, 1))).toEqual([['NOT_FOUND', undefined]]);
    expect(refusal(await record(brent, { ...TIDEWELL, homeId: 'x' }, 1))).toEqual([['NOT_FOUND', undefined]]);
    expect(refusal(await declare(brent, 'x', true))).toEqual([['NOT_FOUND', undefined]]);
  });

  it('what is not theirs: the alliance places nobody, and not every role keeps the numbers', async () => {
    for (const persona of [
      'alliance-lead',
      'alliance-admin',
      'brent-practitioner',
      'brent-director',
      'brent-ig',
      'brent-dashboard',
    ]) {
      expect(refusal(await record(await accord.as(persona), TIDEWELL, 1))).toEqual([['FORBIDDEN', undefined]]);
    }
  });
});

describe('arrangements', () => {
  const ARRANGE =
    'mutation($input: RecordArrangementInput!) { recordArrangement(input: $input) { provider { arrangements { route startsOn endsOn } } } }';
  const OWN = 'query($id: ID!) { provider(id: $id) { arrangements { route startsOn endsOn } } }';
  const about = providerId('Ambleport Housing Ltd');
  let number = 0;
  const arrange = (over: object) => {
    const input = {
      providerId: about,
      route: 'SPOT',
      startsOn: '2026-01-05',
      idempotencyKey: `arrangement-${(number += 1)}`,
      ...over,
    };
    return brent.send(ARRANGE, { input });
  };

  it('are the borough’s own business, newest first', async () => {
    await arrange({ endsOn: '2026-03-31' });
    const { data } = await arrange({ route: 'DPV', startsOn: '2026-04-01' });
    const arrangements = [
      { route: 'DPV', startsOn: '2026-04-01', endsOn: null },
      { route: 'SPOT', startsOn: '2026-01-05', endsOn: '2026-03-31' },
    ];
    expect(data).toEqual({ recordArrangement: { provider: { arrangements } } });
    expect(await brent.data(OWN, { id: about })).toEqual({ provider: { arrangements } });
    for (const other of [barnet, alliance])
      expect(await other.data(OWN, { id: about })).toEqual({ provider: { arrangements: [] } });
  });

  it('cannot end before they start', async () => {
    expect(refusal(await arrange({ endsOn: '2026-01-04' }))).toEqual([['BAD_USER_INPUT', 'input.endsOn']]);
  });
});
