import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { londonDate } from '@accord/kernel';
import { monthAfter, monthOf, writeMonth } from '@accord/reporting';
import { TestAccord, type TestClient } from '@accord/testkit';
import pg from 'pg';
import { BRENT, csv, footprint } from '../support/use-file.js';

const RUNNING = monthOf(londonDate(new Date()));
const monthsAgo = (count: number): string => writeMonth(monthAfter(RUNNING, -count));
const MONTH = monthsAgo(1);

const FIELDS = 'month version givenBy publishedOn lines { placementType sought matched weeklySpend }';
const GIVE = `mutation($input: GivePlacementReturnInput!) {
  givePlacementReturn(input: $input) { placementReturn { ${FIELDS} } } }`;
const IMPORT = `mutation($input: ImportPlacementReturnInput!) { importPlacementReturn(input: $input) {
  placementReturn { ${FIELDS} } refusals { line column reason } } }`;
const RETURN = `query($month: String!) { placementReturn(month: $month) { ${FIELDS} } }`;

const HEADER = 'Placement type,Sought,Matched,Weekly spend';
const HOME = { placementType: 'CHILDRENS_HOME', sought: 9, matched: 6, weeklySpend: 27_000 };
const FOSTERING = { placementType: 'FOSTERING_IN_HOUSE', sought: 4, matched: 4, weeklySpend: 0 };

let accord: TestAccord;
let superuser: pg.Client;
let brent: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  superuser = new pg.Client({ connectionString: accord.database.urls.superuser });
  await superuser.connect();
  brent = await accord.as('brent-placements');
});
beforeEach(async () => {
  for (const table of ['placement_return', 'placement_return_line'])
    await superuser.query(`delete from ${table} where borough_id = $1`, [BRENT]);
});
afterAll(async () => {
  await superuser.end();
  await accord.stop();
});

const give = (input: object) => brent.send(GIVE, { input: { month: MONTH, lines: [HOME, FOSTERING], ...input } });
const bring = (content: string, input: object = {}) =>
  brent.send(IMPORT, { input: { month: MONTH, file: new File([content], 'return.csv'), ...input } });
const kept = async () => (await brent.data<{ placementReturn: unknown }>(RETURN, { month: MONTH })).placementReturn;

const RETURNED = {
  month: MONTH,
  version: 1,
  givenBy: 'Brent placements officer',
  publishedOn: null,
  lines: [HOME, FOSTERING],
};

describe('a month’s return', () => {
  it('is kept as it was given, by hand or as a file', async () => {
    expect((await give({})).data).toEqual({ givePlacementReturn: { placementReturn: RETURNED } });
    expect(await kept()).toEqual(RETURNED);
    await superuser.query('delete from placement_return where borough_id = $1', [BRENT]);
    const file = csv(HEADER, '"Fostering, in house",4,4,0', 'Children’s home,9,6,27000');
    expect((await bring(file)).data).toEqual({ importPlacementReturn: { placementReturn: RETURNED, refusals: [] } });
    expect(await kept()).toEqual(RETURNED);
  });

  it('is replaced as a whole, by whoever saw the version that is there', async () => {
    await give({});
    const { data } = await bring(csv(HEADER, 'STAYING_PUT,1,0,0'), { expectedVersion: 1 });
    const replaced = { placementType: 'STAYING_PUT', sought: 1, matched: 0, weeklySpend: 0 };
    expect(data).toMatchObject({ importPlacementReturn: { placementReturn: { version: 2, lines: [replaced] } } });
    const before = await footprint(accord, superuser);
    for (const expectedVersion of [undefined, null, 0, 1, 3]) {
      const answers = [await give({ expectedVersion }), await bring(csv(HEADER), { expectedVersion })];
      for (const { errors } of answers) expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', version: 2 });
    }
    expect(await footprint(accord, superuser)).toEqual(before);
    expect((await give({ expectedVersion: 2, lines: [] })).data).toMatchObject({
      givePlacementReturn: { placementReturn: { version: 3, lines: [] } },
    });
  });

  it('is one, where two give it at once', async () => {
    const answers = await Promise.all([give({}), give({ lines: [HOME] })]);
    expect(answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'kept').toSorted()).toEqual([
      'CONFLICT',
      'kept',
    ]);
  });

  it('may be given twice in one request, each time for the version before', async () => {
    const { data, errors } = await brent.send(
      `mutation($a: GivePlacementReturnInput!, $b: GivePlacementReturnInput!) {
        a: givePlacementReturn(input: $a) { placementReturn { version lines { sought } } }
        b: givePlacementReturn(input: $b) { placementReturn { version lines { sought } } } }`,
      { a: { month: MONTH, lines: [HOME] }, b: { month: MONTH, lines: [HOME, FOSTERING], expectedVersion: 1 } },
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ b: { placementReturn: { version: 2, lines: [{ sought: 9 }, { sought: 4 }] } } });
  });
});

describe('what is refused leaves nothing, and says where and what to do', () => {
  it.each<[string, object, string, RegExp]>([
    ['a month that is running', { month: monthsAgo(0) }, 'input.month', /is not over/],
    ['a month to come', { month: '2999-01' }, 'input.month', /is not over/],
    ['a month long ago', { month: monthsAgo(25) }, 'input.month', /Nobody counts/],
    ['what is no month', { month: '2026-13' }, 'input.month', /such as 2026-11/],
    ['more matched than sought', { lines: [FOSTERING, { ...HOME, matched: 10 }] }, 'input.lines.1.matched', /sought/],
    ['fewer than none', { lines: [{ ...HOME, sought: -1 }] }, 'input.lines.0.sought', /below zero/],
    ['too many', { lines: [{ ...HOME, sought: 1000 }] }, 'input.lines.0.sought', /more than 999/],
    ['a spend on nothing', { lines: [{ ...HOME, matched: 0 }] }, 'input.lines.0.weeklySpend', /none were matched/],
    ['a year’s spend', { lines: [{ ...HOME, weeklySpend: 400_000 }] }, 'input.lines.0.weeklySpend', /in a week/],
    ['a type twice', { lines: [HOME, HOME] }, 'input.lines.1.placementType', /twice/],
    ['an unknown type', { lines: [{ ...HOME, placementType: 'HOSTEL' }] }, 'input.lines.0.placementType', /HOSTEL/],
    ['a broken number', { lines: [{ ...HOME, sought: 1.5 }] }, 'input.lines.0.sought', /Int/],
  ])('%s', async (_what, input, path, message) => {
    const before = await footprint(accord, superuser);
    const { data, errors } = await give(input);
    expect(errors).toMatchObject([
      { message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT', path } },
    ]);
    expect(data?.['givePlacementReturn'] ?? null).toBeNull();
    expect(await footprint(accord, superuser)).toEqual(before);
  });

  it('a file of which one row cannot be right', async () => {
    await give({});
    const before = await footprint(accord, superuser);
    const { data } = await bring(csv(HEADER, 'CHILDRENS_HOME,9,6,27000', 'Kit,1,1,0', 'SHARED_LIVES,2,3,0'), {
      expectedVersion: 1,
    });
    expect(data).toMatchObject({
      importPlacementReturn: {
        placementReturn: null,
        refusals: [
          { line: 3, column: 'Placement type' },
          { line: 4, column: 'Matched' },
        ],
      },
    });
    expect(JSON.stringify(data)).not.toContain('Kit');
    expect(await footprint(accord, superuser)).toEqual(before);
    expect(await kept()).toEqual(RETURNED);
  });

  it('a file with a column too many, and one of a month that is not over', async () => {
    const before = await footprint(accord, superuser);
    const wrong = [
      [await bring(csv(`${HEADER},Child`, 'CHILDRENS_HOME,9,6,27000,Kit')), 'file'],
      [await bring(csv(HEADER), { month: monthsAgo(0) }), 'input.month'],
    ] as const;
    for (const [{ errors }, path] of wrong) {
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path } }]);
      expect(errors?.[0]?.message).not.toContain('Kit');
    }
    expect(await footprint(accord, superuser)).toEqual(before);
  });
});
