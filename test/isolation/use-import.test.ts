import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { newUseImport, REASON } from './support/use-operation.js';
import { COURT, TENANTS } from './support/world.js';

const LINES = `lines(first: 9) { nodes { ${everyField('UseImportLine', { home: 'id' })} } }`;
const IMPORT = `query($id: ID!) { useImport(id: $id) { ${everyField('UseImport')} ${LINES} } }`;
const IMPORTS = '{ useImports(first: 9) { nodes { id } } }';

let scene: Scene;
let id: string;

beforeAll(async () => {
  scene = await Scene.start();
  id = await newUseImport(scene);
});

afterAll(() => scene.stop());

describe('a list of the homes that a borough uses', () => {
  it('shows a borough its lists, field by field, and nobody else any', async () => {
    for (const who of ['brent-placements', 'brent-quality', 'brent-admin']) {
      const client = await scene.caller(who);
      expect(await client.data(IMPORT, { id })).toMatchObject({
        useImport: {
          id,
          fileName: 'homes.csv',
          counts: [{ outcome: 'REFUSED', count: 1 }],
          lines: {
            nodes: [{ outcome: 'REFUSED', line: 2, column: 'Young people', reason: REASON, home: { id: COURT } }],
          },
        },
      });
      expect(await client.data(IMPORTS)).toEqual({ useImports: { nodes: [{ id }] } });
    }
    for (const tenant of TENANTS.filter((name) => name !== 'brent' && name !== 'alliance')) {
      const other = await scene.caller(`${tenant} PLACEMENTS`);
      expectRefused(await other.send(IMPORT, { id }), 'NOT_FOUND');
      expect(await other.data(IMPORTS)).toEqual({ useImports: { nodes: [] } });
    }
    // A role that only boroughs give has no effect at the alliance.
    expectRefused(await (await scene.caller('alliance PLACEMENTS')).send(IMPORT, { id }), 'FORBIDDEN');
    for (const who of ['brent-practitioner', 'brent-director', 'brent-ig', 'brent-dashboard', 'alliance-admin'])
      expectRefused(await (await scene.caller(who)).send(IMPORT, { id }), 'FORBIDDEN');
  });
});
