import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from '@accord/kernel';
import { withClient } from '@accord/persistence';
import { freePort } from './free-port.js';
import { POSTGRES_USER, postgresPrograms, type PostgresPrograms } from './postgres-programs.js';
import { databaseDirectory, runDirectory } from './run-directory.js';

export interface ServerOptions {
  /** Writes to the disk as in production: for a test that looks at what a crash of the machine would leave. */
  readonly durable?: boolean;
}

const START_MS = 60_000;
const STOP_MS = 10_000;
const POLL_MS = 20;
const LOG_LINES = 40;
/** Suites side by side, with gateways, workers and pools of their own, want more than PostgreSQL's 100. */
const CONNECTIONS = 300;

/** As infra's embedded database has them: the order of text must be the same in the tests. */
const CLUSTER = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-sync'];

const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'timezone=UTC',
  `max_connections=${CONNECTIONS}`,
  // Suites sign in all the time; hashing each password 4,096 times would only cost.
  'scram_iterations=1',
];
const FORGETFUL = [
  'fsync=off',
  'full_page_writes=off',
  // Nobody replicates it.
  'wal_level=minimal',
  'max_wal_senders=0',
  // What is in memory is to stay small.
  'max_wal_size=1GB',
  'checkpoint_timeout=30min',
];

/** A real PostgreSQL 18 with an empty cluster in a folder of its own. */
export class PostgresServer {
  #child: ChildProcess | undefined;
  #log: string[] = [];
  readonly #leave = (): void => void this.#child?.kill('SIGINT');

  private constructor(
    private readonly directory: string,
    private readonly data: string,
    private readonly programs: PostgresPrograms,
    private readonly port: number,
    private readonly password: string,
    private readonly settings: readonly string[],
  ) {}

  static async start({ durable = false }: ServerOptions = {}): Promise<PostgresServer> {
    const directory = await mkdtemp(join(runDirectory(), 'postgres-'));
    // PostgreSQL's user has to reach its files.
    await chmod(directory, 0o755);
    const server = new PostgresServer(
      directory,
      await mkdtemp(join(durable ? directory : databaseDirectory(), 'postgres-data-')),
      await postgresPrograms(directory),
      await freePort(),
      randomBytes(12).toString('hex'),
      durable ? SETTINGS : [...SETTINGS, ...FORGETFUL],
    );
    await server.#create();
    await server.#launch();
    return server;
  }

  get superuserUrl(): string {
    return `postgres://postgres:${this.password}@127.0.0.1:${this.port}/postgres`;
  }

  /** Ends every session and the server without a checkpoint, as a crash does, and starts again on the same port. */
  async crashAndRestart(): Promise<void> {
    await this.#end('SIGQUIT');
    await this.#launch();
  }

  async stop(): Promise<void> {
    await this.#end('SIGINT');
    for (const folder of [this.data, this.directory]) await rm(folder, { recursive: true, force: true });
  }

  async #create(): Promise<void> {
    const passwordFile = join(this.directory, 'password');
    await writeFile(passwordFile, this.password);
    if (POSTGRES_USER !== undefined) await chown(this.data, POSTGRES_USER.uid, POSTGRES_USER.gid);
    const words = [`--pgdata=${this.data}`, `--pwfile=${passwordFile}`, '--username=postgres', ...CLUSTER];
    const { status, error, stderr } = spawnSync(this.programs.initdb, [...words, '--auth=scram-sha-256'], {
      ...POSTGRES_USER,
      cwd: '/',
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`No PostgreSQL cluster in ${this.data}: ${error?.message ?? stderr}`);
  }

  async #launch(): Promise<void> {
    const settings = this.settings.flatMap((setting) => ['-c', setting]);
    const child = spawn(this.programs.postgres, ['-D', this.data, '-p', `${this.port}`, ...settings], {
      ...POSTGRES_USER,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    // However this process ends, the server is asked to.
    process.once('exit', this.#leave);
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#remember(text));
    child.on('error', (error) => this.#remember(error.message));
    for (let waited = 0; waited < START_MS && isRunning(child); waited += POLL_MS) {
      if (await this.#answers()) return;
      await pause(POLL_MS);
    }
    throw new Error(`PostgreSQL does not start in ${this.data}:\n${this.#log.join('')}`);
  }

  #answers(): Promise<boolean> {
    return withClient(this.superuserUrl, () => Promise.resolve(true)).catch(() => false);
  }

  async #end(signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    process.off('exit', this.#leave);
    const child = this.#child;
    if (child === undefined || !isRunning(child)) return;
    const ended = new Promise<boolean>((resolve) => child.once('exit', () => resolve(true)));
    child.kill(signal);
    const late = new AbortController();
    const inTime = await Promise.race([ended, pause(STOP_MS, late.signal).then(() => false)]);
    late.abort();
    if (!inTime) child.kill('SIGKILL');
    await ended;
  }

  #remember(text: string): void {
    this.#log = [...this.#log, text].slice(-LOG_LINES);
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}
