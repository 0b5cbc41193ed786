import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forgetAnswers, GAS, newLink } from './support/due-diligence-rows.js';
import { fetchFile, openedUrl, PDF } from './support/evidence-file.js';
import { expectNothingKept, filesKept } from './support/files-kept.js';
import { Scene } from './support/scene.js';
import { TENANTS } from './support/world.js';

/** Asked of a provider, about DBS records. */
const DBS = { code: 'DBS_SAMPLED_ON', id: 'DBS' };
const FILES_SQL = 'select id, file_name, uploaded_by from due_diligence_evidence order by file_name';

let scene: Scene;

beforeAll(async () => {
  scene = await Scene.start();
  for (const tenant of TENANTS) await scene.member(tenant);
  const [row] = await scene.sql<{ id: string }>('select id from due_diligence_question where code = $1', [DBS.code]);
  DBS.id = row?.id ?? '';
});
afterAll(() => scene.stop());

type Part = readonly [name: string, content: File | string];

const certificate = (name = 'certificate.pdf', content: Buffer = PDF): File => new File([content], name);
const said = (token: string, ...codes: string[]): Part => [
  'declaration',
  JSON.stringify({ token, answers: codes.map((code) => ({ code, value: '2026-01-15' })) }),
];

async function send(...parts: readonly Part[]): Promise<{ status: number; text: string }> {
  const form = new FormData();
  for (const [name, content] of parts) {
    if (typeof content === 'string') form.append(name, content);
    else form.append(name, content, content.name);
  }
  const response = await fetch(new URL('/declaration/answers', scene.accord.url), { method: 'POST', body: form });
  return { status: response.status, text: await response.text() };
}

describe('files that a provider sends with its answers', () => {
  it('bear these out for their audience, and for nobody else', async () => {
    const { token } = await newLink(scene);
    const asked = await fetch(new URL('/declaration', scene.accord.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(await asked.json()).toMatchObject({ questions: [{ code: GAS.code, takesFiles: true }] });
    const files = ['back.pdf', 'front.pdf'].map((name): Part => [GAS.code, certificate(name)]);
    expect(await send(said(token, GAS.code), ...files)).toEqual({ status: 200, text: '{"kept":1}' });
    const rows = await scene.sql<{ id: string }>(FILES_SQL);
    expect(rows).toMatchObject([{ file_name: 'back.pdf' }, { file_name: 'front.pdf' }]);
    expect(rows).toMatchObject([0, 1].map(() => ({ uploaded_by: 'Juniperfield Homes Ltd' })));
    expect(await filesKept(scene)).toEqual(rows.map(({ id }) => id).toSorted());
    const [{ id } = { id: '' }] = rows;
    const barnet = await scene.caller('barnet-placements');
    expect(await (await fetchFile(barnet, await openedUrl(barnet, id))).text()).toBe(PDF.toString());
    // Outside the agreement.
    await expect(openedUrl(await scene.caller('camden PLACEMENTS'), id)).rejects.toThrow(/NOT_FOUND/);
    expect((await send(said(token, GAS.code), [GAS.code, certificate()])).status).toBe(404);
    expect(await filesKept(scene)).toHaveLength(2);
    await forgetAnswers(scene);
  });

  it.each<[string, number, RegExp, (token: string) => readonly Part[]]>([
    [
      'bears out no answer',
      400,
      /files\.DBS_SAMPLED_ON/,
      (token) => [said(token, GAS.code), [DBS.code, certificate()]],
    ],
    ['is about DBS records', 400, /Police Act/, (token) => [said(token, DBS.code), [DBS.code, certificate()]]],
    [
      'is none that is kept',
      400,
      /no PDF/,
      (token) => [said(token, GAS.code), [GAS.code, certificate('a.pdf', Buffer.from('<html>'))]],
    ],
    [
      'is too large',
      400,
      /more than 10 MB/,
      (token) => [
        said(token, GAS.code),
        [GAS.code, certificate('a.pdf', Buffer.concat([PDF, Buffer.alloc(10_000_001)]))],
      ],
    ],
    [
      'is the eleventh of its answer',
      400,
      /at most 10 files/,
      (token) => [said(token, GAS.code), ...Array.from({ length: 11 }, (): Part => [GAS.code, certificate()])],
    ],
    ['comes before the answers', 400, /first/, (token) => [[GAS.code, certificate()], said(token, GAS.code)]],
    ['comes without answers', 400, /first/, () => [[GAS.code, certificate()]]],
    ['comes with an answer that is none', 400, /answers/, (token) => [said(token), [GAS.code, certificate()]]],
    [
      'comes from somebody without a link, whatever is wrong with it',
      404,
      /This link does not hold/,
      (token) => [
        said(`${token.slice(0, -4)}AAAA`, GAS.code),
        ...Array.from({ length: 4 }, (): Part => [
          GAS.code,
          certificate('a.pdf', Buffer.concat([PDF, Buffer.alloc(10_000_001)])),
        ]),
      ],
    ],
  ])('is refused where it %s: nothing is kept, and the link still holds', async (what, status, words, parts) => {
    const isOfProvider = what === 'is about DBS records';
    const { id, token } = await newLink(scene, {
      question_ids: [GAS.questionId, DBS.id],
      ...(isOfProvider && { home_id: null }),
    });
    await expectNothingKept(scene, async () =>
      expect(await send(...parts(token))).toEqual({ status, text: expect.stringMatching(words) }),
    );
    expect(await scene.sql('select used_at from due_diligence_link where id = $1', [id])).toEqual([{ used_at: null }]);
  });
});
