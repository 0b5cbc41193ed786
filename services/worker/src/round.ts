import { reasonOf, Wake, type Logger } from '@accord/kernel';

/** Work that is done again and again, with a pause in between; a fault is logged, and the next round comes all the same. */
export class Round {
  readonly #wake = new Wake();
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly pauseMs: number,
    private readonly name: string,
    private readonly logger: Logger,
    private readonly work: () => Promise<void>,
  ) {}

  start(): void {
    this.#running = this.#repeat();
  }

  /** Lets the round under way finish. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake.call();
    await this.#running;
  }

  async #repeat(): Promise<void> {
    while (!this.#stopping) {
      try {
        await this.work();
      } catch (error) {
        this.logger.error({ round: this.name, reason: reasonOf(error) }, 'going on after a fault');
      }
      await this.#wake.wait(this.pauseMs);
    }
  }
}
