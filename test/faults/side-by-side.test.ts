import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { TENANT_CODE } from '@accord/infra';
import type { TestClient } from '@accord/testkit';
import { COPPERBEECH, FlagRaiser, PLACES } from './flags.js';
import { Follower } from './follower.js';
import { Gate } from './gate.js';
import { Scene } from './scene.js';
import { expectEverybodyTold } from './told.js';

jest.setTimeout(120_000);

/** A clock that is slow, within what tokens are allowed to be off. */
const SLOW_CLOCK = `--import=data:text/javascript,${encodeURIComponent(`
  const now = Date.now;
  const Exact = Date;
  globalThis.Date = class extends Exact {
    constructor(...given) { given.length === 0 ? super(now() - 20_000) : super(...given); }
    static now() { return now() - 20_000; }
  };`)}`;

let scene: Scene;
/** Brent's clients of the two gateways. */
let clients: readonly [TestClient, TestClient];
let followers: readonly Follower[];

beforeAll(async () => {
  scene = await Scene.prepare();
  const { accord } = scene;
  const [exact, slow] = await Promise.all([accord.startGateway(), accord.startGateway([SLOW_CLOCK])]);
  await scene.use(exact);
  await scene.subscribe();
  const [brent, havering] = await Promise.all(
    ['brent-quality', 'havering-quality'].map((persona) => accord.client(persona, slow)),
  );
  if (!brent || !havering) throw new Error('Two were asked for.');
  clients = [scene.brent, brent];
  followers = [
    ...scene.followers,
    await Follower.open(TENANT_CODE.brent, 'stream', () => brent),
    await Follower.open(TENANT_CODE.havering, 'subscribe', () => havering),
  ];
  await Promise.all([accord.startWorker(), accord.startWorker()]);
  await Promise.all(followers.map((follower) => follower.begin()));
});

afterAll(async () => {
  for (const follower of followers) await follower.close();
  await scene.end();
});

async function expectAllWell(flags: FlagRaiser): Promise<void> {
  const placed = await expectEverybodyTold(scene.database, flags.raised);
  for (const follower of followers) await follower.expectToHaveSeen(placed);
}

it('tells each once, and shows the subscribers of both gateways everything once and in order', async () => {
  const flags = new FlagRaiser();
  await Promise.all(
    PLACES.map(async (place, index) => {
      for (let n = 0; n < 6; n += 1) await flags.raise(clients[(n + index) % 2 === 0 ? 0 : 1], place);
    }),
  );
  await expectAllWell(flags);
});

it('keeps the order of the commits whatever the clocks of the gateways say', async () => {
  const flags = new FlagRaiser();
  const gate = await Gate.atSequencer(scene.superuserUrl);
  await gate.close();
  for (let n = 0; n < 3; n += 1) for (const client of clients) await flags.raise(client, COPPERBEECH);
  await gate.open();
  await gate.remove();
  await expectAllWell(flags);
});

it('meets no fault in all of this', () => {
  expect(scene.accord.processes.flatMap(({ errors }) => errors)).toEqual([]);
});
