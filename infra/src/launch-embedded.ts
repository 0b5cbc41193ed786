import { readConfig } from '@accord/kernel';
import { createDatabase, createRoles, loginUrls, migrate } from '@accord/persistence';
import { dataFolder, prepareDataFolder, resetDataFolder, resettable, type DataFolder } from './embedded/data-folder.js';
import { startDatabase, type EmbeddedDatabase } from './embedded/database.js';
import { acquireLock } from './embedded/lock.js';
import { stopOrphan } from './embedded/orphan.js';
import { DATABASE } from './embedded/running-database.js';
import { readOrCreateSecrets, RESTORE, type Secrets } from './embedded/secrets.js';
import { assertCanListen, portFrom } from './free-port.js';
import { assertDevelopment } from './identity/development-only.js';
import { startIdentityProvider } from './identity/identity-provider.js';
import type { Launched, LaunchOptions } from './launched.js';
import { codeOf, diskFull, isDiskFull, Problem, saysDiskFull } from './problem.js';
import type { Report } from './progress.js';
import { loadRegulatorSample } from './regulator-file.js';
import { announce, withdraw } from './running.js';
import { startServices } from './services.js';
import { loadExampleWorld } from './world/index.js';

/** PostgreSQL's code for it. */
const WRONG_PASSWORD = '28P01';
const DEFAULT_PORT = 4000;
const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_AUDIENCE = 'https://accord.local/graphql';
/** Server: fast stop, then immediate. */
const DATABASE_STOP_MILLISECONDS = 2_500;
const IDENTITY_STOP_MILLISECONDS = 500;

type Addresses = Record<'DATABASE_URL' | 'DATABASE_WORKER_URL' | 'DATABASE_QUEUE_URL' | 'DATABASE_OWNER_URL', string>;

/** The embedded profile: its own PostgreSQL, queue, sign-in and example world, in one folder and one process. */
export async function launchEmbedded(options: LaunchOptions): Promise<Launched> {
  const folder = dataFolder(options.env);
  try {
    return await launchOn(folder, options);
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(folder.path);
    if (codeOf(error) === WRONG_PASSWORD) {
      throw new Problem(`${folder.secrets} is not that of the database in ${folder.cluster}: ${RESTORE}`);
    }
    throw error;
  }
}

async function launchOn(folder: DataFolder, options: LaunchOptions): Promise<Launched> {
  const { env, report, shutdown } = options;
  if (!env['OIDC_ISSUER']) assertDevelopment(env);
  prepareDataFolder(folder);
  const lock = await acquireLock(folder.lock);
  shutdown.add('data folder', IDENTITY_STOP_MILLISECONDS, () => lock.release());
  await assertCanListen(env['HOST'] || DEFAULT_HOST, portFrom('PORT', env['PORT'], DEFAULT_PORT));
  if (options.reset) await reset(folder, report);
  report(`data folder ${folder.path}`);

  const secrets = readOrCreateSecrets(folder);
  const addresses = await prepareDatabase(folder, secrets, options);
  const signIn = await prepareSignIn(folder, secrets, options);
  const config = readConfig({
    NODE_ENV: 'development',
    LOG_LEVEL: 'warn',
    ACCORD_SECRET: secrets.accordSecret,
    EVIDENCE_FOLDER: folder.evidence,
    ...env,
    ...addresses,
    ...signIn,
  });
  const url = await startServices(config, shutdown);
  report('gateway and worker started');

  const developmentSignIn = !env['OIDC_ISSUER'];
  announce(folder, { url, issuer: developmentSignIn ? config.OIDC_ISSUER : undefined });
  shutdown.add('announcement', IDENTITY_STOP_MILLISECONDS, () => withdraw(folder));
  return {
    url,
    issuer: config.OIDC_ISSUER,
    folder: folder.path,
    developmentSignIn,
    queryPage: config.NODE_ENV !== 'production',
  };
}

async function reset(folder: DataFolder, report: Report): Promise<void> {
  await stopOrphan(folder.cluster, report);
  const doomed = resettable(folder);
  report(doomed.length === 0 ? 'nothing to delete' : `deleting ${doomed.join(', ')}`);
  resetDataFolder(folder);
}

async function prepareDatabase(folder: DataFolder, secrets: Secrets, options: LaunchOptions): Promise<Addresses> {
  const { env, report } = options;
  const database = await startDatabase(folder, secrets.superuser, report);
  options.shutdown.add('database', DATABASE_STOP_MILLISECONDS, () => database.stop());
  database.onUnexpectedEnd((log) => options.onFailure(endedByItself(folder, log)));
  report(`PostgreSQL started on port ${database.port}`);

  const addresses = await prepareSchema(database, secrets, report);
  // Nothing invented belongs among real records.
  if (env['NODE_ENV'] !== 'production' && (await loadExampleWorld(addresses.DATABASE_OWNER_URL, report))) {
    // Killed in between, it starts without them next time: `import:ofsted` brings them in.
    await loadRegulatorSample(addresses.DATABASE_URL, report);
  }
  return addresses;
}

/** Roles, database and migrations of the embedded profile. @returns the address of each login. */
export async function prepareSchema(
  { adminUrl }: EmbeddedDatabase,
  secrets: Secrets,
  report: Report,
): Promise<Addresses> {
  await createRoles(adminUrl, secrets);
  await createDatabase(adminUrl, DATABASE);
  const { gateway, worker, queue, migrator } = loginUrls(adminUrl, DATABASE, secrets);
  const ran = await migrate(migrator);
  report(ran.length === 0 ? 'database up to date' : `database migrated (${ran.length})`);
  return {
    DATABASE_URL: gateway,
    DATABASE_WORKER_URL: worker,
    DATABASE_QUEUE_URL: queue,
    DATABASE_OWNER_URL: migrator,
  };
}

/** The development sign-in, unless the environment names an issuer. */
async function prepareSignIn(
  folder: DataFolder,
  secrets: Secrets,
  { env, report, shutdown }: LaunchOptions,
): Promise<{ OIDC_ISSUER?: string; OIDC_AUDIENCE?: string }> {
  if (env['OIDC_ISSUER']) return {};
  const audience = env['OIDC_AUDIENCE'] || DEFAULT_AUDIENCE;
  const identity = await startIdentityProvider({
    env,
    file: folder.identity,
    audience,
    machineSecret: secrets.machine,
  });
  shutdown.add('development sign-in', IDENTITY_STOP_MILLISECONDS, () => identity.close());
  report(`development sign-in at ${identity.issuer}`);
  return { OIDC_ISSUER: identity.issuer, OIDC_AUDIENCE: audience };
}

function endedByItself(folder: DataFolder, log: string): Problem {
  if (saysDiskFull(log)) return diskFull(folder.path);
  return new Problem(
    `The database ended while Accord was running. It said last:\n${log}\n(all of it: ${folder.databaseLog})\n` +
      `Start Accord again: it recovers what was saved.`,
  );
}
