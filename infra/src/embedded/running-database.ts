import { existsSync } from 'node:fs';
import { loginUrls } from '@accord/persistence';
import { SUPERUSER } from './cluster.js';
import type { DataFolder } from './data-folder.js';
import { readPidFile } from './orphan.js';
import { processMark } from './running-process.js';
import { readOrCreateSecrets } from './secrets.js';

/** The name of the embedded database. */
export const DATABASE = 'accord';

/** The address of each login to the database of the Accord that runs on a folder; `undefined` when none does. */
export function findRunningDatabase(folder: DataFolder): ReturnType<typeof loginUrls> | undefined {
  if (!existsSync(folder.running)) return undefined;
  const server = readPidFile(folder.cluster);
  if (server?.ready !== true || processMark(server.pid) === undefined) return undefined;
  return loginUrls(`postgres://${SUPERUSER}@127.0.0.1:${server.port}/postgres`, DATABASE, readOrCreateSecrets(folder));
}
