import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseUser } from './database-user.js';
import { discardUnfinishedClusters, UNFINISHED, type DataFolder } from './data-folder.js';

/** The cluster's administrator, used to create roles and databases and for nothing else. */
export const SUPERUSER = 'postgres';

/**
 * Creates the database's files: UTF-8, text ordered by code point with Unicode's upper and lower case, the
 * same on every machine; passwords as SCRAM; checksums on pages.
 *
 * They are made under a name of their own and renamed when complete: a start killed half-way leaves nothing
 * that looks like a database, and what it left running does not meet what the next one makes.
 */
export async function createCluster(
  folder: DataFolder,
  initdb: string,
  password: string,
  user: DatabaseUser | undefined,
): Promise<void> {
  discardUnfinishedClusters(folder);
  const creating = mkdtempSync(join(folder.path, UNFINISHED));
  const passwordFile = join(creating, 'password');
  const cluster = join(creating, 'cluster');
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 });
    mkdirSync(cluster, { mode: 0o700 });
    if (user !== undefined) {
      for (const path of [creating, passwordFile, cluster]) chownSync(path, user.uid, user.gid);
    }
    await runInitdb(initdb, [`--pgdata=${cluster}`, `--pwfile=${passwordFile}`], user);
    rmSync(folder.cluster, { recursive: true, force: true });
    renameSync(cluster, folder.cluster);
  } finally {
    rmSync(creating, { recursive: true, force: true });
  }
}

const INITDB_OPTIONS = [
  `--username=${SUPERUSER}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--data-checksums',
];

function runInitdb(initdb: string, options: string[], user: DatabaseUser | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(initdb, [...INITDB_OPTIONS, ...options], {
      ...user,
      ...SURROUNDINGS,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // What is half made is of no use to the next start, which clears it away.
    const leave = (): boolean => child.kill();
    process.once('exit', leave);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', leave);
      if (code === 0) resolve();
      else reject(new Error(`The database could not be created:\n${output.trim()}`));
    });
  });
}

/**
 * How the database's programs are run: from a folder that any user may enter, in one language, and in a
 * session of their own, so that Ctrl-C in the terminal reaches Accord first, which then stops them in order.
 * The PG variables of whoever starts Accord do not reach them.
 */
export const SURROUNDINGS = {
  cwd: '/',
  detached: true,
  env: { PATH: process.env['PATH'], LD_LIBRARY_PATH: process.env['LD_LIBRARY_PATH'], LC_ALL: 'C' },
};
