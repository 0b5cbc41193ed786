import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface LoadRequest {
  readonly authorization: string;
  readonly body: string;
}

export interface LoadOrder {
  readonly url: string;
  readonly connections: number;
  /** So many requests, and then so many milliseconds, before those that are measured. */
  readonly warmUpAnswers?: number;
  readonly warmUpMs: number;
  readonly milliseconds: number;
  readonly requests: readonly LoadRequest[];
}

export interface LoadResult {
  /** Milliseconds of each answered request. */
  readonly latencies: Float64Array;
  /** Answers that were not what was asked for. */
  readonly failures: number;
  readonly milliseconds: number;
}

/** The process that makes the load. */
export class LoadProcess {
  readonly #child: ChildProcess;

  constructor() {
    this.#child = fork(fileURLToPath(new URL('../load.ts', import.meta.url)), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
    });
  }

  async run(order: LoadOrder): Promise<LoadResult> {
    this.#child.send(order);
    const [answer] = (await once(this.#child, 'message')) as [LoadResult | { error: string }];
    if ('error' in answer) throw new Error(`The load ended: ${answer.error}`);
    return answer;
  }

  stop(): void {
    this.#child.kill();
  }
}
