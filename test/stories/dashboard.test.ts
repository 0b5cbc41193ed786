import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { exampleId, organisationId, TENANT_CODE } from '@accord/infra';
import { withClient } from '@accord/persistence';
import { TestAccord, until, type TestClient } from '@accord/testkit';
import { streamsOpened } from '../contract/support/wait.js';
import { alertsOf, at, COPPERBEECH, heard, raiseFlag, subscribeToAlerts, type Alerts } from './alliance.js';

/** User story 7: a borough's dashboard, a machine with a key, subscribes to alerts. */

let accord: TestAccord;
let barnet: TestClient;
let brent: TestClient;
let dashboard: TestClient;
let keyId: string;
const open: Alerts[] = [];

beforeAll(async () => {
  accord = await TestAccord.start();
  barnet = await accord.as('barnet-placements');
  brent = await accord.as('brent-quality');
  const admin = await accord.as('brent-admin');
  const { createMachine } = await admin.data<{ createMachine: { principal: { id: string } } }>(
    `mutation { createMachine(input: { subject: "story-dashboard", displayName: "Brent's wall dashboard", roles: [DASHBOARD] }) { principal { id } } }`,
  );
  const { issueMachineKey } = await admin.data<{ issueMachineKey: { key: { id: string }; secret: string } }>(
    'mutation($input: IssueMachineKeyInput!) { issueMachineKey(input: $input) { key { id } secret } }',
    { input: { principalId: createMachine.principal.id, label: 'The wall', validDays: 30 } },
  );
  keyId = issueMachineKey.key.id;
  dashboard = accord.with(`Bearer ${issueMachineKey.secret}`);
});

afterAll(async () => {
  for (const stream of open) stream.close();
  await accord.stop();
});

/** Subscribes, so that everything from now on is heard. */
async function subscribe(client: TestClient, after?: string): Promise<Alerts> {
  await streamsOpened(accord.url, open.length);
  const stream = subscribeToAlerts(client, after);
  open.push(stream);
  await streamsOpened(accord.url, open.length);
  return stream;
}

function hangUp(stream: Alerts): void {
  stream.close();
  open.splice(open.indexOf(stream), 1);
}

const raiseInTurn = async (...summaries: string[]): Promise<void> => {
  for (const summary of summaries) await raiseFlag(barnet, { ...COPPERBEECH, summary });
};

it('hears in order, each alert with a cursor, and after a reconnect what it missed, once', async () => {
  const first = await subscribe(dashboard);
  await raiseInTurn('first', 'second', 'third');
  await first.has(3);
  expect(heard(first)).toEqual([
    ['FLAG_RAISED', 'first'],
    ['FLAG_RAISED', 'second'],
    ['FLAG_RAISED', 'third'],
  ]);
  const cursors = alertsOf(first).map(({ cursor }) => cursor);
  expect(new Set(cursors).size).toBe(3);

  hangUp(first);
  await raiseInTurn('fourth', 'fifth');
  const second = await subscribe(dashboard, cursors[2]);
  await raiseInTurn('sixth');
  await second.has(3);
  expect(heard(second).map(([, summary]) => summary)).toEqual(['fourth', 'fifth', 'sixth']);

  // From further back it hears the same alerts again, under the same ids.
  hangUp(second);
  const third = await subscribe(dashboard, cursors[0]);
  await third.has(5);
  expect(heard(third).map(([, summary]) => summary)).toEqual(['second', 'third', 'fourth', 'fifth', 'sixth']);
  expect(alertsOf(third).slice(2)).toEqual(alertsOf(second).map((alert) => expect.objectContaining({ id: alert.id })));
  hangUp(third);
});

it('sees nothing of what policy hides', async () => {
  const stream = await subscribe(dashboard);
  await raiseFlag(barnet, { ...COPPERBEECH, summary: 'A summary travels', detail: 'A detail stays' });
  await stream.has(1);
  expect(alertsOf(stream)[0]?.flag).toMatchObject({
    summary: 'A summary travels',
    detail: null,
    raisedBy: { name: 'Barnet' },
  });
  expect(JSON.stringify(stream.events)).not.toContain('A detail stays');
  hangUp(stream);
});

it('hears nothing of a group from the moment on at which its borough has left', async () => {
  const FERNLOCK = at('Fernlock Living Ltd', 'Fernlock Mews');
  const sharing = {
    level: 'NAMED',
    groupIds: [exampleId('group', 'west')],
    reason: 'For those who lead on placements',
  };
  const stream = await subscribe(dashboard);
  await raiseFlag(barnet, { ...FERNLOCK, summary: 'For the group', sharing });
  await stream.has(1);

  await withClient(accord.database.urls.superuser, (client) =>
    client.query('update borough_group_member set member_until = current_date where organisation_id = $1', [
      organisationId(TENANT_CODE.brent),
    ]),
  );
  await raiseFlag(barnet, { ...FERNLOCK, summary: 'For those who are left', sharing });
  await raiseInTurn('For all concerned');
  await stream.has(2);
  expect(heard(stream)).toEqual([
    ['FLAG_RAISED', 'For the group'],
    ['FLAG_RAISED', 'For all concerned'],
  ]);

  // Nor by going back: what was heard once is no longer there to be heard.
  const again = await subscribe(dashboard, alertsOf(stream)[0]?.cursor);
  await again.has(1);
  expect(heard(again)).toEqual([['FLAG_RAISED', 'For all concerned']]);
  hangUp(again);
  hangUp(stream);
});

it('hears nothing from the moment on at which its key is revoked', async () => {
  const [stream, colleague] = [await subscribe(dashboard), await subscribe(brent)];
  await raiseInTurn('while the key holds');
  await stream.has(1);

  const admin = await accord.as('brent-admin');
  await admin.data('mutation($id: ID!) { revokeMachineKey(id: $id) { key { id } } }', { id: keyId });
  await raiseInTurn('the very next one');
  await colleague.has(2);
  await until(() => stream.ended !== undefined);
  expect(stream.ended).toEqual({ code: 4403 });
  expect(heard(stream)).toEqual([['FLAG_RAISED', 'while the key holds']]);

  const again = subscribeToAlerts(dashboard, alertsOf(stream)[0]?.cursor);
  await until(() => again.ended !== undefined);
  expect(again.ended).toEqual({ code: 4403 });
  expect(again.events).toEqual([]);
});
