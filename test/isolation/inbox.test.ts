import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { newFlag } from './support/operation.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { homeOf, SCENARIOS, sharingInput, standing, type Scenario } from './support/standing.js';
import { AGREEMENT, COURT, JUNIPERFIELD, TENANT, TENANTS, type TenantName } from './support/world.js';

const IDS = { provider: 'id', home: 'id' };
const DELIVERY = everyField('Delivery', { attempts: everyField('DeliveryAttempt') });
const NOTIFICATION = everyField('Notification', { ...IDS, flag: everyField('Flag', IDS), deliveries: DELIVERY });
const INBOX = `{ notifications(first: 20) { unreadCount nodes { ${NOTIFICATION} } } }`;
const FLAG = `query($id: ID!) { flag(id: $id) { ${everyField('Flag', IDS)} } }`;
const PREFERENCES = `{ notificationPreferences { ${everyField('NotificationPreference')} } }`;
const RAISE = 'mutation($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id } } }';
const CHANGE = 'mutation($input: ChangeFlagSharingInput!) { changeFlagSharing(input: $input) { flag { id } } }';
const PREFER = `mutation($input: NotificationPreferenceInput!) { setNotificationPreference(input: $input) { preference { kind } } }`;

interface Told {
  id: string;
  subject: string;
  kind: string;
  occurredAt: string | null;
  flag: Record<string, unknown> | null;
  [field: string]: unknown;
}

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
  // A machine is told from the moment on at which it is in the directory.
  for (const tenant of TENANTS) await scene.member(tenant);
});

afterAll(() => scene.stop());

async function inboxOf(tenant: TenantName): Promise<Told[]> {
  const { notifications } = await (await scene.member(tenant)).data<{ notifications: { nodes: Told[] } }>(INBOX);
  return notifications.nodes;
}

async function raise(facts: Scenario['facts']): Promise<string> {
  const input = { ...newFlag(), homeId: homeOf(facts), sharing: sharingInput(facts), idempotencyKey: newId() };
  const { raiseFlag } = await (
    await scene.member('brent')
  ).data<{ raiseFlag: { flag: { id: string } } }>(RAISE, { input });
  await scene.settled();
  return raiseFlag.flag.id;
}

async function change(flagId: string, facts: Scenario['facts']): Promise<void> {
  const input = { flagId, expectedVersion: 1, sharing: sharingInput(facts), idempotencyKey: newId() };
  await (await scene.member('brent')).data(CHANGE, { input });
  await scene.settled();
}

/** The tenants of whom somebody was told of a flag, by kind of event. */
async function toldOf(flagId: string, kind: string): Promise<TenantName[]> {
  const rows = await scene.sql<{ id: string }>(
    'select distinct tenant_id as id from notification where sharing_id = $1 and kind = $2',
    [flagId, kind],
  );
  return TENANTS.filter((tenant) => rows.some(({ id }) => id === TENANT[tenant]));
}

const about = (told: readonly Told[], flagId: string): Told[] => told.filter(({ flag }) => flag?.['id'] === flagId);

const SOME_TIME: unknown = expect.any(String);

/** What a tenant's inbox says of a flag that was just raised. */
async function expectedOf({ standings, facts }: Scenario, tenant: TenantName, flagId: string): Promise<unknown[]> {
  const how = standings[tenant];
  if (how === 'hidden') return [];
  const { flag } = await (await scene.member(tenant)).data<{ flag: unknown }>(FLAG, { id: flagId });
  const isTimed = how === 'owner' || (how === 'audience' && facts.anonymous !== true);
  const home = homeOf(facts);
  const delivered = {
    channel: 'IN_APP',
    state: 'DELIVERED',
    attempts: [expect.objectContaining({ number: 1, outcome: 'DELIVERED' })],
  };
  return [
    expect.objectContaining({
      kind: 'FLAG_RAISED',
      subject: `${home === null ? '' : 'Juniper Court, '}Juniperfield Homes Ltd: HIGH flag raised`,
      occurredAt: isTimed ? SOME_TIME : null,
      flag,
      provider: { id: JUNIPERFIELD },
      home: home === null ? null : { id: home },
      readAt: null,
      deliveries: [expect.objectContaining(delivered)],
    }),
  ];
}

const RAISED = SCENARIOS.filter(
  ({ facts, title }) => facts.outcome === undefined && !/outside the agreement/.test(title),
);

describe.each(RAISED)('of a flag $title, an inbox', (scenario) => {
  const { facts } = scenario;

  it('holds what the caller may know today, and nothing of anybody else', async () => {
    const id = await raise(facts);
    expect(await toldOf(id, 'FLAG_RAISED')).toEqual(standing(scenario, 'owner', 'audience', 'existence'));
    for (const tenant of TENANTS) {
      const told = about(await inboxOf(tenant), id);
      expect({ tenant, told }).toEqual({ tenant, told: await expectedOf(scenario, tenant, id) });
    }
    const strangers = await scene.sql(
      'select 1 from notification n join principal p on p.id = n.recipient_id where n.sharing_id = $1 and p.tenant_id <> n.tenant_id',
      [id],
    );
    expect(strangers).toEqual([]);
  });
});

describe('an inbox', () => {
  it('says no more of a flag to those who lost sight of it, in what it said before and in what it says now', async () => {
    const id = await raise({});
    await change(id, { level: 'OWN_BOROUGH' });
    const losing: TenantName[] = [
      'barnet',
      'city',
      'havering',
      'hammersmith',
      'alliance',
      'ealing',
      'hackney',
      'haringey',
    ];
    expect(await toldOf(id, 'ACCESS_ENDED')).toEqual(TENANTS.filter((tenant) => losing.includes(tenant)));
    for (const tenant of losing) {
      const [ended, raised] = await inboxOf(tenant);
      for (const told of [ended, raised]) {
        expect({ tenant, ...told }).toMatchObject({
          tenant,
          subject: 'Juniper Court, Juniperfield Homes Ltd: no longer shared with you',
          occurredAt: null,
          flag: null,
          provider: { id: JUNIPERFIELD },
          home: { id: COURT },
        });
      }
      expect([ended?.kind, raised?.kind]).toEqual(['ACCESS_ENDED', 'FLAG_RAISED']);
    }
    expect(about(await inboxOf('brent'), id)).toHaveLength(1);
  });

  it('falls back to the existence of a flag for those who place there and are left out', async () => {
    const id = await raise({});
    await change(id, { level: 'NAMED', named: [{ borough: 'barnet' }] });
    const [, raised] = await inboxOf('city');
    expect(raised).toMatchObject({
      subject: 'Juniper Court, Juniperfield Homes Ltd: HIGH flag raised',
      occurredAt: null,
      flag: { id, existenceOnly: true, severity: 'HIGH', summary: null, kind: null, raisedBy: null },
    });
  });

  it('says no more once the borough has left the agreement, without anybody having to tell it', async () => {
    const id = await raise({});
    const before = about(await inboxOf('havering'), id);
    const set = (until: string) =>
      scene.sql(
        `update agreement_member set member_until = ${until} where agreement_id = $1 and organisation_id = $2`,
        [AGREEMENT, TENANT.havering],
      );
    await set(`'2026-01-01'`);
    const [after] = await inboxOf('havering');
    await set('null');
    expect(before[0]?.flag?.['summary']).toBe(newFlag()['summary']);
    expect(after).toMatchObject({
      id: before[0]?.id,
      flag: null,
      occurredAt: null,
      subject: expect.stringContaining('no longer shared'),
    });
  });

  it('says nothing of flags to somebody whose roles no longer see them', async () => {
    const id = await raise({});
    const { client, principalId } = await scene.machine('barnet', ['PLACEMENTS']);
    const [source] = await scene.sql<{ event_id: string; position: string }>(
      'select event_id, position from notification where sharing_id = $1',
      [id],
    );
    await scene.insert('notification', {
      id: newId(),
      tenant_id: TENANT.barnet,
      recipient_id: principalId,
      ...source,
      kind: 'FLAG_RAISED',
      sharing_id: id,
      provider_id: JUNIPERFIELD,
      home_id: COURT,
      occurred_at: new Date(),
    });
    const read = async () => (await client.data<{ notifications: { nodes: Told[] } }>(INBOX)).notifications.nodes[0];
    expect((await read())?.flag?.['summary']).toBe(newFlag()['summary']);
    await scene.sql(`update principal set roles = '{BOROUGH_ADMIN}' where id = $1`, [principalId]);
    expect(await read()).toMatchObject({ flag: null, occurredAt: null, subject: expect.not.stringContaining('HIGH') });
  });

  it('is one person’s: a colleague neither reads it nor marks it, and has preferences of their own', async () => {
    const [placements, quality] = [await scene.caller('brent-placements'), await scene.caller('brent-quality')];
    await raise({});
    const mine = await scene.notifications('brent-placements');
    const colleague = await quality.data<{ notifications: { nodes: Told[] } }>(INBOX);
    expect(colleague.notifications.nodes.filter(({ id }) => mine.includes(id))).toEqual([]);
    await quality.data('mutation($ids: [ID!]!) { markNotificationsRead(ids: $ids) { unreadCount } }', { ids: mine });
    expect(await scene.notifications('brent-placements')).toEqual(mine);
    await placements.data(PREFER, { input: { kind: 'FLAG_RAISED', enabled: false, minimumSeverity: 'CRITICAL' } });
    const raisedOf = async (client: typeof quality) =>
      (
        await client.data<{ notificationPreferences: { kind: string; enabled: boolean }[] }>(PREFERENCES)
      ).notificationPreferences.find(({ kind }) => kind === 'FLAG_RAISED');
    expect([await raisedOf(placements), await raisedOf(quality)]).toMatchObject([
      { enabled: false },
      { enabled: true },
    ]);
  });
});
