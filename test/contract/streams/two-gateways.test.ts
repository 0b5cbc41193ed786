import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startGateway, type RunningGateway } from '@accord/gateway';
import { TestAccord, TestClient } from '@accord/testkit';
import { alerts, ALERTS, LANTERNFIELD, raise, TIDEWELL, type Alert, type AlertEvents } from '../support/alerts.js';
import { StatementRecorder } from '../support/statements.js';
import { streamsOpened } from '../support/wait.js';
import { STREAM_WAYS, type StreamWay } from '../support/ways.js';

let accord: TestAccord;
let recorder: StatementRecorder;
/** A second gateway of the same Accord, which hears of no wake-up and so is up to a second behind the first. */
let late: RunningGateway;
let alliance: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  const through = await StatementRecorder.start(accord.config.DATABASE_URL, true);
  recorder = through.recorder;
  late = await startGateway({ ...accord.config, PORT: 0, DATABASE_URL: through.url, REDIS_URL: undefined });
  alliance = await accord.as('alliance-safeguarding');
});
afterAll(async () => {
  await late.close();
  await recorder.stop();
  await accord.stop();
});

async function open(url: string, way: StreamWay, after?: string): Promise<AlertEvents> {
  const client = new TestClient(url, `Bearer ${await accord.token('brent-placements')}`);
  const stream = client[way]<{ providerAlerts: Alert }>(ALERTS, { after });
  await streamsOpened(url);
  return stream;
}

async function close(url: string, stream: AlertEvents): Promise<void> {
  stream.close();
  await streamsOpened(url, 0);
}

describe.each(STREAM_WAYS)('a client that comes back to another gateway (%s)', (way) => {
  it('which is behind, gets nothing that it has had', async () => {
    const before = await open(accord.url, way);
    await raise(alliance, LANTERNFIELD);
    const [had] = await alerts(before, 1);
    const after = await open(late.url, way, had?.cursor);
    const next = await raise(alliance, TIDEWELL);
    expect((await alerts(after, 1)).map(({ flag }) => flag?.id)).toEqual([next]);
    await close(accord.url, before);
    await close(late.url, after);
  });

  it('which was ahead, misses nothing', async () => {
    const before = await open(late.url, way);
    await raise(alliance, LANTERNFIELD);
    const missed = await raise(alliance, TIDEWELL);
    const [had] = await alerts(before, 1);
    const after = await open(accord.url, way, had?.cursor);
    expect((await alerts(after, 1)).map(({ flag }) => flag?.id)).toEqual([missed]);
    await close(late.url, before);
    await close(accord.url, after);
  });
});
