import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { COMMAND } from '../command.js';
import { Problem } from '../problem.js';
import { hasCluster, type DataFolder } from './data-folder.js';
import { readPrivateFile, writePrivateFile } from './private-file.js';

const NAMES = ['superuser', 'migrator', 'gateway', 'worker', 'queue', 'accordSecret', 'machine'] as const;

/**
 * What only this Accord knows: the passwords of its database, the secret that seals cursors and the one
 * with which its example machine signs in. Made at the first start, the same ever after.
 */
export type Secrets = Readonly<Record<(typeof NAMES)[number], string>>;

const SECRET_BYTES = 32;
export const RESTORE = `restore that file, or begin again with an empty Accord: ${COMMAND.reset}`;

/** Reads the folder's secrets, making those that are missing. @throws Problem when a database is there without its password. */
export function readOrCreateSecrets(folder: DataFolder): Secrets {
  const known = readSecrets(folder);
  if (known?.superuser === undefined && hasCluster(folder)) {
    throw new Problem(
      `${folder.secrets} is missing, and with it the password of the database in ${folder.cluster}: ${RESTORE}`,
    );
  }
  const secrets = Object.fromEntries(NAMES.map((name) => [name, known?.[name] ?? newSecret()]));
  if (NAMES.some((name) => known?.[name] === undefined)) writePrivateFile(folder.secrets, secrets);
  else chmodSync(folder.secrets, 0o600);
  return secrets as Secrets;
}

/** The secrets that are there, for a command beside a running Accord. */
export function readSecrets(folder: DataFolder): Partial<Secrets> | undefined {
  const found = readPrivateFile(folder.secrets, RESTORE);
  return typeof found === 'object' && found !== null ? found : undefined;
}

const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');
