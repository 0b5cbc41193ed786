import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accessFeature, turnSharingClock } from '@accord/access';
import { newId } from '@accord/kernel';
import { createOrm } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Listening, type SeenAlert } from './support/listening.js';
import { Scene } from './support/scene.js';
import { insertion, COURT, JUNIPERFIELD, TENANT, TENANTS } from './support/world.js';

/** Who hears that Barnet asks for what Brent holds, of the answer, and of the end of what was granted; once, and nobody else. */

const ASK = `mutation($input: AskForIntelligenceInput!) { askForIntelligence(input: $input) { request { id } } }`;
const PASS_ON = 'mutation($id: ID!) { passOnAccessRequest(id: $id) { request { state } } }';
const ANSWER = `mutation($input: AnswerAccessRequestInput!) { answerAccessRequest(input: $input) { request { state } } }`;

const KINDS = ['ACCESS_REQUESTED', 'ACCESS_REQUEST_ANSWERED', 'ACCESS_ENDED', 'INTELLIGENCE_SHARED'];
const OFFICERS = {
  'brent INFORMATION_GOVERNANCE': 'brent-ig',
  'brent PLACEMENTS': 'brent-placements',
  'brent OUT_OF_HOURS': 'brent OUT_OF_HOURS',
  'barnet PLACEMENTS': 'barnet-placements',
  'barnet INFORMATION_GOVERNANCE': 'barnet INFORMATION_GOVERNANCE',
  'alliance ALLIANCE_SAFEGUARDING_LEAD': 'alliance-safeguarding',
  'alliance ACCREDITATION_LEAD': 'alliance-lead',
  'city PLACEMENTS': 'city PLACEMENTS',
} as const;

let scene: Scene;
let worker: MikroORM;
let listening: Listening;

beforeAll(async () => {
  scene = await Scene.start();
  worker = await createOrm({ url: scene.accord.database.urls.worker, entities: accessFeature.entities, pool: 2 });
  // Whoever has not signed in yet is not told.
  for (const who of Object.values(OFFICERS)) await (await scene.caller(who)).data('{ viewer { id } }');
  listening = await Listening.start(scene);
});

afterAll(async () => {
  await listening.stop();
  await worker.close();
  await scene.stop();
});

/** What came on the streams, by who listened: kind, home and item. */
async function heard(): Promise<Record<string, object[]>> {
  const all = await listening.take();
  const told = (alert: SeenAlert) => ({ kind: alert.kind, provider: alert['provider'], item: alert['intelligence'] });
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, alerts]) => (alerts.length === 0 ? [] : [[name, alerts.map(told)]])),
  );
}

/** Which of the officers were notified of what since, how often. */
async function notified(): Promise<Record<string, string[]>> {
  const rows = await scene.sql<{ kind: string; tenant_id: string; roles: string[] }>(
    // Of some roles there are several people; each is told of an event once, which its key holds.
    `select distinct n.position, n.kind, n.tenant_id, p.roles from notification n join principal p on p.id = n.recipient_id
     where n.kind = any($1) and n.position > $2 order by n.position`,
    [KINDS, since],
  );
  const found: Record<string, string[]> = {};
  for (const { kind, tenant_id: tenantId, roles } of rows) {
    const tenant = TENANTS.find((name) => TENANT[name] === tenantId);
    for (const role of roles) (found[`${tenant} ${role}`] ??= []).push(kind);
  }
  return Object.fromEntries(Object.keys(OFFICERS).flatMap((who) => (found[who] ? [[who, found[who]]] : [])));
}

let since = '0';
const start = async () => {
  const [row] = await scene.sql<{ last: string }>('select coalesce(max(position), 0) as last from outbox_event');
  since = row?.last ?? '0';
};

async function ask(anonymous: boolean): Promise<{ itemId: string; requestId: string }> {
  const itemId = await scene.item({ level: 'OWN_BOROUGH', mayBeAskedFor: true, anonymous });
  const input = { itemId, purpose: 'MONITORING', reason: 'We place there.', idempotencyKey: newId() };
  const barnet = await scene.caller('barnet-placements');
  const answers = [await barnet.data<Asked>(ASK, { input }), await barnet.data<Asked>(ASK, { input })];
  return { itemId, requestId: answers[0]?.askForIntelligence.request.id ?? '' };
}

interface Asked {
  readonly askForIntelligence: { readonly request: { readonly id: string } };
}

async function answer(requestId: string, days: number | null): Promise<void> {
  const input = { requestId, days, reason: 'For your visit.', idempotencyKey: newId() };
  const brent = await scene.caller('brent-placements');
  for (const _ of [1, 2]) await brent.data(ANSWER, { input });
}

/** On both of a tenant's streams. */
const onBoth = (tenant: string, ...events: object[]) => ({
  [`${tenant} WebSocket`]: events,
  [`${tenant} SSE`]: events,
});

const provider = { id: JUNIPERFIELD };
const nothingOf = (id: string): unknown => expect.objectContaining({ id, category: null, tlp: null, version: null });
const allOf = (id: string): unknown => expect.objectContaining({ id, tlp: expect.any(String) });

describe('a request to see what somebody holds', () => {
  beforeEach(start);

  it('tells those of the owner who answer it', async () => {
    const { itemId } = await ask(false);
    expect(await heard()).toEqual(onBoth('brent', { kind: 'ACCESS_REQUESTED', provider, item: allOf(itemId) }));
    expect(await notified()).toEqual({
      'brent INFORMATION_GOVERNANCE': ['ACCESS_REQUESTED'],
      'brent PLACEMENTS': ['ACCESS_REQUESTED'],
    });
  });

  it('tells the alliance that somebody asks an owner who is anonymous, and the owner once it is passed on', async () => {
    const { requestId } = await ask(true);
    expect(await heard()).toEqual(onBoth('alliance', { kind: 'ACCESS_REQUESTED', provider: null, item: null }));
    expect(await notified()).toEqual({ 'alliance ALLIANCE_SAFEGUARDING_LEAD': ['ACCESS_REQUESTED'] });
    const lead = await scene.caller('alliance-safeguarding');
    const { notifications } = await lead.data<{ notifications: { nodes: { subject: string }[] } }>(
      '{ notifications(first: 5) { nodes { subject } } }',
    );
    expect(notifications.nodes).toContainEqual({ subject: 'somebody asks to see what is held' });
    await start();
    await lead.data(PASS_ON, { id: requestId });
    expect(await heard()).toEqual(onBoth('brent', { kind: 'ACCESS_REQUESTED', provider, item: null }));
    expect(await notified()).toEqual({
      'brent INFORMATION_GOVERNANCE': ['ACCESS_REQUESTED'],
      'brent PLACEMENTS': ['ACCESS_REQUESTED'],
    });
  });

  it('tells whoever asked of the answer, with the id that they asked for alone', async () => {
    for (const days of [null, 7]) {
      const { itemId, requestId } = await ask(false);
      await heard();
      await start();
      await answer(requestId, days);
      const answered = { kind: 'ACCESS_REQUEST_ANSWERED', provider, item: nothingOf(itemId) };
      const shared = days === null ? [] : [{ kind: 'INTELLIGENCE_SHARED', provider, item: allOf(itemId) }];
      expect(await heard()).toEqual(onBoth('barnet', ...shared, answered));
      const all = [...shared.map(({ kind }) => kind), 'ACCESS_REQUEST_ANSWERED'];
      expect(await notified()).toEqual({
        'barnet PLACEMENTS': all,
        ...(days !== null && { 'barnet INFORMATION_GOVERNANCE': ['INTELLIGENCE_SHARED'] }),
      });
    }
    const { notifications } = await (
      await scene.caller('barnet-placements')
    ).data<{ notifications: { nodes: { subject: string; occurredAt: string | null }[] } }>(
      '{ notifications(first: 20) { nodes { subject occurredAt } } }',
    );
    const subject = 'Juniper Court, Juniperfield Homes Ltd: your request to see what is held was answered';
    // Declined: it is not theirs to see, nor then its time. Granted: it is.
    expect(notifications.nodes.filter((one) => one.subject === subject)).toEqual([
      { subject, occurredAt: expect.any(String) as unknown },
      { subject, occurredAt: null },
    ]);
  });

  it('tells nobody where it is refused', async () => {
    const hidden = await scene.item({ level: 'OWN_BOROUGH' });
    const input = { itemId: hidden, purpose: 'MONITORING', reason: 'We place there.', idempotencyKey: newId() };
    const { errors } = await (await scene.caller('barnet-placements')).send(ASK, { input });
    expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(await heard()).toEqual({});
  });
});

describe('the end of what was granted for a time', () => {
  afterEach(() => scene.sql('delete from sharing_grant'));
  beforeEach(start);

  const turn = () => Promise.all([1, 2].map(() => turnSharingClock(worker, new Date())));

  it('tells whoever lost sight by it, by ids alone and once', async () => {
    const id = await scene.item({ level: 'OWN_BOROUGH', granted: [{ to: 'barnet', state: 'ended' }] });
    expect((await turn()).flatMap(({ faults }) => faults)).toEqual([]);
    await turn();
    await scene.settled();
    expect(await heard()).toEqual(onBoth('barnet', { kind: 'ACCESS_ENDED', provider, item: nothingOf(id) }));
    expect(await notified()).toEqual({
      'barnet PLACEMENTS': ['ACCESS_ENDED'],
      'barnet INFORMATION_GOVERNANCE': ['ACCESS_ENDED'],
    });
  });

  it('tells nobody who has sight of it in some other way, whose grant still holds, or was told when it was taken away', async () => {
    await scene.item({ level: 'NAMED', named: [{ borough: 'barnet' }], granted: [{ to: 'barnet', state: 'ended' }] });
    await scene.item({ level: 'OWN_BOROUGH', granted: [{ to: 'barnet' }] });
    await scene.item({ level: 'OWN_BOROUGH', granted: [{ to: 'city', state: 'revoked' }] });
    await turn();
    await scene.settled();
    expect(await heard()).toEqual({});
    expect(await notified()).toEqual({});
  });
});

describe('the event that whoever asks may write', () => {
  const write = async (row: object, tenant: string): Promise<void> => {
    const { text, values } = insertion('outbox_event', { owner_id: tenant, occurred_at: new Date(), ...row });
    await scene.sql('begin');
    try {
      await scene.sql('set local role accord_gateway');
      await scene.sql(`select set_config('app.tenant', $1, true)`, [tenant]);
      await scene.sql(text, values);
    } finally {
      await scene.sql('rollback');
    }
  };
  const array = (...ids: string[]) => `{${ids.join(',')}}`;

  it('is the one of the request, to the owner alone or to the alliance without what it is about', async () => {
    const kind = 'ACCESS_REQUESTED';
    for (const throughAlliance of [false, true]) {
      const id = await scene.accessRequest(throughAlliance);
      const [request] = await scene.sql<{ item_id: string }>('select item_id from access_request where id = $1', [id]);
      const about = { provider_id: JUNIPERFIELD, home_id: COURT, sharing_id: request?.item_id };
      const [toOwner, toAlliance] = [
        { id, kind, ...about, recipients: array(TENANT.brent) },
        { id, kind, recipients: array(TENANT.alliance) },
      ];
      const [right, wrong] = throughAlliance ? [toAlliance, toOwner] : [toOwner, toAlliance];
      await write(right, TENANT.barnet);
      const others = [
        wrong,
        { ...right, id: newId() },
        { ...right, kind: 'ACCESS_ENDED' },
        { ...right, recipients: array(TENANT.city) },
        { ...right, recipients: array(TENANT.brent, TENANT.alliance) },
        { ...right, recipients: null },
        ...(throughAlliance ? [{ ...right, provider_id: JUNIPERFIELD }] : []),
      ];
      for (const other of others) await expect(write(other, TENANT.barnet)).rejects.toThrow(/row-level security/);
      await expect(write(right, TENANT.city)).rejects.toThrow(/row-level security/);
    }
  });
});
