import { createHash } from 'node:crypto';

/**
 * Random choices that are the same at every run: sfc32, seeded by name. Each part of a world has one of its
 * own, so that a part that changes leaves the others as they were.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  constructor(seed: string) {
    const digest = createHash('sha256').update(seed).digest();
    [this.#a, this.#b, this.#c, this.#counter] = [0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)) as [
      number,
      number,
      number,
      number,
    ];
  }

  /** From 0 to below 1. */
  fraction(): number {
    return this.#bits() / 2 ** 32;
  }

  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return this.#at(items, this.fraction());
  }

  /** As `pick`, the first ones far more often than the last: a few providers have most of the placements. */
  pickSkewed<T>(items: readonly T[], skew = 2.2): T {
    return this.#at(items, this.fraction() ** skew);
  }

  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Record<K, number>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let rest = this.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      rest -= weight;
      if (rest < 0) return key;
    }
    return this.#at(entries, 0)[0];
  }

  shuffled<T>(items: readonly T[]): T[] {
    const keyed = items.map((item) => ({ item, key: this.fraction() }));
    return keyed.toSorted((one, other) => one.key - other.key).map(({ item }) => item);
  }

  /** So many different ones, or all where there are fewer. */
  some<T>(items: readonly T[], count: number): T[] {
    return this.shuffled(items).slice(0, count);
  }

  /** A random UUID, version 4. */
  id(): string {
    const hex = Array.from({ length: 4 }, () => this.#bits().toString(16).padStart(8, '0')).join('');
    const variant = '89ab'[this.#bits() % 4];
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  /** A date, `YYYY-MM-DD`, both ends included. */
  date(from: string, to: string): string {
    const days = this.whole(0, (Date.parse(to) - Date.parse(from)) / DAY_MS);
    return new Date(Date.parse(from) + days * DAY_MS).toISOString().slice(0, 10);
  }

  /** A moment, to the millisecond. */
  moment(from: string, to: string): string {
    return new Date(this.whole(Date.parse(from), Date.parse(to))).toISOString();
  }

  #at<T>(items: readonly T[], place: number): T {
    const item = items[Math.floor(place * items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }

  #bits(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }
}

const DAY_MS = 86_400_000;
