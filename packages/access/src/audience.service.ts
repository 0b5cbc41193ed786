import { array, asAudience } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { audience, existence } from './audience.js';

/** That a tenant may know of something: all of what it is shared for, or that it exists. */
export interface Knows {
  readonly sharingId: string;
  readonly tenantId: string;
  readonly inFull: boolean;
}

/**
 * Who may know of these things, all tenants in one statement. Suspended tenants are left out: nobody of them
 * is there to be told.
 * @param em inside a transaction of the gateway or the worker.
 */
export async function audienceOf(em: EntityManager, sharingIds: readonly string[]): Promise<Knows[]> {
  if (sharingIds.length === 0) return [];
  const rows = await asAudience<{ sharing_id: string; tenant_id: string; in_full: boolean }>(
    em,
    `select s.id as sharing_id, o.id as tenant_id, ${audience('s', 'o.id')} as in_full
       from sharing s cross join organisation o
       where s.id = any(?::uuid[]) and o.suspended_at is null
         and (${audience('s', 'o.id')} or ${existence('s', 'o.id')})
       order by 1, 2`,
    [array(sharingIds)],
  );
  return rows.map((row) => ({ sharingId: row.sharing_id, tenantId: row.tenant_id, inFull: row.in_full }));
}

/** As if something of an owner were shared with the whole alliance, to ask the definition of the audience itself. */
const SHARED_WITH_ALL = `(select ?::uuid as owner_id, ?::text as kind, 'ALLIANCE'::text as level, null::uuid as id,
  null::uuid as provider_id, null::uuid as home_id, false as needs_consent) s`;

/**
 * How many boroughs could have written what an owner shares about a provider or home: those that have to do
 * with it and share an agreement in force with the owner. A borough outside the agreement could not have
 * shared it, as whoever reads it knows.
 */
export async function countPossibleAuthors(
  em: EntityManager,
  ownerId: string,
  kind: string,
  providerId: string,
  homeId: string | null,
): Promise<number> {
  const [row] = await asAudience<{ n: string }>(
    em,
    `select count(distinct c.borough_id) as n from ${SHARED_WITH_ALL}, borough_concerned c
       where c.provider_id = ? and (?::uuid is null or c.home_id is null or c.home_id = ?::uuid)
         and ${audience('s', 'c.borough_id')}`,
    [ownerId, kind, providerId, homeId, homeId],
  );
  return Number(row?.n ?? 0);
}

/** Which of these organisations share an agreement in force with the owner for a class. */
export async function agreedWith(
  em: EntityManager,
  ownerId: string,
  kind: string,
  organisationIds: readonly string[],
): Promise<Set<string>> {
  const rows = await asAudience<{ id: string }>(
    em,
    `select o.id from ${SHARED_WITH_ALL}, organisation o where o.id = any(?::uuid[]) and ${audience('s', 'o.id')}`,
    [ownerId, kind, array(organisationIds)],
  );
  return new Set(rows.map((row) => row.id));
}
