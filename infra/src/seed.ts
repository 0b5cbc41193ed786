import { migrate } from '@accord/persistence';
import { COMMAND } from './command.js';
import { dataFolder, prepareDataFolder, type DataFolder } from './embedded/data-folder.js';
import { startDatabase } from './embedded/database.js';
import { acquireLock } from './embedded/lock.js';
import { findRunningDatabase } from './embedded/running-database.js';
import { readOrCreateSecrets } from './embedded/secrets.js';
import { prepareSchema } from './launch-embedded.js';
import { describeError, Problem } from './problem.js';
import { createProgress, type Report } from './progress.js';
import { assertEmpty, loadBenchWorld, loadExampleWorld } from './world/index.js';

const WORLDS = {
  bench: (ownerUrl: string, report: Report) => loadBenchWorld(ownerUrl, report),
  example: loadExampleWorld,
} as const;

type WorldName = keyof typeof WORLDS;

const USAGE = `Usage: ${COMMAND.seed} bench|example
  bench     the benchmark's world: 33 boroughs, 2,000 providers, 6,000 homes, 3,000 flags,
            50,000 items of intelligence, 80,000 answers
  example   the story that demonstrations and tests tell
Fills the empty database of DATABASE_OWNER_URL; without it, that of the embedded Accord (ACCORD_DATA, else .accord).`;

/** `pnpm seed --world <name>`: fills an empty database with a world. */
export async function main(argv: readonly string[]): Promise<void> {
  // The embedded database's server goes with the process; a signal alone would leave it behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
  try {
    const world = readArguments(argv);
    await seed(
      world,
      process.env,
      createProgress((text) => void process.stdout.write(text)),
    );
  } catch (error) {
    console.error(describeError(error, process.env['LOG_LEVEL'] === 'debug'));
    process.exitCode = 1;
  }
}

function readArguments(argv: readonly string[]): WorldName {
  const given = argv.filter((argument) => argument !== '--').flatMap((argument) => argument.split('='));
  if (given.length === 2 && given[0] === '--world' && isWorld(given[1])) return given[1];
  throw new Problem(given.length === 1 && given[0] === '--help' ? USAGE : `Say which world.\n${USAGE}`);
}

const isWorld = (name: string | undefined): name is WorldName => name !== undefined && Object.hasOwn(WORLDS, name);

async function seed(world: WorldName, env: NodeJS.ProcessEnv, report: Report): Promise<void> {
  const load = async (ownerUrl: string) => {
    await assertEmpty(ownerUrl);
    await WORLDS[world](ownerUrl, report);
  };
  const ownerUrl = env['DATABASE_OWNER_URL'];
  if (ownerUrl) {
    await migrate(ownerUrl);
    return load(ownerUrl);
  }
  if (env['DATABASE_URL']) {
    throw new Problem(
      'DATABASE_URL names a database of your own: set DATABASE_OWNER_URL, the login that may fill it, too.',
    );
  }
  return withEmbeddedDatabase(dataFolder(env), report, load);
}

/** Uses the database of the Accord that runs on the folder; where none does, starts the folder's own meanwhile. */
async function withEmbeddedDatabase(
  folder: DataFolder,
  report: Report,
  use: (ownerUrl: string) => Promise<void>,
): Promise<void> {
  prepareDataFolder(folder);
  const running = findRunningDatabase(folder);
  if (running) return use(running.migrator);
  const lock = await acquireLock(folder.lock);
  try {
    const secrets = readOrCreateSecrets(folder);
    const database = await startDatabase(folder, secrets.superuser, report);
    try {
      const { DATABASE_OWNER_URL: ownerUrl } = await prepareSchema(database, secrets, report);
      await use(ownerUrl);
    } finally {
      await database.stop();
    }
  } finally {
    lock.release();
  }
  report(`start Accord on it: ${COMMAND.start}`);
}
