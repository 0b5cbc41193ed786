import { ReadLogKey, verifyReadLog, type ChainCheck } from '@accord/access';
import { inTransaction, ownerOrm } from '@accord/persistence';
import { COMMAND } from './command.js';
import { dataFolder } from './embedded/data-folder.js';
import { findRunningDatabase } from './embedded/running-database.js';
import { readSecrets } from './embedded/secrets.js';
import { describeError, Problem } from './problem.js';

/** `pnpm verify:log`: looks at every organisation's read log from its first link, and fails on a chain that does not hold. */
export async function main(): Promise<void> {
  try {
    const { ownerUrl, secret } = whereFrom(process.env);
    const checks = await verify(ownerUrl, secret);
    process.stdout.write(describeChecks(checks));
    if (checks.some((check) => check.broken !== null)) process.exitCode = 1;
  } catch (error) {
    console.error(describeError(error, process.env['LOG_LEVEL'] === 'debug'));
    process.exitCode = 1;
  }
}

/** Looks at the chains of the database of the migrator's login, which sees all of them. */
export async function verify(ownerUrl: string, secret: string): Promise<ChainCheck[]> {
  const orm = await ownerOrm(ownerUrl);
  try {
    return await inTransaction(orm, (em) => verifyReadLog(em, new ReadLogKey(secret)));
  } finally {
    await orm.close();
  }
}

/** A line for each organisation; its last link, kept elsewhere, shows later that nothing was cut off the end. */
export function describeChecks(checks: readonly ChainCheck[]): string {
  if (checks.length === 0) return 'Nobody has read anything of anybody else yet.\n';
  const isWhole = checks.every((check) => check.broken === null);
  return [...checks.map(describeCheck), isWhole ? 'The log is whole.' : 'The log is BROKEN.', ''].join('\n');
}

function describeCheck({ name, links, unsealed, head, broken }: ChainCheck): string {
  if (broken !== null) {
    return `${name}: BROKEN at link ${broken.position} (entry ${broken.entryId}): ${broken.reason}; ${links} before it hold`;
  }
  const waiting = unsealed === 0 ? '' : `, ${unsealed} not sealed yet`;
  return `${name}: ${links} links hold${waiting}; the last is ${head ?? 'none'}`;
}

function whereFrom(env: NodeJS.ProcessEnv): { ownerUrl: string; secret: string } {
  const { DATABASE_OWNER_URL: ownerUrl, ACCORD_SECRET: secret } = env;
  if (ownerUrl && secret) return { ownerUrl, secret };
  if (ownerUrl) throw new Problem('Set ACCORD_SECRET too: the links are made with a key from it.');
  const folder = dataFolder(env);
  const running = findRunningDatabase(folder);
  const known = readSecrets(folder)?.accordSecret;
  if (running === undefined || known === undefined) {
    throw new Problem(
      `No Accord is running on ${folder.path}. Start one:   ${COMMAND.start}\n` +
        `For a database of your own, set DATABASE_OWNER_URL and ACCORD_SECRET.`,
    );
  }
  return { ownerUrl: running.migrator, secret: secret ?? known };
}
