import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { describeChecks, exampleId, verifyLog } from '@accord/infra';
import { until, type TestClient } from '@accord/testkit';
import { Gate } from './gate.js';
import { Scene } from './scene.js';
import { PATIENCE_MS } from './told.js';

/** Barnet's, shared with Brent and Havering by name. */
const ITEM = exampleId('intelligence', 'Waking-night cover was promised and not there on two of three nights.');
const READS = 5;

jest.setTimeout(120_000);

let scene: Scene;
let gates: Gate[];
let readers: TestClient[];

beforeAll(async () => {
  scene = await Scene.prepare();
  // Before the first link is written, and when all are and only the end of the transaction is missing.
  gates = [
    await Gate.before(scene.superuserUrl, 'insert', 'read_log_seal'),
    await Gate.before(scene.superuserUrl, 'insert', 'read_log_seal', 'at commit'),
  ];
  const gateway = await scene.accord.startGateway();
  readers = [
    await scene.accord.client('brent-placements', gateway),
    await scene.accord.client('havering-quality', gateway),
  ];
});

afterAll(async () => {
  for (const gate of gates) await gate.remove();
  await scene.end();
});

let note = 0;

async function readAFewTimes(): Promise<void> {
  const open =
    'mutation($id: ID!, $note: String!) { openIntelligence(id: $id, purpose: MONITORING, note: $note) { item { id } } }';
  for (const client of readers) {
    for (let read = 0; read < READS; read += 1) await client.data(open, { id: ITEM, note: String((note += 1)) });
  }
}

async function counted(): Promise<{ entries: number; seals: number; last: number }> {
  const { rows } = await scene.database.query<{ entries: number; seals: number; last: number }>(
    `select (select count(*) from read_log_entry)::int as entries, (select count(*) from read_log_seal)::int as seals,
       (select coalesce(max(position), 0) from read_log_seal)::int as last`,
  );
  return rows[0] ?? { entries: 0, seals: 0, last: 0 };
}

it('leaves the log’s chain whole though workers are killed while they seal', async () => {
  for (const gate of gates) {
    await gate.close();
    await readAFewTimes();
    const workers = await Promise.all([scene.accord.startWorker(), scene.accord.startWorker()]);
    await until(async () => (await gate.waiting()) > 0, PATIENCE_MS);
    await readAFewTimes();
    await Promise.all(workers.map((worker) => worker.kill()));
    await gate.open();
    await until(async () => (await gate.waiting()) === 0, PATIENCE_MS);
  }
  await Promise.all([scene.accord.startWorker(), scene.accord.startWorker()]);
  await until(async () => {
    const { entries, seals } = await counted();
    return entries === seals;
  }, PATIENCE_MS);
  const all = gates.length * 2 * readers.length * READS;
  expect(await counted()).toEqual({ entries: all, seals: all, last: all });
  const checks = await verifyLog(
    scene.accord.ground.database.urls.owner,
    scene.accord.ground.environment['ACCORD_SECRET'] ?? '',
  );
  expect(checks).toMatchObject([{ name: 'Barnet', links: all, unsealed: 0, broken: null }]);
  expect(describeChecks(checks)).toMatch(/The log is whole\.\n$/);
});
