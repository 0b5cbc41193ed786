import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { BENCH_PRINCIPALS, organisationId } from '@accord/infra';
import { audiences, timesOf, flagsToRaise, type FlagToRaise } from './kit/raised-flags.ts';
import { Stage, type StartedServer } from './kit/stage.ts';
import type { ServerProcess } from './kit/server-process.ts';
import { quantile, table } from './kit/statistics.ts';
import { SubscribersProcess, type Frame } from './kit/subscribers-process.ts';

const { values: options } = parseArgs({
  options: {
    subscribers: { type: 'string', default: '200' },
    flags: { type: 'string', default: '100' },
    'per-second': { type: 'string', default: '4' },
    profile: { type: 'string' },
  },
});
const FLAGS = Number(options.flags);
const EVERY_MS = 1000 / Number(options['per-second']);
/**
 * Raised first and not counted, for the code to be compiled as it is after an hour in production: over these the
 * gateway's processor time of a flag falls from 24 to 15 ms. A plan made for empty tables is the database's first.
 */
const WARM_UP_FLAGS = 800;
const WARM_UP_EVERY_MS = 60;
/** For the last frames to arrive; a lost one never does. */
const LAST_FRAMES_MS = 2_000;

/** Of processor time, in the time that is waited for the last frames. */
const RESTING_SECONDS = 0.1;

const RAISE_FLAG = `mutation RaiseFlag($input: RaiseFlagInput!) { raiseFlag(input: $input) { flag { id version status kind severity } } }`;

/** Those who subscribe: every borough's officer and dashboard, round and round until there are enough. */
const boroughs = BENCH_PRINCIPALS.filter(({ tenant }) => tenant !== 'ALLIANCE');
const subscribers = Array.from(
  { length: Number(options.subscribers) },
  (_, index) => boroughs[index % boroughs.length] ?? boroughs[0],
);

interface Raised {
  readonly id: string;
  readonly askedAt: number;
  readonly level: FlagToRaise['level'];
  readonly answeredAt: number;
}

// The moment of a commit is kept by the database only when it is told to.
const stage = await Stage.build({ track_commit_timestamp: 'on' });
const listening = new SubscribersProcess();
try {
  const profile = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
  const gateway = await stage.serve('gateway', 'services/gateway/dist/main.js', profile);
  const worker = await stage.run('worker', 'services/worker/dist/main.js');
  const authorizations = await Promise.all(
    subscribers.map(async (known) => `Bearer ${await stage.tokenOf(known?.subject ?? '')}`),
  );
  await listening.subscribe({ url: gateway.url, authorizations });
  await openStreams(gateway, subscribers.length);
  await resting(worker);

  const flags = flagsToRaise(WARM_UP_FLAGS + FLAGS, agreedBoroughs());
  await raiseSteadily(gateway, flags.slice(0, WARM_UP_FLAGS), WARM_UP_EVERY_MS);
  // As it does for itself within some minutes.
  await stage.change('analyze');
  await resting(worker);
  const counted = await Promise.all([gateway.process, worker].map((server) => stage.count(server)));
  const raised = await raiseSteadily(gateway, flags.slice(WARM_UP_FLAGS), EVERY_MS);
  await wait(LAST_FRAMES_MS);
  for (const [index, server] of [gateway.process, worker].entries()) {
    const { server: own, database } = (await counted[index]?.()) ?? { server: 0, database: 0 };
    const each = (seconds: number) => ((seconds * 1000) / FLAGS).toFixed(1);
    console.log(
      `${server.name}: CPU ${each(own)} ms and database CPU ${each(database)} ms per flag, memory ${server.residentMegabytes().toFixed(0)} MB`,
    );
  }
  await report(raised);
} finally {
  listening.stop();
  await stage.close();
}

/** Members of the agreement, who may share with others. */
function agreedBoroughs(): string[] {
  const outside = new Set(['E09000009', 'E09000021', 'E09000027']);
  return [...new Set(boroughs.map(({ tenant }) => tenant))].filter((code) => !outside.has(code));
}

/** Waits until the gateway itself says that it serves so many streams. */
async function openStreams({ url }: StartedServer, count: number): Promise<void> {
  for (let open = 0; open < count; await wait(50)) {
    const text = await (await fetch(`${url}/metrics`)).text();
    open = [...text.matchAll(/^accord_open_streams\{.*\} (\d+)$/gm)].reduce(
      (sum, [, streams]) => sum + Number(streams),
      0,
    );
  }
  await wait(LAST_FRAMES_MS);
}

/** Waits until the worker has turned its clocks for the day: what falls due, and the count for the reports. */
async function resting(worker: ServerProcess): Promise<void> {
  for (let seconds = 1; seconds > RESTING_SECONDS;) {
    const counted = await stage.count(worker);
    await wait(LAST_FRAMES_MS);
    const { server, database } = await counted();
    seconds = server + database;
  }
}

/** Raises one after another at a steady rate, whether or not the one before has been answered. */
async function raiseSteadily(
  { url }: StartedServer,
  flags: readonly FlagToRaise[],
  everyMs: number,
): Promise<Raised[]> {
  const answers: Promise<Raised>[] = [];
  const began = performance.now();
  for (const [index, flag] of flags.entries()) {
    await wait(Math.max(0, began + index * everyMs - performance.now()));
    answers.push(raise(url, flag));
  }
  return Promise.all(answers);
}

async function raise(url: string, { by, input, level }: FlagToRaise): Promise<Raised> {
  const token = await stage.tokenOf(by);
  const askedAt = performance.timeOrigin + performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: RAISE_FLAG, variables: { input } }),
  });
  const text = await response.text();
  const answeredAt = performance.timeOrigin + performance.now();
  const { data } = JSON.parse(text) as { data?: { raiseFlag?: { flag: { id: string } } } };
  if (!data?.raiseFlag) throw new Error(`A flag was not raised: ${text}`);
  return { id: data.raiseFlag.flag.id, level, askedAt, answeredAt };
}

/** Compares what arrived with who may know, and prints how long it took. */
async function report(raised: readonly Raised[]): Promise<void> {
  const { frames, closed } = await listening.report();
  const ids = raised.map(({ id }) => id);
  const { committed, placed } = await timesOf(stage.database, ids);
  const mayKnow = await audiences(stage.database, ids);
  const byFlag = Map.groupBy(frames, ({ flagId }) => flagId);
  let [lost, wrong, doubled] = [0, 0, 0];
  for (const { id } of raised) {
    const received = Map.groupBy(byFlag.get(id) ?? [], ({ subscriber }) => subscriber);
    for (const [subscriber, principal] of subscribers.entries()) {
      const count = received.get(subscriber)?.length ?? 0;
      const isForThem = mayKnow.get(id)?.has(organisationId(principal?.tenant ?? '')) ?? false;
      if (isForThem && count === 0) lost += 1;
      if (!isForThem && count > 0) wrong += count;
      if (isForThem && count > 1) doubled += count - 1;
    }
  }
  const strange = frames.filter(({ isAlert }) => !isAlert).length;
  const sinceCommit = (of: readonly Raised[]) =>
    of.flatMap(({ id }) => (byFlag.get(id) ?? []).map(({ at }: Frame) => at - (committed.get(id) ?? Number.NaN)));
  const line = (words: string, times: readonly number[]) => [
    words,
    String(times.length),
    ...[0.5, 0.9, 0.99, 1].map((part) => quantile(times, part).toFixed(1)),
  ];
  console.log(
    `${raised.length} flags, ${subscribers.length} subscribers in ${new Set(subscribers.map((known) => known?.tenant)).size} boroughs, ${listening.isByItself ? 'with a processor to themselves' : 'on the processors of Accord'}`,
  );
  console.log(
    table([
      ['milliseconds', 'count', 'p50', 'p90', 'p99', 'longest'],
      line('commit to frame', sinceCommit(raised)),
      ...(['BOROUGHS_CONCERNED', 'ALLIANCE'] as const).map((level) =>
        line(`  ${level}`, sinceCommit(raised.filter((flag) => flag.level === level))),
      ),
      // What a commit does before it counts as one is in this and not in what is counted from it.
      line(
        'asked to frame',
        raised.flatMap(({ id, askedAt }) => (byFlag.get(id) ?? []).map(({ at }) => at - askedAt)),
      ),
      line(
        'commit to place',
        ids.map((id) => (placed.get(id) ?? Number.NaN) - (committed.get(id) ?? Number.NaN)),
      ),
      line(
        'commit to first frame',
        raised.map((one) => Math.min(...sinceCommit([one]))),
      ),
      line(
        'commit to answer',
        raised.map(({ id, answeredAt }) => answeredAt - (committed.get(id) ?? Number.NaN)),
      ),
    ]),
  );
  console.log(
    `lost ${lost}, to the wrong borough ${wrong}, twice ${doubled}, other messages ${strange}, sockets closed ${closed.length}`,
  );
  if (lost + wrong + doubled + strange + closed.length > 0) process.exitCode = 1;
}
