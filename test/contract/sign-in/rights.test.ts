import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { withClient } from '@accord/persistence';
import { TestAccord, type TestClient } from '@accord/testkit';
import { createKey, TestIssuer } from '../support/issuer.js';

let accord: TestAccord;
let issuer: TestIssuer;
let admin: TestClient;

beforeAll(async () => {
  issuer = await TestIssuer.start([await createKey()]);
  // As an issuer may name them: app roles stand in "roles" with Entra ID, the tenant in a claim of the alliance's own.
  accord = await TestAccord.start({
    OIDC_ISSUER: issuer.url,
    OIDC_TENANT_CLAIM: 'extension_accord_tenant',
    OIDC_ROLES_CLAIM: 'https://accord.example/roles',
  });
  admin = await client({ sub: 'brent-admin' }, ['BOROUGH_ADMIN']);
});
afterAll(async () => {
  await accord.stop();
  await issuer.stop();
});

async function client(claims: Readonly<Record<string, unknown>>, roles: unknown = ['PLACEMENTS']): Promise<TestClient> {
  const named = { extension_accord_tenant: 'E09000005', 'https://accord.example/roles': roles };
  return accord.with(`Bearer ${await issuer.token({ ...named, ...claims })}`);
}

interface Viewer {
  readonly id: string;
  readonly displayName: string;
  readonly roles: string[];
}

const viewer = async (asked: TestClient): Promise<Viewer> =>
  (await asked.data<{ viewer: Viewer }>('{ viewer { id displayName roles } }')).viewer;

const codes = async (asked: TestClient, query: string): Promise<unknown[]> =>
  ((await asked.send(query)).errors ?? []).map(({ extensions }) => extensions.code);

interface Entry extends Viewer {
  readonly kind: string;
}

const directory = async (): Promise<Entry[]> =>
  (
    await admin.data<{ directory: { nodes: Entry[] } }>(
      '{ directory(first: 100) { nodes { id kind displayName roles } } }',
    )
  ).directory.nodes;

describe('claims', () => {
  it('are read under the names that the configuration gives', async () => {
    expect((await viewer(await client({ roles: ['QUALITY'], accord_tenant: 'E09000003' }))).roles).toEqual([
      'PLACEMENTS',
    ]);
  });

  it('may bring roles of other applications, which are passed over', async () => {
    expect((await viewer(await client({}, ['Payroll.Read', 'PLACEMENTS', 7, null]))).roles).toEqual(['PLACEMENTS']);
  });

  it.each([[[]], [['Payroll.Read']], ['PLACEMENTS'], [null], [{ PLACEMENTS: true }]])(
    'give no right as %j',
    async (roles) => {
      expect(await codes(await client({}, roles), '{ viewer { id } }')).toEqual(['FORBIDDEN']);
      expect(await codes(await client({}, roles), '{ providers(first: 1) { nodes { id } } }')).toEqual(['FORBIDDEN']);
    },
  );

  it('give no right that the tenant cannot have', async () => {
    const stranger = await client({ sub: 'over-reaching' }, ['ALLIANCE_ADMIN', 'PLACEMENTS']);
    expect((await viewer(stranger)).roles).toEqual(['PLACEMENTS']);
    const { id } = (await stranger.data<{ organisations: { id: string }[] }>('{ organisations { id } }'))
      .organisations[0] ?? { id: '' };
    expect(await codes(stranger, `mutation { suspendOrganisation(id: "${id}") { organisation { id } } }`)).toEqual([
      'FORBIDDEN',
    ]);
  });
});

describe('the first sign-in', () => {
  it('enters somebody in the directory, with the name and the roles of their token', async () => {
    const newcomer = await client({ sub: 'a-newcomer', name: 'Brent newcomer' }, ['QUALITY', 'Payroll.Read']);
    const { id } = await viewer(newcomer);
    expect(await directory()).toContainEqual({ id, kind: 'PERSON', displayName: 'Brent newcomer', roles: ['QUALITY'] });
    expect((await viewer(newcomer)).id).toBe(id);
  });

  it('enters them once, though they come several times at once', async () => {
    const newcomer = await client({ sub: 'in-a-hurry', name: 'Brent officer in a hurry' });
    const seen = await Promise.all(Array.from({ length: 6 }, () => viewer(newcomer)));
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1);
    expect((await directory()).filter(({ displayName }) => displayName === 'Brent officer in a hurry')).toHaveLength(1);
  });

  it('knows a machine by client credentials, whose subject is the client', async () => {
    const machine = await client({ sub: 'case-system', client_id: 'case-system' }, ['DASHBOARD']);
    const { id } = await viewer(machine);
    expect(await directory()).toContainEqual({ id, kind: 'MACHINE', displayName: 'case-system', roles: ['DASHBOARD'] });
  });

  it('keeps the people of tenants apart, under one subject', async () => {
    const [brent, barnet] = [
      await client({ sub: 'same' }),
      await client({ sub: 'same', extension_accord_tenant: 'E09000003' }),
    ];
    expect((await viewer(brent)).id).not.toBe((await viewer(barnet)).id);
  });

  it('enters nobody of a suspended tenant', async () => {
    const database = accord.database.urls.superuser;
    const suspend = (at: string) =>
      withClient(database, (pg) => pg.query(`update organisation set suspended_at = ${at} where code = 'E09000004'`));
    await suspend('now()');
    const newcomer = await client({ sub: 'bexley-newcomer', extension_accord_tenant: 'E09000004' });
    expect((await newcomer.send('{ viewer { id } }')).status).toBe(401);
    const { rows } = await withClient(database, (pg) =>
      pg.query(`select id from principal where subject = 'bexley-newcomer'`),
    );
    expect(rows).toEqual([]);
    await suspend('null');
    expect((await newcomer.send('{ viewer { id } }')).status).toBe(200);
  });
});

describe('rights', () => {
  const setRoles = (id: string, roles: readonly string[]) =>
    admin.data(
      'mutation($id: ID!, $roles: [Role!]!) { setPrincipalRoles(id: $id, roles: $roles) { principal { roles } } }',
      { id, roles },
    );

  it('are those that the token and the directory both give', async () => {
    const before = await client({ sub: 'a-mover' }, ['PLACEMENTS']);
    const { id } = await viewer(before);
    const after = await client({ sub: 'a-mover' }, ['PLACEMENTS', 'QUALITY', 'ASSISTANT_DIRECTOR']);
    expect((await viewer(after)).roles).toEqual(['PLACEMENTS']);
    await setRoles(id, ['QUALITY', 'ASSISTANT_DIRECTOR', 'INFORMATION_GOVERNANCE']);
    expect(new Set((await viewer(after)).roles)).toEqual(new Set(['QUALITY', 'ASSISTANT_DIRECTOR']));
    expect(await codes(before, '{ viewer { id } }')).toEqual(['FORBIDDEN']);
  });

  it('end with the next request when the directory takes them', async () => {
    const leaver = await client({ sub: 'a-leaver' });
    const { id } = await viewer(leaver);
    await admin.data(`mutation { disablePrincipal(id: "${id}") { principal { disabledAt } } }`);
    expect((await leaver.send('{ viewer { id } }')).status).toBe(401);
    expect((await leaver.send('{ __typename }')).status).toBe(401);
    await admin.data(`mutation { enablePrincipal(id: "${id}") { principal { disabledAt } } }`);
    expect((await viewer(leaver)).id).toBe(id);
  });

  it('do not reach into another organisation’s directory', async () => {
    const other = await client({ sub: 'barnet-admin', extension_accord_tenant: 'E09000003' }, ['BOROUGH_ADMIN']);
    const { id } = await viewer(await client({}));
    for (const act of ['disablePrincipal', 'enablePrincipal']) {
      expect(await codes(other, `mutation { ${act}(id: "${id}") { principal { id } } }`)).toEqual(['NOT_FOUND']);
    }
    expect(await codes(other, `mutation { setPrincipalRoles(id: "${id}", roles: []) { principal { id } } }`)).toEqual([
      'NOT_FOUND',
    ]);
    expect((await viewer(await client({}))).roles).toEqual(['PLACEMENTS']);
  });
});

test('nobody disables themselves, and only administrators disable', async () => {
  const { id } = await viewer(admin);
  expect(await codes(admin, `mutation { disablePrincipal(id: "${id}") { principal { id } } }`)).toEqual([
    'BAD_USER_INPUT',
  ]);
  expect(await codes(await client({}), `mutation { disablePrincipal(id: "${id}") { principal { id } } }`)).toEqual([
    'FORBIDDEN',
  ]);
});
