import { reasonOf, type Logger } from './log.js';
import { Wake } from './wake.js';

/**
 * Work that is looked for again and again: at once when called, else after a pause, as calls are hints. A fault is
 * logged, and the next round comes all the same.
 */
export class Round {
  readonly #wake = new Wake();
  #isStopping = false;
  #running: Promise<void> = Promise.resolve();

  /** @param work says whether there may be more of it, which is then done without a pause. */
  constructor(
    private readonly name: string,
    private readonly pauseMs: number,
    private readonly logger: Logger,
    private readonly work: () => Promise<boolean>,
  ) {}

  start(): void {
    this.#running = this.#repeat();
  }

  call(): void {
    this.#wake.call();
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Lets the work under way finish. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#wake.call();
    await this.#running;
  }

  async #repeat(): Promise<void> {
    while (!this.#isStopping) {
      try {
        while (!this.#isStopping && (await this.work()));
      } catch (error) {
        this.logger.error({ reason: reasonOf(error) }, `${this.name}: going on after a fault`);
      }
      await this.#wake.wait(this.pauseMs);
    }
  }
}
