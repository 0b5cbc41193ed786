import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { providerId } from '@accord/infra';
import { until, type GatewayProcess, type ServiceProcess } from '@accord/testkit';
import { WebSocket } from 'ws';
import { COPPERBEECH, FlagRaiser } from './flags.js';
import { Gate } from './gate.js';
import { Scene } from './scene.js';
import { countOf, expectEverybodyTold, PATIENCE_MS } from './told.js';

const FAREWELL_MS = 5000;

jest.setTimeout(300_000);

let scene: Scene;
let gateway: GatewayProcess;
let worker: ServiceProcess;

beforeAll(async () => {
  scene = await Scene.prepare({ variables: { HAND_OVER_AGAIN_MS: '300' } });
  gateway = await scene.accord.startGateway();
  await scene.use(gateway);
  await scene.subscribe();
  worker = await scene.accord.startWorker();
  await scene.begin();
});

afterAll(() => scene.end());

/** A dashboard that has gone to sleep: it is connected, and answers nothing, not even that its socket is being closed. */
async function connectSleeper({ url }: GatewayProcess): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.once('open', () => {
    const payload = { Authorization: scene.brent.authorization };
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
  });
  await new Promise((resolve) => socket.once('message', resolve));
  socket.pause();
  return socket;
}

it('ends in time and in order when it is asked to, with streams open and work under way', async () => {
  const flags = new FlagRaiser();
  const telling = await Gate.before(scene.superuserUrl, 'insert', 'delivery');
  const writing = await Gate.atProvider(scene.superuserUrl, providerId(COPPERBEECH.provider));
  await telling.close();
  await flags.raiseEverywhere(scene.brent, 2);
  await until(async () => (await telling.waiting()) > 0, PATIENCE_MS);
  await writing.close();
  const key = randomUUID();
  const underWay = flags.raise(scene.brent, COPPERBEECH, key);
  await until(async () => (await writing.waiting()) > 0, PATIENCE_MS);

  const sleeper = await connectSleeper(gateway);
  const successor = await scene.accord.startGateway();
  const began = performance.now();
  const ends = [gateway.process.terminate(), worker.terminate()];
  await scene.use(successor);
  await writing.open();
  await underWay;
  await telling.open();
  expect(await Promise.all(ends)).toEqual([
    { code: 0, signal: null },
    { code: 0, signal: null },
  ]);
  expect(performance.now() - began).toBeLessThan(FAREWELL_MS);
  expect(await countOf(scene.database, 'select from outbox_event where handled_at is not null')).toBeGreaterThan(3);

  await scene.accord.startWorker();
  const placed = await expectEverybodyTold(scene.database, flags.raised);
  for (const follower of scene.followers) await follower.expectToHaveSeen(placed);
  sleeper.terminate();
  await telling.remove();
  await writing.remove();
});
