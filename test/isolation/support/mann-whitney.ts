/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}

/** Of a standard normal distribution, 99 % lie within this distance. */
const Z_99 = 2.576;

/** Whether the medians of what two samples were taken from differ: their 99 % intervals, off the samples' own order, do not meet. */
export function areApart(one: readonly number[], other: readonly number[]): boolean {
  const [[low, high], [otherLow, otherHigh]] = [intervalOf(one), intervalOf(other)];
  return high < otherLow || otherHigh < low;
}

function intervalOf(values: readonly number[]): [number, number] {
  const sorted = values.toSorted((one, other) => one - other);
  const half = (Z_99 * Math.sqrt(values.length)) / 2;
  const at = (place: number): number => sorted[Math.min(Math.max(Math.round(place), 0), values.length - 1)] ?? 0;
  return [at(values.length / 2 - half), at(values.length / 2 + half)];
}

/**
 * How probable it is that two samples of the same distribution differ so much in rank: the two-sided Mann-Whitney U
 * test by its normal approximation, with ties counted half and the variance corrected for them. Right for samples of
 * some twenty and more.
 * @returns the probability, 0 to 1.
 */
export function mannWhitney(one: readonly number[], other: readonly number[]): number {
  const [n, m] = [one.length, other.length];
  const all = [...one.map((value) => ({ value, isOne: true })), ...other.map((value) => ({ value, isOne: false }))];
  const ranked = Map.groupBy(all, ({ value }) => value);
  let [ranks, below, ties] = [0, 0, 0];
  for (const value of [...ranked.keys()].toSorted((a, b) => a - b)) {
    const tied = ranked.get(value) ?? [];
    const rank = below + (tied.length + 1) / 2;
    ranks += rank * tied.filter(({ isOne }) => isOne).length;
    below += tied.length;
    ties += tied.length ** 3 - tied.length;
  }
  const u = ranks - (n * (n + 1)) / 2;
  const total = n + m;
  const deviation = Math.sqrt(((n * m) / 12) * (total + 1 - ties / (total * (total - 1))));
  if (deviation === 0) return 1;
  // Half a step towards the middle, as U moves in whole steps.
  const z = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / deviation;
  return 2 * (1 - normal(z));
}

/** How much of the standard normal distribution lies below z (Abramowitz and Stegun, 26.2.17: to 7.5e-8). */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const sum = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429].reduceRight(
    (rest, factor) => t * (factor + rest),
    0,
  );
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}
