import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Disclosure } from '@accord/access';
import { newId } from '@accord/kernel';
import { classesOf } from './support/classification.js';
import { Listening, type SeenAlert } from './support/listening.js';
import { newHold } from './support/hold-operation.js';
import { expectRefusal, expectRefused } from './support/refusal.js';
import {
  CONDITIONS,
  HOLD_LIFTED_ON,
  HOLD_REASON,
  HOLD_REVIEW_ON,
  HOLD_STARTS_ON,
  OUTCOME_REASON,
  Scene,
  SHARING_REASON,
} from './support/scene.js';
import { everyField } from './support/selection.js';
import { homeOf, SCENARIOS, sharingInput, standing, type Scenario, type Standing } from './support/standing.js';
import { COURT, JUNIPERFIELD, TENANT, TENANTS, type TenantName } from './support/world.js';

type SeenHold = Record<string, unknown>;

/** To whom a class of fields is shown, as `DISCLOSURES` says it in words. */
const SHOWN_TO: Partial<Record<Disclosure | 'by action', readonly Standing[]>> = {
  existence: ['owner', 'audience', 'existence'],
  audience: ['owner', 'audience'],
  'owner-named': ['owner', 'audience'],
  owner: ['owner'],
};

const HOLD_FIELDS = everyField('Hold', { provider: 'id', home: 'id' });
const HOLD = `query($id: ID!) { hold(id: $id) { ${HOLD_FIELDS} } }`;
const LIST = 'query($id: ID!) { provider(id: $id) { holds(first: 10) { nodes { id } edges { node { id } } } } }';
const START = 'mutation($input: StartHoldInput!) { startHold(input: $input) { hold { id version } } }';
const LIFT = 'mutation($input: LiftHoldInput!) { liftHold(input: $input) { hold { id liftedOn liftReason } } }';
const REVIEW = 'mutation($input: ReviewHoldInput!) { reviewHold(input: $input) { hold { version reviewNote } } }';
const CHANGE = 'mutation($input: ChangeHoldSharingInput!) { changeHoldSharing(input: $input) { hold { version } } }';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

async function see(tenant: TenantName, id: string): Promise<SeenHold | null | undefined> {
  return (await (await scene.member(tenant)).send<{ hold: SeenHold | null }>(HOLD, { id })).data?.hold;
}

/** What a tenant may see of a hold: what the owner sees of the classes that are shown to it, and null for the rest. */
function expected(full: SeenHold, how: Standing, anonymous: boolean): SeenHold {
  const fields = [...classesOf('Hold')].map(([field, disclosure]) => {
    if (field === 'existenceOnly') return [field, how === 'existence'] as const;
    const shown =
      SHOWN_TO[disclosure]?.includes(how) === true && !(disclosure === 'owner-named' && anonymous && how !== 'owner');
    return [field, shown ? full[field] : null] as const;
  });
  return Object.fromEntries(fields);
}

describe.each(SCENARIOS)('a hold $title', (scenario) => {
  const { facts, standings } = scenario;
  const isLifted = (facts.outcome ?? null) !== null;

  it('shows each tenant just the fields of its standing, and lists it for them alone', async () => {
    const id = await scene.hold(facts);
    const full = (await see('brent', id)) ?? {};
    expect(full).toEqual({
      id,
      scope: homeOf(facts) === null ? 'PROVIDER' : 'HOME',
      existenceOnly: false,
      provider: { id: JUNIPERFIELD },
      home: homeOf(facts) === null ? null : { id: homeOf(facts) },
      kind: 'SAFEGUARDING_CONCERN',
      startsOn: HOLD_STARTS_ON,
      reviewOn: HOLD_REVIEW_ON,
      reason: HOLD_REASON,
      reviewedOn: null,
      reviewNote: null,
      liftedOn: isLifted ? HOLD_LIFTED_ON : null,
      liftReason: isLifted ? OUTCOME_REASON : null,
      conditions: CONDITIONS,
      version: 1,
      decidedAt: expect.any(String),
      borough: expect.objectContaining({ id: TENANT.brent }),
      sharing: facts.level ?? 'BOROUGHS_CONCERNED',
      sharingReason: SHARING_REASON,
    });
    for (const tenant of TENANTS) {
      const how = standings[tenant];
      const seen = await see(tenant, id);
      expect({ tenant, seen }).toEqual({
        tenant,
        seen: how === 'hidden' ? null : expected(full, how, facts.anonymous === true),
      });
      const client = await scene.member(tenant);
      if (how === 'hidden') expectRefused(await client.send(HOLD, { id }), 'NOT_FOUND');
      const { provider } = await client.data<{ provider: { holds: { nodes: unknown[]; edges: unknown[] } } }>(LIST, {
        id: JUNIPERFIELD,
      });
      const listed = how === 'hidden' ? [] : [{ id }];
      expect({ tenant, nodes: provider.holds.nodes }).toEqual({ tenant, nodes: listed });
      expect(provider.holds.edges).toEqual(listed.map((node) => ({ node })));
    }
    await scene.removeFlag(id);
  });
});

const director = () => scene.caller('brent-director');

async function start(facts: Scenario['facts'] = {}): Promise<string> {
  const input = { ...newHold(), homeId: homeOf(facts), sharing: sharingInput(facts), idempotencyKey: newId() };
  const { startHold } = await (await director()).data<{ startHold: { hold: { id: string } } }>(START, { input });
  return startHold.hold.id;
}

/** What is left of a hold for those who lost sight of it: the ids that they knew. */
const withheld = (id: string): SeenHold => {
  const fields = [...classesOf('Hold').keys()].map((field) => [field, null] as const);
  const ids = { id, scope: 'HOME', existenceOnly: true, provider: { id: JUNIPERFIELD }, home: { id: COURT } };
  return { ...(Object.fromEntries(fields) as SeenHold), ...ids };
};

const SOME: unknown = expect.any(String);
const alert = (fields: Readonly<Record<string, unknown>>): unknown => expect.objectContaining(fields);

describe('alerts of holds', () => {
  let listening: Listening;

  beforeAll(async () => {
    listening = await Listening.start(scene);
  });

  afterAll(() => listening.stop());

  const expectHeard = (
    heard: Readonly<Record<string, SeenAlert[]>>,
    wanted: (tenant: TenantName) => readonly unknown[],
  ): void =>
    expect(heard).toEqual(Object.fromEntries(listening.streams.map(({ tenant, name }) => [name, wanted(tenant)])));

  const TOLD = SCENARIOS.filter(
    ({ facts, title }) => facts.outcome === undefined && !/outside the agre|no home/.test(title),
  );

  it.each(TOLD)('$title tell each tenant what its standing allows, at the start and at the end', async (scenario) => {
    const { facts, standings } = scenario;
    const id = await start(facts);
    const heard = await listening.take();
    const seen = new Map<TenantName, unknown>();
    for (const tenant of standing(scenario, 'owner', 'audience', 'existence')) seen.set(tenant, await see(tenant, id));
    const time = (tenant: TenantName) => (tenant === 'brent' || facts.anonymous !== true ? SOME : null);
    expectHeard(heard, (tenant) => {
      const how = standings[tenant];
      if (how === 'hidden') return [];
      const occurredAt = how === 'existence' ? null : time(tenant);
      return [alert({ kind: 'HOLD_STARTED', hold: seen.get(tenant), flag: null, occurredAt })];
    });
    const beyond = standing(scenario, 'existence', 'hidden').map((tenant) => heard[`${tenant} WebSocket`]);
    for (const text of [HOLD_REASON, SHARING_REASON, TENANT.brent]) expect(JSON.stringify(beyond)).not.toContain(text);

    await (await director()).data(LIFT, { input: { holdId: id, reason: OUTCOME_REASON, idempotencyKey: newId() } });
    expectHeard(await listening.take(), (tenant) => {
      const how = standings[tenant];
      if (how === 'hidden') return [];
      // The same boroughs are told that it is over: those who knew only that it was there, nothing but that.
      if (how === 'existence') return [alert({ kind: 'HOLD_LIFTED', hold: withheld(id), occurredAt: null })];
      const lifted = alert({ id, liftReason: OUTCOME_REASON, liftedOn: SOME });
      return [alert({ kind: 'HOLD_LIFTED', hold: lifted, occurredAt: time(tenant) })];
    });
    const inboxes = await inboxesOf(id);
    expect(inboxes.ealing).toEqual(standings.ealing === 'hidden' ? [] : [LIFTED, GONE]);
    expect(inboxes.barnet).toEqual(
      { hidden: [], existence: [LIFTED, GONE], audience: [LIFTED, STARTED], owner: [] }[standings.barnet],
    );
  });

  const STARTED = 'Juniper Court, Juniperfield Homes Ltd: hold on new placements started';
  const LIFTED = 'Juniper Court, Juniperfield Homes Ltd: hold on new placements lifted';
  const GONE = 'Juniper Court, Juniperfield Homes Ltd: no longer shared with you';

  async function inboxesOf(id: string): Promise<Record<'barnet' | 'ealing', string[]>> {
    await scene.settled();
    const of = async (tenant: TenantName) => {
      const told = await scene.sql<{ id: string }>('select id from notification where sharing_id = $1', [id]);
      const { notifications } = await (
        await scene.member(tenant)
      ).data<{ notifications: { nodes: { id: string; subject: string }[] } }>(
        '{ notifications(first: 50) { nodes { id subject } } }',
      );
      return notifications.nodes.filter((node) => told.some((row) => row.id === node.id)).map(({ subject }) => subject);
    };
    return { barnet: await of('barnet'), ealing: await of('ealing') };
  }

  it('tell those who lose sight of one that it is so, with ids alone, and those who gain it of a start', async () => {
    const id = await start({ level: 'NAMED', named: [{ borough: 'havering' }] });
    await listening.take();
    const change = (expectedVersion: number, facts: Scenario['facts']) =>
      director().then((client) =>
        client.data(CHANGE, {
          input: { holdId: id, expectedVersion, sharing: sharingInput(facts), idempotencyKey: newId() },
        }),
      );
    await change(1, { level: 'OWN_BOROUGH' });
    const knew: TenantName[] = ['havering', 'barnet', 'city', 'hammersmith', 'ealing', 'hackney', 'haringey'];
    expectHeard(await listening.take(), (tenant) =>
      knew.includes(tenant) ? [alert({ kind: 'ACCESS_ENDED', hold: withheld(id), flag: null })] : [],
    );
    await change(2, { level: 'NAMED', named: [{ borough: 'alliance' }, { borough: 'barnet' }] });
    const gaining: TenantName[] = ['alliance', 'barnet', 'city', 'hammersmith', 'ealing', 'hackney', 'haringey'];
    expectHeard(await listening.take(), (tenant) =>
      gaining.includes(tenant) ? [alert({ kind: 'HOLD_STARTED' })] : [],
    );
    await change(3, { level: 'OWN_BOROUGH' });
    await listening.take();
  });
});

describe('a hold', () => {
  it('is looked at again, in a version of its own, and then lifted once', async () => {
    const id = await start();
    const client = await director();
    const reviewed = { holdId: id, note: 'Two of three put right.', reviewOn: newHold().reviewOn, expectedVersion: 1 };
    expect(await client.data(REVIEW, { input: reviewed })).toEqual({
      reviewHold: { hold: { version: 2, reviewNote: reviewed.note } },
    });
    await expectRefusal(scene, client, 'CONFLICT', REVIEW, { input: reviewed });
    await client.data(LIFT, { input: { holdId: id, reason: 'Put right.', idempotencyKey: newId() } });
    for (const [document, input] of [
      [LIFT, { holdId: id, reason: 'Again.', idempotencyKey: newId() }],
      [REVIEW, { ...reviewed, expectedVersion: 3 }],
    ] as const)
      await expectRefusal(scene, client, 'CONFLICT', document, { input });
  });

  it.each([
    ['input.reviewOn', { reviewOn: '2020-01-01' }],
    ['input.reviewOn', { reviewOn: '2090-01-01' }],
    ['input.reviewOn', { startsOn: newHold().reviewOn }],
    ['input.startsOn', { startsOn: '2020-01-01' }],
    ['input.reason', { reason: ' ' }],
    ['input.reason', { reason: 'A young person born 3 May 2009 was hurt.' }],
    [
      'input.sharing.anonymous',
      {
        homeId: null,
        sharing: { level: 'BOROUGHS_CONCERNED', reason: 'r', anonymous: true },
        providerId: 'quillstone',
      },
    ],
  ])('with a wrong %s is refused and leaves nothing', async (path, wrong) => {
    const input = { ...newHold(), ...wrong, idempotencyKey: newId() };
    if (input.providerId === 'quillstone') input.providerId = await quillstone();
    const client = await director();
    await expectRefusal(scene, client, 'BAD_USER_INPUT', START, { input });
    const { errors } = await client.send(START, { input });
    expect(errors?.[0]?.extensions['path']).toBe(path);
  });

  const quillstone = async (): Promise<string> => {
    const [row] = await scene.sql<{ id: string }>(`select id from provider where name like 'Quillstone%'`);
    return row?.id ?? '';
  };
});
