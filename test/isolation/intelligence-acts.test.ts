import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessFeature } from '@accord/access';
import { findPatterns } from '@accord/intelligence';
import { newId } from '@accord/kernel';
import { createOrm } from '@accord/persistence';
import { expectRefused } from './support/refusal.js';
import {
  ASKED_BECAUSE,
  CONDITIONS,
  CORRECTION,
  ITEM_DETAIL,
  ITEM_SUMMARY,
  PATTERN_WORDS,
  Scene,
  type ItemFacts,
} from './support/scene.js';
import { everyField } from './support/selection.js';
import { COURT, JUNIPERFIELD, JUNIPERWOOD, TENANT, type TenantName } from './support/world.js';

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
      const answer = async (days: number | null) =>
        (await officer('brent')).send(
          'mutation($input: AnswerAccessRequestInput!) { answerAccessRequest(input: $input) { request { state } } }',
          { input: { requestId: request['id'], days, reason: 'They place there.' } },
        );
      expectRefused(await answer(0), 'BAD_USER_INPUT');
      expect((await answer(7)).errors).toBeUndefined();
      expectRefused(await answer(null), 'CONFLICT');
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
      input: { requestId, reason: 'Ask again when the police are done.' },
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

describe('a copy', () => {
  it('is sealed for the borough that relied on it, and outlives the withdrawal', async () => {
    await withItem({ owner: 'barnet' }, async (id) => {
      const brent = await scene.caller('brent-placements');
      await brent.data(
        'mutation($input: RelyOnIntelligenceInput!) { relyOnIntelligence(input: $input) { copy { id } } }',
        {
          input: { itemId: id, decision: 'PLACEMENT_CHECK', reference: 'PC-7', idempotencyKey: newId() },
        },
      );
      const [stored] = await scene.sql<{ id: string; sealed: string }>('select * from relied_copy where item_id = $1', [
        id,
      ]);
      expect(JSON.stringify(stored)).not.toMatch(/Agency|rota/);
      await (
        await officer('barnet')
      ).data('mutation($input: WithdrawIntelligenceInput!) { withdrawIntelligence(input: $input) { item { id } } }', {
        input: { itemId: id, reason: 'Wrong home.', expectedVersion: 1, idempotencyKey: newId() },
      });
      // The text is nowhere in the database any more.
      for (const word of [ITEM_SUMMARY, ITEM_DETAIL, CONDITIONS]) expect(await tablesWith(word, id)).toEqual([]);

      const open = `mutation($id: ID!) { openSealedCopy(id: $id, reason: "Complaint 12.") {
        summary detail conditions copy { ${everyField('ReliedCopy')} } } }`;
      const ig = await scene.caller('brent-ig');
      expect(await ig.data(open, { id: stored?.id })).toEqual({
        openSealedCopy: {
          summary: ITEM_SUMMARY,
          detail: ITEM_DETAIL,
          conditions: CONDITIONS,
          copy: {
            id: stored?.id,
            itemId: id,
            itemVersion: 1,
            decision: 'PLACEMENT_CHECK',
            reference: 'PC-7',
            reliedOn: expect.any(String),
          },
        },
      });
      for (const other of ['barnet INFORMATION_GOVERNANCE', 'havering INFORMATION_GOVERNANCE']) {
        expectRefused(await (await scene.caller(other)).send(open, { id: stored?.id }), 'NOT_FOUND');
      }
      const reads = await scene.sql('select kind, purpose, note from read_log_entry where item_id = $1 order by seq', [
        id,
      ]);
      expect(reads).toEqual([
        { kind: 'DETAIL', purpose: 'PLACEMENT_DECISION', note: 'PC-7' },
        { kind: 'SEALED_COPY', purpose: 'INFORMATION_GOVERNANCE', note: 'Complaint 12.' },
      ]);
      // Nor is the sealing of one copy good for another.
      const swapped = await scene.reliedCopy();
      await scene.sql('update relied_copy set sealed = $2 where id = $1', [swapped, stored?.sealed]);
      expectRefused(await ig.send(open, { id: swapped }), 'INTERNAL_SERVER_ERROR');
    });
  });

  /** Tables in which a row about an item has a text. */
  async function tablesWith(text: string, id: string): Promise<string[]> {
    const tables = await scene.sql<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await scene.sql(
        `select from ${name} t where t::text like '%' || $1 || '%' and t::text like '%' || $2 || '%'`,
        [text, id],
      );
      if (rows.length > 0) found.push(name);
    }
    return found;
  }
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

describe('retention', () => {
  it('deletes exactly what the dry run showed, never what is held, and leaves a tombstone', async () => {
    const [old, held_, young] = [await scene.item(), await scene.item(), await scene.item()];
    await scene.sql(`update intelligence_keeping set delete_on = current_date where item_id = any($1)`, [[old, held_]]);
    const ig = await scene.caller('brent-ig');
    await ig.data(
      'mutation($input: HoldIntelligenceInput!) { holdIntelligence(input: $input) { item { holdReason } } }',
      {
        input: { itemId: held_, reason: 'Court proceedings.' },
      },
    );
    const due = async () =>
      (
        await ig.data<{ retentionDue: { token: string; items: { id: string }[] } }>(
          '{ retentionDue { token items { id } } }',
        )
      ).retentionDue;
    const dry = await due();
    expect(dry.items).toEqual([{ id: old }]);
    const remove = (token: string) =>
      ig.send<{ deleteDueIntelligence: { items: Row[] } }>(
        `mutation($input: DeleteDueIntelligenceInput!) { deleteDueIntelligence(input: $input) {
           items { id summary detail deletedOn category } } }`,
        { input: { token, reason: 'Twelve months.', idempotencyKey: newId() } },
      );
    expectRefused(await remove('another'), 'BAD_USER_INPUT');
    expect((await remove(dry.token)).data?.deleteDueIntelligence.items).toEqual([
      { id: old, summary: null, detail: null, deletedOn: expect.any(String), category: 'STAFFING' },
    ]);
    expect((await due()).items).toEqual([]);
    const see = async (tenant: TenantName, id: string) =>
      (
        await (
          await officer(tenant)
        ).send<{ intelligenceItem: Row | null }>(
          'query($id: ID!) { intelligenceItem(id: $id) { summary deletedOn } }',
          { id },
        )
      ).data?.intelligenceItem;
    for (const id of [held_, young])
      expect(await see('barnet', id)).toEqual({ summary: ITEM_SUMMARY, deletedOn: null });
    expect(await see('barnet', old)).toEqual({ summary: null, deletedOn: expect.any(String) });
    for (const id of [old, held_, young]) await scene.removeItem(id);
  });

  it('lets an item fade at its review, and count again once it is confirmed, though never beyond its last day', async () => {
    await withItem({}, async (id) => {
      await scene.sql(`update intelligence_item set review_on = current_date where id = $1`, [id]);
      await scene.sql(`update intelligence_keeping set delete_at_latest_on = current_date + 30 where item_id = $1`, [
        id,
      ]);
      const faded = async () =>
        (
          await (
            await officer('barnet')
          ).data<{ intelligenceItem: Row }>('query($id: ID!) { intelligenceItem(id: $id) { isFaded version } }', { id })
        ).intelligenceItem;
      expect(await faded()).toEqual({ isFaded: true, version: 1 });
      const confirm = (expectedVersion: number) =>
        scene
          .caller('brent-placements')
          .then((brent) =>
            brent.send<{ confirmIntelligence: { item: Row } }>(
              'mutation($input: ConfirmIntelligenceInput!) { confirmIntelligence(input: $input) { item { isFaded deleteOn } } }',
              { input: { itemId: id, expectedVersion, evidence: 'Seen again on our visit.' } },
            ),
          );
      const confirmed = (await confirm(1)).data?.confirmIntelligence.item;
      const [keeping] = await scene.sql<{ last: string }>(
        'select delete_at_latest_on::text as last from intelligence_keeping where item_id = $1',
        [id],
      );
      expect(confirmed).toEqual({ isFaded: false, deleteOn: keeping?.last });
      expect(await faded()).toEqual({ isFaded: false, version: 2 });
      await scene.sql('update intelligence_keeping set delete_at_latest_on = current_date where item_id = $1', [id]);
      expectRefused(await confirm(2), 'CONFLICT');
    });
  });
});

describe('a pattern of concern', () => {
  it('is found on ids, asked about in words, and released no wider than agreed', async () => {
    const kept = { home: null, level: 'OWN_BOROUGH' } as const;
    const about = async (id: string) => {
      await scene.sql('update sharing set provider_id = $2 where id = $1', [id, JUNIPERWOOD]);
      await scene.sql('update intelligence_keeping set provider_id = $2 where item_id = $1', [id, JUNIPERWOOD]);
      return id;
    };
    const lead = await scene.caller('alliance-safeguarding');
    const found = async () => {
      const orm = await createOrm({
        url: scene.accord.database.urls.worker,
        entities: accessFeature.entities,
        pool: 1,
      });
      await findPatterns(orm);
      await orm.close();
      const { patternReviews } = await lead.data<{ patternReviews: Row[] }>(
        `{ patternReviews { ${everyField('PatternReview', { provider: 'id' })} } }`,
      );
      return patternReviews.filter(
        (row) => (row['provider'] as Row)['id'] === JUNIPERWOOD && row['state'] !== 'CLOSED',
      );
    };
    const items = [await about(await scene.item(kept)), await about(await scene.item({ ...kept, owner: 'barnet' }))];
    // None of these counts: from the police, by name alone, its source at risk, not marked, faded, withdrawn.
    const never = [
      await about(await scene.item({ ...kept, owner: 'city', consent: [] })),
      await about(await scene.item({ owner: 'havering', home: null, level: 'NAMED', named: [{ borough: 'brent' }] })),
      await about(await scene.item({ owner: 'hammersmith', home: null, withdrawn: true })),
    ];
    for (const [owner, change] of [
      ['enfield', 'source_at_risk = true'],
      ['islington', 'may_count = false'],
      ['ealing', 'counts_until = current_date'],
    ] as const) {
      const id = await about(await scene.item({ ...kept, owner }));
      await scene.sql(`update intelligence_keeping set ${change} where item_id = $1`, [id]);
      never.push(id);
    }
    expect(await found()).toEqual([]);
    items.push(await about(await scene.item({ ...kept, owner: 'city' })));
    const [review, ...more] = await found();
    expect(more).toEqual([]);
    expect(review).toMatchObject({ state: 'FOUND', summary: null, agreed: 0, pending: 3, flagId: null });
    expect(await found()).toHaveLength(1);

    const questions = async (tenant: TenantName) =>
      (
        await (
          await officer(tenant)
        ).data<{ patternQuestions: Row[] }>(
          `{ patternQuestions { ${everyField('PatternQuestion', { provider: 'id', items: 'id' })} } }`,
        )
      ).patternQuestions.filter((row) => row['reviewId'] === review?.['id']);
    // Nobody hears of it before the lead asks.
    expect(await questions('barnet')).toEqual([]);
    const input = { reviewId: review?.['id'], summary: PATTERN_WORDS, severity: 'HIGH', sharing: 'BOROUGHS_CONCERNED' };
    await lead.data('mutation($input: AskOwnersInput!) { askPatternOwners(input: $input) { review { state } } }', {
      input,
    });
    expect(await questions('barnet')).toEqual([
      {
        reviewId: review?.['id'],
        provider: { id: JUNIPERWOOD },
        summary: PATTERN_WORDS,
        severity: 'HIGH',
        sharing: 'BOROUGHS_CONCERNED',
        items: [{ id: items[1] }],
        answer: 'PENDING',
      },
    ]);
    expect(await questions('havering')).toEqual([]);
    const release = (idempotencyKey: string) =>
      lead.send<{ releasePattern: { review: Row } }>(
        'mutation($input: ReleasePatternInput!) { releasePattern(input: $input) { review { state agreed flagId } } }',
        { input: { reviewId: review?.['id'], idempotencyKey } },
      );
    const answer = async (tenant: TenantName, agreed: boolean) =>
      (await officer(tenant)).data(
        'mutation($input: AnswerPatternInput!) { answerPattern(input: $input) { question { answer } } }',
        { input: { reviewId: review?.['id'], agreed, reason: 'Thought about.' } },
      );
    await answer('brent', true);
    await answer('barnet', true);
    expectRefused(await release('too early'), 'CONFLICT');
    await answer('city', false);
    expectRefused(await release('one said no'), 'CONFLICT');
    await answer('city', true);
    const released = (await release('all agree')).data?.releasePattern.review;
    expect(released).toMatchObject({ state: 'RELEASED', agreed: 3 });
    const flags = await scene.sql(
      `select f.kind, f.severity, f.summary, s.level, s.owner_id as owner, s.provider_id as provider
       from flag f join sharing s on s.id = f.id where f.id = $1`,
      [released?.['flagId']],
    );
    expect(flags).toEqual([
      {
        kind: 'PATTERN_OF_CONCERN',
        severity: 'HIGH',
        summary: PATTERN_WORDS,
        level: 'BOROUGHS_CONCERNED',
        owner: TENANT.alliance,
        provider: JUNIPERWOOD,
      },
    ]);
    // The same items make no second review.
    expect((await found()).map((row) => row['state'])).toEqual(['RELEASED']);
    for (const id of [...items, ...never]) await scene.removeItem(id);
  });
});

describe('a request for disclosure', () => {
  it('is searched for, its originators are asked, and the authority decides', async () => {
    const [own, theirs, hidden] = [
      await scene.item({ level: 'OWN_BOROUGH' }),
      await scene.item({ owner: 'barnet', anonymous: true }),
      await scene.item({ owner: 'barnet', level: 'OWN_BOROUGH' }),
    ];
    const ig = await scene.caller('brent-ig');
    const SEEN = `{ ${everyField('DisclosureRequest', {
      found: 'id',
      consultations: everyField('DisclosureConsultation', { authority: 'id', originator: 'id' }),
    })} }`;
    const { recordDisclosureRequest } = await ig.data<{ recordDisclosureRequest: { request: Row } }>(
      `mutation($input: RecordDisclosureRequestInput!) { recordDisclosureRequest(input: $input) { request ${SEEN} } }`,
      {
        input: {
          kind: 'FREEDOM_OF_INFORMATION',
          reference: 'FOI-9',
          words: 'agency fire',
          // Twenty working days: over Saint Andrew's Day, on which only Scotland rests.
          receivedOn: '2026-11-13',
          idempotencyKey: newId(),
        },
      },
    );
    const { request } = recordDisclosureRequest;
    expect(request).toMatchObject({ dueOn: '2026-12-14', isDueCertain: true, decision: null, consultations: [] });
    const ids = (request['found'] as { id: string }[]).map(({ id }) => id);
    expect([own, theirs, hidden].filter((id) => ids.includes(id))).toEqual([own, theirs]);
    const consult = async () =>
      (
        await ig.data<{ consultOriginators: { request: { consultations: Row[] } } }>(
          `mutation($id: ID!) { consultOriginators(requestId: $id) { request ${SEEN} } }`,
          { id: request['id'] },
        )
      ).consultOriginators.request.consultations.filter((row) => row['itemId'] === theirs);
    const [consultation] = await consult();
    expect(consultation).toEqual({
      id: expect.any(String),
      itemId: theirs,
      kind: 'FREEDOM_OF_INFORMATION',
      authority: { id: TENANT.brent },
      originator: null,
      dueOn: expect.any(String),
      objects: null,
      answer: null,
    });
    expect(await consult()).toHaveLength(1);
    const asked = async (tenant: TenantName) =>
      (
        await (
          await scene.caller(`${tenant} INFORMATION_GOVERNANCE`)
        ).data<{ disclosureConsultations: Row[] }>('{ disclosureConsultations { id originator { id } } }')
      ).disclosureConsultations.filter((row) => row['id'] === consultation?.['id']);
    expect(await asked('barnet')).toEqual([{ id: consultation?.['id'], originator: { id: TENANT.barnet } }]);
    expect(await asked('havering')).toEqual([]);
    await (
      await scene.caller('barnet INFORMATION_GOVERNANCE')
    ).data(
      'mutation($input: AnswerConsultationInput!) { answerConsultation(input: $input) { consultation { objects } } }',
      { input: { consultationId: consultation?.['id'], objects: true, answer: 'It would name our source.' } },
    );
    expect(await consult()).toMatchObject([{ objects: true, answer: 'It would name our source.' }]);
    const decide = () =>
      ig.send(
        'mutation($input: DecideDisclosureInput!) { decideDisclosureRequest(input: $input) { request { decision } } }',
        {
          input: { requestId: request['id'], decision: 'Withheld: section 41.' },
        },
      );
    expect((await decide()).errors).toBeUndefined();
    expectRefused(await decide(), 'CONFLICT');
    for (const id of [own, theirs, hidden]) await scene.removeItem(id);
  });
});
