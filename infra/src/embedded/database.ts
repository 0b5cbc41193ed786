import { pause } from '@accord/kernel';
import { anyFreePort } from '../free-port.js';
import { diskFull, isDiskFull } from '../problem.js';
import type { Report } from '../progress.js';
import { postgresPrograms } from './binaries.js';
import { createCluster, SUPERUSER } from './cluster.js';
import { hasCluster, type DataFolder } from './data-folder.js';
import { assertReachable, databaseUser } from './database-user.js';
import { stopOrphan } from './orphan.js';
import { PostgresServer, ServerDidNotStart } from './server.js';

/** A running PostgreSQL 18 of our own. */
export interface EmbeddedDatabase {
  /** The administrator's connection, for roles and databases. */
  readonly adminUrl: string;
  readonly port: number;
  /** Calls back, with the end of its log, when it ends without having been asked to. */
  onUnexpectedEnd(callback: (log: string) => void): void;
  stop(): Promise<void>;
}

const ATTEMPTS = 10;
const RETRY_MILLISECONDS = 500;

/**
 * Starts the database of a data folder whose lock the caller holds: creates it the first time, and stops one
 * that a killed Accord left behind.
 * @throws Problem in the person's words where there is something to do.
 */
export async function startDatabase(folder: DataFolder, password: string, report: Report): Promise<EmbeddedDatabase> {
  const programs = postgresPrograms();
  const user = databaseUser(folder, report);
  if (user !== undefined) assertReachable(user, folder, programs.postgres);
  try {
    if (hasCluster(folder)) {
      await stopOrphan(folder.cluster, report);
    } else {
      report('creating the database (the first time only)');
      await createCluster(folder, programs.initdb, password, user);
    }
    return await startServer((port) => PostgresServer.start(folder, programs.postgres, port, user), password);
  } catch (error) {
    if (error instanceof ServerDidNotStart) throw error.toProblem();
    throw isDiskFull(error) ? diskFull(folder.path) : error;
  }
}

async function startServer(
  start: (port: number) => Promise<PostgresServer>,
  password: string,
): Promise<EmbeddedDatabase> {
  for (let attempt = 1; ; attempt++) {
    const port = await anyFreePort();
    try {
      const server = await start(port);
      return {
        adminUrl: `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
        port,
        onUnexpectedEnd: (callback) => server.onUnexpectedEnd(callback),
        stop: () => server.stop(),
      };
    } catch (error) {
      const passing = error instanceof ServerDidNotStart && (error.portWasTaken || error.filesAreHeld);
      if (!passing || attempt === ATTEMPTS) throw error;
      await pause(RETRY_MILLISECONDS);
    }
  }
}
