import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { codeOf, Problem } from '../problem.js';

/** Writes a file that only its owner can read, whole or not at all: a crash leaves the old one. */
export function writePrivateFile(path: string, value: unknown): void {
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/**
 * The parsed content, or `undefined` when there is no such file.
 * @param remedy what to do about a file that cannot be understood.
 */
export function readPrivateFile(path: string, remedy: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (codeOf(error) === 'EACCES')
      throw new Problem(`${path} belongs to another user: run this as the user who started Accord.`);
    if (error instanceof SyntaxError) throw new Problem(`${path} is damaged: ${remedy}`);
    throw error;
  }
}
