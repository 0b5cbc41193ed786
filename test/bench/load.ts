import { Pool } from 'undici';
import type { LoadOrder, LoadResult } from './kit/load-process.ts';

/**
 * The load: a process of its own, so that what it costs is in nobody's figures. Each connection asks again as
 * soon as it has its answer; the requests are taken in turn.
 */
process.on('message', (order: LoadOrder) => {
  load(order).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});

/** However slow a server is: after so long it is as it is in production. */
const MOST_WARM_UP_MS = 60_000;

async function load({
  url,
  connections,
  warmUpAnswers = 0,
  warmUpMs,
  milliseconds,
  requests,
}: LoadOrder): Promise<LoadResult> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const latencies: number[] = [];
  let failures = 0;
  const started = performance.now();
  let next = 0;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  const connection = async (): Promise<void> => {
    for (let began = performance.now(); began < to; began = performance.now()) {
      const isWarm = next >= warmUpAnswers || began - started >= MOST_WARM_UP_MS;
      if (isWarm && to === Number.POSITIVE_INFINITY) [from, to] = [began + warmUpMs, began + warmUpMs + milliseconds];
      const request = requests[next++ % requests.length];
      if (request === undefined) throw new Error('There is nothing to ask.');
      const { statusCode, body } = await pool.request({
        path: '/graphql',
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: request.authorization },
        body: request.body,
      });
      const text = await body.text();
      const ended = performance.now();
      // Answered inside the time that is measured: those under way at its beginning and end are left out of it alike.
      if (ended < from || ended > to) continue;
      latencies.push(ended - began);
      if (statusCode !== 200 || text.includes('"errors"')) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  await pool.close();
  return { latencies: Float64Array.from(latencies), failures, milliseconds };
}
