import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { Problem } from '../problem.js';
import type { Report } from '../progress.js';
import type { DataFolder } from './data-folder.js';

/** Whom the database runs as: itself a user other than root, since PostgreSQL refuses to run as root. */
export interface DatabaseUser {
  readonly uid: number;
  readonly gid: number;
}

const USER = 'postgres';

/**
 * The user to run the database as: `undefined` means the one who started Accord. Root runs it as the owner
 * of the files that are there, else as the system's `postgres`, which is created when missing.
 */
export function databaseUser(folder: DataFolder, report: Report): DatabaseUser | undefined {
  const uid = process.getuid?.();
  const owner = existsSync(folder.cluster) ? statSync(folder.cluster) : undefined;
  if (uid !== 0) {
    if (owner === undefined || owner.uid === uid) return undefined;
    throw new Problem(
      `The database in ${folder.cluster} belongs to another user of this machine (number ${owner.uid}): was Accord ` +
        `started as root before?\nStart it as root again, or choose another folder: ACCORD_DATA=/another/folder`,
    );
  }
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return lookUp() ?? create(report);
}

/**
 * Checks that the database's user can enter the data folder and run the programs.
 * @throws Problem naming the first folder on the way that is closed to it.
 */
export function assertReachable(user: DatabaseUser, folder: DataFolder, program: string): void {
  const closedData = firstClosedFolder(user, folder.path);
  if (closedData !== undefined) {
    throw new Problem(
      `PostgreSQL refuses to run as root, so Accord runs it as the user "${USER}", and that user cannot enter ` +
        `${closedData}, on the way to the data folder ${folder.path}.\n` +
        `Choose a folder it can reach, such as ACCORD_DATA=/var/lib/accord, or start Accord as an ordinary user.`,
    );
  }
  const closedProgram = firstClosedFolder(user, dirname(program));
  if (closedProgram !== undefined) {
    throw new Problem(
      `PostgreSQL refuses to run as root, so Accord runs it as the user "${USER}", and that user cannot enter ` +
        `${closedProgram}, on the way to the database's programs in this clone.\n` +
        `Move the clone to a folder it can reach, such as /srv/accord, or start Accord as an ordinary user.`,
    );
  }
}

/** The outermost closed folder on the way to `path`; `undefined` when the way is free. */
function firstClosedFolder(user: DatabaseUser, path: string): string | undefined {
  if (canEnter(user, path)) return undefined;
  const parts = path.split(sep);
  return parts.map((_, index) => parts.slice(0, index + 1).join(sep) || sep).find((folder) => !canEnter(user, folder));
}

/** Asks the system itself, by going there as that user: ownership, modes and access lists all count. */
function canEnter({ uid, gid }: DatabaseUser, folder: string): boolean {
  const tried = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { uid, gid, cwd: '/', stdio: 'ignore' });
  return tried.status === 0;
}

function lookUp(): DatabaseUser | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, USER], { encoding: 'utf8' }).stdout?.trim());
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function create(report: Report): DatabaseUser {
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', USER];
  const created = spawnSync('useradd', options, { encoding: 'utf8' });
  const user = lookUp();
  if (user === undefined) {
    throw new Problem(
      `PostgreSQL refuses to run as root, and a user "${USER}" to run it as could not be created` +
        `${created.stderr ? ` (${created.stderr.trim()})` : ''}.\nStart Accord as an ordinary user, or create that user first.`,
    );
  }
  report(`created the system user "${USER}" for the database (PostgreSQL refuses to run as root)`);
  return user;
}
