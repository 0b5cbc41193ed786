import { pause } from '@accord/kernel';
import { codeOf } from './problem.js';

interface Step {
  readonly name: string;
  readonly milliseconds: number;
  readonly close: () => Promise<void> | void;
}

/**
 * What has to be ended, in the reverse order of its beginning. Each step has its time: one that hangs is left
 * behind, so that the database still stops in order and all of it within 5 s.
 */
export class Shutdown {
  readonly #steps: Step[] = [];

  add(name: string, milliseconds: number, close: Step['close']): void {
    this.#steps.push({ name, milliseconds, close });
  }

  /** Runs every step, once. Never rejects: one that fails is told, and the next still runs. */
  async run(tell: (line: string) => void): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      const { name, milliseconds, close } = step;
      const limit = new AbortController();
      try {
        const late = pause(milliseconds, limit.signal).then(() => `it took more than ${milliseconds} ms`);
        const trouble = await Promise.race([Promise.resolve(close()).then(() => undefined), late]);
        if (trouble !== undefined) tell(`${name} did not stop in order: ${trouble}`);
      } catch (error) {
        tell(
          `${name} did not stop in order: ${error instanceof Error ? error.message : (codeOf(error) ?? String(error))}`,
        );
      } finally {
        limit.abort();
      }
    }
  }
}
