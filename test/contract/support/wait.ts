import { pause } from '@accord/kernel';

const PATIENCE_MS = 5000;
const FIRST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 40;

/** Asks, less and less often, until the answer is the one that is waited for. @throws Error with the last answer. */
export async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(answer)} after ${PATIENCE_MS} ms.`);
    await pause(wait);
  }
}

/** How many subscriptions a gateway has open, from its own metrics. */
export async function openStreams(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counts = [...text.matchAll(/^accord_open_streams\{[^}]*\} (\d+)$/gm)].map(([, count]) => Number(count));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Resolves when the gateway has so many subscriptions open: what happens from then on reaches them. */
export async function streamsOpened(url: string, count = 1): Promise<void> {
  await eventually(
    () => openStreams(url),
    (open) => open === count,
  );
}
