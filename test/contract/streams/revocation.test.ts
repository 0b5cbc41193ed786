import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { withClient } from '@accord/persistence';
import { TestAccord, until, type TestClient } from '@accord/testkit';
import { alerts, alertsOf, ALERTS, LANTERNFIELD, raise, type Alert, type AlertEvents } from '../support/alerts.js';
import { createKey, inSeconds, TestIssuer } from '../support/issuer.js';
import { streamsOpened } from '../support/wait.js';
import { STREAM_WAYS, type StreamWay } from '../support/ways.js';

/** How long a connection may outlive the right to it, and this machine's other work. */
const PATIENCE_MS = 2000;

let accord: TestAccord;
let issuer: TestIssuer;
let alliance: TestClient;
let admin: TestClient;

beforeAll(async () => {
  issuer = await TestIssuer.start([await createKey()]);
  accord = await TestAccord.start({ OIDC_ISSUER: issuer.url });
  alliance = await signedIn({
    sub: 'alliance-safeguarding',
    accord_tenant: 'ALLIANCE',
    roles: ['ALLIANCE_SAFEGUARDING_LEAD', 'ALLIANCE_ADMIN'],
  });
  admin = await signedIn({ sub: 'brent-admin', roles: ['BOROUGH_ADMIN'] });
  const lead = await alliance.data<{ viewer: { id: string } }>('{ viewer { id } }');
  await query(
    `update principal set roles = '{ALLIANCE_SAFEGUARDING_LEAD,ALLIANCE_ADMIN}' where id = $1`,
    lead.viewer.id,
  );
});
afterAll(async () => {
  await accord.stop();
  await issuer.stop();
});

const signedIn = async (claims: Readonly<Record<string, unknown>>): Promise<TestClient> =>
  accord.with(`Bearer ${await issuer.token(claims)}`);

const query = (sql: string, ...values: unknown[]) =>
  withClient(accord.database.urls.superuser, (pg) => pg.query(sql, values));

const idOf = async (client: TestClient): Promise<string> =>
  (await client.data<{ viewer: { id: string } }>('{ viewer { id } }')).viewer.id;

let people = 0;

/** Somebody of Brent who is new, and what ends their right to listen. */
interface Listener {
  readonly client: TestClient;
  readonly end: () => Promise<unknown>;
  /** Lets the next one in again, where a whole organisation was shut out. */
  readonly restore?: () => Promise<unknown>;
}

const person = (claims: Readonly<Record<string, unknown>> = {}): Promise<TestClient> =>
  signedIn({ sub: `listener-${(people += 1)}`, ...claims });

const LISTENERS: readonly [what: string, arrive: () => Promise<Listener>][] = [
  [
    'their key is revoked',
    async () => {
      const input = { subject: `display-${(people += 1)}`, displayName: 'Display', roles: ['DASHBOARD'] };
      const { createMachine } = await admin.data<{ createMachine: { principal: { id: string } } }>(
        'mutation($input: CreateMachineInput!) { createMachine(input: $input) { principal { id } } }',
        { input },
      );
      const { issueMachineKey } = await admin.data<{ issueMachineKey: { secret: string; key: { id: string } } }>(
        'mutation($input: IssueMachineKeyInput!) { issueMachineKey(input: $input) { secret key { id } } }',
        { input: { principalId: createMachine.principal.id, label: 'wall', validDays: 1 } },
      );
      const { secret, key } = issueMachineKey;
      const end = () => admin.data(`mutation { revokeMachineKey(id: "${key.id}") { key { id } } }`);
      return { client: accord.with(`Bearer ${secret}`), end };
    },
  ],
  [
    'they are disabled',
    async () => {
      const client = await person();
      const id = await idOf(client);
      return { client, end: () => admin.data(`mutation { disablePrincipal(id: "${id}") { principal { id } } }`) };
    },
  ],
  [
    'their organisation is suspended',
    async () => {
      const { viewer } = await admin.data<{ viewer: { tenant: { id: string } } }>('{ viewer { tenant { id } } }');
      const turn = (act: string) =>
        alliance.data(`mutation { ${act}(id: "${viewer.tenant.id}") { organisation { id } } }`);
      return {
        client: await person(),
        end: () => turn('suspendOrganisation'),
        restore: () => turn('reinstateOrganisation'),
      };
    },
  ],
  [
    'the database says so and nobody is told',
    async () => {
      const client = await person();
      const id = await idOf(client);
      return { client, end: () => query('update principal set disabled_at = now() where id = $1', id) };
    },
  ],
];

const opened: AlertEvents[] = [];

function open(client: TestClient, way: StreamWay): AlertEvents {
  const stream = client[way]<{ providerAlerts: Alert }>(ALERTS);
  opened.push(stream);
  return stream;
}

afterEach(async () => {
  for (const stream of opened.splice(0)) stream.close();
  await streamsOpened(accord.url, 0);
});

/** Both kinds of stream of a listener, once they are open. */
async function listen(client: TestClient): Promise<[webSocket: AlertEvents, eventStream: AlertEvents]> {
  const [webSocket, eventStream] = [open(client, 'subscribe'), open(client, 'stream')];
  await streamsOpened(accord.url, 2);
  return [webSocket, eventStream];
}

describe.each(LISTENERS)('when %s', (_what, arrive) => {
  it('silent connections are closed, and none is opened again', async () => {
    const { client, end, restore } = await arrive();
    const [webSocket, eventStream] = await listen(client);
    await end();
    await until(() => webSocket.ended !== undefined && eventStream.ended !== undefined, PATIENCE_MS);
    expect(webSocket.ended?.code).toBe(4403);
    const [again, anew] = [open(client, 'subscribe'), open(client, 'stream')];
    await until(() => again.ended !== undefined && anew.ended !== undefined);
    expect([again.ended?.code, anew.status]).toEqual([4403, 401]);
    await restore?.();
  });

  it('nothing that is committed after it comes any more', async () => {
    const { client, end, restore } = await arrive();
    const streams = await listen(client);
    // On a busy machine the last flag of the case before this one may only now get its place.
    const heard = () =>
      streams.map((stream) =>
        alertsOf(stream).flatMap(({ flag }) => (raised.includes(flag?.id ?? '') ? flag?.summary : [])),
      );
    const raised = [await raise(alliance, LANTERNFIELD, { summary: 'before' })];
    await until(() => heard().every((summaries) => summaries.length === 1));
    await end();
    raised.push(await raise(alliance, LANTERNFIELD, { summary: 'after' }));
    await until(() => streams.every(({ ended }) => ended !== undefined), PATIENCE_MS);
    await restore?.();
    expect(heard()).toEqual([['before'], ['before']]);
  });
});

describe('a token', () => {
  it('ends its connections when it expires', async () => {
    const expiry = inSeconds(3);
    const streams = await listen(await person({ exp: expiry }));
    await until(() => streams.every(({ ended }) => ended !== undefined), 3000 + PATIENCE_MS);
    expect(Date.now()).toBeGreaterThanOrEqual(expiry * 1000);
    expect(streams[0].ended?.code).toBe(4403);
  });
});

it.each(STREAM_WAYS)('whose role is taken hears no more (%s)', async (way) => {
  const client = await person();
  const stream = open(client, way);
  await streamsOpened(accord.url);
  const id = await idOf(client);
  await admin.data(`mutation { setPrincipalRoles(id: "${id}", roles: [BOROUGH_ADMIN]) { principal { id } } }`);
  await raise(alliance, LANTERNFIELD);
  await until(() => stream.ended !== undefined);
  expect(stream.events).toEqual([]);
});

describe('when a membership ends', () => {
  it.each(STREAM_WAYS)('what was shared by agreement comes no more, and the stream stays (%s)', async (way) => {
    const member = (until: string) =>
      query(
        `update agreement_member set member_until = ${until} where organisation_id = (select id from organisation where code = 'E09000003')`,
      );
    const barnet = await signedIn({ sub: 'barnet-placements', accord_tenant: 'E09000003' });
    const stream = open(barnet, way);
    await streamsOpened(accord.url);
    await raise(alliance, LANTERNFIELD, { summary: 'by agreement' });
    await alerts(stream, 1);
    await member('current_date');
    await raise(alliance, LANTERNFIELD, { summary: 'no longer by agreement' });
    await alerts(stream, 2);
    await member('null');
    // It places there, so that it learns that there is something, and no more.
    expect(alertsOf(stream).map(({ flag }) => [flag?.severity, flag?.summary])).toEqual([
      ['LOW', 'by agreement'],
      ['LOW', null],
    ]);
  });
});
