import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { homeId } from '@accord/infra';
import { newId } from '@accord/kernel';
import { TestAccord, type TestClient } from '@accord/testkit';
import { contractOperation } from './support/operations.js';

let accord: TestAccord;
let brent: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  brent = await accord.as('brent-placements');
});

afterAll(() => accord.stop());

const ASKED = { homeId: homeId('Copperbeech House'), ageBand: 'AGED_16_17', placementType: null, emergency: false };

describe('PlacementCheck', () => {
  it('answers in the shape that dashboards ask for', async () => {
    const { placementCheck } = await brent.data<{ placementCheck: Record<string, unknown> }>(
      contractOperation('PlacementCheck'),
      { input: ASKED },
    );
    const ground = { code: expect.any(String), message: expect.any(String), source: expect.any(String) };
    expect(placementCheck).toMatchObject({
      noKnownBlocks: expect.any(Boolean),
      blocks: expect.any(Array),
      warnings: expect.arrayContaining([
        expect.objectContaining({ ...ground, code: 'MANAGER_VACANT', asOf: '2026-09-14' }),
      ]),
      accreditation: { status: 'ACCREDITED' },
      registrations: [{ regulator: 'OFSTED', status: 'REGISTERED' }],
      answers: expect.arrayContaining([
        {
          question: { code: 'GAS_SAFETY', text: 'Gas safety certificate' },
          value: expect.any(String),
          state: 'CURRENT',
          validUntil: expect.any(String),
        },
      ]),
      references: { state: 'NOT_NEEDED', required: 2, received: [] },
      flags: [],
      holds: [],
    });
    expect(placementCheck['noKnownBlocks']).toBe((placementCheck['blocks'] as unknown[]).length === 0);
  });

  it('answers null and NOT_FOUND for a home that is none, and BAD_USER_INPUT for what is no age', async () => {
    const gone = await brent.send(contractOperation('PlacementCheck'), { input: { ...ASKED, homeId: newId() } });
    expect([gone.data, gone.errors?.[0]?.extensions.code]).toEqual([{ placementCheck: null }, 'NOT_FOUND']);
    const wrong = await brent.send(contractOperation('PlacementCheck'), { input: { ...ASKED, ageBand: 'TEN' } });
    expect(wrong.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('shows a hold with whoever decided it, and null where no more than its existence is shared', async () => {
    const input = { homeId: homeId('Tidewell Lodge'), ageBand: 'UNDER_16' };
    const { placementCheck } = await brent.data<{ placementCheck: { holds: unknown[] } }>(
      contractOperation('PlacementCheck'),
      { input },
    );
    expect(placementCheck.holds).toEqual([
      { scope: 'HOME', startsOn: expect.any(String), reviewOn: expect.any(String), borough: { name: 'Barnet' } },
    ]);
    const ealing = await (
      await accord.as('ealing-placements')
    ).data<{ placementCheck: { holds: unknown[] } }>(contractOperation('PlacementCheck'), { input });
    expect(ealing.placementCheck.holds).toEqual([]);
  });

  it('is saved, listed and printed as a page that loads nothing', async () => {
    const { savePlacementCheck } = await brent.data<{ savePlacementCheck: { check: { id: string } } }>(
      'mutation($input: SavePlacementCheckInput!) { savePlacementCheck(input: $input) { check { id } } }',
      { input: { check: ASKED, reference: '<b>P-1</b>', idempotencyKey: newId() } },
    );
    const { id } = savePlacementCheck.check;
    const { placementCheckPack: pack } = await brent.data<{
      placementCheckPack: { name: string; mediaType: string; content: string };
    }>('query($id: ID!) { placementCheckPack(id: $id) { name mediaType content } }', { id });
    expect(pack).toMatchObject({ name: `placement-check-${id}.html`, mediaType: 'text/html; charset=utf-8' });
    expect(pack.content).toContain('&lt;b&gt;P-1&lt;/b&gt;');
    expect(pack.content).toContain('OFFICIAL-SENSITIVE');
    expect(pack.content).not.toMatch(/<script|<b>P-1|src=|href=|url\(/);
  });
});
