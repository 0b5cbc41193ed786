import { findEnded, type Credential, type Runtime } from '@accord/access';
import { reasonOf, Wake, type Logger } from '@accord/kernel';
import type { EventBus } from '@accord/persistence';

/** An open connection: a WebSocket, or the response of an SSE stream. */
export interface OpenConnection {
  readonly credential: Credential;
  /** Closes it because its credential no longer holds. */
  revoke(): void;
}

/** How long a right that has ended can keep a silent connection open; a wake-up makes it shorter. */
const LOOK_MS = 500;

/**
 * Ends connections whose right has ended though nothing happens on them: a token that expired, a key revoked,
 * a person disabled, a tenant suspended. (What is sent is checked again for itself; this closes the door.)
 */
export class ConnectionRegistry {
  readonly #open = new Set<OpenConnection>();
  readonly #wake = new Wake();
  #stopping = false;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly orm: Runtime['orm'],
    private readonly logger: Logger,
  ) {}

  async start(bus: EventBus): Promise<void> {
    await bus.subscribe('directory', () => this.#wake.call());
    this.#running = this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#wake.call();
    await this.#running;
  }

  /** Whether a credential holds at this moment: whoever has been disabled meanwhile opens nothing. */
  async holds(credential: Credential): Promise<boolean> {
    return !(await findEnded(this.orm, [credential])).has(credential);
  }

  /** @returns takes the connection off again. */
  add(connection: OpenConnection): () => void {
    this.#open.add(connection);
    return () => void this.#open.delete(connection);
  }

  async #watch(): Promise<void> {
    while (!this.#stopping) {
      await this.#wake.wait(LOOK_MS);
      const connections = [...this.#open];
      if (connections.length === 0) continue;
      try {
        const ended = await findEnded(
          this.orm,
          connections.map((connection) => connection.credential),
        );
        for (const connection of connections) if (ended.has(connection.credential)) connection.revoke();
      } catch (error) {
        this.logger.error({ reason: reasonOf(error) }, 'connections: looking again after a fault');
      }
    }
  }
}
