import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { homeId, providerId } from '@accord/infra';
import { calendarDaysAfter, londonDate } from '@accord/kernel';
import { TestAccord } from '@accord/testkit';
import pg from 'pg';
import { contractOperation } from './support/operations.js';

/** What clients rely on of questions and answers, sent on the example world. */

const TODAY = londonDate(new Date());
const day = (days: number): string => calendarDaysAfter(TODAY, days);
const MARROWBY = providerId('Marrowby Homes Ltd');
const MARROWBY_COURT = homeId('Marrowby Court');

interface Item {
  readonly question: { readonly code: string; readonly text: string; readonly category: string };
  readonly value: string | null;
  readonly state: string;
  readonly assurance: string | null;
  readonly answeredOn: string | null;
  readonly validUntil: string | null;
  readonly answeredBy: { readonly name: string } | null;
}

interface Answered {
  readonly provider: { readonly dueDiligence: { readonly nodes: Item[] } };
}

let accord: TestAccord;

beforeAll(async () => {
  accord = await TestAccord.start();
});
afterAll(() => accord.stop());

async function ask(persona: string, id: string): Promise<Map<string, Item>> {
  const client = await accord.as(persona);
  const { provider } = await client.data<Answered>(contractOperation('ProviderDueDiligence'), { id });
  return new Map(provider.dueDiligence.nodes.map((node) => [node.question.code, node]));
}

async function answer(persona: string, input: Readonly<Record<string, unknown>>) {
  const client = await accord.as(persona);
  return client.send(
    `mutation($input: AnswerDueDiligenceInput!) { answerDueDiligence(input: $input) { provider { id } home { id } } }`,
    { input: { providerId: MARROWBY, homeId: MARROWBY_COURT, idempotencyKey: randomUUID(), ...input } },
  );
}

const gas = { code: 'GAS_SAFETY', value: day(-1), answeredOn: TODAY, assurance: 'EVIDENCE_SEEN' };

describe('ProviderDueDiligence', () => {
  it('shows the questions with the answers that count, and the day on which one lapsed', async () => {
    const items = await ask('havering-quality', MARROWBY);
    expect(items.size).toBe(40);
    expect(items.get('GAS_SAFETY')).toEqual({
      question: { code: 'GAS_SAFETY', text: 'Gas safety certificate', category: 'COMPLIANCE' },
      value: day(-382),
      state: 'EXPIRED',
      assurance: 'EVIDENCE_SEEN',
      answeredOn: day(-40),
      validUntil: day(-17),
      answeredBy: { name: 'Brent' },
    });
    expect(items.get('PUBLIC_LIABILITY')).toMatchObject({ state: 'EXPIRING', assurance: 'SELF_DECLARED' });
    expect(items.get('FIRE_RISK_ASSESSMENT')?.state).toBe('CURRENT');
    expect(items.get('MISSING_EPISODES')).toMatchObject({ state: 'MISSING', value: null, answeredBy: null });
  });

  it('shows a borough outside the agreement the questions alone', async () => {
    const items = await ask('ealing-placements', MARROWBY);
    expect(items.size).toBe(40);
    expect(
      new Set([...items.values()].map(({ state, value, answeredBy }) => JSON.stringify({ state, value, answeredBy }))),
    ).toEqual(new Set([JSON.stringify({ state: 'MISSING', value: null, answeredBy: null })]));
  });
});

describe('an answer', () => {
  it('comes before an earlier one, which stays', async () => {
    expect((await answer('brent-placements', { answers: [gas] })).errors).toBeUndefined();
    expect((await ask('barnet-placements', MARROWBY)).get('GAS_SAFETY')).toMatchObject({
      state: 'CURRENT',
      value: day(-1),
    });
    const client = await accord.as('barnet-placements');
    const { home } = await client.data<{
      readonly home: {
        readonly dueDiligence: { readonly nodes: { readonly earlier: { readonly value: string }[] }[] };
      };
    }>('query($id: ID!) { home(id: $id) { dueDiligence(first: 1) { nodes { earlier { value } } } } }', {
      id: MARROWBY_COURT,
    });
    expect(home.dueDiligence.nodes[0]?.earlier).toEqual([{ value: day(-382) }]);
  });

  it.each([
    ['a question that is not asked', [{ ...gas, code: 'HAIR_COLOUR' }], 'input.answers.0.code'],
    ['a question twice', [gas, gas], 'input.answers.1.code'],
    ['what is asked of the provider', [gas, { ...gas, code: 'PUBLIC_LIABILITY' }], 'input.answers.1.code'],
    ['a wrong kind', [{ ...gas, value: 'YES' }], 'input.answers.0.value'],
    ['a document of a day to come', [{ ...gas, value: day(1) }], 'input.answers.0.value'],
    ['a day to come', [{ ...gas, answeredOn: day(1) }], 'input.answers.0.answeredOn'],
    ['personal data', [{ ...gas, note: 'The engineer is on 07700 900123.' }], 'input.answers.0.note'],
    ['nothing', [], 'input.answers'],
  ])('with %s is refused at its place, and the others with it', async (_what, answers, path) => {
    const { errors } = await answer('brent-placements', { answers });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path });
  });

  it('says nothing about DBS but that records were sampled and had gaps', async () => {
    const answers = [
      {
        code: 'DBS_SAMPLED_ON',
        value: day(-3),
        answeredOn: TODAY,
        assurance: 'VERIFIED_ON_SITE',
        note: 'All of them.',
      },
    ];
    const { errors } = await answer('brent-placements', { homeId: null, answers });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', path: 'input.answers.0.note' });
  });
});

describe('the first set of questions', () => {
  it('is in every database as the repository has it', async () => {
    const file = new URL('../../packages/due-diligence/data/first-set.json', import.meta.url);
    const shipped = JSON.parse(await readFile(file, 'utf8')) as {
      readonly id: string;
      readonly source: string;
      readonly questions: readonly Readonly<Record<string, unknown>>[];
    };
    const client = new pg.Client({ connectionString: accord.database.urls.superuser });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(
      `select id, asked_id as "askedId", code, text, category, kind, subject, is_mandatory as "isMandatory",
         is_banded as "isBanded", choices, placement_types as "placementTypes", holds_months as "holdsMonths",
         answered_by_roles as "answeredByRoles", is_for_provider as "isForProvider", source, place
       from due_diligence_question where set_id = $1 order by place`,
      [shipped.id],
    );
    await client.end();
    expect(rows).toEqual(shipped.questions);
  });

  it('asks of each of the 17 policies three dates', async () => {
    const { dueDiligenceSets } = await (
      await accord.as('city-commissioning')
    ).data<{
      readonly dueDiligenceSets: { readonly state: string; readonly questions: { readonly code: string }[] }[];
    }>('{ dueDiligenceSets { state questions { code } } }');
    expect(dueDiligenceSets.map(({ state }) => state)).toEqual(['PUBLISHED']);
    const policies = dueDiligenceSets[0]?.questions.filter(({ code }) => code.startsWith('POL.')) ?? [];
    expect(policies).toHaveLength(17 * 3);
  });
});
