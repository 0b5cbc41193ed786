import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { ServiceProcess } from '@accord/testkit';
import { COPPERBEECH, FlagRaiser, PLACES } from './flags.js';
import { Gate } from './gate.js';
import { Scene } from './scene.js';
import { countOf, expectEverybodyTold } from './told.js';

jest.setTimeout(300_000);

let scene: Scene;
let worker: ServiceProcess;

beforeAll(async () => {
  scene = await Scene.prepare({ variables: { HAND_OVER_AGAIN_MS: '300' } });
  await scene.use(await scene.accord.startGateway());
  await scene.subscribe();
  worker = await scene.accord.startWorker();
  await scene.begin();
});

afterAll(() => scene.end());

const WITHOUT_PLACE = 'select from outbox_event where position is null';

it('shows on every dashboard what is raised while no worker runs, in order, and tells the rest when one does', async () => {
  await worker.kill();
  const flags = new FlagRaiser();
  for (let n = 0; n < 3; n += 1) for (const place of PLACES) await flags.raise(scene.brent, place);
  expect(await countOf(scene.database, WITHOUT_PLACE)).toBe(0);
  for (const follower of scene.followers) await follower.expectToHaveSeen(flags.raised);

  // While somebody else gives places nobody waits for it, and what is left without one gets it before what comes next.
  const gate = await Gate.atSequencer(scene.superuserUrl);
  await gate.close();
  for (let n = 0; n < 3; n += 1) await flags.raise(scene.brent, COPPERBEECH);
  expect(await countOf(scene.database, WITHOUT_PLACE)).toBe(3);
  await gate.remove();
  for (const follower of scene.followers) await follower.expectToHaveSeen(flags.raised);
  await flags.raise(scene.brent, COPPERBEECH);
  for (const follower of scene.followers) await follower.expectToHaveSeen(flags.raised);

  worker = await scene.accord.startWorker();
  const placed = await expectEverybodyTold(scene.database, flags.raised);
  for (const follower of scene.followers) await follower.expectToHaveSeen(placed);
});
