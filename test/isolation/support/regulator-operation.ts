import { exampleId, homeId, providerId } from '@accord/infra';
import { newId } from '@accord/kernel';
import { regulatorFile } from '../../contract/support/regulator-file.js';
import type { OperationCase } from './operation.js';
import type { Scene } from './scene.js';
import { COURT, JUNIPERFIELD } from './world.js';

const ALONE = { none: 'imports are the alliance’s alone' };
const BOROUGH = { who: 'brent-director', code: 'FORBIDDEN' } as const;

const IMPORTS = {
  owner: 'alliance-accreditation',
  sharedWith: ALONE,
  notShared: BOROUGH,
  wrongRole: 'alliance-safeguarding',
};

/** Tidewell Lodge's registration, of which every member reads. */
const TIDEWELL = exampleId('registration', 'SC990002');

export const REFUSAL = 'is no number of places.';
export const CHANGED = 'Juniper Court';

type Row = Readonly<Record<string, unknown>>;

/** Every row of an import that is done, with a finding and a change, and of a notification, by table. */
export const importRows = (id: string): readonly (readonly [string, Row])[] => [
  [
    'regulator_import',
    {
      id,
      file_name: 'done.csv',
      file_hash: 'x',
      meanings: '[]',
      as_at: '2024-03-31',
      dry_run: false,
      state: 'DONE',
      rows: 1,
      rows_done: 1,
      refused_rows: 1,
      counts: JSON.stringify({ HOME: { CHANGED: 1 } }),
      tries: 1,
      requested_by: 'Somebody of the alliance',
      requested_at: new Date(),
    },
  ],
  ['regulator_import_part', { import_id: id, number: 0, content: Buffer.from('URN') }],
  ['regulator_import_finding', { import_id: id, kind: 'REFUSED', line: 5, column_name: 'Places', reason: REFUSAL }],
  [
    'regulator_import_change',
    {
      import_id: id,
      kind: 'HOME',
      key: COURT,
      outcome: 'CHANGED',
      label: CHANGED,
      differences: JSON.stringify([{ field: 'beds', before: '4', after: '5' }]),
    },
  ],
];

/** What every member reads of a notification. */
export const NOTICE: Row = {
  id: newId(),
  registration_id: TIDEWELL,
  provider_id: providerId('Tidewell Care Ltd'),
  home_id: homeId('Tidewell Lodge'),
  kind: 'RESTRICTION_OF_ACCOMMODATION',
  notified_on: '2026-01-05',
  takes_effect_on: '2026-01-05',
  recorded_at: new Date(),
};

/** @returns the id of a new import that is done. */
export async function doneImport(scene: Scene): Promise<string> {
  const id = newId();
  for (const [table, row] of importRows(id)) await scene.insert(table, row);
  return id;
}

/** A file that may be brought, each time another; only shown, so that nothing of it stays. */
const file = (): File => new File([regulatorFile({ Name: newId() })], 'ofsted.csv', { type: 'text/csv' });

/** What the alliance does with the regulator's files and notifications. */
export const REGULATOR_OPERATIONS: readonly OperationCase[] = [
  {
    field: 'Query.regulatorImport',
    document:
      'query($id: ID!) { regulatorImport(id: $id) { id fileName findings(first: 1) { nodes { reason } } changes(first: 1) { nodes { label } } } }',
    variables: async (scene) => ({ id: await doneImport(scene) }),
    ...IMPORTS,
  },
  {
    field: 'Query.regulatorImports',
    document: '{ regulatorImports(first: 5) { nodes { id fileName } } }',
    variables: () => ({}),
    ...IMPORTS,
  },
  {
    field: 'Mutation.importRegulatorFile',
    document:
      'mutation($input: ImportRegulatorFileInput!) { importRegulatorFile(input: $input) { import { id state } } }',
    variables: () => ({ input: { file: file(), dryRun: true, idempotencyKey: newId() } }),
    ...IMPORTS,
  },
  {
    field: 'Mutation.recordRegulatorNotice',
    document:
      'mutation($input: RecordRegulatorNoticeInput!) { recordRegulatorNotice(input: $input) { notice { id kind } } }',
    variables: () => ({
      input: {
        registrationId: TIDEWELL,
        kind: 'RESTRICTION_OF_ACCOMMODATION',
        notifiedOn: '2026-01-05',
        idempotencyKey: newId(),
      },
    }),
    owner: 'alliance-safeguarding',
    sharedWith: ALONE,
    notShared: BOROUGH,
    wrongRole: 'alliance-admin',
  },
  {
    field: 'Mutation.recordRegistration',
    document:
      'mutation($input: RecordRegistrationInput!) { recordRegistration(input: $input) { registration { id status } } }',
    variables: () => ({
      input: {
        providerId: JUNIPERFIELD,
        homeId: COURT,
        registration: { regulator: 'OFSTED', reference: 'SC990101', status: 'REGISTERED' },
        idempotencyKey: newId(),
      },
    }),
    ...IMPORTS,
  },
];
