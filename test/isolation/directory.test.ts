import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createKey } from '@accord/access';
import { exampleId } from '@accord/infra';
import { newId } from '@accord/kernel';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { TENANT } from './support/world.js';

const PRINCIPAL = everyField('Principal', { keys: everyField('MachineKey') });
const DIRECTORY = `{ directory(first: 100) { nodes { ${PRINCIPAL} } edges { node { id } } } }`;
const VIEWER = `{ viewer { ${everyField('Viewer', { tenant: 'id kind name gssCode' })} } }`;
const ISSUE = `mutation($id: ID!) {
  issueMachineKey(input: { principalId: $id, label: "Isolation", validDays: 1 }) { ${everyField('IssuedKey', { key: everyField('MachineKey') })} }
}`;

interface Entry {
  id: string;
  displayName: string;
  keys: { id: string; label: string }[];
}

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

async function directoryOf(who: string): Promise<Entry[]> {
  const { directory } = await (
    await scene.caller(who)
  ).data<{ directory: { nodes: Entry[]; edges: { node: Entry }[] } }>(DIRECTORY);
  expect(directory.edges.map(({ node }) => node.id)).toEqual(directory.nodes.map(({ id }) => id));
  return directory.nodes;
}

const idsOf = async (tenantId: string): Promise<string[]> =>
  (await scene.sql<{ id: string }>('select id from principal where tenant_id = $1', [tenantId])).map(({ id }) => id);

describe('a directory', () => {
  it('shows an organisation its own people, machines and keys alone', async () => {
    const [ours, theirs] = [await scene.machine('brent', ['DASHBOARD']), await scene.machine('barnet', ['DASHBOARD'])];
    for (const [who, tenantId] of [
      ['brent-admin', TENANT.brent],
      ['brent-ig', TENANT.brent],
      ['barnet BOROUGH_ADMIN', TENANT.barnet],
      ['alliance-admin', TENANT.alliance],
    ] as const) {
      const entries = await directoryOf(who);
      expect(entries.map(({ id }) => id).toSorted()).toEqual((await idsOf(tenantId)).toSorted());
      const keys = entries.flatMap((entry) => entry.keys.map(({ id }) => id));
      expect([keys.includes(ours.keyId), keys.includes(theirs.keyId)]).toEqual([
        tenantId === TENANT.brent,
        tenantId === TENANT.barnet,
      ]);
    }
    const viewer = async (who: string) => (await (await scene.caller(who)).data<{ viewer: unknown }>(VIEWER)).viewer;
    expect(await viewer('barnet-placements')).toEqual({
      id: exampleId('principal', 'barnet-placements'),
      displayName: 'Barnet placements officer',
      roles: ['PLACEMENTS'],
      tenant: { id: TENANT.barnet, kind: 'BOROUGH', name: 'Barnet', gssCode: 'E09000003' },
    });
  });

  it('shows a secret once, to whoever asked for it, and keeps its hash', async () => {
    const { principalId } = await scene.machine('brent', ['DASHBOARD']);
    const admin = await scene.caller('brent-admin');
    const { issueMachineKey } = await admin.data<{ issueMachineKey: { secret: string; key: { id: string } } }>(ISSUE, {
      id: principalId,
    });
    await scene.accord.with(`Bearer ${issueMachineKey.secret}`).data(VIEWER);
    expect(JSON.stringify(await directoryOf('brent-admin'))).not.toContain(issueMachineKey.secret);
    const kept = await scene.sql<{ row: string }>('select k::text as row from machine_key k where id = $1', [
      issueMachineKey.key.id,
    ]);
    const secret = Buffer.from(issueMachineKey.secret.slice('accord_key_'.length), 'base64url').subarray(32);
    expect([kept.length, kept[0]?.row.includes(secret.toString('hex'))]).toEqual([1, false]);
  });

  it('gives nobody roles of the other kind, whatever token and directory say', async () => {
    const machine = await scene.machine('brent', ['PLACEMENTS', 'ALLIANCE_ADMIN', 'ACCREDITATION_LEAD']);
    const { viewer } = await machine.client.data<{ viewer: { roles: string[] } }>(VIEWER);
    expect(viewer.roles).toEqual(['PLACEMENTS']);
    for (const [name, args] of [
      ['setPrincipalRoles', `id: "${machine.principalId}", roles: [ALLIANCE_ADMIN]`],
      ['createMachine', `input: { subject: "m", displayName: "M", roles: [ACCREDITATION_LEAD] }`],
    ] as const) {
      const answer = await (
        await scene.caller('brent-admin')
      ).send(`mutation { ${name}(${args}) { principal { id } } }`);
      expectRefused(answer, 'BAD_USER_INPUT');
    }
  });

  it('takes a role away from the moment at which it is taken, though the token still names it', async () => {
    const quality = await scene.caller('brent-quality');
    const raise = '{ provider(id: "a0000000-0000-4000-8000-000000000001") { flags(first: 1) { nodes { id } } } }';
    await quality.data(raise);
    await scene.sql(`update principal set roles = '{BOROUGH_ADMIN}' where subject = 'brent-quality'`);
    expectRefused(await quality.send(raise), 'FORBIDDEN');
    // What the directory gives now, the token does not name: nothing is left of either.
    expectRefused(await quality.send('{ directory(first: 1) { nodes { id } } }'), 'FORBIDDEN');
    await scene.sql(`update principal set roles = '{QUALITY}' where subject = 'brent-quality'`);
  });

  it('lets nobody sign in with a key that was written for somebody of another organisation', async () => {
    const victim = exampleId('principal', 'brent-director');
    for (const named of [TENANT.barnet, TENANT.brent]) {
      const keyId = newId();
      // The row is Barnet's, as Barnet's own session could write it; what is shown names Barnet, or Brent.
      const { shown, secretHash } = createKey(named, keyId);
      await scene.insert('machine_key', {
        id: keyId,
        tenant_id: TENANT.barnet,
        principal_id: victim,
        label: 'Forged',
        secret_hash: secretHash,
        created_at: new Date(),
        expires_at: new Date(Date.now() + 60_000),
      });
      expectRefused(await scene.accord.with(`Bearer ${shown}`).send(VIEWER), 'UNAUTHENTICATED');
    }
  });
});
