import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { expectRefused } from './support/refusal.js';
import {
  ASKED_BECAUSE,
  CONDITIONS,
  CORRECTION,
  ITEM_DETAIL,
  ITEM_SUMMARY,
  Scene,
  type ItemFacts,
} from './support/scene.js';
import { everyField } from './support/selection.js';
import { COURT, JUNIPERFIELD, TENANT, type TenantName } from './support/world.js';

type Row = Record<string, unknown>;

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
});

afterAll(() => scene.stop());

const officer = (tenant: TenantName) =>
  scene.caller(tenant === 'alliance' ? 'alliance-safeguarding' : `${tenant} PLACEMENTS`);

async function withItem(facts: ItemFacts, check: (id: string) => Promise<void>): Promise<void> {
  const id = await scene.item(facts);
  try {
    await check(id);
  } finally {
    await scene.removeItem(id);
  }
}

const CORROBORATE = `mutation($input: CorroborateInput!) { corroborateIntelligence(input: $input) { item {
  corroboration { ${everyField('CorroborationSummary', { boroughs: 'id' })} } } } }`;
const SAID = `query($id: ID!) { intelligenceItem(id: $id) {
  corroboration { ${everyField('CorroborationSummary', { boroughs: 'id' })} }
  corrections { ${everyField('Correction', { borough: 'id' })} } } }`;

async function said(tenant: TenantName, id: string): Promise<{ corroboration: Row; corrections: Row[] }> {
  const { intelligenceItem } = await (
    await officer(tenant)
  ).data<{
    intelligenceItem: { corroboration: Row; corrections: Row[] };
  }>(SAID, { id });
  return intelligenceItem;
}

describe('corroboration', () => {
  it('is counted for the audience, and named by those alone who let themselves be', async () => {
    await withItem({}, async (id) => {
      expect((await said('city', id)).corroboration).toMatchObject({ seenHereToo: 0, isSingleSource: true });
      const say = async (tenant: TenantName, kind: string, anonymous: boolean) =>
        (await officer(tenant)).data(CORROBORATE, { input: { itemId: id, kind, anonymous } });
      await say('barnet', 'SEEN_HERE_TOO', false);
      await say('havering', 'SEEN_HERE_TOO', true);
      await say('hammersmith', 'NOT_OUR_EXPERIENCE', false);
      const counts = { seenHereToo: 2, notOurExperience: 1, isSingleSource: false };
      const named = [{ id: TENANT.barnet }];
      expect((await said('brent', id)).corroboration).toEqual({ ...counts, boroughs: named, own: null });
      expect((await said('city', id)).corroboration).toEqual({ ...counts, boroughs: named, own: null });
      const havering = (await said('havering', id)).corroboration;
      expect(havering).toMatchObject({ ...counts, own: 'SEEN_HERE_TOO' });
      await (
        await officer('havering')
      ).data('mutation($id: ID!) { withdrawCorroboration(itemId: $id) { item { id } } }', { id });
      expect((await said('city', id)).corroboration).toMatchObject({ seenHereToo: 1 });
    });
  });

  it('is refused of one’s own, of what has gone, and without a name where that would not hide it', async () => {
    const say = async (tenant: TenantName, itemId: string, anonymous = false) =>
      (await officer(tenant)).send(CORROBORATE, { input: { itemId, kind: 'SEEN_HERE_TOO', anonymous } });
    await withItem({}, async (id) => expectRefused(await say('brent', id), 'FORBIDDEN'));
    await withItem({ withdrawn: true }, async (id) => expectRefused(await say('barnet', id), 'CONFLICT'));
    const about = { home: null, level: 'ALLIANCE' } as const;
    await withItem(about, async (id) => {
      // Elsewhere nobody could tell who: here hardly anybody has to do with the provider.
      await scene.sql('update sharing set provider_id = $2 where id = $1', [id, newId()]);
      expectRefused(await say('barnet', id, true), 'BAD_USER_INPUT');
    });
  });
});

describe('a proposed correction', () => {
  it('is for the owner and for whoever proposes it', async () => {
    await withItem({}, async (id) => {
      const propose = async (tenant: TenantName, anonymous: boolean) =>
        (await officer(tenant)).data(
          'mutation($input: ProposeCorrectionInput!) { proposeCorrection(input: $input) { item { id } } }',
          { input: { itemId: id, words: `${CORRECTION} (${tenant})`, anonymous, idempotencyKey: newId() } },
        );
      await propose('barnet', false);
      await propose('havering', true);
      const whose = async (tenant: TenantName) =>
        (await said(tenant, id)).corrections
          .map(({ words, borough }) => [words, borough])
          .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
      expect(await whose('brent')).toEqual([
        [`${CORRECTION} (barnet)`, { id: TENANT.barnet }],
        [`${CORRECTION} (havering)`, null],
      ]);
      expect(await whose('barnet')).toEqual([[`${CORRECTION} (barnet)`, { id: TENANT.barnet }]]);
      expect(await whose('havering')).toEqual([[`${CORRECTION} (havering)`, { id: TENANT.havering }]]);
      expect(await whose('city')).toEqual([]);
    });
  });
});

const HELD = `query($id: ID!) { provider(id: $id) { heldIntelligence { id home { id } borough { id } } visibleIntelligenceCount } }`;
const REQUESTS = `{ accessRequests(first: 10) { nodes { ${everyField('AccessRequest', { requester: 'id' })} } } }`;
const ASK = `mutation($input: AskForIntelligenceInput!) { askForIntelligence(input: $input) { request {
  ${everyField('AccessRequest', { requester: 'id' })} } } }`;

async function held(tenant: TenantName): Promise<{ heldIntelligence: Row[]; visibleIntelligenceCount: number }> {
  const { provider } = await (
    await officer(tenant)
  ).data<{
    provider: { heldIntelligence: Row[]; visibleIntelligenceCount: number };
  }>(HELD, { id: JUNIPERFIELD });
  return provider;
}

async function requests(tenant: TenantName, about: string): Promise<Row[]> {
  const { accessRequests } = await (await officer(tenant)).data<{ accessRequests: { nodes: Row[] } }>(REQUESTS);
  return accessRequests.nodes.filter(({ itemId, reason }) => itemId === about || reason === about);
}

describe('what somebody holds', () => {
  it('is a hint for those who place there under the agreement, where its owner allows it, and counts nowhere', async () => {
    const hint = (id: string, borough: unknown) => [{ id, home: { id: COURT }, borough }];
    await withItem({ level: 'OWN_BOROUGH', mayBeAskedFor: true }, async (id) => {
      for (const tenant of ['barnet', 'city', 'hammersmith'] as const) {
        expect([tenant, await held(tenant)]).toEqual([
          tenant,
          { heldIntelligence: hint(id, { id: TENANT.brent }), visibleIntelligenceCount: 0 },
        ]);
      }
      for (const tenant of ['havering', 'enfield', 'islington', 'ealing', 'camden', 'alliance'] as const) {
        expect([tenant, (await held(tenant)).heldIntelligence]).toEqual([tenant, []]);
      }
      expect((await held('brent')).heldIntelligence).toEqual([]);
    });
    await withItem(
      { mayBeAskedFor: true, level: 'NAMED', named: [{ borough: 'city' }], anonymous: true },
      async (id) => {
        expect((await held('barnet')).heldIntelligence).toEqual(hint(id, null));
        expect((await held('city')).heldIntelligence).toEqual([]);
      },
    );
    for (const facts of [
      { level: 'OWN_BOROUGH' },
      { mayBeAskedFor: true, withdrawn: true },
      { level: 'OWN_BOROUGH', mayBeAskedFor: true, consent: ['barnet'] },
    ] as const satisfies ItemFacts[]) {
      await withItem(facts, async () => expect((await held('barnet')).heldIntelligence).toEqual([]));
    }
  });

  it('goes through the alliance where the owner is anonymous, and each sees their part', async () => {
    await withItem({ level: 'OWN_BOROUGH', mayBeAskedFor: true, anonymous: true }, async (id) => {
      const input = { itemId: id, purpose: 'PLACEMENT_DECISION', reason: ASKED_BECAUSE, idempotencyKey: newId() };
      const { askForIntelligence } = await (
        await officer('barnet')
      ).data<{ askForIntelligence: { request: Row } }>(ASK, {
        input,
      });
      const { request } = askForIntelligence;
      const asked = {
        id: request['id'],
        requester: { id: TENANT.barnet },
        requestedBy: 'Machine of barnet',
        purpose: 'PLACEMENT_DECISION',
        reason: ASKED_BECAUSE,
        askedAt: expect.any(String),
        state: 'WITH_ALLIANCE',
        decisionReason: null,
        endsAt: null,
      };
      expect(await requests('barnet', id)).toEqual([{ ...asked, itemId: id }]);
      expect(await requests('alliance', ASKED_BECAUSE)).toEqual([{ ...asked, itemId: null }]);
      expect(await requests('brent', id)).toEqual([]);
      expect(await requests('city', id)).toEqual([]);
      const again = await (await officer('barnet')).send(ASK, { input: { ...input, idempotencyKey: newId() } });
      expectRefused(again, 'CONFLICT');

      await (
        await scene.caller('alliance-safeguarding')
      ).data('mutation($id: ID!) { passOnAccessRequest(id: $id) { request { state } } }', { id: request['id'] });
      expect(await requests('brent', id)).toEqual([{ ...asked, itemId: id, state: 'ASKED' }]);
      const answer = async (days: number | null, idempotencyKey = newId()) =>
        (await officer('brent')).send(
          'mutation($input: AnswerAccessRequestInput!) { answerAccessRequest(input: $input) { request { state } } }',
          { input: { requestId: request['id'], days, reason: 'They place there.', idempotencyKey } },
        );
      const grants = () => scene.sql('select from sharing_grant where sharing_id = $1', [id]);
      expectRefused(await answer(0), 'BAD_USER_INPUT');
      const answers = await Promise.all([answer(7, 'granted once'), answer(7, 'granted once')]);
      expect(answers.map(({ errors }) => errors)).toEqual([undefined, undefined]);
      expectRefused(await answer(9, 'granted once'), 'CONFLICT');
      expectRefused(await answer(null), 'CONFLICT');
      expect(await grants()).toHaveLength(1);
      expect(await requests('barnet', id)).toMatchObject([{ state: 'GRANTED', endsAt: expect.any(String) }]);

      const see = async () =>
        (await officer('barnet')).send('query($id: ID!) { intelligenceItem(id: $id) { summary borough { id } } }', {
          id,
        });
      expect((await see()).data).toEqual({ intelligenceItem: { summary: ITEM_SUMMARY, borough: null } });
      expect((await held('barnet')).heldIntelligence).toEqual([]);
      // It ends by itself.
      await scene.sql(
        `update sharing_grant set starts_at = now() - interval '2 days', ends_at = now() where sharing_id = $1`,
        [id],
      );
      expectRefused(await see(), 'NOT_FOUND');
    });
  });

  it('is declined with a reason, and then stays what it was', async () => {
    const requestId = await scene.accessRequest();
    await (
      await officer('brent')
    ).data('mutation($input: AnswerAccessRequestInput!) { answerAccessRequest(input: $input) { request { state } } }', {
      input: { requestId, reason: 'Ask again when the police are done.', idempotencyKey: newId() },
    });
    const [row] = await scene.sql<{ item_id: string }>('select item_id from access_request where id = $1', [requestId]);
    const id = row?.item_id ?? '';
    expect(await requests('barnet', id)).toMatchObject([
      { state: 'DECLINED', decisionReason: 'Ask again when the police are done.', endsAt: null },
    ]);
    expectRefused(
      await (await officer('barnet')).send('query($id: ID!) { intelligenceItem(id: $id) { id } }', { id }),
      'NOT_FOUND',
    );
    await scene.removeItem(id);
  });
});

describe('an export', () => {
  it('has what the caller sees with its markings, never what came from the police, and is logged first', async () => {
    const [theirs, own, police, hidden] = [
      await scene.item({ owner: 'barnet' }),
      await scene.item(),
      await scene.item({ consent: ['barnet'] }),
      await scene.item({ owner: 'barnet', level: 'OWN_BOROUGH' }),
    ];
    const brent = await scene.caller('brent-placements');
    const { exportIntelligence } = await brent.data<{
      exportIntelligence: { file: { content: string; rowCount: number } };
    }>(
      'mutation($input: ExportIntelligenceInput!) { exportIntelligence(input: $input) { file { rowCount content } } }',
      { input: { format: 'JSON', purpose: 'MONITORING', filter: { homeId: COURT } } },
    );
    const { rows } = JSON.parse(exportIntelligence.file.content) as { rows: Row[] };
    const made = [theirs, own, police, hidden];
    const ids = rows.map((row) => String(row['id']));
    expect(ids.filter((id) => made.includes(id)).toSorted()).toEqual([theirs, own].toSorted());
    for (const row of rows) {
      expect(row).toMatchObject({
        marking: 'OFFICIAL-SENSITIVE',
        tlp: 'TLP:AMBER',
        conditions: CONDITIONS,
        summary: ITEM_SUMMARY,
        detail: ITEM_DETAIL,
      });
    }
    expect(
      await scene.sql(`select item_id as id, purpose from read_log_entry where kind = 'EXPORT' and item_id = any($1)`, [
        [theirs, own, police, hidden],
      ]),
    ).toEqual([{ id: theirs, purpose: 'MONITORING' }]);
    for (const id of [theirs, own, police, hidden]) await scene.removeItem(id);
  });
});
