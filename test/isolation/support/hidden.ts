import { newId } from '@accord/kernel';
import type { Scene } from './scene.js';
import { TENANT } from './world.js';

/** What is hidden behind an id, and who must not be able to tell it from one that never was. */
export interface Hidden {
  readonly who: string;
  /** The path of the id in the operation's variables. */
  readonly at: string;
  /** Ids of things that are there and hidden from them, in every way in which they can be. */
  readonly ids: (scene: Scene) => Promise<string[]>;
}

export const PUBLIC = 'providers, homes, organisations and agreements are open to every member';

/** A group of Brent's in which nobody is. */
export async function hiddenGroup(scene: Scene): Promise<string> {
  const id = newId();
  await scene.insert('borough_group', { id, keeper_id: TENANT.brent, name: 'Brent and Barnet' });
  return id;
}
