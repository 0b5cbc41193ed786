import { accessFeature } from '@accord/access';
import { findPatterns } from '@accord/intelligence';
import { createOrm } from '@accord/persistence';
import type { Scene } from './scene.js';

/** A round of the worker's, now. */
export async function lookForPatterns(scene: Scene): Promise<void> {
  const orm = await createOrm({ url: scene.accord.database.urls.worker, entities: accessFeature.entities, pool: 1 });
  try {
    await findPatterns(orm);
  } finally {
    await orm.close();
  }
}
