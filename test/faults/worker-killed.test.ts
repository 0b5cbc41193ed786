import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { until, type ServiceProcess } from '@accord/testkit';
import { FlagRaiser, PLACES } from './flags.js';
import { Gate } from './gate.js';
import { Scene } from './scene.js';
import { expectEverybodyTold, PATIENCE_MS } from './told.js';

/** Twenty workers, four at a time: five generations, each killed while all of its jobs are half done. */
const GENERATIONS = 5;
const WORKERS = 4;
/** How many jobs a worker does at once (services/worker/src/queue.ts). */
const JOBS_OF_A_WORKER = 4;
/** At each place: together as many as there can be jobs at once. */
const FLAGS = (WORKERS * JOBS_OF_A_WORKER) / PLACES.length;

jest.setTimeout(300_000);

let scene: Scene;
let gates: Gate[];

beforeAll(async () => {
  scene = await Scene.prepare({ variables: { HAND_OVER_AGAIN_MS: '300' } });
  gates = [
    await Gate.before(scene.superuserUrl, 'insert', 'delivery'),
    await Gate.before(scene.superuserUrl, 'update of handled_at', 'outbox_event'),
  ];
  await scene.use(await scene.accord.startGateway());
  await scene.subscribe();
});

afterAll(async () => {
  for (const gate of gates) await gate.remove();
  await scene.end();
});

const startWorkers = (count: number): Promise<ServiceProcess[]> =>
  Promise.all(Array.from({ length: count }, () => scene.accord.startWorker()));

it('tells everybody once and in order though twenty workers are killed in mid-job', async () => {
  const flags = new FlagRaiser();
  let workers = await startWorkers(WORKERS);
  await scene.begin();
  for (let generation = 0; generation < GENERATIONS; generation += 1) {
    // By turns: before anybody's notification is written, and after all are and only the mark is missing.
    const gate = gates[generation % gates.length];
    await gate?.close();
    await flags.raiseEverywhere(scene.brent, FLAGS);
    await until(async () => (await gate?.waiting()) === WORKERS * JOBS_OF_A_WORKER, PATIENCE_MS);
    const raising = flags.raiseEverywhere(scene.brent, 1);
    await Promise.all(workers.map((worker) => worker.kill()));
    await raising;
    await gate?.open();
    workers = await startWorkers(generation < GENERATIONS - 1 ? WORKERS : 1);
  }

  const placed = await expectEverybodyTold(scene.database, flags.raised);
  expect(placed).toHaveLength(GENERATIONS * (FLAGS + 1) * PLACES.length);
  for (const follower of scene.followers) {
    await follower.expectToHaveSeen(placed);
    expect(follower.connections).toBe(1);
  }
});
