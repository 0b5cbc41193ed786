import { readdir } from 'node:fs/promises';
import { expect } from '@jest/globals';
import type { Scene } from './scene.js';

/** The names of what lies in the store of a scene's gateway. */
export const filesKept = (scene: Scene): Promise<string[]> =>
  readdir(scene.accord.config.EVIDENCE_FOLDER ?? '').catch(() => []);

/** Nothing of it is there afterwards: no row, no job, no file. */
export async function expectNothingKept(scene: Scene, send: () => Promise<unknown>): Promise<void> {
  await scene.settled();
  const before = [await scene.footprint(), await filesKept(scene)];
  await send();
  expect([await scene.footprint(), await filesKept(scene)]).toEqual(before);
}
