import type DataLoader from 'dataloader';

/** Gives a loader what is on its way: whoever asks it for one of these ids waits for that, and nothing is asked twice. */
export function primeAll<T extends { readonly id: string }>(
  loader: DataLoader<string, T | null>,
  ids: readonly string[],
  read: Promise<readonly T[] | ReadonlyMap<string, T>>,
): void {
  const found = read.then((rows) => ('get' in rows ? rows : new Map(rows.map((row) => [row.id, row]))));
  for (const id of ids) {
    const one = found.then((known) => known.get(id) ?? null);
    // What cannot be read is said where it is asked for.
    one.catch(() => undefined);
    loader.prime(id, one);
  }
}
