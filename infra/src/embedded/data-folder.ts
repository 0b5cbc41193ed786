import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COMMAND } from '../command.js';
import { codeOf, diskFull, Problem } from '../problem.js';
import { REPOSITORY } from '../repository.js';

/** Where everything is that an embedded Accord keeps. `infra/README.md` explains each. */
export interface DataFolder {
  readonly path: string;
  readonly lock: string;
  readonly secrets: string;
  readonly identity: string;
  /** Where the running Accord answers; there only while it runs. */
  readonly running: string;
  /** The database's files, once they are complete. */
  readonly cluster: string;
  /** Files of evidence. */
  readonly evidence: string;
  readonly databaseLog: string;
  readonly previousDatabaseLog: string;
}

/** The folder that `ACCORD_DATA` names, else `.accord` in the clone. Does not touch the disk. */
export function dataFolder(env: Readonly<Record<string, string | undefined>>): DataFolder {
  const path = env['ACCORD_DATA'] ? resolve(env['ACCORD_DATA']) : join(REPOSITORY, '.accord');
  return {
    path,
    lock: join(path, 'accord.lock'),
    secrets: join(path, 'secrets.json'),
    identity: join(path, 'identity.json'),
    running: join(path, 'running.json'),
    cluster: join(path, 'postgres'),
    evidence: join(path, 'evidence'),
    databaseLog: join(path, 'postgres.log'),
    previousDatabaseLog: join(path, 'postgres.previous.log'),
  };
}

const NEW_CLUSTER_BYTES = 200 * 1024 ** 2;
/** Two segments of write-ahead log: less, and the database may not even stop in order. */
const OLD_CLUSTER_BYTES = 32 * 1024 ** 2;

/**
 * Makes the folder where it is missing, closed to other people.
 * @throws Problem when it cannot be written, or its disk is full.
 */
export function prepareDataFolder(folder: DataFolder): void {
  try {
    mkdirSync(folder.path, { recursive: true });
    // The database's own user, whom root starts, must pass through; what is secret inside is closed by itself.
    chmodSync(folder.path, process.getuid?.() === 0 ? 0o711 : 0o700);
  } catch (error) {
    throw unusable(folder, error);
  }
  const { bavail, bsize } = statfsSync(folder.path);
  const needed = existsSync(folder.cluster) ? OLD_CLUSTER_BYTES : NEW_CLUSTER_BYTES;
  if (bavail * bsize < needed) throw diskFull(folder.path);
}

function unusable(folder: DataFolder, error: unknown): unknown {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return new Problem(
        `The data folder ${folder.path} belongs to another user of this machine, or lies in a folder closed to you.\n` +
          `Start Accord as the user who owns it, or choose another folder: ACCORD_DATA=/another/folder`,
      );
    case 'EROFS':
      return new Problem(
        `The data folder ${folder.path} is on a disk that cannot be written. Choose another: ACCORD_DATA=/another/folder`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new Problem(`The data folder ${folder.path} is not a folder. Choose another: ACCORD_DATA=/another/folder`);
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(folder.path);
    default:
      return error;
  }
}

/** What a reset would delete: Accord's own files and nothing else that may lie in the folder. */
export function resettable(folder: DataFolder): string[] {
  const ours = [
    folder.cluster,
    folder.secrets,
    folder.identity,
    folder.running,
    folder.evidence,
    folder.databaseLog,
    folder.previousDatabaseLog,
  ];
  return [...ours.filter((path) => existsSync(path)), ...unfinishedClusters(folder)];
}

/** Deletes all of it. Only while the lock is held and no database runs. */
export function resetDataFolder(folder: DataFolder): void {
  for (const path of resettable(folder)) rmSync(path, { recursive: true, force: true });
}

/** Whether a database is there. A folder that `initdb` did not finish has another name and is not one. */
export function hasCluster(folder: DataFolder): boolean {
  return existsSync(join(folder.cluster, 'PG_VERSION'));
}

/** The beginning of the names under which databases are created. */
export const UNFINISHED = 'postgres.new-';

const unfinishedClusters = (folder: DataFolder): string[] =>
  readdirSync(folder.path)
    .filter((name) => name.startsWith(UNFINISHED))
    .map((name) => join(folder.path, name));

/** Clears away what a start that was killed in mid-creation left. */
export function discardUnfinishedClusters(folder: DataFolder): void {
  for (const path of unfinishedClusters(folder)) rmSync(path, { recursive: true, force: true });
  // Refuses to guess: files without a version are not a database of ours, but they may be somebody's.
  if (existsSync(folder.cluster) && readdirSync(folder.cluster).length > 0) {
    throw new Problem(
      `${folder.cluster} holds files but no database that Accord can use. Move it away and start again, or delete it: ${COMMAND.reset}`,
    );
  }
}
