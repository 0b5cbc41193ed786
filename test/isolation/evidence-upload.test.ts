import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { until, type TestClient } from '@accord/testkit';
import { newAnswer, newEvidence } from './support/due-diligence-rows.js';
import { keptFile, PDF, pdf, upload, UPLOAD_EVIDENCE } from './support/evidence-file.js';
import { expectNothingKept, filesKept } from './support/files-kept.js';
import { codesOf } from './support/refusal.js';
import { Scene } from './support/scene.js';

/** A gateway has ten to the database. */
const MORE_THAN_CONNECTIONS = 12;

/** What the scanner answers; null keeps everybody waiting. */
let verdict: object | null = { clean: true };
let scanned: Buffer[] = [];
let scene: Scene;
let scanner: Server;
let brent: TestClient;

beforeAll(async () => {
  scanner = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      scanned.push(Buffer.concat(chunks));
      if (verdict !== null) response.end(JSON.stringify(verdict));
    });
  });
  await new Promise<void>((resolve) => scanner.listen(0, '127.0.0.1', resolve));
  const port = (scanner.address() as AddressInfo).port;
  scene = await Scene.start({ FILE_SCAN_URL: `http://127.0.0.1:${port}/`, FILE_SCAN_MS: '2000' });
  brent = await scene.caller('brent-placements');
});
afterEach(() => {
  verdict = { clean: true };
  scanned = [];
});
afterAll(async () => {
  await scene.stop();
  scanner.closeAllConnections();
  scanner.close();
});

const named = (name: string, content: Buffer = PDF): File => new File([content], name);

describe('a file that is sent', () => {
  it('is looked through and kept whole under its own id, once for each key', async () => {
    const [answerId, idempotencyKey] = [await newAnswer(scene), newId()];
    const [first, again] = [
      await upload(brent, answerId, pdf(), idempotencyKey),
      await upload(brent, answerId, pdf(), idempotencyKey),
    ];
    expect(first.data).toMatchObject({ uploadDueDiligenceEvidence: { evidence: { scan: 'CLEAN' } } });
    expect(again.data).toEqual(first.data);
    expect(scanned[0]).toEqual(PDF);
    expect(await filesKept(scene)).toEqual([first.data?.uploadDueDiligenceEvidence?.evidence.id]);
    expect(codesOf(await upload(brent, answerId, named('another.pdf'), idempotencyKey))).toEqual(['CONFLICT']);
    expect(await scene.sql('select uploaded_by from due_diligence_evidence where answer_id = $1', [answerId])).toEqual([
      { uploaded_by: 'Brent placements officer' },
    ]);
  });

  it.each([
    ['../../../etc/cron.d/certificate.pdf', 'certificate.pdf'],
    ['..\\..\\Windows\\certificate.pdf', 'certificate.pdf'],
    ['cert\u202efdp.exe\u0007\u200b.pdf', 'certfdp.exe.pdf'],
  ])('called %j is kept as %s, and nowhere but in the store', async (name, fileName) => {
    const before = await filesKept(scene);
    const kept = await keptFile(scene, named(name));
    expect(kept.fileName).toBe(fileName);
    expect(await filesKept(scene)).toEqual([...before, kept.id].toSorted());
  });

  it.each<[string, File, RegExp]>([
    ['is called a PDF and is none', named('certificate.pdf', Buffer.from('<html>')), /no PDF, JPEG, PNG or HEIC/],
    ['is a bomb of an office document', named('list.pdf', Buffer.from('PK\u0003\u0004 [Content_Types].xml')), /no PDF/],
    ['would open as a page', named('certificate.html'), /give it a name that ends in \.pdf/],
    ['is empty', named('certificate.pdf', Buffer.alloc(0)), /empty/],
    ['is cut off', named('certificate.pdf', PDF.subarray(0, 20)), /not whole/],
    ['is too large', named('certificate.pdf', Buffer.concat([PDF, Buffer.alloc(10_000_001)])), /more than 10 MB/],
    ['says whose it is', named('ring 07700 900123.pdf'), /personal phone number/],
    ['has a name as long as a page', named(`${'long '.repeat(45)}.pdf`), /at most 200 characters/],
  ])('is refused where it %s, and nothing is kept', async (_what, file, message) => {
    const answerId = await newAnswer(scene);
    await expectNothingKept(scene, async () => {
      const { errors, data } = await upload(brent, answerId, file);
      expect(errors).toMatchObject([
        { message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT', path: 'input.file' } },
      ]);
      expect(data?.uploadDueDiligenceEvidence ?? null).toBeNull();
    });
  });

  it.each<[string, object | null, string]>([
    ['is not clean', { clean: false }, 'BAD_USER_INPUT'],
    ['has no verdict', {}, 'INTERNAL_SERVER_ERROR'],
    ['has a verdict that is none', { clean: 'true' }, 'INTERNAL_SERVER_ERROR'],
    ['has its scanner hang', null, 'INTERNAL_SERVER_ERROR'],
  ])('is refused where it %s, and nothing is kept', async (_what, said, code) => {
    const answerId = await newAnswer(scene);
    await expectNothingKept(scene, async () => {
      verdict = said;
      const answers = Promise.all(Array.from({ length: MORE_THAN_CONNECTIONS }, () => upload(brent, answerId)));
      await until(() => scanned.length === MORE_THAN_CONNECTIONS);
      // However long it takes, nobody else waits for it.
      await brent.data('{ viewer { id } }');
      for (const { errors } of await answers)
        expect(errors).toMatchObject([{ message: expect.stringMatching(/malware/), extensions: { code } }]);
    });
  });

  it('is not taken in part: an upload that is cut off leaves nothing', async () => {
    const answerId = await newAnswer(scene);
    await expectNothingKept(scene, async () => {
      const body = await new Response(formOf(answerId)).arrayBuffer();
      const { hostname, port } = new URL(scene.accord.url);
      const socket = connect(Number(port), hostname);
      await new Promise<void>((resolve) => socket.once('connect', resolve));
      const boundary = Buffer.from(body).toString('latin1').split('\r\n', 1)[0]?.slice(2) ?? '';
      socket.write(
        `POST /graphql HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: ${brent.authorization}\r\napollo-require-preflight: true\r\n` +
          `content-type: multipart/form-data; boundary=${boundary}\r\ncontent-length: ${body.byteLength}\r\n\r\n`,
      );
      socket.write(Buffer.from(body).subarray(0, -60));
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(scanned).toEqual([]);
    });
  });

  it('is nobody’s to add but the organisation’s that answered, and none is kept about DBS', async () => {
    const answerId = await newAnswer(scene);
    expect(codesOf(await upload(await scene.caller('barnet-placements'), answerId))).toEqual(['FORBIDDEN']);
    expect(codesOf(await upload(await scene.caller('camden QUALITY'), answerId))).toEqual(['NOT_FOUND']);
    expect(codesOf(await upload(brent, await newAnswer(scene, { withdrawn: true })))).toEqual(['CONFLICT']);
    await scene.sql(
      `update due_diligence_answer set question_id = (select id from due_diligence_question where code = 'DBS_GAPS' limit 1)
       where id = $1`,
      [answerId],
    );
    await expectNothingKept(scene, async () => {
      const { errors } = await upload(brent, answerId);
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: 'input.answerId' } }]);
    });
  });

  it('is one of ten at most, also of those that come at the same time', async () => {
    const answerId = await newAnswer(scene);
    for (let n = 0; n < 9; n += 1) await newEvidence(scene, answerId);
    const answers = await Promise.all(Array.from({ length: 4 }, () => upload(brent, answerId)));
    expect(answers.flatMap(codesOf)).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT']);
  });
});

const formOf = (answerId: string): FormData => {
  const form = new FormData();
  const variables = { input: { answerId, file: null, idempotencyKey: newId() } };
  form.append('operations', JSON.stringify({ query: UPLOAD_EVIDENCE, variables }));
  form.append('map', '{"0":["variables.input.file"]}');
  form.append('0', pdf());
  return form;
};

describe('a store that hangs', () => {
  it('holds nobody up but those who send files, and what it refuses is not kept', async () => {
    const waiting: ServerResponse[] = [];
    const store = createServer((request, response) => void request.resume().on('end', () => waiting.push(response)));
    await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
    const other = await Scene.start({
      EVIDENCE_S3_ENDPOINT: `http://127.0.0.1:${(store.address() as AddressInfo).port}`,
      EVIDENCE_S3_ACCESS_KEY_ID: 'key',
      EVIDENCE_S3_SECRET_ACCESS_KEY: 'secret',
      DATABASE_POOL: '4',
    });
    try {
      const client = await other.caller('brent-placements');
      const answerIds: string[] = [];
      for (let n = 0; n < 6; n += 1) answerIds.push(await newAnswer(other));
      const answers = Promise.all(answerIds.map((answerId) => upload(client, answerId)));
      await until(() => waiting.length > 0);
      for (let n = 0; n < 5; n += 1) await client.data('{ viewer { id } }');
      expect(waiting).toHaveLength(1);
      const refuse = setInterval(() => waiting.splice(0).forEach((response) => response.writeHead(503).end()), 10);
      expect((await answers).flatMap(codesOf)).toEqual(answerIds.map(() => 'INTERNAL_SERVER_ERROR'));
      clearInterval(refuse);
      expect(await other.sql('select from due_diligence_evidence')).toEqual([]);
      expect(await other.sql('select from idempotency_record')).toEqual([]);
    } finally {
      await other.stop();
      store.closeAllConnections();
      store.close();
    }
  });
});
