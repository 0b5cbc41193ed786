import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { until } from '@accord/testkit';
import { copiesOfSample } from '../contract/support/regulator-file.js';
import { reportOf, sendFile } from '../contract/support/upload.js';
import { Gate } from './gate.js';
import { Scene } from './scene.js';
import { PATIENCE_MS } from './told.js';

/** Two batches: 500 rows and 286. The first copy has the events of the sample, which is there and has them under other numbers. */
const FILE = copiesOfSample(3);

jest.setTimeout(120_000);

let scene: Scene;
let gate: Gate;

beforeAll(async () => {
  scene = await Scene.prepare({ variables: { HAND_OVER_AGAIN_MS: '300' } });
  gate = await Gate.before(scene.superuserUrl, 'update of counts', 'regulator_import');
});

afterAll(async () => {
  await gate.remove();
  await scene.end();
});

const registrations = async (): Promise<number> => {
  const { rows } = await scene.database.query<{ n: number }>(
    `select count(*)::int as n from registration where reference ~ '^30[0-2]\\d{4}$'`,
  );
  return rows[0]?.n ?? 0;
};

it('a worker that is killed in a batch leaves nothing of it, and another brings in the whole file', async () => {
  const gateway = await scene.accord.startGateway();
  const alliance = await scene.accord.client('alliance-accreditation', gateway);
  await gate.close();
  const killed = await scene.accord.startWorker();
  const { data } = await sendFile(alliance, FILE);
  const id = data?.importRegulatorFile?.import.id ?? '';
  // It has written the first batch, and is about to mark how far it has come.
  await until(async () => (await gate.waiting()) > 0, PATIENCE_MS);
  await killed.kill();
  await gate.open();
  await until(async () => (await gate.waiting()) === 0, PATIENCE_MS);
  expect(await registrations()).toBe(0);
  expect(await reportOf(alliance, id)).toMatchObject({ state: 'RUNNING', rowsDone: 0 });

  await Promise.all([scene.accord.startWorker(), scene.accord.startWorker()]);
  await until(async () => (await reportOf(alliance, id)).state === 'DONE', PATIENCE_MS);
  expect(await reportOf(alliance, id)).toMatchObject({
    rowsDone: 786,
    refusedRows: 262,
    registrations: { added: 213 * 2, changed: 0, unchanged: 0 },
    inspections: { added: 425 * 2, changed: 0, unchanged: 0 },
  });
  expect(await registrations()).toBe(213 * 2);
});
