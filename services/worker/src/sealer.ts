import { sealReadLog, type ReadLogKey } from '@accord/access';
import { reasonOf, Wake, type Logger } from '@accord/kernel';
import type { MikroORM } from '@mikro-orm/postgresql';

/** A read is sealed within seconds; until then the database's own grants alone keep it from being altered. */
const POLL_MS = 2000;

/** Seals what was logged as read, round after round. */
export class Sealer {
  readonly #wake = new Wake();
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly orm: MikroORM,
    private readonly key: ReadLogKey,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.#running = this.#repeat();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake.call();
    await this.#running;
  }

  async #repeat(): Promise<void> {
    while (!this.#stopping) {
      try {
        while (!this.#stopping && (await sealReadLog(this.orm, this.key)) > 0);
      } catch (error) {
        this.logger.error({ reason: reasonOf(error) }, 'read log: sealing on after a fault');
      }
      await this.#wake.wait(POLL_MS);
    }
  }
}
