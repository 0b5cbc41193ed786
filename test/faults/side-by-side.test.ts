import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { exampleId, TENANT_CODE } from '@accord/infra';
import { until, type GatewayProcess, type TestClient } from '@accord/testkit';
import { streamsOpened } from '../contract/support/wait.js';
import { COPPERBEECH, FlagRaiser, PLACES } from './flags.js';
import { Follower } from './follower.js';
import { Gate } from './gate.js';
import { Scene } from './scene.js';
import { expectEverybodyTold, PATIENCE_MS } from './told.js';

jest.setTimeout(300_000);

/** A clock that is slow, within what tokens are allowed to be off. */
const SLOW_CLOCK = `--import=data:text/javascript,${encodeURIComponent(`
  const now = Date.now;
  const Exact = Date;
  globalThis.Date = class extends Exact {
    constructor(...given) { given.length === 0 ? super(now() - 20_000) : super(...given); }
    static now() { return now() - 20_000; }
  };`)}`;

let scene: Scene;
let exact: GatewayProcess;
let slow: GatewayProcess;
/** Brent's clients of the two. */
let clients: readonly [TestClient, TestClient];
let followers: readonly Follower[];

beforeAll(async () => {
  scene = await Scene.prepare();
  const { accord } = scene;
  [exact, slow] = await Promise.all([accord.startGateway(), accord.startGateway([SLOW_CLOCK])]);
  await scene.use(exact);
  await scene.subscribe();
  const brent = await accord.client('brent-quality', slow);
  const havering = await accord.client('havering-quality', slow);
  clients = [scene.brent, brent];
  followers = [
    ...scene.followers,
    await Follower.open(TENANT_CODE.brent, 'stream', () => brent),
    await Follower.open(TENANT_CODE.havering, 'subscribe', () => havering),
  ];
  await Promise.all([accord.startWorker(), accord.startWorker()]);
  await scene.begin(followers);
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

it('ends at one gateway what is revoked at the other, and lets nothing through that is committed after it', async () => {
  const director = await scene.accord.client('brent-director', slow);
  const stream = director.subscribe('subscription { providerAlerts { id } }');
  await streamsOpened(slow.url, 3);
  const admin = await scene.accord.client('brent-admin', exact);
  const id = exampleId('principal', 'brent-director');
  await admin.data('mutation($id: ID!) { disablePrincipal(id: $id) { principal { id } } }', { id });
  const flags = new FlagRaiser();
  await flags.raise(scene.brent, COPPERBEECH);
  for (const follower of followers) await follower.expectToHaveSeen(flags.raised);
  await until(() => stream.ended !== undefined, PATIENCE_MS);
  expect(stream.ended).toEqual({ code: 4403 });
  expect(stream.events).toEqual([]);
});

it('meets no fault in all of this', () => {
  expect(scene.accord.processes.flatMap(({ errors }) => errors)).toEqual([]);
});
