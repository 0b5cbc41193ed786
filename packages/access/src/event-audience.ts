import { AlertKind, TOLD_BY_ID } from './alert-kind.js';
import { standingsOf } from './audience.service.js';

const KINDS_BY_ID = TOLD_BY_ID.map((kind) => `'${kind}'`).join(', ');

/** That a hold is over is told by its id to those named, who knew no more of it than that it was there. */
const BY_ID = `e.kind in (${KINDS_BY_ID}) or (e.kind = '${AlertKind.HOLD_LIFTED}' and e.recipients is not null)`;

/**
 * SQL: for which tenants events are, all tenants and events at once; for the audience role. It is the audience of
 * what they are about as it is now, narrowed to those who were named; for what is told by its id alone those named, who
 * may not be in it. That something exists is told of flags and holds alone: that intelligence is there and may be asked
 * for is found by whoever looks, and told to nobody.
 * @param events SQL of where the events are, as `e`.
 */
export const tenantsOf = (events: string): string => `
  with event as materialized (
    select e.id, e.position, e.sharing_id, e.recipients, ${BY_ID} as is_by_id
    from ${events}
  ), knowing as materialized (
    ${standingsOf('array(select sharing_id from event where not is_by_id)')}
  )
  select event.position, told.tenant_id from event cross join lateral (
    select distinct unnest(event.recipients) as tenant_id where event.is_by_id
    union all
    select knowing.tenant_id from knowing
    where knowing.sharing_id = event.sharing_id and not event.is_by_id
      and (knowing.standing <> 'EXISTENCE' or knowing.kind in ('FLAG', 'HOLD'))
    union all
    select o.id from organisation o where event.sharing_id is null and not event.is_by_id and o.suspended_at is null
  ) told
  where event.is_by_id or event.recipients is null or told.tenant_id = any(event.recipients)`;
