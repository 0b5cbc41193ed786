import { newId } from '@accord/kernel';
import { sample } from '../../contract/support/regulator-file.js';
import type { OperationCase } from './operation.js';
import { TENANT } from './world.js';
import type { Scene } from './scene.js';

/** An import that is done, of the alliance's. @returns its id. */
async function doneImport(scene: Scene): Promise<string> {
  const id = newId();
  await scene.insert('regulator_import', {
    id,
    file_name: 'done.csv',
    file_hash: 'x',
    meanings: '[]',
    as_at: '2024-03-31',
    dry_run: false,
    state: 'DONE',
    rows: 1,
    counts: '{}',
    requested_by: 'Somebody of the alliance',
    requested_at: new Date(),
  });
  return id;
}

const IMPORT = '{ id fileName state rows findings(first: 1) { nodes { reason } } changes(first: 1) { nodes { label } } }';

/** The registration of Juniper Court, which every member sees. */
async function registrationId(scene: Scene): Promise<string | undefined> {
  const [row] = await scene.sql<{ id: string }>('select id from registration where provider_id = $1', [TENANT_PROVIDER]);
  return row?.id;
}

/** What the alliance does with the regulator's files and notifications; boroughs may do none of it. */
export const regulatorOperations = (
