import { londonDate } from '@accord/kernel';
import { monthAfter, monthOf, writeMonth } from '@accord/reporting';
import type { List } from './hidden-agreements.js';
import { OWN, type OperationCase } from './operation-kit.js';
import type { Scene } from './scene.js';
import { TENANT } from './world.js';

type Row = Readonly<Record<string, unknown>>;

/** The months before the running one: of the last there is no return yet, and returns of those before. */
const month = (back: number): string => monthAfter(monthOf(londonDate(new Date())), -back);
export const LAST_MONTH = writeMonth(month(1));
export const RETURNED_MONTH = writeMonth(month(2));

const MANY = { sought: 41, matched: 37, weekly_spend: 37 * 4321 };

/** A borough's returns of two months, by default so that its numbers are found where they should not be. */
export const returnRows = (borough: string, numbers = MANY): readonly (readonly [string, Row])[] =>
  [month(2), month(3)].flatMap((of): [string, Row][] => [
    [
      'placement_return',
      { borough_id: borough, month: of, version: 3, given_by: 'Somebody of the borough', given_at: new Date() },
    ],
    ['placement_return_line', { borough_id: borough, month: of, placement_type: 'CHILDRENS_HOME', ...numbers }],
  ]);

/** Brent has returned two months, and nobody the last. */
export async function newReturns(scene: Scene): Promise<void> {
  for (const table of ['placement_return', 'placement_return_line']) await scene.sql(`delete from ${table}`);
  for (const [table, row] of returnRows(TENANT.brent)) await scene.insert(table, row);
}

const lines = [{ placementType: 'CHILDRENS_HOME', sought: 9, matched: 6, weeklySpend: 27_000 }];
const file = (): File =>
  new File(['Placement type,Sought,Matched,Weekly spend\nCHILDRENS_HOME,9,6,27000\n'], 'return.csv', {
    type: 'text/csv',
  });

const OWN_RETURN = {
  owner: 'brent-placements',
  sharedWith: 'barnet-placements',
  notShared: OWN,
  wrongRole: 'brent-practitioner',
} as const;

export const PLACEMENT_RETURN_OPERATIONS: readonly OperationCase[] = [
  {
    ...OWN_RETURN,
    field: 'Query.placementReturn',
    document: 'query($month: String!) { placementReturn(month: $month) { month version lines { sought } } }',
    variables: async (scene) => {
      await newReturns(scene);
      return { month: RETURNED_MONTH };
    },
    // Without a return of its own: another's is nobody's to see.
    sharedWith: { none: 'a borough’s returns are its own' },
  },
  {
    ...OWN_RETURN,
    field: 'Query.placementReturns',
    document: '{ placementReturns(first: 5) { nodes { month version publishedOn lines { matched weeklySpend } } } }',
    variables: () => ({}),
  },
  {
    ...OWN_RETURN,
    field: 'Mutation.givePlacementReturn',
    document:
      'mutation($input: GivePlacementReturnInput!) { givePlacementReturn(input: $input) { placementReturn { version } } }',
    variables: async (scene) => {
      await newReturns(scene);
      return { input: { month: LAST_MONTH, lines } };
    },
    wrongRole: 'brent-director',
  },
  {
    ...OWN_RETURN,
    field: 'Mutation.importPlacementReturn',
    document:
      'mutation($input: ImportPlacementReturnInput!) { importPlacementReturn(input: $input) { placementReturn { version } refusals { line } } }',
    variables: async (scene) => {
      await newReturns(scene);
      return { input: { month: LAST_MONTH, file: file() } };
    },
    wrongRole: 'brent-director',
  },
];

export const PLACEMENT_RETURN_LISTS: Readonly<Record<string, List>> = {
  'Query.placementReturns(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => `{ page: placementReturns(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: useImports(first: 1${after}) { pageInfo { endCursor } } }`,
  },
};
