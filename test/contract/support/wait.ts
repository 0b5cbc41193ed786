import { until } from '@accord/testkit';

/** Asks until the answer is the one that is waited for. @throws Error with the last answer. */
export async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  let last: T | undefined;
  try {
    await until(async () => isRight((last = await ask())));
  } catch (error) {
    throw new Error(`Still ${JSON.stringify(last)}.`, { cause: error });
  }
  return last as T;
}

/** How many subscriptions a gateway has open, from its own metrics. */
export async function openStreams(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(/^accord_open_streams\{[^}]*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}

/** Resolves when the gateway has so many subscriptions open: what happens from then on reaches them. */
export async function streamsOpened(url: string, count = 1): Promise<void> {
  await eventually(
    () => openStreams(url),
    (open) => open === count,
  );
}
