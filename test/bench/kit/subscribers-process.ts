import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface SubscribersOrder {
  readonly url: string;
  /** One for each subscriber. */
  readonly authorizations: readonly string[];
}

export interface Frame {
  readonly subscriber: number;
  /** When it arrived, in milliseconds since 1970, with their fractions. */
  readonly at: number;
  /** The flag that it says was raised; null for any other message. */
  readonly flagId: string | null;
  /** Clocks tell of their own, too. */
  readonly isAlert: boolean;
}

export interface SubscribersReport {
  readonly frames: readonly Frame[];
  /** Sockets that were closed on them. */
  readonly closed: readonly string[];
}

/**
 * The process of the subscribers. They stand for other machines, so they get a processor to themselves where they can:
 * on Accord's own, a frame is noticed when Accord next waits for something, and to notice it costs Accord the time.
 */
export class SubscribersProcess {
  readonly #child: ChildProcess;
  readonly isByItself: boolean;

  constructor() {
    this.#child = fork(fileURLToPath(new URL('../subscribers.ts', import.meta.url)), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
    });
    const last = String(availableParallelism() - 1);
    this.isByItself = last !== '0' && spawnSync('taskset', ['-acp', last, String(this.#child.pid)]).status === 0;
  }

  /** Resolves when all of them have been let in and have asked for their alerts. */
  async subscribe(order: SubscribersOrder): Promise<void> {
    this.#child.send(order);
    const ended = once(this.#child, 'exit').then(() => {
      throw new Error('The subscribers ended.');
    });
    await Promise.race([once(this.#child, 'message'), ended]);
    ended.catch(() => undefined);
  }

  async report(): Promise<SubscribersReport> {
    this.#child.send('report');
    const [report] = (await once(this.#child, 'message')) as [SubscribersReport];
    return report;
  }

  stop(): void {
    this.#child.kill();
  }
}
