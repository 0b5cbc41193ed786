import { parseArgs } from 'node:util';
import { BENCH_SIZE, type BenchSize } from '@accord/infra';
import { Measured } from './kit/comparison.ts';
import { FEED_CONTESTANTS } from './kit/feed-contestants.ts';
import { CURVE } from './kit/feed-questions.ts';
import { LoadProcess, type LoadRequest } from './kit/load-process.ts';
import { Stage, type StartedServer } from './kit/stage.ts';
import { median, table } from './kit/statistics.ts';

/** Boroughs with many providers and one outside the agreement, and the alliance: the same in every world. */
const CALLERS = ['e09000005-placements', 'e09000016-placements', 'e09000009-placements', 'alliance-safeguarding'];

const MANY_ITEMS: BenchSize = { ...BENCH_SIZE, items: 2_000_000 };
const MANY_BOROUGHS: BenchSize = { ...BENCH_SIZE, boroughs: 3_300 };

/** What its time may be at most, in times that of the first: issue 4. */
const ALLOWED: readonly { readonly size: BenchSize; readonly times: number }[] = [
  { size: MANY_ITEMS, times: 1.3 },
  { size: MANY_BOROUGHS, times: 1.6 },
];
const SIZES: readonly BenchSize[] = [
  BENCH_SIZE,
  { ...BENCH_SIZE, items: 400_000 },
  MANY_ITEMS,
  { ...BENCH_SIZE, boroughs: 330 },
  MANY_BOROUGHS,
];

const WARM_UP_ANSWERS = 600;
const WARM_UP_MS = 200;

interface Point {
  readonly size: BenchSize;
  readonly server: StartedServer;
  readonly requests: readonly LoadRequest[];
  readonly measured: Measured;
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    slice: { type: 'string', default: '2000' },
    // The smallest worlds alone: to see that it works.
    only: { type: 'string' },
  },
});

// Two million items are written in one transaction: without room for it, the server would do nothing but checkpoints.
const stage = await Stage.build({ max_wal_size: '16GB' });
const load = new LoadProcess();
try {
  const points: Point[] = [];
  for (const size of SIZES.filter(({ items }) => values.only !== 'small' || items <= BENCH_SIZE.items))
    points.push(await pointOf(size));
  for (const { server, requests } of points)
    await load.run({
      url: server.url,
      connections: 1,
      warmUpAnswers: WARM_UP_ANSWERS,
      warmUpMs: 0,
      milliseconds: 0,
      requests,
    });
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (let turn = 0; turn < points.length; turn += 1) {
      const point = points[(turn + round) % points.length];
      if (point) await measure(point, Number(values.slice));
    }
  }
  print(points);
} finally {
  load.stop();
  await stage.close();
}

/** A world of this size with a gateway of its own, and the same questions by the same callers. */
async function pointOf(size: BenchSize): Promise<Point> {
  const name = `${size.items / 1000}k items, ${size.boroughs} boroughs`;
  const database = size === BENCH_SIZE ? stage.database : await stage.addWorld(size);
  const server = await stage.serve(name, 'services/gateway/dist/main.js', [], database);
  const requests: LoadRequest[] = [];
  for (const variables of CURVE)
    for (const caller of CALLERS) {
      const authorization = `Bearer ${await stage.tokenOf(caller)}`;
      requests.push({ authorization, body: FEED_CONTESTANTS.gateway.body(variables) });
    }
  return { size, server, requests, measured: new Measured(name) };
}

/** One request after the other: what is measured is how long an answer takes, and not how many there are. */
async function measure({ server, requests, measured }: Point, milliseconds: number): Promise<void> {
  const counted = await stage.count(server.process);
  const result = await load.run({ url: server.url, connections: 1, warmUpMs: WARM_UP_MS, milliseconds, requests });
  const seconds = await counted();
  const share = milliseconds / (milliseconds + WARM_UP_MS);
  measured.add(result, {
    server: seconds.server * share,
    database: seconds.database * share,
    megabytes: server.process.residentMegabytes(),
  });
}

function print(points: readonly Point[]): void {
  const [first] = points;
  if (first === undefined) return;
  const times = (one: number, other: number) => (one / other).toFixed(2);
  const rows = points.map(({ size, measured }) => {
    // One at a time: what is answered in a second is how long an answer takes.
    const ratios = measured.rates.map((own, round) => (first.measured.rates[round] ?? own) / own);
    const database = measured.each((cost) => cost.database);
    const allowed = ALLOWED.find((one) => one.size === size);
    return [
      measured.name,
      (1000 / median(measured.rates)).toFixed(2),
      measured.within(0.5).toFixed(2),
      measured.within(0.99).toFixed(2),
      median(ratios).toFixed(2),
      allowed?.times.toFixed(1) ?? '',
      measured.each((cost) => cost.server).toFixed(2),
      database.toFixed(2),
      times(
        database,
        first.measured.each((cost) => cost.database),
      ),
      String(measured.failures),
    ];
  });
  const headings = [
    '',
    'mean ms',
    'p50 ms',
    'p99 ms',
    'times',
    'at most',
    'CPU ms',
    'database CPU ms',
    'times',
    'failed',
  ];
  console.log(`\nOne request after the other, ${first.requests.length} of them in turn`);
  console.log(table([headings, ...rows]));
}
