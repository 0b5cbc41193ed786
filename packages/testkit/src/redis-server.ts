import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort } from './free-port.js';
import { runDirectory } from './run-directory.js';

/** Programs, and on Debian packages of the same names, in the order in which they are taken. */
const SERVERS = ['valkey-server', 'redis-server'];
const START_MS = 10_000;
const STOP_MS = 5_000;

const HOW_TO_GET_ONE = [
  'The tests run on Redis or Valkey too, and found none. Do one of these:',
  '  set REDIS_URL to a server that the tests may use (they take empty databases and leave them empty);',
  '  Debian, Ubuntu:  sudo apt-get install redis-server',
  '  Fedora:          sudo dnf install valkey',
  '  macOS:           brew install valkey',
  'Or leave that profile out:  pnpm test --selectProjects unit postgres',
].join('\n');

export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The Redis or Valkey of a test run: REDIS_URL, else a private one from the path, else from Debian's
 * package, which is installed where that is allowed.
 * @throws Error that says how to get one.
 */
export async function provideRedis(tell: (line: string) => void): Promise<RedisServer> {
  const given = process.env['REDIS_URL'];
  if (given) return { url: given, stop: () => Promise.resolve() };
  const program = onPath(SERVERS) ?? install(tell);
  if (program === undefined) throw new Error(HOW_TO_GET_ONE);
  return startPrivate(program);
}

async function startPrivate(program: string): Promise<RedisServer> {
  const directory = await mkdtemp(join(runDirectory(), 'redis-'));
  const port = await freePort();
  const server = spawn(
    program,
    // Nothing is written to the disk; one database per suite and profile is plenty with these.
    [
      '--port',
      `${port}`,
      '--bind',
      '127.0.0.1',
      '--appendonly',
      'no',
      '--save',
      '',
      '--databases',
      '512',
      '--dir',
      directory,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  server.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  server.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const url = `redis://127.0.0.1:${port}`;
  if (!(await answers(url, server))) {
    await end(server);
    throw new Error(`${program} does not start:\n${log}`);
  }
  return {
    url,
    stop: async () => {
      await end(server);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function answers(url: string, server: ChildProcess): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => 50, maxRetriesPerRequest: null });
  // Refused until it listens; the ping below waits for that.
  redis.on('error', () => undefined);
  try {
    const gone = new Promise<boolean>((resolve) => void server.once('exit', () => resolve(false)));
    const failed = new Promise<boolean>((resolve) => void server.once('error', () => resolve(false)));
    const late = sleep(START_MS, false, { ref: false });
    return await Promise.race([redis.ping().then(() => true), gone, failed, late]);
  } finally {
    redis.disconnect();
  }
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;
  const gone = new Promise<void>((resolve) => void server.once('exit', () => resolve()));
  server.kill('SIGTERM');
  const late = sleep(STOP_MS, undefined, { ref: false }).then(() => void server.kill('SIGKILL'));
  await Promise.race([gone, late]);
}

/** Debian's package, when this is a machine on which the tests may install it. */
function install(tell: (line: string) => void): string | undefined {
  const allowed = process.platform === 'linux' && process.getuid?.() === 0;
  if (!allowed || onPath(['apt-get']) === undefined) return undefined;
  tell("Redis: none found; installing Debian's package");
  const name = SERVERS.find(isOffered);
  if (name !== undefined && apt('install', name).done) return onPath([name]);
  // No lists yet, or lists that are older than the archive.
  const updated = apt('update');
  const newName = SERVERS.find(isOffered);
  const installed = newName === undefined ? updated : apt('install', newName);
  if (!installed.done) tell(installed.problem);
  return onPath(SERVERS);
}

const isOffered = (name: string): boolean =>
  spawnSync('apt-cache', ['show', '--no-all-versions', name], { stdio: 'ignore' }).status === 0;

function apt(command: 'update' | 'install', name?: string): { done: boolean; problem: string } {
  const options = name === undefined ? [] : ['--yes', '--no-install-recommends', name];
  // Run level 1 keeps the package from starting a server of its own: the tests start theirs.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const { status, stderr } = spawnSync('apt-get', [command, '--quiet', ...options], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  return { done: status === 0, problem: stderr };
}

function onPath(names: readonly string[]): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/sbin'];
  const candidates = names.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)));
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
