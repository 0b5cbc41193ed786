import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { homeId, providerId } from '@accord/infra';
import { calendarDaysAfter, londonDate, newId } from '@accord/kernel';
import { TestAccord, type TestClient } from '@accord/testkit';

/**
 * Story 1: before placing at a setting new to the borough, a placements officer sees registration, references and what
 * blocks (BRE 4.3, 5.3; rules 18 and 19).
 */

const CHECK = `query($input: PlacementCheckInput!) { placementCheck(input: $input) {
  noKnownBlocks blocks { code message } warnings { code message source }
  references { state required received { borough { name } state } } holds { kind borough { name } } } }`;
const ASK = 'mutation($input: AskForReferencesInput!) { askForReferences(input: $input) { request { id state } } }';
const ANSWER = 'mutation($input: AnswerReferenceInput!) { answerReference(input: $input) { reference { state } } }';
const PLACED =
  'mutation($input: RecordPlacementNumberInput!) { recordPlacementNumber(input: $input) { provider { id } } }';
const SAVE =
  'mutation($input: SavePlacementCheckInput!) { savePlacementCheck(input: $input) { check { id isComplete noKnownBlocks } } }';

interface Seen {
  readonly noKnownBlocks: boolean;
  readonly blocks: { readonly code: string; readonly message: string }[];
  readonly warnings: { readonly code: string; readonly message: string; readonly source: string }[];
  readonly references: {
    readonly state: string;
    readonly required: number;
    readonly received: { readonly borough: { readonly name: string }; readonly state: string }[];
  };
  readonly holds: unknown[];
}

let accord: TestAccord;
let brent: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  brent = await accord.as('brent-placements');
  await answerForFernlock();
});

afterAll(() => accord.stop());

const check = async (home: string, ageBand: string, client = brent, emergency = false): Promise<Seen> =>
  (
    await client.data<{ placementCheck: Seen }>(CHECK, {
      input: { homeId: homeId(home), ageBand, placementType: null, emergency },
    })
  ).placementCheck;

const codes = (grounds: readonly { readonly code: string }[]) => grounds.map(({ code }) => code);

const FERNLOCK = { providerId: providerId('Fernlock Living Ltd'), homeId: homeId('Fernlock Mews') };

/** What the alliance asks before anybody is placed: Barnet has seen the documents. */
async function answerForFernlock(): Promise<void> {
  const day = calendarDaysAfter(londonDate(new Date()), -30);
  const answers = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([code, value]) => ({ code, value, answeredOn: day, assurance: 'EVIDENCE_SEEN' }));
  const home = { GAS_SAFETY: day, ELECTRICAL_SAFETY: day, FIRE_RISK_ASSESSMENT: day, HMO_LICENCE_STATUS: 'NOT_NEEDED' };
  const provider = { DBS_SAMPLED_ON: day, DBS_GAPS: 'NO', EMPLOYERS_LIABILITY: day, PUBLIC_LIABILITY: day };
  const barnet = await accord.as('barnet-placements');
  for (const [about, values] of [
    [FERNLOCK, home],
    [{ providerId: FERNLOCK.providerId }, provider],
  ] as const)
    await barnet.data(
      'mutation($input: AnswerDueDiligenceInput!) { answerDueDiligence(input: $input) { provider { id } } }',
      { input: { ...about, answers: answers(values), idempotencyKey: newId() } },
    );
}

it('Fernlock is new to Brent: references are one of two, and the check is not complete, in an emergency neither', async () => {
  for (const emergency of [false, true]) {
    const seen = await check('Fernlock Mews', 'AGED_18_PLUS', brent, emergency);
    expect(seen.noKnownBlocks).toBe(false);
    expect(seen.blocks).toEqual([{ code: 'REFERENCES_SHORT', message: expect.stringContaining('references 1 of 2') }]);
    expect(seen.references).toEqual({
      state: 'SHORT',
      required: 2,
      received: expect.arrayContaining([
        { borough: { name: 'Barnet' }, state: 'ANSWERED' },
        { borough: { name: 'Havering' }, state: 'DECLINED' },
      ]),
    });
  }
  const input = { check: { homeId: FERNLOCK.homeId, ageBand: 'AGED_18_PLUS' }, idempotencyKey: newId() };
  expect(await brent.data(SAVE, { input })).toEqual({
    savePlacementCheck: { check: { id: expect.any(String), isComplete: false, noKnownBlocks: false } },
  });
});

it('after the second authority has answered, it is', async () => {
  const city = await accord.as('city-commissioning');
  await city.data(PLACED, { input: { ...FERNLOCK, youngPeople: 1, asAt: '2026-11-20' } });
  const { askForReferences } = await brent.data<{ askForReferences: { request: { id: string } } }>(ASK, {
    input: {
      ...FERNLOCK,
      questions: ['Would you place there again?'],
      purpose: 'PLACEMENT_DECISION',
      idempotencyKey: newId(),
    },
  });
  await city.data(ANSWER, {
    input: { requestId: askForReferences.request.id, answers: ['Yes.'], idempotencyKey: newId() },
  });
  const seen = await check('Fernlock Mews', 'AGED_18_PLUS');
  expect(seen).toMatchObject({ noKnownBlocks: true, blocks: [], references: { state: 'COMPLETE' } });
  // Not accredited yet: it warns, and who places decides.
  expect(codes(seen.warnings)).toContain('NOT_ACCREDITED');
  const input = { check: { homeId: FERNLOCK.homeId, ageBand: 'AGED_18_PLUS' }, idempotencyKey: newId() };
  expect(await brent.data(SAVE, { input })).toMatchObject({ savePlacementCheck: { check: { isComplete: true } } });
});

it('Ambleport has applied and is not registered: nobody of 16 and 17, whoever is 18 may be', async () => {
  const { rows } = await homesOf('Ambleport Housing Ltd');
  const [home = ''] = rows;
  const at = async (ageBand: string) => {
    const { placementCheck } = await brent.data<{ placementCheck: Seen }>(CHECK, { input: { homeId: home, ageBand } });
    return codes(placementCheck.blocks);
  };
  expect(await at('AGED_16_17')).toContain('NOT_REGISTERED');
  expect(await at('AGED_18_PLUS')).not.toContain('NOT_REGISTERED');
  expect(await at('UNDER_16')).toContain('UNDER_16_IN_SUPPORTED_ACCOMMODATION');
});

async function homesOf(provider: string): Promise<{ rows: string[] }> {
  const seen = await brent.data<{ provider: { homes: { nodes: { id: string }[] } } }>(
    'query($id: ID!) { provider(id: $id) { homes(first: 5) { nodes { id } } } }',
    { id: providerId(provider) },
  );
  return { rows: seen.provider.homes.nodes.map(({ id }) => id) };
}

it('Marrowby’s gas certificate has lapsed: it blocks, and says since when', async () => {
  const seen = await check('Marrowby Court', 'AGED_18_PLUS');
  const lapsed = seen.blocks.find(({ code }) => code === 'ANSWER_EXPIRED');
  const lastDay = calendarDaysAfter(londonDate(new Date()), -17);
  expect(lapsed?.message).toBe(`“Gas safety certificate”: lapsed after ${lastDay}.`);
});

it('Tidewell is under a hold of Barnet’s: it blocks Barnet, and warns Brent of the class and by whom', async () => {
  const seen = await check('Tidewell Lodge', 'UNDER_16');
  expect(seen.holds).toEqual([{ kind: 'REGULATOR_JUDGEMENT', borough: { name: 'Barnet' } }]);
  expect(codes(seen.blocks)).not.toContain('OWN_HOLD');
  const banner = seen.warnings.find(({ code }) => code === 'HOLD_OF_ANOTHER');
  expect(banner?.message).toContain('Barnet has a hold on new placements at this home, because of regulator judgement');
  const barnet = await check('Tidewell Lodge', 'UNDER_16', await accord.as('barnet-placements'));
  expect(barnet.noKnownBlocks).toBe(false);
  expect(codes(barnet.blocks)).toContain('OWN_HOLD');
});
