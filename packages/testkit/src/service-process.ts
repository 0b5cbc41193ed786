import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { REPOSITORY } from '@accord/infra';
import { until } from './client.js';

export type Service = 'gateway' | 'worker';

/** What a process said on standard output: a JSON line of its log. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [key: string]: unknown;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** From this level on a line says that something went wrong. */
const ERROR_LEVEL = 50;
/** Starting takes a second; with every core at work on other suites it takes several. */
const PATIENCE_MS = 30_000;

/** A gateway or worker as a process of its own: the built `main.js`, as production starts it. */
export class ServiceProcess {
  readonly #child: ChildProcess;
  readonly #lines: LogLine[] = [];
  #output = '';
  readonly #ended: Promise<Exit>;
  #exit: Exit | undefined;
  #complaint = '';

  constructor(service: Service, environment: Readonly<Record<string, string>>, nodeOptions: readonly string[]) {
    const main = join(REPOSITORY, 'services', service, 'dist/main.js');
    // Nothing of the environment of the tests themselves: the process has what it would have in production, but for
    // Node.js finding its code compiled.
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const env = { PATH, NODE_COMPILE_CACHE, LOG_LEVEL: 'info', ...environment };
    const child = spawn(process.execPath, [...nodeOptions, main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    const abandon = (): void => void child.kill('SIGKILL');
    process.once('exit', abandon);
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        process.off('exit', abandon);
        this.#exit = { code, signal };
        resolve(this.#exit);
      });
    });
    createInterface(child.stdout).on('line', (line) => {
      this.#output += `${line}\n`;
      this.#lines.push(JSON.parse(line) as LogLine);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.#complaint += text));
  }

  get isRunning(): boolean {
    return this.#exit === undefined;
  }

  /** Everything that it wrote so far, to the letter. */
  get output(): string {
    return this.#output + this.#complaint;
  }

  /** What it said in these words so far. */
  lines(msg: string): readonly LogLine[] {
    return this.#lines.filter((line) => line.msg === msg);
  }

  /** Everything that it said went wrong. */
  get errors(): readonly LogLine[] {
    return this.#lines.filter((line) => line.level >= ERROR_LEVEL);
  }

  /** Resolves when it has said these words so many times. @throws Error when it ended before, with what it said last. */
  async said(msg: string, count = 1): Promise<void> {
    await until(() => this.lines(msg).length >= count || !this.isRunning, PATIENCE_MS);
    if (this.lines(msg).length >= count) return;
    throw new Error(`Ended (${JSON.stringify(this.#exit)}) before it said "${msg}":\n${this.#complaint}`);
  }

  /** Ends it as a crash does: nothing of it runs any more. */
  kill(): Promise<Exit> {
    this.#child.kill('SIGKILL');
    return this.#ended;
  }

  /** Asks it to end, as an orchestrator does. */
  terminate(): Promise<Exit> {
    this.#child.kill('SIGTERM');
    return this.#ended;
  }
}
