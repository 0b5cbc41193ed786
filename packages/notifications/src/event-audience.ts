import { AlertKind, standingsOf } from '@accord/access';

/**
 * SQL: for which tenants events are, all tenants and events at once; for the audience role. It is the audience of
 * what they are about as it is now, narrowed to those who were named; for an end of access those named, who are no
 * longer in it. That intelligence is there and may be asked for is found by whoever looks, and told to nobody.
 * @param which SQL over an event as `e`.
 */
export const tenantsOf = (which: string): string => `
  with event as materialized (
    select e.id, e.position, e.sharing_id, e.recipients, e.kind = '${AlertKind.ACCESS_ENDED}' as is_end
    from outbox_event e where ${which}
  ), knowing as materialized (
    ${standingsOf('array(select sharing_id from event where not is_end)')}
  )
  select event.position, told.tenant_id from event cross join lateral (
    select unnest(event.recipients) as tenant_id where event.is_end
    union all
    select knowing.tenant_id from knowing
    where knowing.sharing_id = event.sharing_id and not event.is_end
      and not (knowing.kind = 'INTELLIGENCE' and knowing.standing = 'EXISTENCE')
    union all
    select o.id from organisation o where event.sharing_id is null and not event.is_end and o.suspended_at is null
  ) told
  where event.is_end or event.recipients is null or told.tenant_id = any(event.recipients)`;
