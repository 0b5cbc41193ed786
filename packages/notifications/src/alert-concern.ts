import { array, type Select } from '@accord/persistence';
import type { PlacedEvent } from './alert.js';

/** Whether a tenant places at, or hosts, what an event is about. */
export interface ConcernRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly used: boolean;
  readonly hosted: boolean;
}

/** Which tenants place at, and host, what each event is about; to be asked as the audience role. */
export const selectConcern = (
  events: readonly PlacedEvent[],
  tenantIds: readonly string[],
  providerOf: (event: PlacedEvent) => string | null,
): Select => ({
  // Each tenant's own by its index: asked for all at once, the planner reads the whole of the borough's.
  sql: `select e.id, t.id as tenant_id, c.used, c.hosted
    from unnest(?::uuid[], ?::uuid[], ?::uuid[]) as e(id, provider_id, home_id)
    cross join unnest(?::uuid[]) as t(id)
    left join home h on h.id = e.home_id
    cross join lateral (
      select bool_or(c.ground = 'PLACES') as used, bool_or(c.ground = 'HOSTS') as hosted
      from borough_concerned c where c.borough_id = t.id and c.provider_id = coalesce(h.provider_id, e.provider_id)
        and (c.home_id = e.home_id or c.home_id is null or e.home_id is null)
    ) c where c.used is not null`,
  values: [
    array(events.map((event) => event.id)),
    array(events.map((event) => providerOf(event) ?? 'null')),
    array(events.map((event) => event.homeId ?? 'null')),
    array(tenantIds),
  ],
});
