import { array, execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { SharingLevel } from './sharing.entity.js';

/**
 * Ends the sharing of things of the caller's own that were deleted: nobody is in their audience, and no words of handling
 * stay. Who decided on it when, and why, is kept. Nobody is told: there is nothing left to be seen.
 */
export async function retireSharings(em: EntityManager, ids: readonly string[]): Promise<void> {
  for (const statement of [
    `update sharing set level = '${SharingLevel.OWN_BOROUGH}', existence_known = false, conditions = null,
       ended_at = coalesce(ended_at, now()) where id = any(?::uuid[])`,
    'delete from sharing_named where sharing_id = any(?::uuid[])',
    'update urgent_disclosure_recipient set ended_at = now() where sharing_id = any(?::uuid[]) and ended_at is null',
  ])
    await execute(em, statement, [array(ids)]);
}
