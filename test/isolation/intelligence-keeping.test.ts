import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { lookForPatterns } from './support/patterns.js';
import { expectRefused } from './support/refusal.js';
import { ITEM_SUMMARY, PATTERN_WORDS, Scene, type ItemFacts } from './support/scene.js';
import { everyField } from './support/selection.js';
import { JUNIPERWOOD, TENANT, type TenantName } from './support/world.js';

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
      return id;
    };
    const lead = await scene.caller('alliance-safeguarding');
    const found = async () => {
      await lookForPatterns(scene);
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
