import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { calendarDaysAfter, londonDate, newId } from '@accord/kernel';
import { classesOf } from './support/classification.js';
import {
  ANSWERED_BY,
  ANSWER_NOTE,
  CHALLENGE,
  forgetAnswers,
  GAS,
  newAnswer,
  newDraft,
  newMark,
} from './support/due-diligence-rows.js';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { AGREEMENT, COURT, JUNIPERFIELD, TENANT, TENANTS, type TenantName } from './support/world.js';

const NESTED = { provider: 'id', home: 'id', question: 'code', answeredBy: 'id' };
const ANSWER = `query($id: ID!) { dueDiligenceAnswer(id: $id) { ${everyField('DueDiligenceAnswer', {
  ...NESTED,
  marks: everyField('DueDiligenceMark', { by: 'id' }),
})} } }`;
const ITEM = everyField('DueDiligenceItem', { ...NESTED, answer: 'id', earlier: 'id' });
const LISTS = `query($provider: ID!, $home: ID!) {
  provider(id: $provider) { dueDiligence(first: 5) { nodes { ${ITEM} } edges { node { value } } } }
  home(id: $home) { dueDiligence(first: 1) { nodes { ${ITEM} } } }
  current: provider(id: $provider) { dueDiligence(first: 5, filter: { state: [CURRENT, CHALLENGED, EXPIRING, EXPIRED] }) { nodes { ${ITEM} } } }
}`;

interface Item {
  readonly question: { readonly code: string };
  readonly home: { readonly id: string } | null;
  readonly state: string;
  readonly value: string | null;
  readonly assurance: string | null;
  readonly answer: { readonly id: string } | null;
  readonly earlier: readonly { readonly id: string }[];
}

interface Page {
  readonly dueDiligence: { readonly nodes: Item[] };
}

/** Members of the agreement today, of whom Brent answers. */
const AUDIENCE: readonly TenantName[] = [
  'barnet',
  'city',
  'havering',
  'hammersmith',
  'enfield',
  'islington',
  'alliance',
];

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
  // A machine is told from the moment on at which it is in the directory.
  for (const tenant of TENANTS) await scene.member(tenant);
});
afterEach(() => forgetAnswers(scene));
afterAll(() => scene.stop());

async function see(tenant: TenantName, id: string): Promise<Record<string, unknown> | null> {
  const { data } = await (
    await scene.member(tenant)
  ).send<{ dueDiligenceAnswer: Record<string, unknown> | null }>(ANSWER, { id });
  return data?.dueDiligenceAnswer ?? null;
}

async function lists(tenant: TenantName): Promise<{ provider: Item[]; home: Item[]; current: Item[] }> {
  const { provider, home, current } = await (
    await scene.member(tenant)
  ).data<{ provider: Page; home: Page; current: Page }>(LISTS, { provider: JUNIPERFIELD, home: COURT });
  return {
    provider: provider.dueDiligence.nodes,
    home: home.dueDiligence.nodes,
    current: current.dueDiligence.nodes,
  };
}

/** Where the gas certificate of Juniper Court stands for a tenant, in every list alike. */
async function gas(tenant: TenantName): Promise<Item> {
  const seen = await lists(tenant);
  const [item] = seen.home;
  expect(seen.provider.find(({ home }) => home?.id === COURT)).toEqual(item);
  expect(seen.current).toEqual(item?.state === 'MISSING' ? [] : [item]);
  if (!item) throw new Error('There is no such question.');
  return item;
}

describe('an answer of Brent’s', () => {
  it('shows each tenant just the fields of its standing', async () => {
    const id = await newAnswer(scene);
    await newMark(scene, id, 'barnet');
    const full = (await see('brent', id)) ?? {};
    expect(full).toMatchObject({
      id,
      value: '2026-01-15',
      note: ANSWER_NOTE,
      recordedBy: ANSWERED_BY,
      answeredBy: { id: TENANT.brent },
      provider: { id: JUNIPERFIELD },
      home: { id: COURT },
      question: { code: GAS.code },
      marks: [{ kind: 'CHALLENGED', reason: CHALLENGE, by: { id: TENANT.barnet } }],
    });
    const masked = Object.fromEntries(
      [...classesOf('DueDiligenceAnswer')].map(([field, disclosure]) => [
        field,
        disclosure === 'owner' ? null : full[field],
      ]),
    );
    for (const tenant of TENANTS) {
      const wanted = tenant === 'brent' ? full : AUDIENCE.includes(tenant) ? masked : null;
      expect({ tenant, seen: await see(tenant, id) }).toEqual({ tenant, seen: wanted });
    }
  });

  it('shows each tenant the questions, and the answers of its audience alone', async () => {
    const id = await newAnswer(scene);
    for (const tenant of TENANTS) {
      const { state, value, answer } = await gas(tenant);
      const knows = tenant === 'brent' || AUDIENCE.includes(tenant);
      expect({ tenant, state, value, answer }).toEqual({
        tenant,
        state: knows ? 'CURRENT' : 'MISSING',
        value: knows ? '2026-01-15' : null,
        answer: knows ? { id } : null,
      });
    }
  });

  it('is nobody’s but Brent’s where the agreement does not cover answers, or has ended', async () => {
    const id = await newAnswer(scene);
    const classes = `array['FLAG', 'HOLD', 'VISIT', 'INTELLIGENCE']`;
    for (const [change, undo] of [
      [`classes = ${classes}`, `classes = ${classes} || '{DUE_DILIGENCE}'`],
      [`in_force_until = '2026-01-01'`, 'in_force_until = null'],
    ]) {
      await scene.sql(`update sharing_agreement set ${change} where id = $1`, [AGREEMENT]);
      try {
        for (const tenant of TENANTS)
          expect({ tenant, sees: (await see(tenant, id)) !== null }).toEqual({ tenant, sees: tenant === 'brent' });
        expect((await gas('barnet')).state).toBe('MISSING');
      } finally {
        await scene.sql(`update sharing_agreement set ${undo} where id = $1`, [AGREEMENT]);
      }
    }
  });

  it('that was withdrawn is Brent’s alone, and counts for nobody', async () => {
    const id = await newAnswer(scene, { withdrawn: true });
    for (const tenant of TENANTS) {
      expect({ tenant, state: (await gas(tenant)).state }).toEqual({ tenant, state: 'MISSING' });
      expect({ tenant, sees: (await see(tenant, id)) !== null }).toEqual({ tenant, sees: tenant === 'brent' });
    }
  });

  it('withdrawn by a mutation is gone from what others see', async () => {
    const id = await newAnswer(scene);
    await (
      await scene.caller('brent-placements')
    ).data(
      'mutation($input: WithdrawDueDiligenceAnswerInput!) { withdrawDueDiligenceAnswer(input: $input) { answer { withdrawnOn } } }',
      { input: { answerId: id, reason: 'It was another home.', idempotencyKey: newId() } },
    );
    expectRefused(await (await scene.member('barnet')).send(ANSWER, { id }), 'NOT_FOUND');
    expect((await gas('barnet')).state).toBe('MISSING');
  });
});

describe('the answer that counts', () => {
  it('is the latest of those that a tenant may see', async () => {
    const brents = await newAnswer(scene);
    const barnets = await newAnswer(scene, { owner: 'barnet' });
    // Hackney has left the agreement: its answer is its own.
    const hackneys = await newAnswer(scene, { owner: 'hackney' });
    expect(await gas('city')).toMatchObject({ answer: { id: barnets }, earlier: [{ id: brents }] });
    expect(await gas('hackney')).toMatchObject({ answer: { id: hackneys }, earlier: [] });
  });

  it.each([
    ['EXPIRED', -1],
    ['EXPIRING', 0],
    ['EXPIRING', 30],
    ['CURRENT', 31],
  ])('is %s where it holds for %i days', async (state, days) => {
    await newAnswer(scene, { validUntil: calendarDaysAfter(londonDate(new Date()), days) });
    expect((await gas('barnet')).state).toBe(state);
  });

  it('is as sure as the surest of those who confirm it, as far as a tenant may see them', async () => {
    const id = await newAnswer(scene, { assurance: 'SELF_DECLARED' });
    await newMark(scene, id, 'hackney', 'CONFIRMED');
    expect((await gas('city')).assurance).toBe('SELF_DECLARED');
    await newMark(scene, id, 'barnet', 'CONFIRMED');
    expect((await gas('city')).assurance).toBe('VERIFIED_ON_SITE');
  });

  it('stays challenged until evidence was seen: the provider’s own word does not end it', async () => {
    await newMark(scene, await newAnswer(scene), 'barnet');
    expect((await gas('city')).state).toBe('CHALLENGED');
    await newAnswer(scene, { owner: 'havering', assurance: 'SELF_DECLARED' });
    expect((await gas('city')).state).toBe('CHALLENGED');
    await newAnswer(scene, { owner: 'havering', assurance: 'EVIDENCE_SEEN' });
    expect((await gas('city')).state).toBe('CURRENT');
  });

  it('is challenged for those alone who may see the challenge', async () => {
    await newMark(scene, await newAnswer(scene), 'hackney');
    expect((await gas('city')).state).toBe('CURRENT');
  });
});

describe('a challenge', () => {
  it('is told of to those alone who may see it', async () => {
    const id = await newAnswer(scene);
    await (
      await scene.caller('barnet-placements')
    ).data(
      'mutation($input: ChallengeDueDiligenceAnswerInput!) { challengeDueDiligenceAnswer(input: $input) { answer { id } } }',
      { input: { answerId: id, reason: CHALLENGE, idempotencyKey: newId() } },
    );
    await scene.settled();
    const told = await scene.sql<{ tenant_id: string }>(
      `select distinct tenant_id from notification where kind = 'DUE_DILIGENCE_CHALLENGED' and provider_id = $1`,
      [JUNIPERFIELD],
    );
    // Brent answered; the City and Hammersmith place there, as Ealing does outside the agreement.
    expect(new Set(told.map((row) => row.tenant_id))).toEqual(
      new Set([TENANT.brent, TENANT.city, TENANT.hammersmith, TENANT.alliance]),
    );
    const { notifications } = await (
      await scene.member('city')
    ).data<{ notifications: { nodes: { subject: string; dueDiligence: Record<string, unknown> | null }[] } }>(
      `{ notifications(first: 1) { nodes { subject dueDiligence { ${everyField('DueDiligenceNotice')} } } } }`,
    );
    expect(notifications.nodes).toEqual([
      {
        subject: 'Juniper Court, Juniperfield Homes Ltd: “Gas safety certificate” answer challenged',
        dueDiligence: { answerId: id, question: 'Gas safety certificate', validUntil: '2099-01-01' },
      },
    ]);
  });
});

describe('a version of the questions', () => {
  const SETS = `{ dueDiligenceSets { ${everyField('DueDiligenceSet', {
    questions: everyField('DueDiligenceQuestion'),
    askedAgain: 'code',
  })} } }`;

  it('shows members what is published, and the alliance its draft', async () => {
    const id = await newDraft(scene);
    const seenBy = async (tenant: TenantName) =>
      (await (await scene.member(tenant)).data<{ dueDiligenceSets: { id: string; state: string }[] }>(SETS))
        .dueDiligenceSets;
    const all = await seenBy('alliance');
    expect(all.map(({ state }) => state)).toEqual(['DRAFT', 'PUBLISHED']);
    for (const tenant of TENANTS.filter((one) => one !== 'alliance'))
      expect({ tenant, seen: await seenBy(tenant) }).toEqual({ tenant, seen: all.filter((set) => set.id !== id) });
  });
});
