import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Disturbance, until, type ServiceProcess } from '@accord/testkit';
import { COPPERBEECH, FlagRaiser } from './flags.js';
import { Gate } from './gate.js';
import { Scene } from './scene.js';
import { countOf, expectEverybodyTold, PATIENCE_MS } from './told.js';

const HAND_OVER_AGAIN_MS = 300;

jest.setTimeout(300_000);

let scene: Scene;
let worker: ServiceProcess;
let disturbance: Disturbance;
/** Jobs wait here with their event locked and nobody told. */
let telling: Gate;

beforeAll(async () => {
  scene = await Scene.prepare({ variables: { HAND_OVER_AGAIN_MS: `${HAND_OVER_AGAIN_MS}` } });
  disturbance = new Disturbance(scene.accord.ground);
  telling = await Gate.before(scene.superuserUrl, 'insert', 'delivery');
  await scene.use(await scene.accord.startGateway());
  await scene.subscribe();
  worker = await scene.accord.startWorker();
  await scene.begin();
});

afterAll(async () => {
  await telling.remove();
  await scene.end();
});

async function expectAllWell(flags: FlagRaiser): Promise<void> {
  const placed = await expectEverybodyTold(scene.database, flags.raised);
  for (const follower of scene.followers) await follower.expectToHaveSeen(placed);
}

const NOT_HANDED_OVER = 'select from outbox_event where handed_over_at is null';

it('loses nothing when the queue loses everything', async () => {
  const flags = new FlagRaiser();
  await telling.close();
  await flags.raiseEverywhere(scene.brent, 3);
  await until(async () => (await countOf(scene.database, NOT_HANDED_OVER)) === 0, PATIENCE_MS);
  await until(async () => (await telling.waiting()) > 0, PATIENCE_MS);
  await disturbance.emptyQueue();
  await telling.open();
  await expectAllWell(flags);
});

it('goes on after the connections of the queue were cut', async () => {
  const flags = new FlagRaiser();
  const raising = flags.raiseEverywhere(scene.brent, 3);
  await disturbance.cutQueue();
  await raising;
  await expectAllWell(flags);
});

it('tells and streams without any wake-up', async () => {
  const flags = new FlagRaiser();
  let cutting = true;
  const cut = (async () => {
    while (cutting) await disturbance.cutWakeUps();
  })();
  await flags.raiseEverywhere(scene.brent, 1);
  await expectAllWell(flags);
  cutting = false;
  await cut;
});

it('is woken again after the connections that listen were cut', async () => {
  await until(async () => (await disturbance.countListening()) === 2, PATIENCE_MS);
  await disturbance.cutWakeUps();
  await until(async () => (await disturbance.countListening()) === 2, PATIENCE_MS);
  // One after the other: each would have to wait for a poll of its own, and these are a second apart.
  const COUNT = 8;
  const flags = new FlagRaiser();
  const began = performance.now();
  for (let n = 0; n < COUNT; n += 1) {
    await flags.raise(scene.brent, COPPERBEECH);
    for (const follower of scene.followers) await follower.expectToHaveSeen(flags.raised);
  }
  expect(performance.now() - began).toBeLessThan((COUNT - 2) * 1000);
  await expectAllWell(flags);
});

it('holds nobody up behind a job that hangs', async () => {
  const flags = new FlagRaiser();
  await telling.close();
  await flags.raise(scene.brent, COPPERBEECH);
  await until(async () => (await telling.waiting()) > 0, PATIENCE_MS);
  // Until it would be handed over again, were it not in hand.
  const due = `select from outbox_event where handled_at is null and handed_over_at < now() - interval '${HAND_OVER_AGAIN_MS * 2} milliseconds'`;
  await until(async () => (await countOf(scene.database, due)) > 0, PATIENCE_MS);
  for (let n = 0; n < 3; n += 1) await flags.raise(scene.brent, COPPERBEECH);
  for (const follower of scene.followers) await follower.expectToHaveSeen(flags.raised);
  await until(async () => (await countOf(scene.database, NOT_HANDED_OVER)) === 0, PATIENCE_MS);
  await telling.open();
  await expectAllWell(flags);
});

it('tells everybody once after it failed again and again', async () => {
  const flags = new FlagRaiser();
  const failed = 'a job was not done';
  const before = worker.lines(failed).length;
  await scene.database.query('alter table delivery rename to delivery_away');
  await flags.raiseEverywhere(scene.brent, 2);
  await worker.said(failed, before + 20);
  await scene.database.query('alter table delivery_away rename to delivery');
  await expectAllWell(flags);
});
