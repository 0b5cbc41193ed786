import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeChecks, verifyLog } from '@accord/infra';
import { newId, Seal } from '@accord/kernel';
import { until, type TestClient } from '@accord/testkit';
import { classesOf } from './support/classification.js';
import { EVIDENCE, fetchFile, keptFile, open, openedUrl, PDF } from './support/evidence-file.js';
import { expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { AGREEMENT, TENANT } from './support/world.js';

const ANSWER = `query($id: ID!) { dueDiligenceAnswer(id: $id) { evidence { ${EVIDENCE} } } }`;
const WITHDRAW = `mutation($input: WithdrawDueDiligenceAnswerInput!) { withdrawDueDiligenceAnswer(input: $input) { answer { id } } }`;
const LOG = `query($id: ID!) { readLog(first: 5, filter: { itemId: $id }) { nodes { itemId kind purpose note seal reader { displayName } } } }`;

let scene: Scene;
let brent: TestClient;
let barnet: TestClient;
let camden: TestClient;

beforeAll(async () => {
  scene = await Scene.start();
  brent = await scene.caller('brent-placements');
  barnet = await scene.caller('barnet-placements');
  camden = await scene.caller('camden QUALITY');
});
afterAll(() => scene.stop());

const statusOf = async (client: TestClient, url: string): Promise<number> => (await fetchFile(client, url)).status;

const entries = (fileId: string) =>
  scene.sql('select owner_id, kind, purpose, note from read_log_entry where item_id = $1', [fileId]);

/** A ticket as a gateway would make it. */
function ticketOf(
  [evidenceId, until, key]: readonly [string, number, string],
  whose: string,
  { secret = scene.accord.config.ACCORD_SECRET, purpose = 'file', kind = 'evidence' } = {},
): string {
  return `/file/${new Seal(secret, purpose).close([kind, evidenceId, until, key], whose)}`;
}

async function whoIs(subject: string): Promise<string> {
  const [row] = await scene.sql<{ whose: string }>(
    `select tenant_id || ' ' || id as whose from principal where subject = $1`,
    [subject],
  );
  return row?.whose ?? '';
}

/** Changes a row for the time of a check. */
async function during(change: string, undo: string, values: unknown[], check: () => Promise<void>): Promise<void> {
  await scene.sql(change, values);
  try {
    await check();
  } finally {
    await scene.sql(undo, values);
  }
}

describe('a file of evidence', () => {
  it('is shown to the answer’s audience alone', async () => {
    const { id, answerId } = await keptFile(scene);
    const evidence = {
      id,
      fileName: 'certificate.pdf',
      mediaType: 'application/pdf',
      bytes: PDF.length,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      scan: 'NOT_SCANNED',
      uploadedAt: expect.any(String),
    };
    expect(new Set(Object.keys(evidence))).toEqual(new Set(classesOf('DueDiligenceEvidence').keys()));
    for (const client of [brent, barnet, await scene.caller('alliance-accreditation')])
      expect(await client.data(ANSWER, { id: answerId })).toEqual({ dueDiligenceAnswer: { evidence: [evidence] } });
    expectRefused(await camden.send(ANSWER, { id: answerId }), 'NOT_FOUND');
    expectRefused(await open(camden, id), 'NOT_FOUND');
    expect(await entries(id)).toEqual([]);
  });

  it('goes to whoever opened it, once, under its owner’s log', async () => {
    const { id } = await keptFile(scene);
    const url = await openedUrl(barnet, id);
    const response = await fetchFile(barnet, url);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(PDF.length),
      'content-disposition': `attachment; filename*=UTF-8''certificate.pdf`,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none'/),
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PDF);
    const logged = { kind: 'FILE', purpose: 'PLACEMENT_DECISION', note: 'Tonight' };
    expect(await entries(id)).toEqual([{ owner_id: TENANT.brent, ...logged }]);
    // Used: not once more, nor written another way that decodes to the same.
    expect(await statusOf(barnet, url)).toBe(404);
    const last = url.at(-1) ?? '';
    const alike = Array.from({ length: 64 }, (_, value) =>
      Buffer.of(value << 2)
        .toString('base64url')
        .slice(0, 1),
    )
      .filter((letter) => letter !== last)
      .map((letter) => url.slice(0, -1) + letter);
    for (const other of [...alike, `${url}=`, `${url}!`]) expect(await statusOf(barnet, other)).toBe(404);
    // Opened again, it is logged again. Brent opens its own without a log.
    expect(await statusOf(barnet, await openedUrl(barnet, id))).toBe(200);
    expect(await statusOf(brent, await openedUrl(brent, id))).toBe(200);
    expect(await entries(id)).toHaveLength(2);
    const ig = await scene.caller('brent-ig');
    const log = await ig.data<{ readLog: { nodes: Record<string, unknown>[] } }>(LOG, { id });
    const reader = { displayName: 'Barnet placements officer' };
    expect(log.readLog.nodes).toMatchObject([1, 2].map(() => ({ itemId: id, ...logged, reader })));
  });

  it('is fetched once, also by two at the same time', async () => {
    const { id } = await keptFile(scene);
    const url = await openedUrl(barnet, id);
    const statuses = await Promise.all([1, 2, 3, 4].map(() => statusOf(barnet, url)));
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 404, 404, 404]);
  });

  it('goes to nobody else, whatever they show', async () => {
    const { id } = await keptFile(scene);
    const url = await openedUrl(barnet, id);
    // A head alone does not use it up.
    const head = { method: 'HEAD', headers: { authorization: barnet.authorization ?? '' } };
    expect((await fetch(scene.accord.url + url, head)).status).toBe(404);
    const others = [brent, camden, await scene.caller('barnet QUALITY'), await scene.caller('alliance-accreditation')];
    for (const other of others) expect(await statusOf(other, url)).toBe(404);
    expect(await statusOf(barnet, `${url.slice(0, -4)}AAAA`)).toBe(404);
    expect(await statusOf(barnet, `/file/${id}`)).toBe(404);
    const key = newId();
    const [soon, whose] = [Date.now() + 60_000, await whoIs('barnet-placements')];
    const forged = [
      ticketOf([id, Date.now() - 1, key], whose),
      ticketOf([id, soon, key], whose, { secret: 'a secret of somebody else, long enough' }),
      ticketOf([id, soon, key], whose, { purpose: 'cursor' }),
      ticketOf([id, soon, key], await whoIs('brent-placements')),
      ticketOf(['nobody', soon, key], whose),
      ...['photo', 'nothing'].map((kind) => ticketOf([id, soon, key], whose, { kind })),
    ];
    for (const ticket of forged) expect(await statusOf(barnet, ticket)).toBe(404);
    for (const nobody of [scene.accord.anonymous(), scene.accord.with('Bearer nobody')])
      expect(await statusOf(nobody, url)).toBe(401);
    // None of them used it up, and the one above that holds is let through: the others fail for what they say.
    expect(await statusOf(barnet, url)).toBe(200);
    expect(await statusOf(barnet, ticketOf([id, soon, newId()], whose))).toBe(200);
  });

  it('stays closed once the right to it has ended since it was opened', async () => {
    const { id, answerId } = await keptFile(scene);
    const url = await openedUrl(barnet, id);
    const ended = `update sharing_agreement set in_force_until = '2026-01-01' where id = $1`;
    const again = 'update sharing_agreement set in_force_until = null where id = $1';
    await during(ended, again, [AGREEMENT], async () => expect(await statusOf(barnet, url)).toBe(404));
    const disable = (value: string) => `update principal set disabled_at = ${value} where subject = $1`;
    await during(disable('now()'), disable('null'), ['barnet-placements'], async () =>
      expect(await statusOf(barnet, url)).toBe(401),
    );
    // A token's roles are narrowed by the directory's.
    const roles = (value: string) => `update principal set roles = '${value}' where subject = $1`;
    await during(roles('{DASHBOARD}'), roles('{PLACEMENTS}'), ['barnet-placements'], async () =>
      expect(await statusOf(barnet, url)).toBe(403),
    );
    await brent.data(WITHDRAW, { input: { answerId, reason: 'It was another home.', idempotencyKey: newId() } });
    expect(await statusOf(barnet, url)).toBe(404);
    expectRefused(await open(barnet, id), 'NOT_FOUND');
    expect(await statusOf(brent, await openedUrl(brent, id))).toBe(200);
  });

  it('that was altered in the store, or is lost, is not handed out', async () => {
    const { id } = await keptFile(scene);
    const path = join(scene.accord.config.EVIDENCE_FOLDER ?? '', id);
    await writeFile(path, 'something else');
    const response = await fetchFile(barnet, await openedUrl(barnet, id));
    expect([response.status, await response.json()]).toMatchObject([
      500,
      { errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: expect.any(String) } }] },
    ]);
    await rm(path);
    expect(await statusOf(barnet, await openedUrl(barnet, id))).toBe(500);
  });

  it('is called what it is called, in letters that no header takes for its own', async () => {
    const { id } = await keptFile(scene, new File([PDF], `l'été (2026); x=y*.pdf`));
    const response = await fetchFile(barnet, await openedUrl(barnet, id));
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''l%27%C3%A9t%C3%A9%20%282026%29%3B%20x%3Dy%2A.pdf`,
    );
  });

  it('is a link of its owner’s chain, which holds', async () => {
    const { id } = await keptFile(scene);
    await openedUrl(barnet, id);
    const seal = () =>
      scene.sql('select from read_log_seal s join read_log_entry e on e.id = s.entry_id where e.item_id = $1', [id]);
    await until(async () => (await seal()).length === 1, 15_000);
    const { urls } = scene.accord.database;
    const checks = await verifyLog(urls.owner, scene.accord.config.ACCORD_SECRET);
    expect(describeChecks(checks)).toMatch(/The log is whole\.\n$/);
  });

  it('cannot be logged as read of somebody whose it is not', async () => {
    const { id } = await keptFile(scene);
    const log = (owner: string, kind: string) => `
      begin; set local role accord_gateway;
      select set_config('app.tenant', '${TENANT.barnet}', true), set_config('app.caller', '${AGREEMENT}', true);
      insert into read_log_entry (id, owner_id, item_id, item_version, provider_id, kind, purpose, reader_tenant_id, reader_id, reader_name)
      values ('${newId()}', '${owner}', '${id}', 1, '${id}', '${kind}', 'OTHER', '${TENANT.barnet}', '${AGREEMENT}', 'Somebody')`;
    const attempt = async (statement: string): Promise<void> => {
      try {
        await scene.sql(statement);
      } finally {
        await scene.sql('rollback');
      }
    };
    for (const [owner, kind] of [
      [TENANT.camden, 'FILE'],
      [TENANT.brent, 'DETAIL'],
    ] as const)
      await expect(attempt(log(owner, kind))).rejects.toThrow('row-level security');
    await attempt(log(TENANT.brent, 'FILE'));
  });
});
