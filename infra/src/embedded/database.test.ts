import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { dataFolder, prepareDataFolder, resetDataFolder } from './data-folder.js';
import { startDatabase, type EmbeddedDatabase } from './database.js';
import { readPidFile } from './orphan.js';
import { processMark } from './running-process.js';

const PASSWORD = 'a password for this test';
const root = realpathSync(mkdtempSync(join(tmpdir(), 'accord-database-')));
const folder = dataFolder({ ACCORD_DATA: root });
const said: string[] = [];
let database: EmbeddedDatabase;

const start = (): Promise<EmbeddedDatabase> => startDatabase(folder, PASSWORD, (line) => said.push(line));

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  // A server that is killed under the connection is part of what is tested.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  prepareDataFolder(folder);
  database = await start();
}, 60_000);

afterAll(async () => {
  await database.stop();
  rmSync(root, { recursive: true, force: true });
});

test('saves what it says it saved, listens on this machine alone, and asks for the password', async () => {
  const settings = await query(`select name, setting from pg_settings where name in
    ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'unix_socket_directories', 'data_checksums') order by name`);
  expect(settings).toEqual([
    { name: 'data_checksums', setting: 'on' },
    { name: 'fsync', setting: 'on' },
    { name: 'full_page_writes', setting: 'on' },
    { name: 'listen_addresses', setting: '127.0.0.1' },
    { name: 'synchronous_commit', setting: 'on' },
    { name: 'unix_socket_directories', setting: '' },
  ]);
  const stranger = new pg.Client({ connectionString: database.adminUrl.replace(/:[^:@]+@/, ':another@') });
  await expect(stranger.connect()).rejects.toThrow('password authentication failed');
});

test('text has the case of its letters and the order of its code points', async () => {
  expect(await query(`select lower('ÉCOLE') as lower, 'Z' < 'a' as by_code_point`)).toEqual([
    { lower: 'école', by_code_point: true },
  ]);
});

test('a database left running by a killed Accord is stopped, and what it had committed is there', async () => {
  await query('create table kept as select 42 as answer');
  // Nobody calls stop: for the next start this is a server that somebody else left behind.
  const orphan = readPidFile(folder.cluster)?.pid ?? 0;
  database = await start();
  expect(said.at(-1)).toContain(`process ${orphan}`);
  expect(processMark(orphan)).toBeUndefined();
  expect(await query('select answer from kept')).toEqual([{ answer: 42 }]);
}, 30_000);

test('a server that was killed itself recovers', async () => {
  await query('create table also_kept as select 43 as answer');
  process.kill(readPidFile(folder.cluster)?.pid ?? 0, 'SIGKILL');
  await new Promise((resolve) => database.onUnexpectedEnd(resolve));
  database = await start();
  expect(await query('select answer from also_kept')).toEqual([{ answer: 43 }]);
}, 30_000);

test("a pid file whose number has passed to another program is not taken for the database's", async () => {
  await database.stop();
  const uid = statSync(folder.cluster).uid;
  const other = spawn('sleep', ['60'], { uid, stdio: 'ignore' });
  const pidFile = join(folder.cluster, 'postmaster.pid');
  writeFileSync(pidFile, `${other.pid}\n${folder.cluster}\n1\n5432\n\n127.0.0.1\n\nready   \n`);
  try {
    database = await start();
    expect(await query('select answer from kept')).toEqual([{ answer: 42 }]);
    expect(other.exitCode ?? other.signalCode).toBeNull();
  } finally {
    other.kill();
  }
}, 30_000);

test('a stop leaves no process and no pid file; a reset leaves nothing of ours', async () => {
  const { pid } = readPidFile(folder.cluster) ?? { pid: 0 };
  await database.stop();
  expect(processMark(pid)).toBeUndefined();
  expect(existsSync(join(folder.cluster, 'postmaster.pid'))).toBe(false);
  writeFileSync(join(folder.path, 'somebody-elses.txt'), 'kept');
  resetDataFolder(folder);
  expect(existsSync(folder.cluster)).toBe(false);
  expect(readFileSync(join(folder.path, 'somebody-elses.txt'), 'utf8')).toBe('kept');
});

// Only root runs the database as somebody else, who may then be shut out.
if (process.getuid?.() === 0) {
  test('a folder that the database user cannot enter is named, with what to do', async () => {
    chmodSync(root, 0o700);
    const shutIn = dataFolder({ ACCORD_DATA: join(root, 'inner') });
    prepareDataFolder(shutIn);
    const attempt = startDatabase(shutIn, PASSWORD, () => undefined);
    await expect(attempt).rejects.toThrow(`cannot enter ${root}, on the way to the data folder ${shutIn.path}`);
  });
}
