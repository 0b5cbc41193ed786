import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestAccord, type Answer, type TestClient } from '@accord/testkit';

const RULE = 'id name version functions every { count unit } firstWithin { count unit }';
const ADD = `mutation($input: AddVisitRuleInput!) { addVisitRule(input: $input) { rule { ${RULE} } } }`;
const CHANGE = `mutation($input: ChangeVisitRuleInput!) { changeVisitRule(input: $input) { rule { ${RULE} } } }`;
const RETIRE = `mutation($input: RetireVisitRuleInput!) { retireVisitRule(input: $input) { rule { ${RULE} } } }`;
const ADOPT = 'mutation($input: AdoptVisitScheduleInput!) { adoptVisitSchedule(input: $input) { rules { name } } }';
const OPEN =
  '{ visitSchedule(first: 100) { nodes { dueOn planBy home { name } rule { name } } pageInfo { hasNextPage } } }';

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

let accord: TestAccord;
let brent: TestClient;
let havering: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  brent = await accord.as('brent-quality');
  havering = await accord.as('havering-quality');
});
afterAll(() => accord.stop());

const weekly = { name: 'Every week', functions: ['SOCIAL_WORKER'], every: { count: 1, unit: 'WEEKS' } };

const add = (rule: object): Promise<Answer<{ addVisitRule: { rule: Rule } | null }>> =>
  brent.send(ADD, { input: { rule, idempotencyKey: randomUUID() } });

const refusal = ({ errors }: Answer): unknown => errors?.map(({ extensions: { code, path } }) => [code, path]);

async function openNames(): Promise<string[]> {
  const { visitSchedule } = await brent.data<{ visitSchedule: { nodes: { rule: { name: string } }[] } }>(OPEN);
  return [...new Set(visitSchedule.nodes.map(({ rule }) => rule.name))].toSorted();
}

describe('a borough’s rules', () => {
  it('are taken over from the seeds’ once, and its own beside them', async () => {
    const adopt = (idempotencyKey: string) =>
      havering.data<{ adoptVisitSchedule: { rules: { name: string }[] } }>(ADOPT, {
        input: { template: 'KENT', idempotencyKey },
      });
    const first = await adopt(randomUUID());
    expect(first.adoptVisitSchedule.rules.map(({ name }) => name)).toContain('Weekly for six weeks');
    expect(await adopt(randomUUID())).toEqual(first);
  });

  it('change what is due at once, and end it', async () => {
    expect(await openNames()).toEqual(['Monitoring visit, twice a year']);
    const rule = (await add(weekly)).data?.addVisitRule?.rule;
    expect(await openNames()).toEqual(['Every week', 'Monitoring visit, twice a year']);
    const input = { ruleId: rule?.id, expectedVersion: 1 };
    const changed = await brent.data<{ changeVisitRule: { rule: Rule } }>(CHANGE, {
      input: { ...input, rule: { ...weekly, name: 'Every fortnight', every: { count: 2, unit: 'WEEKS' } } },
    });
    expect(changed.changeVisitRule.rule).toMatchObject({ name: 'Every fortnight', version: 2 });
    expect(refusal(await brent.send(RETIRE, { input }))).toEqual([['CONFLICT', undefined]]);
    await brent.data(RETIRE, { input: { ...input, expectedVersion: 2 } });
    expect(await openNames()).toEqual(['Monitoring visit, twice a year']);
    expect(refusal(await brent.send(RETIRE, { input: { ...input, expectedVersion: 3 } }))).toEqual([
      ['NOT_FOUND', undefined],
    ]);
  });

  it('are listed by the day on which they are due, page by page, each once', async () => {
    const all = await brent.data<{ visitSchedule: { nodes: { dueOn: string; home: { name: string } }[] } }>(OPEN);
    const found: { dueOn: string; home: { name: string } }[] = [];
    let after: string | null = null;
    do {
      const page: { visitSchedule: { nodes: typeof found; pageInfo: { endCursor: string; hasNextPage: boolean } } } =
        await brent.data(
          'query($after: String) { visitSchedule(first: 2, after: $after) { nodes { dueOn home { name } } pageInfo { endCursor hasNextPage } } }',
          { after },
        );
      found.push(...page.visitSchedule.nodes);
      after = page.visitSchedule.pageInfo.hasNextPage ? page.visitSchedule.pageInfo.endCursor : null;
    } while (after !== null);
    expect(found).toEqual(all.visitSchedule.nodes.map(({ dueOn, home }) => ({ dueOn, home })));
    expect(found.length).toBeGreaterThan(2);
  });

  it.each<[string, object, string]>([
    ['that nobody makes', { ...weekly, functions: [] }, 'input.rule.functions'],
    ['that is never due', { ...weekly, every: null }, 'input.rule.every'],
    ['every no time', { ...weekly, every: { count: 0, unit: 'DAYS' } }, 'input.rule.every.count'],
    ['after an age', { ...weekly, firstWithin: { count: 1001, unit: 'DAYS' } }, 'input.rule.firstWithin.count'],
    [
      'that ends before it sets in',
      { ...weekly, startsAfter: { count: 6, unit: 'WEEKS' }, endsAfter: { count: 1, unit: 'MONTHS' } },
      'input.rule.endsAfter',
    ],
    ['with less than no tolerance', { ...weekly, toleranceDays: -1 }, 'input.rule.toleranceDays'],
    ['without a name', { ...weekly, name: ' ' }, 'input.rule.name'],
    ['about a child', { ...weekly, name: 'Visit for NHS 943 476 5919' }, 'input.rule.name'],
  ])('are refused: one %s', async (_what, rule, path) => {
    const before = await brent.data('{ visitRules { id } }');
    expect(refusal(await add(rule))).toEqual([['BAD_USER_INPUT', path]]);
    expect(await brent.data('{ visitRules { id } }')).toEqual(before);
  });
});
