import { readdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import type { Answer, TestClient } from '@accord/testkit';
import { classesOf } from './support/classification.js';
import { newAnswer } from './support/due-diligence-rows.js';
import { PDF } from './support/evidence-file.js';
import { codesOf, expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { everyField } from './support/selection.js';
import { AGREEMENT, TENANT } from './support/world.js';

const EVIDENCE = everyField('DueDiligenceEvidence');
const UPLOAD = `mutation($input: UploadDueDiligenceEvidenceInput!) { uploadDueDiligenceEvidence(input: $input) { evidence { ${EVIDENCE} } } }`;
const OPEN = `mutation($input: OpenDueDiligenceEvidenceInput!) { openDueDiligenceEvidence(input: $input) { url evidence { id } } }`;

interface Uploaded {
  readonly uploadDueDiligenceEvidence: { readonly evidence: { readonly id: string; readonly hash: string } } | null;
}

interface Opened {
  readonly openDueDiligenceEvidence: { readonly url: string } | null;
}

let scene: Scene;
let scanner: Server;
let verdict: unknown = { clean: true };

beforeAll(async () => {
  scanner = createServer((request, response) => {
    request.resume().on('end', () => response.end(JSON.stringify(verdict)));
  });
  await new Promise<void>((resolve) => scanner.listen(0, '127.0.0.1', resolve));
  scene = await Scene.start({ EVIDENCE_SCAN_URL: `http://127.0.0.1:${(scanner.address() as AddressInfo).port}` });
});
afterAll(async () => {
  await scene.stop();
  scanner.close();
});

const upload = (
  client: TestClient,
  answerId: string,
  content: Buffer = PDF,
  name = 'certificate.pdf',
): Promise<Answer<Uploaded>> =>
  client.send<Uploaded>(UPLOAD, { input: { answerId, file: new File([content], name), idempotencyKey: newId() } });

async function kept(answerId?: string): Promise<{ id: string; answerId: string }> {
  const answer = answerId ?? (await newAnswer(scene));
  const { data, errors } = await upload(await scene.caller('brent-placements'), answer);
  expect(errors).toBeUndefined();
  return { id: data?.uploadDueDiligenceEvidence?.evidence.id ?? '', answerId: answer };
}

async function open(who: string, evidenceId: string): Promise<Answer<Opened>> {
  const input = { evidenceId, purpose: 'PLACEMENT_DECISION' };
  return (await scene.caller(who)).send<Opened>(OPEN, { input });
}

async function fetchAs(who: string | undefined, url: string): Promise<Response> {
  const authorization = who === undefined ? undefined : (await scene.caller(who)).authorization;
  return fetch(scene.accord.url + url, { headers: { ...(authorization && { authorization }) } });
}

const filesKept = async (): Promise<string[]> => readdir(scene.accord.config.EVIDENCE_FOLDER ?? '').catch(() => []);

describe('a file of evidence', () => {
  it('is shown to the answer’s audience alone, what it is by its content', async () => {
    const { id, answerId } = await kept();
    const ask = `query($id: ID!) { dueDiligenceAnswer(id: $id) { evidence { ${EVIDENCE} } } }`;
    const seen = await (await scene.caller('barnet-placements')).data(ask, { id: answerId });
    const evidence = {
      id,
      fileName: 'certificate.pdf',
      mediaType: 'application/pdf',
      bytes: PDF.length,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      scan: 'CLEAN',
      uploadedAt: expect.any(String),
    };
    expect(new Set(Object.keys(evidence))).toEqual(new Set(classesOf('DueDiligenceEvidence').keys()));
    expect(seen).toEqual({ dueDiligenceAnswer: { evidence: [evidence] } });
    expectRefused(await (await scene.caller('camden QUALITY')).send(ask, { id: answerId }), 'NOT_FOUND');
    expectRefused(await open('camden QUALITY', id), 'NOT_FOUND');
  });

  it('is opened under the owner’s log, and its bytes go to whoever opened it and to nobody else', async () => {
    const { id, answerId } = await kept();
    const { data } = await open('barnet-placements', id);
    const url = data?.openDueDiligenceEvidence?.url ?? '';
    const response = await fetchAs('barnet-placements', url);
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''certificate.pdf`);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PDF);
    const log = await scene.sql('select owner_id, kind, purpose from read_log_entry where item_id = $1', [answerId]);
    expect(log).toEqual([{ owner_id: TENANT.brent, kind: 'FILE', purpose: 'PLACEMENT_DECISION' }]);
    // Brent reads its own without a log.
    expect((await open('brent-placements', id)).errors).toBeUndefined();
    expect(await scene.sql('select from read_log_entry where item_id = $1', [answerId])).toHaveLength(1);
    const statuses = [
      (await fetchAs('brent-placements', url)).status,
      (await fetchAs('camden QUALITY', url)).status,
      (await fetchAs('barnet-placements', `${url.slice(0, -4)}AAAA`)).status,
      (await fetchAs(undefined, url)).status,
    ];
    expect(statuses).toEqual([404, 404, 404, 401]);
    await scene.sql(`update sharing_agreement set in_force_until = '2026-01-01' where id = $1`, [AGREEMENT]);
    try {
      expect((await fetchAs('barnet-placements', url)).status).toBe(404);
    } finally {
      await scene.sql('update sharing_agreement set in_force_until = null where id = $1', [AGREEMENT]);
    }
  });

  it('that was altered in the store is not handed out', async () => {
    const { id } = await kept();
    await writeFile(join(scene.accord.config.EVIDENCE_FOLDER ?? '', id), 'something else');
    const { data } = await open('barnet-placements', id);
    expect((await fetchAs('barnet-placements', data?.openDueDiligenceEvidence?.url ?? '')).status).toBe(500);
  });

  it.each([
    ['is called a PDF and is none', Buffer.from('<html><script>alert(1)</script></html>'), 'certificate.pdf'],
    ['is a program', Buffer.from('MZ'.padEnd(500, '\0')), 'certificate.pdf'],
    ['is empty', Buffer.alloc(0), 'certificate.pdf'],
    ['is too large', Buffer.concat([PDF, Buffer.alloc(10_000_001)]), 'certificate.pdf'],
    ['says whose it is', PDF, 'ring 07700 900123.pdf'],
  ])('is refused where it %s, and nothing is kept', async (_what, content, name) => {
    const answerId = await newAnswer(scene);
    await scene.settled();
    const [before, files] = [await scene.footprint(), await filesKept()];
    const refused = await upload(await scene.caller('brent-placements'), answerId, content, name);
    expect(codesOf(refused)).toEqual(['BAD_USER_INPUT']);
    expect(await filesKept()).toEqual(files);
    expect(await scene.footprint()).toEqual(before);
  });

  it.each([
    ['that is not clean', { clean: false }, 'BAD_USER_INPUT'],
    ['of which there is no verdict', {}, 'INTERNAL_SERVER_ERROR'],
  ])('%s is refused, and nothing is kept', async (_what, said, code) => {
    const [answerId, files] = [await newAnswer(scene), await filesKept()];
    verdict = said;
    try {
      expect(codesOf(await upload(await scene.caller('brent-placements'), answerId))).toEqual([code]);
    } finally {
      verdict = { clean: true };
    }
    expect(await filesKept()).toEqual(files);
    expect(await scene.sql('select from due_diligence_evidence where answer_id = $1', [answerId])).toEqual([]);
  });

  it('is nobody’s to add but the organisation’s that answered, and none is kept about DBS', async () => {
    const answerId = await newAnswer(scene);
    const barnet = await scene.caller('barnet-placements');
    expect(codesOf(await upload(barnet, answerId))).toEqual(['FORBIDDEN']);
    expect(codesOf(await upload(await scene.caller('camden QUALITY'), answerId))).toEqual(['NOT_FOUND']);
    await scene.sql(
      `update due_diligence_answer set question_id = (select id from due_diligence_question where code = 'DBS_GAPS' limit 1)
       where id = $1`,
      [answerId],
    );
    expect(codesOf(await upload(await scene.caller('brent-placements'), answerId))).toEqual(['BAD_USER_INPUT']);
  });
});
