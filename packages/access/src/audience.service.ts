import { array, asAudience } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { SharingClass } from './agreement.entity.js';
import { audience, existence } from './audience.js';

/** That a tenant may know of something: all of what it is shared for, or that it exists. */
export interface Knows {
  readonly sharingId: string;
  readonly kind: SharingClass;
  readonly tenantId: string;
  readonly inFull: boolean;
}

/** How a tenant stands to something. Whoever stands alike is shown the same of it. */
export type Standing = 'OWNER' | 'IN_FULL' | 'EXISTENCE';

/**
 * SQL: who may know of some things and how they stand to them, all tenants in one statement; for the audience role.
 * Suspended tenants are left out: nobody of them is there to be told.
 * @param ids SQL of the ids, as an array: along its index, whatever the planner makes of it.
 */
export const standingsOf = (ids: string, names?: string): string =>
  // `offset 0` has the planner work the audience out once, and not each time that it is mentioned.
  `select k.sharing_id, k.kind, k.tenant_id,
      case when k.owner_id = k.tenant_id then 'OWNER' when k.in_full then 'IN_FULL' else 'EXISTENCE' end as standing
    from (
      select s.id as sharing_id, s.kind, s.owner_id, o.id as tenant_id,
        ${audience('s', 'o.id', names === undefined ? {} : { names })} as in_full, ${existence('s', 'o.id')} as existing
      from sharing s cross join organisation o where s.id = any(${ids}) and o.suspended_at is null offset 0
    ) k where k.in_full or k.existing`;

const NAMES_BUT = `(select sharing_id, owner_id, organisation_id, group_id from sharing_named
  where group_id is null or group_id <> all(?::uuid[]))`;

/** A row of `standingsOf`. */
export interface StandingRow {
  readonly sharing_id: string;
  readonly kind: SharingClass;
  readonly tenant_id: string;
  readonly standing: Standing;
}

/**
 * Who may know of these things.
 * @param em inside a transaction of the gateway or the worker.
 * @param unnamed groups to look as if they were not named.
 */
export async function audienceOf(
  em: EntityManager,
  sharingIds: readonly string[],
  unnamed: readonly string[] = [],
): Promise<Knows[]> {
  if (sharingIds.length === 0) return [];
  const hasUnnamed = unnamed.length > 0;
  const rows = await asAudience<StandingRow>(
    em,
    `${standingsOf('?::uuid[]', hasUnnamed ? NAMES_BUT : undefined)} order by sharing_id, tenant_id`,
    [...(hasUnnamed ? [array(unnamed)] : []), array(sharingIds)],
  );
  return rows.map((row) => ({
    sharingId: row.sharing_id,
    kind: row.kind,
    tenantId: row.tenant_id,
    inFull: row.standing !== 'EXISTENCE',
  }));
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

/**
 * Of how many open things that a tenant may know of about two providers others would learn that know nothing of
 * them, or learn more, were the two one: as if each were about the other, too.
 */
export async function countReachingFurther(
  em: EntityManager,
  tenantId: string,
  providerId: string,
  otherId: string,
): Promise<number> {
  const [row] = await asAudience<{ n: number }>(
    em,
    `select count(distinct s.id)::int as n from (select ?::uuid as one, ?::uuid as other, ?::uuid as asking) both_of
       join sharing s on s.provider_id in (both_of.one, both_of.other) and s.ended_at is null
       cross join lateral (select s.id, s.owner_id, s.kind, s.home_id, s.level, s.existence_known, s.ended_at, s.needs_consent,
         case s.provider_id when both_of.one then both_of.other else both_of.one end as provider_id) x
       cross join organisation o
       where o.suspended_at is null and ${audience('s', 'both_of.asking')} and not ${audience('s', 'o.id')}
         and (${audience('x', 'o.id')} or (${existence('x', 'o.id')} and not ${existence('s', 'o.id')}))`,
    [providerId, otherId, tenantId],
  );
  return row?.n ?? 0;
}
