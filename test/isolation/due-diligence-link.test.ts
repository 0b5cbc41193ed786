import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { forgetAnswers, GAS, newLink } from './support/due-diligence-rows.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { COURT, JUNIPERFIELD, TENANT, TENANTS } from './support/world.js';

const LINK = everyField('DueDiligenceLink', { provider: 'id', home: 'id', questions: 'code' });

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
  for (const tenant of TENANTS) await scene.member(tenant);
});
afterAll(() => scene.stop());

async function post(path: string, body: unknown): Promise<{ status: number; text: string }> {
  const response = await fetch(new URL(path, scene.accord.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: (await response.text()).replaceAll(/"requestId":"[^"]*"/g, '') };
}

const answers = [{ code: GAS.code, value: '2026-01-15' }];

describe('a link', () => {
  it('shows an organisation its own links alone, and a token once', async () => {
    const brent = await scene.caller('brent-placements');
    const input = { providerId: JUNIPERFIELD, homeId: COURT, codes: [GAS.code], idempotencyKey: newId() };
    const issue = () =>
      brent.data<{ issueDueDiligenceLink: { token: string | null; link: Record<string, unknown> } }>(
        `mutation($input: IssueDueDiligenceLinkInput!) { issueDueDiligenceLink(input: $input) { token link { ${LINK} } } }`,
        { input },
      );
    const { token, link } = (await issue()).issueDueDiligenceLink;
    expect(link).toMatchObject({ provider: { id: JUNIPERFIELD }, home: { id: COURT }, usedAt: null, revokedAt: null });
    expect((await issue()).issueDueDiligenceLink).toEqual({ token: null, link });
    const kept = await scene.sql<{ row: string }>('select to_jsonb(l)::text as row from due_diligence_link l');
    expect(kept.map(({ row }) => row).join('')).not.toContain(token?.slice(-20));
    for (const who of ['brent-placements', 'barnet-placements', 'camden QUALITY', 'alliance-accreditation']) {
      const { dueDiligenceLinks } = await (
        await scene.caller(who)
      ).data<{ dueDiligenceLinks: { nodes: unknown[] } }>(`{ dueDiligenceLinks(first: 5) { nodes { ${LINK} } } }`);
      expect({ who, nodes: dueDiligenceLinks.nodes }).toEqual({ who, nodes: who.startsWith('brent') ? [link] : [] });
    }
  });

  it('is refused alike, whatever is wrong with it, and leaves nothing', async () => {
    const good = await newLink(scene);
    const wrong = [
      undefined,
      'nothing',
      `${good.token.slice(0, -4)}AAAA`,
      (await newLink(scene, { used_at: new Date() })).token,
      (await newLink(scene, { revoked_at: new Date() })).token,
      (await newLink(scene, { expires_at: new Date(Date.now() - 1000) })).token,
    ];
    await scene.settled();
    const before = await scene.footprint();
    const seen = new Set<string>();
    for (const token of wrong) {
      for (const [path, body] of [
        ['/declaration', { token }],
        ['/declaration/answers', { token, answers }],
        ['/declaration/answers', { token, answers: 'none' }],
      ] as const) {
        const { status, text } = await post(path, body);
        seen.add(`${status} ${text}`);
      }
    }
    expect([...seen]).toEqual([
      '404 {"errors":[{"message":"This link does not hold. Ask whoever sent it to you for another.","extensions":{"code":"NOT_FOUND",}}]}',
    ]);
    await scene.sql('update organisation set suspended_at = now() where id = $1', [TENANT.brent]);
    try {
      expect((await post('/declaration', { token: good.token })).status).toBe(404);
    } finally {
      await scene.sql('update organisation set suspended_at = null where id = $1', [TENANT.brent]);
    }
    const after = await scene.footprint();
    expect({ ...after, organisation: '' }).toEqual({ ...before, organisation: '' });
  });

  it('shows what is asked and takes the answers once, as the provider’s own word', async () => {
    await forgetAnswers(scene);
    const { id, token } = await newLink(scene);
    const asked = await post('/declaration', { token });
    expect(JSON.parse(asked.text)).toMatchObject({
      provider: 'Juniperfield Homes Ltd',
      home: 'Juniper Court',
      askedBy: 'Brent',
      questions: [{ code: GAS.code, text: 'Gas safety certificate', kind: 'DATED_DOCUMENT' }],
    });
    for (const [given, path] of [
      [[{ code: GAS.code, value: 'YES' }], 'answers.0.value'],
      [[{ code: 'PUBLIC_LIABILITY', value: '2026-01-15' }], 'answers.0.code'],
      [[{ code: GAS.code }], 'answers.0.value'],
      [[], 'answers'],
    ] as const) {
      const refused = await post('/declaration/answers', { token, answers: given });
      expect({ status: refused.status, text: refused.text }).toEqual({
        status: 400,
        text: expect.stringContaining(`"path":"${path}"`),
      });
    }
    const both = await Promise.all([0, 1].map(() => post('/declaration/answers', { token, answers })));
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 404]));
    const rows = await scene.sql(
      'select owner_id, assurance, recorded_by, link_id from due_diligence_answer where provider_id = $1',
      [JUNIPERFIELD],
    );
    expect(rows).toEqual([{ owner_id: TENANT.brent, assurance: 'SELF_DECLARED', recorded_by: null, link_id: id }]);
    await scene.settled();
    const told = await scene.sql<{ tenant_id: string }>(
      `select distinct tenant_id from notification where kind = 'DUE_DILIGENCE_DECLARED'`,
    );
    expect(told).toEqual([{ tenant_id: TENANT.brent }]);
    await forgetAnswers(scene);
  });

  it('is guessed at no more than twenty times a minute', async () => {
    const statuses = [];
    for (let count = 0; count < 25; count += 1) statuses.push((await post('/declaration', { token: 'x' })).status);
    expect(statuses).toContain(429);
  });
});
