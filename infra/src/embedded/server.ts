import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { pause } from '@accord/kernel';
import { COMMAND } from '../command.js';
import { diskFull, isDiskFull, Problem } from '../problem.js';
import { SURROUNDINGS } from './cluster.js';
import type { DatabaseUser } from './database-user.js';
import type { DataFolder } from './data-folder.js';
import { readPidFile } from './orphan.js';

/** After a crash the server replays its log before it answers. */
const READY_MILLISECONDS = 120_000;
const POLL_MILLISECONDS = 10;
/** Accord as a whole stops within 5 s; a stop in mid-checkpoint is as safe as a power cut. */
const FAST_STOP_MILLISECONDS = 1_500;
const IMMEDIATE_STOP_MILLISECONDS = 1_000;
const LOG_LINES_SHOWN = 5;

/** A server on one data folder, listening on this machine alone. */
export class PostgresServer {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #stopping = false;

  private constructor(
    child: ChildProcess,
    private readonly folder: DataFolder,
  ) {
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    process.once('exit', this.#leave);
  }

  /**
   * Starts the server and waits until it answers.
   * @throws ServerDidNotStart with what it logged.
   */
  static async start(
    folder: DataFolder,
    program: string,
    port: number,
    user: DatabaseUser | undefined,
  ): Promise<PostgresServer> {
    if (existsSync(folder.databaseLog)) renameSync(folder.databaseLog, folder.previousDatabaseLog);
    const log = openSync(folder.databaseLog, 'w', 0o600);
    const child = spawn(program, ['-D', folder.cluster, ...settings(port)], {
      ...user,
      ...SURROUNDINGS,
      // The log is a file and not a pipe to us: a server that outlives a killed Accord must still be able to write.
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const server = new PostgresServer(child, folder);
    await server.#becomeReady();
    return server;
  }

  /** Calls back with the end of its log when the server ends without having been asked to. */
  onUnexpectedEnd(callback: (log: string) => void): void {
    void this.#ended.then(() => {
      if (!this.#stopping) callback(lastLines(this.folder.databaseLog));
    });
  }

  /** Ends sessions, saves everything and stops; without saving when that takes too long, which loses nothing committed. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#child.kill('SIGINT');
    if (!(await this.#endsWithin(FAST_STOP_MILLISECONDS))) {
      this.#child.kill('SIGQUIT');
      await this.#endsWithin(IMMEDIATE_STOP_MILLISECONDS);
    }
    process.off('exit', this.#leave);
  }

  /** When the process ends in any other way than by `stop`, nothing can be awaited: ask the server to end by itself. */
  readonly #leave = (): void => {
    this.#child.kill('SIGINT');
  };

  async #becomeReady(): Promise<void> {
    for (const end = performance.now() + READY_MILLISECONDS; performance.now() < end;) {
      const state = readPidFile(this.folder.cluster);
      if (state?.ready && state.pid === this.#child.pid) return;
      if (await this.#endsWithin(POLL_MILLISECONDS)) break;
    }
    await this.stop();
    throw new ServerDidNotStart(this.folder, lastLines(this.folder.databaseLog));
  }

  async #endsWithin(milliseconds: number): Promise<boolean> {
    const waiting = new AbortController();
    const ended = await Promise.race([
      this.#ended.then(() => true),
      pause(milliseconds, waiting.signal).then(() => false),
    ]);
    waiting.abort();
    return ended;
  }
}

/** The server ended, or never answered; `log` is what it had to say. */
export class ServerDidNotStart extends Error {
  constructor(
    readonly folder: DataFolder,
    readonly log: string,
  ) {
    super(`The database in ${folder.cluster} did not start:\n${log}\n(all of it: ${folder.databaseLog})`);
  }

  get portWasTaken(): boolean {
    return /could not bind|Address already in use/.test(this.log);
  }

  /** Processes of a database that was killed are still letting go of these files. */
  get filesAreHeld(): boolean {
    return /pre-existing shared memory block|lock file "postmaster.pid" already exists/.test(this.log);
  }

  /** What to tell the person, where there is something to do about it. */
  toProblem(): Problem | this {
    if (isDiskFull(this)) return diskFull(this.folder.path);
    if (/database files are incompatible|initialized by PostgreSQL version/.test(this.log)) {
      return new Problem(
        `The database in ${this.folder.cluster} was made by another version of PostgreSQL:\n${this.log}\n` +
          `Start the version of Accord that made it, or begin again with an empty one: ${COMMAND.reset}`,
      );
    }
    if (this.filesAreHeld) {
      return new Problem(
        `Another database process still uses ${this.folder.cluster}:\n${this.log}\nWait a moment and start again.`,
      );
    }
    return this;
  }
}

function settings(port: number): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    logging_collector: 'off',
    log_destination: 'stderr',
    timezone: 'UTC',
    // Development too keeps what it said it had saved: said here, so that an edited postgresql.conf does not change it.
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function lastLines(file: string): string {
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8').trim().split('\n').slice(-LOG_LINES_SHOWN).join('\n');
}
