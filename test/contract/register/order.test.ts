import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { withClient } from '@accord/persistence';
import { TestAccord, type Answer, type TestClient } from '@accord/testkit';
import { contractOperation } from '../support/operations.js';

let accord: TestAccord;
let brent: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  brent = await accord.as('brent-placements');
  // Changed within one millisecond of each other, in the order of their company numbers.
  await withClient(accord.database.urls.superuser, async (pg) => {
    await pg.query(
      `update provider set updated_at = '2026-11-20T12:00:00Z'::timestamptz + right(company_number, 2)::int * interval '1 microsecond' where company_number like '990000%'`,
    );
    // The example's own reviews move on with the calendar.
    for (const [month, name] of BY_REVIEW.entries())
      await pg.query(
        `update accreditation_standing set review_due = make_date(2099, $1, 1)
         where provider_id = (select id from provider where name like $2 || ' %')`,
        [month + 1, name],
      );
  });
});
afterAll(() => accord.stop());

interface List {
  readonly providers: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly edges: {
      readonly cursor: string;
      readonly node: { readonly id: string; readonly name: string; readonly openFlagCount: number };
    }[];
  };
}

const filter = { search: 'ZZ1' };
const page = (first: number, orderBy: object | undefined, after: string | null = null, client = brent): Promise<List> =>
  client.data<List>(contractOperation('ProviderList'), { filter, orderBy, first, after });

const names = ({ providers }: List): string[] => providers.edges.map(({ node }) => node.name.split(' ')[0] ?? '');

/** The whole list, page by page. */
async function paged(first: number, orderBy: object | undefined): Promise<string[]> {
  const all: string[] = [];
  let after: string | null = null;
  do {
    const list: List = await page(first, orderBy, after);
    all.push(...names(list));
    const { hasNextPage, endCursor } = list.providers.pageInfo;
    after = hasNextPage ? endCursor : null;
  } while (after !== null);
  return all;
}

const BY_NAME = [
  'Ambleport',
  'Fernlock',
  'Hearthway',
  'Lanternfield',
  'Marrowby',
  'Oxbarrow',
  'Pennyroyal',
  'Quillstone',
  'Saltmere',
  'Tidewell',
];
const BY_CHANGE = [
  'Lanternfield',
  'Tidewell',
  'Ambleport',
  'Quillstone',
  'Marrowby',
  'Fernlock',
  'Oxbarrow',
  'Saltmere',
  'Pennyroyal',
  'Hearthway',
];
const BY_REVIEW = ['Quillstone', 'Tidewell', 'Marrowby', 'Hearthway', 'Pennyroyal', 'Lanternfield'];
const NO_REVIEW = new Set(['Ambleport', 'Fernlock', 'Oxbarrow', 'Saltmere']);
const FLAGGED = new Set(['Marrowby', 'Saltmere', 'Tidewell']);

const order = (field: string, direction: 'ASC' | 'DESC') => ({ field, direction });

describe('providers are ordered', () => {
  it('by name, unless it is said otherwise', async () => {
    expect(names(await page(100, undefined))).toEqual(BY_NAME);
    expect(names(await page(100, order('NAME', 'ASC')))).toEqual(BY_NAME);
    expect(names(await page(100, order('NAME', 'DESC')))).toEqual([...BY_NAME].reverse());
  });

  it('by their last change, to the microsecond', async () => {
    expect(names(await page(100, order('UPDATED_AT', 'ASC')))).toEqual(BY_CHANGE);
    expect(names(await page(100, order('UPDATED_AT', 'DESC')))).toEqual([...BY_CHANGE].reverse());
  });

  it('by the review that is due, those without one last both ways', async () => {
    const [up, down] = [
      names(await page(100, order('REVIEW_DUE', 'ASC'))),
      names(await page(100, order('REVIEW_DUE', 'DESC'))),
    ];
    expect(up.slice(0, 6)).toEqual(BY_REVIEW);
    expect(down.slice(0, 6)).toEqual([...BY_REVIEW].reverse());
    for (const list of [up, down]) expect(new Set(list.slice(6))).toEqual(NO_REVIEW);
  });

  it('by the open flags that the caller may know of', async () => {
    const [up, down] = [
      names(await page(100, order('OPEN_FLAG_COUNT', 'ASC'))),
      names(await page(100, order('OPEN_FLAG_COUNT', 'DESC'))),
    ];
    expect(new Set(down.slice(0, 3))).toEqual(FLAGGED);
    expect(new Set(up.slice(-3))).toEqual(FLAGGED);
    expect(up).toEqual([...down].reverse());
  });

  it.each(['NAME', 'UPDATED_AT', 'REVIEW_DUE', 'OPEN_FLAG_COUNT'])(
    'by %s page by page as at once, both ways',
    async (field) => {
      for (const direction of ['ASC', 'DESC'] as const) {
        const whole = names(await page(100, order(field, direction)));
        for (const size of [1, 3]) expect(await paged(size, order(field, direction))).toEqual(whole);
      }
    },
  );
});

test('a cursor goes on where it was, whatever has changed before it', async () => {
  const lead = await accord.as('alliance-lead');
  const first = await page(3, undefined);
  expect(names(first)).toEqual(BY_NAME.slice(0, 3));
  const add = (name: string) =>
    lead.data('mutation($input: AddProviderInput!) { addProvider(input: $input) { provider { id } } }', {
      input: { provider: { name, postcode: 'ZZ1 9ZZ' }, idempotencyKey: name },
    });
  await add('Aardwolf Care Ltd');
  await add('Ibisworth Care Ltd');
  const { id } = first.providers.edges[0]?.node ?? { id: '' };
  await lead.data('mutation($input: ChangeProviderInput!) { changeProvider(input: $input) { provider { id } } }', {
    input: { providerId: id, expectedVersion: 1, provider: { name: 'Zebra Housing Ltd' } },
  });
  const second = await page(3, undefined, first.providers.pageInfo.endCursor);
  expect(names(second)).toEqual(['Ibisworth', 'Lanternfield', 'Marrowby']);
  const rest = await page(100, undefined, second.providers.pageInfo.endCursor);
  expect(names(rest)).toEqual([...BY_NAME.slice(5), 'Zebra']);
  expect(rest.providers.pageInfo.hasNextPage).toBe(false);
  // Each place in a page is one to go on from.
  const middle = second.providers.edges[1]?.cursor ?? null;
  expect(names(await page(1, undefined, middle))).toEqual(['Marrowby']);
});

test('past the last there is an empty page', async () => {
  const all = await page(100, undefined);
  const beyond = await page(5, undefined, all.providers.pageInfo.endCursor);
  expect(beyond.providers).toMatchObject({ edges: [], pageInfo: { hasNextPage: false, endCursor: null } });
});

describe('a cursor is refused', () => {
  const refusal = ({ errors }: Answer<unknown>): unknown =>
    errors?.map(({ extensions: { code, path } }) => [code, path]);
  const REFUSED = [['BAD_USER_INPUT', 'after']];
  const send = (client: TestClient, variables: object): Promise<Answer> =>
    client.send(contractOperation('ProviderList'), { filter, first: 3, ...variables });

  it('under another filter, order or tenant, and where it is none', async () => {
    const { providers } = await page(3, order('NAME', 'ASC'));
    const after = providers.pageInfo.endCursor;
    expect(refusal(await send(brent, { after, orderBy: order('NAME', 'DESC') }))).toEqual(REFUSED);
    expect(refusal(await send(brent, { after, orderBy: order('NAME', 'ASC'), filter: { search: 'ZZ' } }))).toEqual(
      REFUSED,
    );
    expect(refusal(await send(await accord.as('barnet-placements'), { after, orderBy: order('NAME', 'ASC') }))).toEqual(
      REFUSED,
    );
    for (const forged of ['', 'x', after?.slice(1), `${after}${after}`, 'A'.repeat(200)]) {
      expect(refusal(await send(brent, { after: forged, orderBy: order('NAME', 'ASC') }))).toEqual(REFUSED);
    }
    // A colleague of the same organisation may go on.
    expect(
      refusal(await send(await accord.as('brent-quality'), { after, orderBy: order('NAME', 'ASC') })),
    ).toBeUndefined();
  });

  it('and tells nothing to whoever looks at it', async () => {
    const { providers } = await page(1, order('OPEN_FLAG_COUNT', 'DESC'));
    const bytes = Buffer.from(providers.pageInfo.endCursor ?? '', 'base64url').toString('latin1');
    expect(bytes).not.toContain(providers.edges[0]?.node.id);
    expect((await page(1, order('OPEN_FLAG_COUNT', 'DESC'))).providers.pageInfo.endCursor).not.toBe(
      providers.pageInfo.endCursor,
    );
  });
});
