import { asAudience } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/** SQL: whether an organisation `o` relies on what is said of a provider and home: it places there, or is the alliance. */
export const relies = (o: string, a: string): string => `(${o}.kind = 'ALLIANCE' or exists (
  select from borough_concerned c where c.borough_id = ${o}.id and c.ground = 'PLACES' and c.provider_id = ${a}.provider_id
    and (c.home_id = ${a}.home_id or c.home_id is null or ${a}.home_id is null)))`;

/** Those who rely on what is said of a provider or home, whether they may see it or not: an event's audience says that. */
export async function relying(
  em: EntityManager,
  about: { readonly providerId: string; readonly homeId: string | null },
): Promise<string[]> {
  const rows = await asAudience<{ id: string }>(
    em,
    `select o.id from organisation o, (select ?::uuid as provider_id, ?::uuid as home_id) a
     where o.suspended_at is null and ${relies('o', 'a')}`,
    [about.providerId, about.homeId],
  );
  return rows.map(({ id }) => id);
}
