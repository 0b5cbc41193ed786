import { COMMAND } from './command.js';
import { dataFolder } from './embedded/data-folder.js';
import { readSecrets } from './embedded/secrets.js';
import { requestToken } from './identity/request-token.js';
import { findPersona, PERSONAS } from './personas.js';
import { describeError, Problem } from './problem.js';
import { findRunning } from './running.js';

/** `pnpm run token <persona>`: prints a token, and nothing else, to standard output. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    process.stdout.write(
      `${await tokenFor(
        argv.find((argument) => argument !== '--'),
        process.env,
      )}\n`,
    );
  } catch (error) {
    console.error(describeError(error, process.env['LOG_LEVEL'] === 'debug'));
    process.exitCode = 1;
  }
}

/** @throws Problem when nobody of that name is known, or no Accord with a development sign-in runs. */
async function tokenFor(name: string | undefined, env: NodeJS.ProcessEnv): Promise<string> {
  const persona = findPersona(name ?? '');
  if (persona === undefined) {
    const names = PERSONAS.map((known) => `  ${known.name.padEnd(24)}${known.displayName}`).join('\n');
    throw new Problem(
      `${name === undefined ? 'Say whose token' : `There is no persona "${name}"`}. There are:\n${names}`,
    );
  }
  const folder = dataFolder(env);
  const running = findRunning(folder);
  if (running === undefined) throw nobodyRuns(folder.path);
  if (running.issuer === undefined) {
    throw new Problem('This Accord signs people in at an issuer of your own (OIDC_ISSUER): get a token there.');
  }
  try {
    return await requestToken(running.issuer, persona, readSecrets(folder)?.machine);
  } catch (error) {
    // What `fetch` throws when nobody listens.
    throw error instanceof TypeError ? nobodyRuns(folder.path) : error;
  }
}

const nobodyRuns = (path: string): Problem =>
  new Problem(`No Accord is running on ${path}. Start one:   ${COMMAND.start}`);
