import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHANGED, doneImport, REFUSAL } from './support/regulator-operation.js';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';

const OWN = everyField('RegulatorImport');
const FINDINGS = `findings(first: 9) { nodes { ${everyField('RegulatorFinding')} } }`;
const CHANGES = `changes(first: 9) { nodes { ${everyField('RegulatorImportChange', { differences: everyField('RegulatorImportDifference') })} } }`;
const IMPORT = `query($id: ID!) { regulatorImport(id: $id) { ${OWN} ${FINDINGS} ${CHANGES} } }`;
const IMPORTS = '{ regulatorImports(first: 9) { nodes { id fileName } } }';

const MAY_READ = ['alliance-accreditation', 'alliance-lead', 'alliance-admin'];
const MAY_NOT = [
  'brent-placements',
  'brent-director',
  'brent-admin',
  'brent-dashboard',
  'barnet-placements',
  'ealing-placements',
  'alliance-safeguarding',
  'alliance DASHBOARD',
];

let scene: Scene;
let id: string;

beforeAll(async () => {
  scene = await Scene.start();
  id = await doneImport(scene);
});

afterAll(() => scene.stop());

describe('an import of the regulator’s file', () => {
  it('shows the alliance its imports, field by field, and no borough any', async () => {
    for (const who of MAY_READ) {
      const client = await scene.caller(who);
      expect(await client.data(IMPORT, { id })).toMatchObject({
        regulatorImport: {
          id,
          fileName: 'done.csv',
          state: 'DONE',
          requestedBy: 'Somebody of the alliance',
          homes: { added: 0, changed: 1, unchanged: 0 },
          findings: { nodes: [{ kind: 'REFUSED', line: 5, column: 'Places', reason: REFUSAL }] },
          changes: { nodes: [{ label: CHANGED, differences: [{ field: 'beds', before: '4', after: '5' }] }] },
        },
      });
      expect(await client.data(IMPORTS)).toEqual({ regulatorImports: { nodes: [{ id, fileName: 'done.csv' }] } });
    }
    for (const who of MAY_NOT) {
      const client = await scene.caller(who);
      expectRefused(await client.send(IMPORT, { id }), 'FORBIDDEN');
      expectRefused(await client.send(IMPORTS), 'FORBIDDEN');
    }
  });
});
