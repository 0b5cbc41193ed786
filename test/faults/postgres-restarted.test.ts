import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { providerId } from '@accord/infra';
import { pause } from '@accord/kernel';
import { TestCluster, testProfile, until } from '@accord/testkit';
import { FlagRaiser, PLACES, raiseFlag, type Place } from './flags.js';
import { Gate } from './gate.js';
import { Scene } from './scene.js';
import { countOf, expectEverybodyTold, PATIENCE_MS } from './told.js';

const AGAIN_MS = 50;

jest.setTimeout(300_000);

let cluster: TestCluster;
let scene: Scene;

beforeAll(async () => {
  cluster = await TestCluster.start({ durable: true });
  scene = await Scene.prepare({ cluster, variables: { HAND_OVER_AGAIN_MS: '500' } });
  // A database copied from a template forgets at a crash what its sequences gave since, until the first checkpoint.
  await scene.database.query('checkpoint');
  await scene.use(await scene.accord.startGateway());
  await scene.subscribe();
  await scene.accord.startWorker();
  await scene.begin();
});

afterAll(async () => {
  await scene.end();
  await cluster.stop();
});

/** Raises a flag as a borough's own system does: again with the same key until there is an answer. */
async function raiseSurely(flags: FlagRaiser, place: Place): Promise<void> {
  const key = randomUUID();
  for (;;) {
    try {
      await flags.raise(scene.brent, place, key);
      return;
    } catch {
      await pause(AGAIN_MS);
    }
  }
}

it('keeps what was committed, leaves nothing of what was not, and goes on by itself when PostgreSQL is back', async () => {
  const flags = new FlagRaiser();
  // Held by this test until the crash, so that these two are certainly in progress then.
  const gate = await Gate.atProvider(scene.superuserUrl, providerId('Tidewell Care Ltd'));
  await gate.close();
  const tidewell: Place = { provider: 'Tidewell Care Ltd', home: 'Tidewell Lodge', tenants: [] };
  const lost = ['one in progress', 'another in progress'].map((summary) =>
    raiseFlag(scene.brent, tidewell, summary, summary),
  );
  const answers = Promise.allSettled(lost);
  await until(async () => (await gate.waiting()) === lost.length, PATIENCE_MS);

  let enough = false;
  const load = Promise.all(
    PLACES.map(async (place) => {
      while (!enough) await raiseSurely(flags, place);
    }),
  );
  await until(() => flags.raised.length >= 20, PATIENCE_MS);
  const before = flags.raised.length;
  await cluster.crashAndRestart();
  expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await until(() => flags.raised.length >= before + 20, PATIENCE_MS);
  enough = true;
  await load;

  await scene.lookAgain();
  const { database } = scene;
  const placed = await expectEverybodyTold(database, flags.raised);
  for (const follower of scene.followers) await follower.expectToHaveSeen(placed);
  expect(await countOf(database, `select from flag where summary like '%in progress'`)).toBe(0);
  expect(await countOf(database, `select from idempotency_record where key like '%in progress'`)).toBe(0);
  expect(await countOf(database, `select from sharing where kind = 'FLAG' and id not in (select id from flag)`)).toBe(
    0,
  );
  expect(scene.accord.processes.map(({ isRunning }) => isRunning)).toEqual([true, true]);
  // Each process listens once again, and no more than once.
  const listening = testProfile() === 'postgres' ? 2 : 0;
  await until(async () => (await countOf(database, LISTENING)) >= listening, PATIENCE_MS);
  expect(await countOf(database, LISTENING)).toBe(listening);
});

const LISTENING = `select from pg_stat_activity where datname = current_database() and query = 'listen accord'`;
