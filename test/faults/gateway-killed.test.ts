import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { providerId } from '@accord/infra';
import { until, type GatewayProcess } from '@accord/testkit';
import { COPPERBEECH, FlagRaiser, PLACES, raiseFlag } from './flags.js';
import { Gate } from './gate.js';
import { Scene } from './scene.js';
import { countOf, expectEverybodyTold, PATIENCE_MS } from './told.js';

/** Twenty gateways, four at a time, each killed as soon as it has answered and while nothing can get its place. */
const GENERATIONS = 5;
const GATEWAYS = 4;

jest.setTimeout(300_000);

let scene: Scene;
let gateways: GatewayProcess[];

beforeAll(async () => {
  scene = await Scene.prepare();
  await useGateways(await startGateways());
  await scene.subscribe();
  await scene.accord.startWorker();
  await scene.begin();
});

afterAll(() => scene.end());

const startGateways = (): Promise<GatewayProcess[]> =>
  Promise.all(Array.from({ length: GATEWAYS }, () => scene.accord.startGateway()));

/** Dashboards come back to the last of them. */
async function useGateways(started: GatewayProcess[]): Promise<void> {
  gateways = started;
  const last = started.at(-1);
  if (last) await scene.use(last);
}

it('loses nothing of what twenty gateways had committed when they were killed', async () => {
  const flags = new FlagRaiser();
  const gate = await Gate.atSequencer(scene.superuserUrl);
  for (let generation = 0; generation < GENERATIONS; generation += 1) {
    const successors = startGateways();
    await gate.close();
    await Promise.all(
      gateways.map(async (gateway, index) => {
        // About each provider the next one goes on where this one ends.
        const place = PLACES[(index + generation) % PLACES.length] ?? COPPERBEECH;
        const client = await scene.accord.client('brent-placements', gateway);
        for (let n = 0; n < 3; n += 1) await flags.raise(client, place);
        await gateway.process.kill();
      }),
    );
    expect(await countOf(scene.database, 'select from outbox_event where position is null')).toBe(GATEWAYS * 3);
    await useGateways(await successors);
    await gate.open();
  }
  await gate.remove();

  const placed = await expectEverybodyTold(scene.database, flags.raised);
  for (const follower of scene.followers) {
    await follower.expectToHaveSeen(placed);
    expect(follower.connections).toBeGreaterThan(GENERATIONS);
  }
});

it('keeps nothing of a mutation that is killed before its commit, and the whole of one that is killed during it', async () => {
  const inProgress = await Gate.atProvider(scene.superuserUrl, providerId(COPPERBEECH.provider));
  const committing = await Gate.before(scene.superuserUrl, 'insert', 'outbox_event', 'at commit');
  const [before, during] = gateways;
  for (const { gate, gateway, kept } of [
    { gate: inProgress, gateway: before, kept: 0 },
    { gate: committing, gateway: during, kept: 1 },
  ]) {
    if (!gateway) throw new Error('Too few gateways are running.');
    const summary = `Killed with ${kept} to be kept`;
    const key = randomUUID();
    await gate.close();
    const client = await scene.accord.client('brent-placements', gateway);
    const answer = Promise.allSettled([raiseFlag(client, COPPERBEECH, summary, key)]);
    await until(async () => (await gate.waiting()) === 1, PATIENCE_MS);
    await gateway.process.kill();
    expect(await answer).toMatchObject([{ status: 'rejected', reason: { message: 'fetch failed' } }]);
    await gate.open();
    await until(async () => (await countOf(scene.database, OPEN_TRANSACTIONS)) === 0, PATIENCE_MS);
    expect(await remainsOf(summary, key)).toEqual({ flags: kept, events: kept, keys: kept, sharingsOfNothing: 0 });

    const id = await raiseFlag(scene.brent, COPPERBEECH, summary, key);
    expect(await raiseFlag(scene.brent, COPPERBEECH, summary, key)).toBe(id);
    expect(await remainsOf(summary, key)).toEqual({ flags: 1, events: 1, keys: 1, sharingsOfNothing: 0 });
    await expectEverybodyTold(scene.database, [{ id, place: COPPERBEECH }]);
  }
  await inProgress.remove();
  await committing.remove();
});

/** Of the gateways: a session outlives its process until it next speaks to it. */
const OPEN_TRANSACTIONS = `select from pg_stat_activity
  where datname = current_database() and usename = 'accord_gateway' and (xact_start is not null or wait_event_type = 'Lock')`;

/** What the database has of one mutation. */
async function remainsOf(summary: string, idempotencyKey: string): Promise<Record<string, number>> {
  const flags = 'select id from flag where summary = $1';
  return {
    flags: await countOf(scene.database, flags, [summary]),
    events: await countOf(scene.database, `select from outbox_event where sharing_id in (${flags})`, [summary]),
    keys: await countOf(scene.database, 'select from idempotency_record where key = $1', [idempotencyKey]),
    sharingsOfNothing: await countOf(
      scene.database,
      `select from sharing where kind = 'FLAG' and id not in (select id from flag)`,
    ),
  };
}
