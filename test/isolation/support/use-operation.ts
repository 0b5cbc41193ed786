import { organisationId } from '@accord/infra';
import { newId } from '@accord/kernel';
import { hiddenFrom, OWN, PUBLIC, type OperationCase } from './operation-kit.js';
import type { Hidden } from './hidden.js';
import { PUBLIC as PUBLIC_ID } from './hidden.js';
import type { List } from './hidden-agreements.js';
import type { Scene } from './scene.js';
import { COURT, JUNIPERFIELD, TENANT } from './world.js';

type Row = Readonly<Record<string, unknown>>;

export const REASON = 'is no number of people: a whole number, 0 or more.';

/** A list of homes that a borough sent, with a line; a contact of its own; its notices to Havering. */
export const useRows = (id: string, borough: string): readonly (readonly [string, Row])[] => [
  [
    'use_import',
    {
      id,
      borough_id: borough,
      file_name: 'homes.csv',
      file_hash: 'x',
      as_at: '2026-11-01',
      dry_run: false,
      is_complete: false,
      rows: 1,
      counts: JSON.stringify({ REFUSED: 1 }),
      requested_by: 'Somebody of the borough',
      requested_at: new Date(),
    },
  ],
  [
    'use_import_line',
    {
      import_id: id,
      number: 0,
      borough_id: borough,
      outcome: 'REFUSED',
      line: 2,
      column_name: 'Young people',
      reason: REASON,
      home_id: COURT,
    },
  ],
  ['business_contact', contactRow(id, borough)],
  ['host_notice', { borough_id: borough, host_id: organisationId('E09000007'), up_to_date_as_at: '2026-11-01' }],
];

export const contactRow = (id: string, borough: string): Row => ({
  id,
  borough_id: borough,
  kind: 'DUTY',
  team: 'Duty team of the isolation suite',
  phone: '020 7946 0001',
  version: 1,
  updated_at: new Date(),
});

/** @returns the id of a list that Brent sent. */
export async function newUseImport(scene: Scene): Promise<string> {
  const id = newId();
  const rows = useRows(id, TENANT.brent).filter(([table]) => table.startsWith('use_import'));
  for (const [table, row] of rows) await scene.insert(table, row);
  return id;
}

async function newContact(scene: Scene): Promise<string> {
  const id = newId();
  await scene.insert('business_contact', contactRow(id, TENANT.brent));
  return id;
}

const USES = { owner: 'brent-placements', wrongRole: 'brent-practitioner' };
const NOT_ANOTHERS = { who: 'barnet-placements', code: 'NOT_FOUND' } as const;
const contact = { kind: 'OUT_OF_HOURS', team: 'Emergency duty team', phone: '020 7946 0002' };

/** A file that may be brought, each time another; only shown, so that nothing of it stays. */
const file = (): File =>
  new File([`Home id,Young people,As at\n${COURT},2,2026-11-01\n`], `${newId()}.csv`, { type: 'text/csv' });

/** What a borough does with its numbers, contacts and notices. */
export const USE_OPERATIONS: readonly OperationCase[] = [
  {
    field: 'Query.useImport',
    document: 'query($id: ID!) { useImport(id: $id) { id fileName lines(first: 1) { nodes { reason } } } }',
    variables: async (scene) => ({ id: await newUseImport(scene) }),
    ...USES,
    sharedWith: { none: 'a borough’s numbers are its own' },
    notShared: NOT_ANOTHERS,
  },
  {
    field: 'Query.useImports',
    document: '{ useImports(first: 5) { nodes { id fileName } } }',
    variables: () => ({}),
    ...USES,
    sharedWith: 'barnet-placements',
    notShared: OWN,
  },
  {
    field: 'Mutation.importUseFile',
    document:
      'mutation($input: ImportUseFileInput!) { importUseFile(input: $input) { import { id counts { outcome count } } } }',
    variables: () => ({ input: { file: file(), dryRun: true, idempotencyKey: newId() } }),
    ...USES,
    sharedWith: 'barnet-placements',
    notShared: OWN,
  },
  {
    field: 'Query.hostNotices',
    document: '{ hostNotices { placingBorough { id } hostBorough { id } upToDateAsAt isBehind } }',
    variables: () => ({}),
    ...USES,
    sharedWith: 'havering-quality',
    notShared: OWN,
  },
  {
    field: 'Mutation.recordHostNotice',
    document:
      'mutation($input: RecordHostNoticeInput!) { recordHostNotice(input: $input) { hostNotice { upToDateAsAt isBehind } } }',
    variables: () => ({ input: { hostBoroughId: TENANT.camden, upToDateAsAt: '2026-11-01' } }),
    ...USES,
    sharedWith: 'barnet-placements',
    notShared: PUBLIC,
  },
  {
    field: 'Mutation.addContact',
    document: 'mutation($input: AddContactInput!) { addContact(input: $input) { contact { id team } } }',
    variables: () => ({ input: { providerId: JUNIPERFIELD, contact, idempotencyKey: newId() } }),
    owner: 'alliance-accreditation',
    // A borough keeps its own, and none of a provider's.
    sharedWith: { who: 'brent-placements', code: 'BAD_USER_INPUT' },
    notShared: PUBLIC,
    wrongRole: 'alliance-safeguarding',
  },
  {
    field: 'Mutation.changeContact',
    document: 'mutation($input: ChangeContactInput!) { changeContact(input: $input) { contact { id team version } } }',
    variables: async (scene) => ({ input: { contactId: await newContact(scene), contact, expectedVersion: 1 } }),
    ...USES,
    sharedWith: NOT_ANOTHERS,
    notShared: hiddenFrom('alliance-admin'),
  },
  {
    field: 'Mutation.removeContact',
    document: 'mutation($id: ID!) { removeContact(id: $id) { contactId } }',
    variables: async (scene) => ({ id: await newContact(scene) }),
    ...USES,
    sharedWith: NOT_ANOTHERS,
    notShared: hiddenFrom('alliance-admin'),
  },
];

const contactOf = (at: string): Hidden => ({
  who: 'barnet-placements',
  at,
  ids: async (scene) => [await newContact(scene)],
});

export const USE_IDS: Readonly<Record<string, Hidden | typeof PUBLIC_ID>> = {
  'Mutation.addContact(input.providerId)': PUBLIC_ID,
  'Mutation.changeContact(input.contactId)': contactOf('input.contactId'),
  'Mutation.recordHostNotice(input.hostBoroughId)': PUBLIC_ID,
  'Mutation.removeContact(id)': contactOf('id'),
  'Query.useImport(id)': { who: 'barnet-placements', at: 'id', ids: async (scene) => [await newUseImport(scene)] },
};

/** Lists with a cursor. `id` is that of a list that Brent sent. */
export const useLists = (id: () => string): Readonly<Record<string, List>> => ({
  'Query.useImports(after)': {
    who: 'brent-placements',
    other: 'barnet-placements',
    page: (after) => `{ page: useImports(first: 1${after}) { pageInfo { endCursor } } }`,
    otherwise: (after) => `{ page: providers(first: 1${after}) { pageInfo { endCursor } } }`,
  },
  'UseImport.lines(after)': {
    who: 'brent-placements',
    other: null,
    page: (after) => `{ page: useImport(id: "${id()}") { lines(first: 1${after}) { pageInfo { endCursor } } } }`,
    otherwise: (after) => `{ page: useImports(first: 1${after}) { pageInfo { endCursor } } }`,
  },
});
