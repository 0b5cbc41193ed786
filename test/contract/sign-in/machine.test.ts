import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { withClient } from '@accord/persistence';
import { TestAccord, until, type TestClient } from '@accord/testkit';
import { receive } from '../support/ways.js';

let accord: TestAccord;
let admin: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  admin = await accord.as('brent-admin');
});
afterAll(() => accord.stop());

const CREATE =
  'mutation($input: CreateMachineInput!) { createMachine(input: $input) { principal { id kind displayName roles keys { id } } } }';
const ISSUE =
  'mutation($input: IssueMachineKeyInput!) { issueMachineKey(input: $input) { secret key { id label createdAt expiresAt revokedAt } } }';
const REVOKE = 'mutation($id: ID!) { revokeMachineKey(id: $id) { key { id revokedAt } } }';
const KEYS = '{ directory(first: 100) { nodes { id keys { id label createdAt expiresAt revokedAt } } } }';

interface Machine {
  readonly id: string;
  readonly roles: string[];
}
interface Issued {
  readonly secret: string;
  readonly key: { readonly id: string; readonly createdAt: string; readonly expiresAt: string };
}

let machines = 0;
async function createMachine(roles: readonly string[] = ['DASHBOARD']): Promise<Machine> {
  const input = { subject: `machine-${(machines += 1)}`, displayName: `Brent machine ${machines}`, roles };
  return (await admin.data<{ createMachine: { principal: Machine } }>(CREATE, { input })).createMachine.principal;
}

async function issueKey(principalId: string): Promise<Issued> {
  const input = { principalId, label: 'for the wall display', validDays: 30 };
  return (await admin.data<{ issueMachineKey: Issued }>(ISSUE, { input })).issueMachineKey;
}

const as = ({ secret }: Issued): TestClient => accord.with(`Bearer ${secret}`);
const query = <R extends object>(sql: string, values: unknown[] = []): Promise<R[]> =>
  withClient(accord.database.urls.superuser, async (pg) => (await pg.query<R>(sql, values)).rows);

test('a machine signs in with client credentials', async () => {
  expect(await (await accord.as('brent-dashboard')).data('{ viewer { displayName roles tenant { name } } }')).toEqual({
    viewer: { displayName: 'Brent dashboard', roles: ['DASHBOARD'], tenant: { name: 'Brent' } },
  });
});

describe('a machine key', () => {
  it('signs its machine in, on every way in', async () => {
    const machine = await createMachine(['DASHBOARD', 'QUALITY']);
    const issued = await issueKey(machine.id);
    expect(await as(issued).data('{ viewer { id roles } }')).toEqual({
      viewer: { id: machine.id, roles: ['DASHBOARD', 'QUALITY'] },
    });
    const streams = [
      as(issued).subscribe('subscription { providerAlerts { id } }'),
      as(issued).stream('subscription { providerAlerts { id } }'),
    ];
    await until(() => streams.every(({ status }) => status !== undefined));
    expect(streams.map(({ status, ended }) => [status, ended])).toEqual([
      [101, undefined],
      [200, undefined],
    ]);
    for (const stream of streams) stream.close();
  });

  it('is shown once, and only its hash is kept', async () => {
    const machine = await createMachine();
    const issued = await issueKey(machine.id);
    const secret = Buffer.from(issued.secret.replace(/^accord_key_/, ''), 'base64url').subarray(32);
    const [row] = await query<{ kept: string; secret_hash: string }>(
      'select row_to_json(k)::text as kept, secret_hash from machine_key k where id = $1',
      [issued.key.id],
    );
    expect(row?.secret_hash).toBe(createHash('sha256').update(secret).digest('hex'));
    for (const form of [issued.secret, secret.toString('base64url'), secret.toString('hex')])
      expect(row?.kept).not.toContain(form);
    const { text } = await admin.send(KEYS);
    expect(text).toContain(issued.key.id);
    expect(text).not.toContain(row?.secret_hash);
    expect(text).not.toContain(issued.secret);
  });

  it('lasts as long as was said', async () => {
    const { key } = await issueKey((await createMachine()).id);
    expect(Date.parse(key.expiresAt) - Date.parse(key.createdAt)).toBe(30 * 86_400_000);
  });

  it('has the roles that the directory gives now', async () => {
    const machine = await createMachine(['DASHBOARD']);
    const issued = await issueKey(machine.id);
    await admin.data(`mutation { setPrincipalRoles(id: "${machine.id}", roles: [QUALITY]) { principal { id } } }`);
    expect(await as(issued).data('{ viewer { roles } }')).toEqual({ viewer: { roles: ['QUALITY'] } });
  });
});

const ENDINGS: readonly [what: string, end: (issued: Issued, machine: Machine) => Promise<unknown>][] = [
  ['has been revoked', ({ key }) => admin.data(REVOKE, { id: key.id })],
  [
    'has expired',
    ({ key }) => query(`update machine_key set expires_at = now() - interval '1 second' where id = $1`, [key.id]),
  ],
  [
    'is of a disabled machine',
    (_issued, { id }) => admin.data(`mutation { disablePrincipal(id: "${id}") { principal { id } } }`),
  ],
  ['is gone', ({ key }) => query('delete from machine_key where id = $1', [key.id])],
];

describe('nobody is signed in by a key that', () => {
  const refused = async () => receive(accord, 'Bearer nonsense');

  it.each(ENDINGS)('%s', async (_what, end) => {
    const machine = await createMachine();
    const issued = await issueKey(machine.id);
    expect((await as(issued).send('{ viewer { id } }')).status).toBe(200);
    await end(issued, machine);
    expect(await receive(accord, `Bearer ${issued.secret}`)).toEqual(await refused());
  });

  it('has another secret, another id or another tenant', async () => {
    const { secret } = await issueKey((await createMachine()).id);
    const bytes = Buffer.from(secret.replace(/^accord_key_/, ''), 'base64url');
    const [barnet] = await query<{ id: string }>(`select id from organisation where code = 'E09000003'`);
    const forged = [63, 31].map((at) => {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      return changed;
    });
    forged.push(Buffer.concat([Buffer.from((barnet?.id ?? '').replaceAll('-', ''), 'hex'), bytes.subarray(16)]));
    for (const key of forged) {
      expect(await receive(accord, `Bearer accord_key_${key.toString('base64url')}`)).toEqual(await refused());
    }
  });
});

describe('whoever keeps the machines', () => {
  const refusal = async (client: TestClient, mutation: string, input: object): Promise<unknown> => {
    const { errors } = await client.send(mutation, { input });
    return errors?.map(({ extensions: { code, path } }) => [code, path]);
  };

  it('gives roles of their own organisation alone, and a subject once', async () => {
    const input = { subject: 'brent-dashboard', displayName: 'Another', roles: ['DASHBOARD'] };
    expect(await refusal(admin, CREATE, input)).toEqual([['CONFLICT', 'input.subject']]);
    expect(await refusal(admin, CREATE, { ...input, subject: 'new', roles: ['ALLIANCE_ADMIN'] })).toEqual([
      ['BAD_USER_INPUT', 'input.roles'],
    ]);
    expect(await refusal(admin, CREATE, { ...input, subject: ' ' })).toEqual([['BAD_USER_INPUT', 'input.subject']]);
  });

  it('issues keys to machines, for one day to a year', async () => {
    const { id } = await createMachine();
    for (const validDays of [0, 366]) {
      expect(await refusal(admin, ISSUE, { principalId: id, label: 'x', validDays })).toEqual([
        ['BAD_USER_INPUT', 'input.validDays'],
      ]);
    }
    expect(await refusal(admin, ISSUE, { principalId: id, label: '', validDays: 1 })).toEqual([
      ['BAD_USER_INPUT', 'input.label'],
    ]);
    const { viewer } = await admin.data<{ viewer: Machine }>('{ viewer { id } }');
    expect(await refusal(admin, ISSUE, { principalId: viewer.id, label: 'x', validDays: 1 })).toEqual([
      ['BAD_USER_INPUT', 'input.principalId'],
    ]);
  });

  it('is an administrator of that organisation', async () => {
    const machine = await createMachine();
    const { key } = await issueKey(machine.id);
    const input = { principalId: machine.id, label: 'x', validDays: 1 };
    const counted = () => query('select count(*) as n from machine_key where principal_id = $1', [machine.id]);
    const before = await counted();
    for (const [persona, code] of [
      ['brent-placements', 'FORBIDDEN'],
      ['brent-dashboard', 'FORBIDDEN'],
      ['alliance-admin', 'NOT_FOUND'],
    ] as const) {
      const client = await accord.as(persona);
      expect(await refusal(client, ISSUE, input)).toEqual([[code, undefined]]);
      const { errors } = await client.send(REVOKE, { id: key.id });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
    }
    expect(await counted()).toEqual(before);
    expect(await query('select revoked_at from machine_key where id = $1', [key.id])).toEqual([{ revoked_at: null }]);
  });
});
