import { isId } from '@accord/kernel';
import { execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Provider } from '../provider.entity.js';

/**
 * Providers by the ids that were asked for: one that was merged into another is that other. An id that is
 * none, and one that nothing is known of, is not in the map.
 */
export async function findProviders(em: EntityManager, ids: readonly string[]): Promise<Map<string, Provider>> {
  const asked = [...new Set(ids.filter(isId))];
  const found = await read(em, asked);
  const missing = asked.filter((id) => !found.has(id));
  if (missing.length === 0) return found;
  const merged = await execute<{ merged_id: string; survivor_id: string }>(
    em,
    'select merged_id, survivor_id from provider_merge where undone_at is null and merged_id = any(?::uuid[])',
    [`{${missing.join(',')}}`],
  );
  const survivors = await read(em, [...new Set(merged.map((row) => row.survivor_id))]);
  for (const row of merged) {
    const survivor = survivors.get(row.survivor_id);
    if (survivor) found.set(row.merged_id, survivor);
  }
  return found;
}

/** The ids that each of these providers answers to beside its own. */
export async function oldIds(em: EntityManager, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await execute<{ merged_id: string; survivor_id: string }>(
    em,
    'select merged_id, survivor_id from provider_merge where undone_at is null and survivor_id = any(?::uuid[])',
    [`{${ids.join(',')}}`],
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.survivor_id)].map(([id, own]) => [id, own.map((row) => row.merged_id)]),
  );
}

async function read(em: EntityManager, ids: readonly string[]): Promise<Map<string, Provider>> {
  const rows = ids.length === 0 ? [] : await em.find(Provider, { id: { $in: [...ids] } });
  return new Map(rows.map((row) => [row.id, row]));
}
