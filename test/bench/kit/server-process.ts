import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const START_MS = 20_000;
const STOP_MS = 5_000;
const POLL_MS = 50;
/** Linux counts the time of processes in hundredths of a second, whatever its own clock does. */
const TICKS_PER_SECOND = 100;
const MEGABYTE_KIB = 1024;
/** Of every server, as the gateway is started in production (services/gateway/README.md). */
const NODE_OPTIONS = ['--max-semi-space-size=64', '--disable-warning=ExperimentalWarning'];

export interface ServerOptions {
  readonly name: string;
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** For a profile: `--cpu-prof` and the like. */
  readonly nodeOptions?: readonly string[];
}

/** A server under measurement: a process of its own, started as in production. */
export class ServerProcess {
  readonly name: string;
  readonly #child: ChildProcess;
  #said = '';

  private constructor({ name, script, env, nodeOptions = [] }: ServerOptions) {
    this.name = name;
    this.#child = spawn(process.execPath, [...NODE_OPTIONS, ...nodeOptions, script], {
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr
      ?.setEncoding('utf8')
      .on('data', (text: string) => (this.#said = (this.#said + text).slice(-4000)));
    // However this process ends, its servers end too.
    process.once('exit', () => this.#child.kill());
  }

  /** @param isReady asked again and again; an error means not yet. */
  static async start(options: ServerOptions, isReady: () => Promise<boolean>): Promise<ServerProcess> {
    const server = new ServerProcess(options);
    for (let waited = 0; waited < START_MS; waited += POLL_MS) {
      if (server.#child.exitCode !== null) break;
      if (await isReady().catch(() => false)) return server;
      await wait(POLL_MS);
    }
    await server.stop();
    throw new Error(`${options.name} did not start:\n${server.#said}`);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What it has written to standard error. */
  get said(): string {
    return this.#said;
  }

  /** Its memory now, in MB; 0 where the system does not tell. */
  residentMegabytes(): number {
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${this.pid}/status`))?.[1];
    return Number(line ?? 0) / MEGABYTE_KIB;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    const patience = new AbortController();
    await Promise.race([
      ended,
      wait(STOP_MS, undefined, { signal: patience.signal }).then(() => this.#child.kill('SIGKILL')),
    ]);
    patience.abort();
    await ended;
  }
}

/** Seconds that a process has worked so far, user and system; 0 where the system does not tell, or it is gone. */
export function cpuSeconds(pid: number): number {
  // The name of the program, in brackets, may hold spaces; what follows does not.
  const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ');
  return (Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)) / TICKS_PER_SECOND;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
