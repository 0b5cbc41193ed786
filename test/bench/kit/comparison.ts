import { deepStrictEqual } from 'node:assert/strict';
import type { Answer } from './contestant.ts';
import type { LoadResult } from './load-process.ts';
import { median, quantile, table } from './statistics.ts';

/** @throws AssertionError with the first difference: what is compared must be the same work. */
export function assertAlike(all: readonly { name: string; answers: readonly Answer<unknown>[] }[]): void {
  const [first, ...others] = all;
  for (const other of others) {
    other.answers.forEach(({ said }, index) => {
      deepStrictEqual(said, first?.answers[index]?.said, `${other.name} and ${first?.name} differ in request ${index}`);
    });
  }
}

export interface Cost {
  /** Seconds of processor time. */
  readonly server: number;
  readonly database: number;
  readonly megabytes: number;
}

/** What was measured of one server at one number of connections, over all rounds. */
export class Measured {
  readonly name: string;
  /** Requests per second, round by round. */
  readonly rates: number[] = [];
  readonly #latencies: number[] = [];
  readonly #costs: Cost[] = [];
  #failures = 0;

  constructor(name: string) {
    this.name = name;
  }

  add({ latencies, failures, milliseconds }: LoadResult, cost: Cost): void {
    this.rates.push((latencies.length * 1000) / milliseconds);
    for (const latency of latencies) this.#latencies.push(latency);
    this.#costs.push(cost);
    this.#failures += failures;
  }

  /** Milliseconds of processor time for each answer. */
  each(seconds: (cost: Cost) => number): number {
    return (this.#costs.reduce((sum, cost) => sum + seconds(cost), 0) * 1000) / Math.max(1, this.#latencies.length);
  }

  /** Milliseconds within which this part of all answers came. */
  within(part: number): number {
    return quantile(this.#latencies, part);
  }

  get failures(): number {
    return this.#failures;
  }

  row(): string[] {
    return [
      this.name,
      median(this.rates).toFixed(0),
      this.within(0.5).toFixed(1),
      this.within(0.99).toFixed(1),
      this.each(({ server }) => server).toFixed(2),
      this.each(({ database }) => database).toFixed(2),
      Math.max(...this.#costs.map(({ megabytes }) => megabytes)).toFixed(0),
      String(this.#failures),
    ];
  }
}

const HEADINGS = ['', 'requests/s', 'p50 ms', 'p99 ms', 'CPU ms', 'database CPU ms', 'memory MB', 'failed'];

/** Prints a line per server, and how the first compares with each other one, round by round. */
export function printComparison(connections: number, measured: readonly Measured[]): void {
  console.log(`\n${connections} connections`);
  console.log(table([HEADINGS, ...measured.map((one) => one.row())]));
  const [first, ...others] = measured;
  for (const other of others) {
    const ratios = other.rates.map((rate, round) => (first?.rates[round] ?? 0) / rate);
    const rounds = ratios.map((ratio) => ratio.toFixed(2)).join(' ');
    console.log(`${first?.name} / ${other.name}: ${median(ratios).toFixed(2)} (rounds: ${rounds})`);
  }
}
