import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  ANSWERED_BY,
  ANSWERS,
  DECLINED_BECAUSE,
  newRequest,
  QUESTIONS,
  referenceOf,
} from './support/reference-operation.js';
import {
  ASK,
  clearReferences,
  newQuestion,
  officer,
  REFERENCE,
  REQUEST,
  toldOf,
  type Asked,
  type SeenReference,
  type SeenRequest,
} from './support/references.js';
import { expectRefusal, expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { AGREEMENT, COURT, JUNIPERFIELD, JUNIPERWOOD, TENANT, TENANTS, type TenantName } from './support/world.js';

const LISTS = `query($id: ID!) { referenceRequests(first: 50) { nodes { id } }
  provider(id: $id) { references(first: 50) { nodes { ${REFERENCE} } } } }`;
const SHARE = 'mutation($input: ShareReferenceInput!) { shareReference(input: $input) { reference { version } } }';
const SETTLE =
  'mutation($input: ReferenceSettingInput!) { settleReferences(input: $input) { setting { isAsked required } } }';

interface Lists {
  readonly referenceRequests: { readonly nodes: { readonly id: string }[] };
  readonly provider: { readonly references: { readonly nodes: SeenReference[] } };
}

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
  await clearReferences(scene);
});

afterAll(() => scene.stop());

const listsOf = async (tenant: TenantName): Promise<Lists> =>
  (await officer(scene, tenant)).data<Lists>(LISTS, { id: JUNIPERFIELD });

describe('whoever asks', () => {
  it('reaches those who place there under an agreement, and learns neither who they are nor whether there are any', async () => {
    for (const tenant of TENANTS) await officer(scene, tenant);
    const islington = await officer(scene, 'islington');
    const answers = [];
    for (const question of [newQuestion(), newQuestion(null, JUNIPERWOOD)]) {
      const { askForReferences } = await islington.data<Asked>(ASK, { input: question });
      answers.push(askForReferences.request);
    }
    const [some, none] = answers as [Asked['askForReferences']['request'], Asked['askForReferences']['request']];
    expect({ ...some, id: null }).toEqual({ ...none, id: null });
    expect(some).toMatchObject({ state: 'WAITING', required: 2, received: [] });
    const reached = async (id: string) =>
      (
        await scene.sql<{ id: string }>('select borough_id as id from borough_reference where request_id = $1', [id])
      ).map(({ id: borough }) => borough);
    const placing = (['brent', 'barnet', 'city', 'hammersmith'] as const).map((tenant) => TENANT[tenant]);
    expect(new Set(await reached(some.id))).toEqual(new Set(placing));
    expect(await reached(none.id)).toEqual([]);
    expect(await toldOf(scene, some.id, 'REFERENCE_ASKED')).toEqual(['brent', 'barnet', 'city', 'hammersmith']);
    expect(await toldOf(scene, none.id, 'REFERENCE_ASKED')).toEqual([]);
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
    expect((await gateway.query('select id from outbox_event where reference_request_id is not null')).rowCount).toBe(
      0,
    );
    await expect(gateway.query('select recipients from outbox_event')).rejects.toThrow('permission denied');
    await gateway.end();
    await expectRefusal(scene, islington, 'CONFLICT', ASK, { input: newQuestion() });
    await clearReferences(scene);
  });

  it('keeps what a borough settled to itself, and asks nobody who keeps out', async () => {
    const input = { isAsked: false, required: 1 };
    expect(await (await scene.caller('barnet BOROUGH_ADMIN')).data(SETTLE, { input })).toEqual({
      settleReferences: { setting: input },
    });
    const setting = '{ referenceSetting { isAsked required } }';
    expect(await (await officer(scene, 'barnet')).data(setting)).toEqual({ referenceSetting: input });
    expect(await (await officer(scene, 'brent')).data(setting)).toEqual({
      referenceSetting: { isAsked: true, required: 2 },
    });
    const { askForReferences } = await (await officer(scene, 'islington')).data<Asked>(ASK, { input: newQuestion() });
    const { id } = askForReferences.request;
    expect(await toldOf(scene, id, 'REFERENCE_ASKED')).toEqual(['brent', 'city', 'hammersmith']);
    expectRefused(await (await officer(scene, 'barnet')).send(REQUEST, { id }), 'NOT_FOUND');
    await clearReferences(scene);
  });

  it('is refused where no agreement is in force, and for questions that are none or name somebody', async () => {
    for (const tenant of ['ealing', 'hackney', 'haringey'] as const)
      await expectRefusal(scene, await officer(scene, tenant), 'BAD_USER_INPUT', ASK, { input: newQuestion() });
    const islington = await officer(scene, 'islington');
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

const DECLINED = {
  state: 'DECLINED',
  answers: null,
  youngPeople: null,
  usedSince: null,
  declineReason: DECLINED_BECAUSE,
};
const SILENT = { ...DECLINED, state: 'ASKED', declineReason: null, answeredOn: null, answeredBy: null };
const owned = { sharedWithAlliance: false, version: 2 };
const WITHOUT_FIGURES = { requestedBy: null, youngPeople: null, usedSince: null, answeredBy: null };

const REQUESTED = {
  provider: { id: JUNIPERFIELD },
  home: { id: COURT },
  borough: { id: TENANT.islington },
  purpose: 'PLACEMENT_DECISION',
  questions: QUESTIONS,
  askedAt: expect.any(String),
  requestedBy: 'Officer who asks',
  dueOn: '2099-01-01',
  isDueCertain: true,
};
const ASKERS = { state: 'COMPLETE', required: 2 };
const OTHERS = { state: null, required: null };

describe('a request that some answered', () => {
  let id: string;

  beforeAll(async () => {
    id = await newRequest(scene, {
      asked: { brent: 'ANSWERED', barnet: 'ASKED', city: 'DECLINED', hammersmith: 'SHARED' },
    });
  });

  afterAll(() => clearReferences(scene));

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
      const answer = await (await officer(scene, tenant)).send<SeenRequest>(REQUEST, { id });
      const request = answer.data?.referenceRequest;
      const isParty = tenant === 'islington' || tenant in own;
      const received = tenant === 'islington' ? asker : [own[tenant]];
      const seen = request && { ...request, received: byBorough(request.received) };
      expect({ tenant, seen }).toEqual({
        tenant,
        seen: isParty ? { ...REQUESTED, id, ...(tenant === 'islington' ? ASKERS : OTHERS), received } : null,
      });
      expect((answer.errors ?? []).map((error) => error.extensions.code)).toEqual(isParty ? [] : ['NOT_FOUND']);
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
      scene.sql(
        `update agreement_member set member_until = ${until} where agreement_id = $1 and organisation_id = $2`,
        [AGREEMENT, TENANT.islington],
      );
    await set(`'2026-01-01'`);
    const { data } = await (await officer(scene, 'islington')).send<SeenRequest>(REQUEST, { id });
    const lists = await listsOf('islington');
    await set('null');
    expect([data?.referenceRequest.received, lists.provider.references.nodes]).toEqual([[], []]);
  });

  it('goes to the alliance, and back, as the borough that answered says', async () => {
    const brent = await officer(scene, 'brent');
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
