import type { EntityManager } from '@mikro-orm/postgresql';
import { audienceOf } from './audience.service.js';

/** Who gained and who lost sight when a sharing changed. */
export interface AudienceChange {
  readonly gained: string[];
  readonly lost: string[];
}

/** Makes a change to one thing of the caller's own, and says who gained and who lost sight of it: all tenants, before and after. */
export async function comparingAudience(
  em: EntityManager,
  id: string,
  change: () => Promise<unknown>,
): Promise<AudienceChange> {
  const before = await audienceOf(em, [id]);
  await change();
  const after = await audienceOf(em, [id]);
  const level = new Map(after.map((knows) => [knows.tenantId, knows.inFull]));
  const earlier = new Map(before.map((knows) => [knows.tenantId, knows.inFull]));
  return {
    gained: after
      .filter((k) => !earlier.has(k.tenantId) || (k.inFull && !earlier.get(k.tenantId)))
      .map((k) => k.tenantId),
    lost: before.filter((k) => !level.has(k.tenantId) || (k.inFull && !level.get(k.tenantId))).map((k) => k.tenantId),
  };
}
