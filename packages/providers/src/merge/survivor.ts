import { isId } from '@accord/kernel';
import { array, execute, type Select } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Provider } from '../provider.entity.js';

/**
 * Providers by the ids that were asked for: one that was merged into another is that other. An id that is
 * none, and one that nothing is known of, is not in the map.
 * @param read reads providers by their own ids; as entities that can be changed, unless given.
 */
export async function findProviders(
  em: EntityManager,
  ids: readonly string[],
  read: (ids: readonly string[]) => Promise<Provider[]> = (some) => em.find(Provider, { id: { $in: [...some] } }),
): Promise<Map<string, Provider>> {
  const asked = [...new Set(ids.filter(isId))];
  const found = byId(asked.length === 0 ? [] : await read(asked));
  const missing = asked.filter((id) => !found.has(id));
  if (missing.length === 0) return found;
  const merged = await execute<MergedId>(
    em,
    'select merged_id, survivor_id from provider_merge where undone_at is null and merged_id = any(?::uuid[])',
    [array(missing)],
  );
  if (merged.length === 0) return found;
  const survivors = byId(await read([...new Set(merged.map((row) => row.survivor_id))]));
  for (const row of merged) {
    const survivor = survivors.get(row.survivor_id);
    if (survivor) found.set(row.merged_id, survivor);
  }
  return found;
}

const byId = (rows: readonly Provider[]): Map<string, Provider> => new Map(rows.map((row) => [row.id, row]));

/** That an id is answered with another provider than it once was. */
export interface MergedId {
  readonly merged_id: string;
  readonly survivor_id: string;
}

/** SQL: the ids of providers of today, of some ids and of those who run some homes. It binds both, as arrays, twice the first. */
const OF_TODAY = `select unnest(?::uuid[])
  union select m.survivor_id from provider_merge m where m.undone_at is null and m.merged_id = any(?::uuid[])
  union select h.provider_id from home h where h.id = any(?::uuid[])`;

/** What was written about a provider or home is about whoever answers to that id, or runs that home, today. */
export function providersOfToday(
  providerIds: readonly string[],
  homeIds: readonly string[],
): { providers: Select; merged: Select } {
  const values = [array(providerIds), array(providerIds), array(homeIds)];
  return {
    providers: { sql: `where e.id in (${OF_TODAY})`, values },
    merged: {
      sql: `select merged_id, survivor_id from provider_merge where undone_at is null and survivor_id in (${OF_TODAY})`,
      values,
    },
  };
}
