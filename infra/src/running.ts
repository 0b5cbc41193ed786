import { rmSync } from 'node:fs';
import type { DataFolder } from './embedded/data-folder.js';
import { readPrivateFile, writePrivateFile } from './embedded/private-file.js';

/** Where a running Accord answers, for the commands that go with it. */
export interface Running {
  readonly url: string;
  /** The development sign-in; `undefined` where another issuer signs people in. */
  readonly issuer: string | undefined;
}

export function announce(folder: DataFolder, running: Running): void {
  writePrivateFile(folder.running, running);
}

export function withdraw(folder: DataFolder): void {
  rmSync(folder.running, { force: true });
}

/** What the last Accord on this folder announced. One that was killed leaves it behind: see whether it answers. */
export function findRunning(folder: DataFolder): Running | undefined {
  return readPrivateFile(folder.running, 'start Accord again') as Running | undefined;
}
