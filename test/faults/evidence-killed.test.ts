import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { newId } from '@accord/kernel';
import { until, type GatewayProcess } from '@accord/testkit';
import { fetchFile, open, openedUrl, PDF, pdf, upload } from '../isolation/support/evidence-file.js';
import { Scene } from './scene.js';
import { countOf, PATIENCE_MS } from './told.js';

jest.setTimeout(120_000);

/** What the store has, by its paths. */
const stored = new Map<string, Buffer>();
/** Whether the store says that it has kept what it has kept. */
let isSilent = true;
let store: Server;
let scene: Scene;
let gateway: GatewayProcess;

beforeAll(async () => {
  store = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      if (request.method === 'PUT') stored.set(path, Buffer.concat(chunks));
      if (request.method === 'PUT' && isSilent) return;
      response.writeHead(stored.has(path) ? 200 : 404).end(request.method === 'GET' ? stored.get(path) : undefined);
    });
  });
  await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
  const variables = {
    EVIDENCE_S3_ENDPOINT: `http://127.0.0.1:${(store.address() as AddressInfo).port}`,
    EVIDENCE_S3_ACCESS_KEY_ID: 'key',
    EVIDENCE_S3_SECRET_ACCESS_KEY: 'secret',
  };
  scene = await Scene.prepare({ variables });
  gateway = await scene.accord.startGateway();
});

afterAll(async () => {
  await scene.end();
  store.closeAllConnections();
  store.close();
});

const idIn = (path: string | undefined): string => path?.split('/').at(-1) ?? '';

it('leaves of an upload that is killed after the store has the file nothing that anybody can reach, and the next try is whole', async () => {
  const { rows } = await scene.database.query<{ id: string }>(
    `select a.id from due_diligence_answer a join organisation o on o.id = a.owner_id where o.name = 'Brent' limit 1`,
  );
  const [answerId, key] = [rows[0]?.id ?? '', newId()];
  const first = await scene.accord.client('brent-placements', gateway);
  const answer = Promise.allSettled([upload(first, answerId, pdf(), key)]);
  await until(() => stored.size === 1, PATIENCE_MS);
  await gateway.process.kill();
  expect(await answer).toMatchObject([{ status: 'rejected' }]);
  const [orphan] = [...stored.keys()];

  isSilent = false;
  const brent = await scene.accord.client('brent-placements', await scene.accord.startGateway());
  await until(async () => (await countOf(scene.database, 'select from idempotency_record')) === 0, PATIENCE_MS);
  expect(await countOf(scene.database, 'select from due_diligence_evidence')).toBe(0);
  expect((await open(brent, idIn(orphan))).errors?.[0]?.extensions.code).toBe('NOT_FOUND');

  const again = await upload(brent, answerId, pdf(), key);
  const id = again.data?.uploadDueDiligenceEvidence?.evidence.id ?? '';
  expect((await upload(brent, answerId, pdf(), key)).data).toEqual(again.data);
  expect([...stored.keys()].map(idIn)).toEqual([idIn(orphan), id]);
  const response = await fetchFile(brent, await openedUrl(brent, id));
  expect(Buffer.from(await response.arrayBuffer())).toEqual(PDF);
});
