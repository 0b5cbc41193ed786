import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessFeature } from '@accord/access';
import { newId } from '@accord/kernel';
import { createOrm } from '@accord/persistence';
import { turnReferenceClock } from '@accord/references';
import type { TestClient } from '@accord/testkit';
import pg from 'pg';
import {
  ANSWERED_BY,
  ANSWERS,
  DECLINED_BECAUSE,
  newRequest,
  QUESTIONS,
  referenceOf,
} from './support/reference-operation.js';
import { expectRefusal, expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { AGREEMENT, COURT, JUNIPERFIELD, JUNIPERWOOD, RISE, TENANT, TENANTS, type TenantName } from './support/world.js';

const IDS = { provider: 'id', home: 'id', borough: 'id', requestedBy: 'id' };
const REFERENCE = everyField('Reference', IDS);
const REQUEST = `query($id: ID!) { referenceRequest(id: $id) { ${everyField('ReferenceRequest', { ...IDS, received: REFERENCE })} } }`;
const LISTS = `query($id: ID!) { referenceRequests(first: 50) { nodes { id } }
  provider(id: $id) { references(first: 50) { nodes { ${REFERENCE} } } } }`;
const ASK =
  'mutation($input: AskForReferencesInput!) { askForReferences(input: $input) { request { id state required dueOn received { id } } } }';
const ANSWER =
  'mutation($input: AnswerReferenceInput!) { answerReference(input: $input) { reference { state youngPeople version } } }';
const DECLINE =
  'mutation($input: DeclineReferenceInput!) { declineReference(input: $input) { reference { state declineReason } } }';
const SHARE = 'mutation($input: ShareReferenceInput!) { shareReference(input: $input) { reference { version } } }';
const SETTLE =
  'mutation($input: ReferenceSettingInput!) { settleReferences(input: $input) { setting { isAsked required } } }';

interface SeenReference {
  readonly id: string;
  readonly borough: { readonly id: string };
  readonly [field: string]: unknown;
}

interface Lists {
  readonly referenceRequests: { readonly nodes: { readonly id: string }[] };
  readonly provider: { readonly references: { readonly nodes: SeenReference[] } };
}

interface Asked {
  readonly askForReferences: { readonly request: { readonly id: string; readonly [field: string]: unknown } };
}

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
  // The example world has a request of Brent's.
  await clear();
});

afterAll(() => scene.stop());

const officer = (tenant: TenantName): Promise<TestClient> =>
  scene.caller(tenant === 'alliance' ? 'alliance ALLIANCE_SAFEGUARDING_LEAD' : `${tenant} PLACEMENTS`);

const listsOf = async (tenant: TenantName): Promise<Lists> =>
  (await officer(tenant)).data<Lists>(LISTS, { id: JUNIPERFIELD });

const newQuestion = (home: string | null = COURT, providerId = JUNIPERFIELD) => ({
  providerId,
  homeId: home,
  questions: QUESTIONS,
  purpose: 'PLACEMENT_DECISION',
  idempotencyKey: newId(),
});

/** The tenants of whom somebody was told of a request, by kind of event. */
async function toldOf(requestId: string, kind: string): Promise<TenantName[]> {
  await scene.settled();
  const rows = await scene.sql<{ id: string }>(
    'select distinct tenant_id as id from notification where reference_request_id = $1 and kind = $2',
    [requestId, kind],
  );
  return TENANTS.filter((tenant) => rows.some(({ id }) => id === TENANT[tenant]));
}

async function clear(): Promise<void> {
  for (const table of ['borough_reference', 'reference_request', 'reference_setting']) await scene.sql(`delete from ${table}`);
}

describe('whoever asks', () => {
  it('reaches those who place there under an agreement, and learns neither who they are nor whether there are any', async () => {
    for (const tenant of TENANTS) await officer(tenant);
    const islington = await officer('islington');
    const answers = [];
    for (const question of [newQuestion(), newQuestion(null, JUNIPERWOOD)]) {
      const { askForReferences } = await islington.data<Asked>(ASK, { input: question });
      answers.push(askForReferences.request);
    }
    const [some, none] = answers as [Asked['askForReferences']['request'], Asked['askForReferences']['request']];
    expect({ ...some, id: null }).toEqual({ ...none, id: null });
    expect(some).toMatchObject({ state: 'WAITING', required: 2, received: [] });
    const reached = async (id: string) =>
      (await scene.sql<{ id: string }>('select borough_id as id from borough_reference where request_id = $1', [id]))
        .map((row) => TENANTS.find((tenant) => TENANT[tenant] === row.id))
        .toSorted();
    expect(await reached(some.id)).toEqual(['barnet', 'brent', 'city', 'hammersmith']);
    expect(await reached(none.id)).toEqual([]);
    expect(await toldOf(some.id, 'REFERENCE_ASKED')).toEqual(['brent', 'barnet', 'city', 'hammersmith']);
    expect(await toldOf(none.id, 'REFERENCE_ASKED')).toEqual([]);
    // By role: whoever may answer, and nobody else of a borough that is asked.
    const roles = await scene.sql<{ roles: string[] }>(
      'select p.roles from notification n join principal p on p.id = n.recipient_id where n.reference_request_id = $1',
      [some.id],
    );
    for (const { roles: own } of roles)
      expect(own.some((role) => ['PLACEMENTS', 'QUALITY', 'ASSISTANT_DIRECTOR'].includes(role))).toBe(true);
    // Nor does the database tell it: not the rows, not the event.
    const gateway = new pg.Client({ connectionString: scene.accord.database.urls.gateway });
    await gateway.connect();
    await gateway.query(`select set_config('app.tenant', $1, false)`, [TENANT.islington]);
    expect((await gateway.query('select from borough_reference')).rowCount).toBe(0);
    expect((await gateway.query('select id from outbox_event where reference_request_id is not null')).rowCount).toBe(0);
    await expect(gateway.query('select recipients from outbox_event')).rejects.toThrow('permission denied');
    await gateway.end();
    await expectRefusal(scene, islington, 'CONFLICT', ASK, { input: newQuestion() });
    await clear();
  });

  it('keeps what a borough settled to itself, and asks nobody who keeps out', async () => {
    const input = { isAsked: false, required: 1 };
    expect(await (await scene.caller('barnet BOROUGH_ADMIN')).data(SETTLE, { input })).toEqual({
      settleReferences: { setting: input },
    });
    const setting = '{ referenceSetting { isAsked required } }';
    expect(await (await officer('barnet')).data(setting)).toEqual({ referenceSetting: input });
    expect(await (await officer('brent')).data(setting)).toEqual({
      referenceSetting: { isAsked: true, required: 2 },
    });
    const { askForReferences } = await (await officer('islington')).data<Asked>(ASK, { input: newQuestion() });
    const { id } = askForReferences.request;
    expect(await toldOf(id, 'REFERENCE_ASKED')).toEqual(['brent', 'city', 'hammersmith']);
    expectRefused(await (await officer('barnet')).send(REQUEST, { id }), 'NOT_FOUND');
    await clear();
  });

  it('is refused where no agreement is in force, and for questions that are none or name somebody', async () => {
    for (const tenant of ['ealing', 'hackney', 'haringey'] as const)
      await expectRefusal(scene, await officer(tenant), 'BAD_USER_INPUT', ASK, { input: newQuestion() });
    const islington = await officer('islington');
    for (const [path, wrong] of [
      ['input.questions', { questions: [] }],
      ['input.questions.1', { questions: ['Fine?', 'What of the one born 3 May 2009?'] }],
      ['input.workingDays', { workingDays: 0 }],
      ['input.homeId', { providerId: JUNIPERWOOD }],
    ] as const) {
      const input = { ...newQuestion(), ...wrong };
      await expectRefusal(scene, islington, 'BAD_USER_INPUT', ASK, { input });
      expect((await islington.send(ASK, { input })).errors?.[0]?.extensions['path']).toBe(path);
    }
  });
});

const FIGURES = { youngPeople: 17, usedSince: '2025-02-03', answeredBy: ANSWERED_BY };
const answers = QUESTIONS.map((question, index) => ({ question, answer: ANSWERS[index] }));

/** A reference as the borough that asked sees it. */
const given = (borough: TenantName, said: Record<string, unknown>) => ({
  id: expect.any(String),
  provider: { id: JUNIPERFIELD },
  home: { id: COURT },
  borough: { id: TENANT[borough] },
  requestedBy: { id: TENANT.islington },
  state: 'ANSWERED',
  answers,
  answeredOn: '2026-11-20',
  declineReason: null,
  ...FIGURES,
  sharedWithAlliance: null,
  version: null,
  ...said,
});

const DECLINED = { state: 'DECLINED', answers: null, youngPeople: null, usedSince: null, declineReason: DECLINED_BECAUSE };
const SILENT = { ...DECLINED, state: 'ASKED', declineReason: null, answeredOn: null, answeredBy: null };
const owned = { sharedWithAlliance: false, version: 2 };
const WITHOUT_FIGURES = { requestedBy: null, youngPeople: null, usedSince: null, answeredBy: null };

describe('a request that some answered', () => {
  let id: string;

  beforeAll(async () => {
    id = await newRequest(scene, {
      asked: { brent: 'ANSWERED', barnet: 'ASKED', city: 'DECLINED', hammersmith: 'SHARED' },
    });
  });

  afterAll(clear);

  const byBorough = (rows: readonly SeenReference[]) => rows.toSorted((a, b) => (a.borough.id < b.borough.id ? -1 : 1));

  it('shows each tenant just its part of a request, and of the references in it', async () => {
    const own: Partial<Record<TenantName, unknown>> = {
      brent: given('brent', owned),
      barnet: given('barnet', { ...SILENT, sharedWithAlliance: false, version: 1 }),
      city: given('city', { ...DECLINED, ...owned }),
      hammersmith: given('hammersmith', { sharedWithAlliance: true, version: 2 }),
    };
    const asker = byBorough([
      given('brent', {}),
      given('city', DECLINED),
      given('hammersmith', {}),
    ] as unknown as SeenReference[]);
    const outside: TenantName[] = ['ealing', 'hackney', 'haringey', 'camden'];
    for (const tenant of TENANTS) {
      const { data, errors } = await (
        await officer(tenant)
      ).send<{ referenceRequest: { received: SeenReference[] } | null }>(REQUEST, { id });
      const request = data?.referenceRequest;
      const isParty = tenant === 'islington' || tenant in own;
      const received = tenant === 'islington' ? asker : [own[tenant]];
      const seen = request && { ...request, received: byBorough(request.received) };
      expect({ tenant, seen }).toEqual({
        tenant,
        seen: isParty
          ? {
              id,
              provider: { id: JUNIPERFIELD },
              home: { id: COURT },
              borough: { id: TENANT.islington },
              purpose: 'PLACEMENT_DECISION',
              questions: QUESTIONS,
              askedAt: expect.any(String),
              requestedBy: 'Officer who asks',
              dueOn: '2099-01-01',
              isDueCertain: true,
              state: tenant === 'islington' ? 'COMPLETE' : null,
              required: tenant === 'islington' ? 2 : null,
              received,
            }
          : null,
      });
      if (!isParty) expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
      const lists = await listsOf(tenant);
      expect({ tenant, listed: lists.referenceRequests.nodes }).toEqual({ tenant, listed: isParty ? [{ id }] : [] });
      const shared = outside.includes(tenant) ? [] : [given('hammersmith', WITHOUT_FIGURES)];
      const said = tenant === 'barnet' ? [] : [own[tenant]];
      const references =
        tenant === 'islington' ? asker : tenant === 'hammersmith' ? said : [...(tenant in own ? said : []), ...shared];
      expect({ tenant, references: byBorough(lists.provider.references.nodes) }).toEqual({
        tenant,
        references: byBorough(references as SeenReference[]),
      });
    }
  });

  it('shows nothing of what others said once no agreement is in force any more', async () => {
    const set = (until: string) =>
      scene.sql(`update agreement_member set member_until = ${until} where agreement_id = $1 and organisation_id = $2`, [
        AGREEMENT,
        TENANT.islington,
      ]);
    await set(`'2026-01-01'`);
    const { data } = await (await officer('islington')).send<{ referenceRequest: { received: unknown[] } }>(REQUEST, { id });
    const lists = await listsOf('islington');
    await set('null');
    expect([data?.referenceRequest.received, lists.provider.references.nodes]).toEqual([[], []]);
  });

  it('goes to the alliance, and back, as the borough that answered says', async () => {
    const brent = await officer('brent');
    const referenceId = await referenceOf(scene, id, 'brent');
    const seen = async () => (await listsOf('enfield')).provider.references.nodes.map(({ borough }) => borough.id);
    const share = (withAlliance: boolean, expectedVersion: number) =>
      brent.data(SHARE, { input: { referenceId, withAlliance, expectedVersion } });
    await share(true, 2);
    expect((await seen()).toSorted()).toEqual([TENANT.brent, TENANT.hammersmith].toSorted());
    await expectRefusal(scene, brent, 'CONFLICT', SHARE, {
      input: { referenceId, withAlliance: true, expectedVersion: 2 },
    });
    await share(false, 3);
    expect(await seen()).toEqual([TENANT.hammersmith]);
  });
});

describe('whoever is asked', () => {
  afterAll(clear);

  it('answers or declines once, in time, and tells nobody but the one that asks', async () => {
    for (const tenant of TENANTS) await officer(tenant);
    const { askForReferences } = await (await officer('islington')).data<Asked>(ASK, { input: newQuestion() });
    const requestId = askForReferences.request.id;
    const input = () => ({ requestId, answers: ANSWERS, youngPeople: 17, idempotencyKey: newId() });
    const brent = await officer('brent');
    for (const [path, wrong] of [
      ['input.answers', { answers: ['One.'] }],
      ['input.answers.0', { answers: ['Write to a.person@example.com.', 'Yes.'] }],
      ['input.youngPeople', { youngPeople: -1 }],
      ['input.usedSince', { usedSince: '2099-01-01' }],
    ] as const) {
      await expectRefusal(scene, brent, 'BAD_USER_INPUT', ANSWER, { input: { ...input(), ...wrong } });
      expect((await brent.send(ANSWER, { input: { ...input(), ...wrong } })).errors?.[0]?.extensions['path']).toBe(path);
    }
    expect(await brent.data(ANSWER, { input: input() })).toEqual({
      answerReference: { reference: { state: 'ANSWERED', youngPeople: 17, version: 2 } },
    });
    await expectRefusal(scene, brent, 'CONFLICT', ANSWER, { input: input() });
    const reason = DECLINED_BECAUSE;
    await (await officer('city')).data(DECLINE, { input: { requestId, reason, idempotencyKey: newId() } });
    expect(await toldOf(requestId, 'REFERENCE_ANSWERED')).toEqual(['islington']);
    expect(await toldOf(requestId, 'REFERENCE_DECLINED')).toEqual(['islington']);
    await scene.sql(`update borough_reference set due_on = '2026-01-01' where request_id = $1`, [requestId]);
    await expectRefusal(scene, await officer('barnet'), 'CONFLICT', ANSWER, { input: input() });
    // The one that let it pass sees that it did; the one that asks is not told who it was.
    const lapsed = await (await officer('barnet')).data<{ referenceRequest: { received: SeenReference[] } }>(REQUEST, {
      id: requestId,
    });
    expect(lapsed.referenceRequest.received).toMatchObject([{ state: 'LAPSED', borough: { id: TENANT.barnet } }]);
    const seen = await (await officer('islington')).data<{ referenceRequest: { received: SeenReference[] } }>(REQUEST, {
      id: requestId,
    });
    expect(seen.referenceRequest.received.map(({ state }) => state).toSorted()).toEqual(['ANSWERED', 'DECLINED']);
  });
});

describe('a deadline that is over', () => {
  afterAll(clear);

  it('is told to the one that asked, once, in the same words however many were asked and answered', async () => {
    const dueOn = '2026-11-02';
    const ids = [
      await newRequest(scene, { dueOn, home: COURT, asked: {} }),
      await newRequest(scene, { dueOn, home: RISE, asked: { brent: 'ASKED', barnet: 'ASKED' } }),
      await newRequest(scene, { dueOn, home: COURT, asked: { brent: 'ANSWERED', barnet: 'ANSWERED' } }),
    ];
    const due = await newRequest(scene, { dueOn: '2026-11-03' });
    await officer('islington');
    const { config, database } = scene.accord;
    const orm = await createOrm({ url: database.urls.worker, entities: accessFeature.entities, pool: config.DATABASE_POOL });
    const now = new Date('2026-11-03T00:30:00Z');
    expect([await turnReferenceClock(orm, now), await turnReferenceClock(orm, now)]).toEqual([3, 0]);
    await orm.close();
    const events = [];
    for (const id of ids) {
      expect(await toldOf(id, 'REFERENCES_LAPSED')).toEqual(['islington']);
      const [event] = await scene.sql(
        `select kind, recipients, sharing_id, agreement_id from outbox_event where reference_request_id = $1`,
        [id],
      );
      events.push(event);
    }
    expect(new Set(events.map((event) => JSON.stringify(event))).size).toBe(1);
    expect(await toldOf(due, 'REFERENCES_LAPSED')).toEqual([]);
  });
});
