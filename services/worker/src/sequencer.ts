import { execute, executeInARow } from '@accord/persistence';
import { tenantsOf, type AddressedEvent } from '@accord/notifications';
import type { EntityManager } from '@mikro-orm/postgresql';

/** Any number, the same for all workers: one sequencer works at a time. */
const SEQUENCER_LOCK = 4_201_610;
const BATCH = 200;

interface SequencedEvent extends AddressedEvent {
  readonly position: string;
}

/**
 * Gives committed events their places, and says for which tenants each is.
 *
 * `seq` is taken when an event is written and so has gaps that may still fill; a position is given only here,
 * behind a lock held until the commit. Whoever has read up to a position has therefore seen everything
 * before it. About one provider the order is that of the commits: its writers held its lock in turn.
 * @param em inside a transaction of the worker.
 * @returns the events that got their place.
 */
export async function sequence(em: EntityManager): Promise<readonly SequencedEvent[]> {
  // Two statements: the second sees what was committed until it had the lock.
  const [, events = []] = await executeInARow<SequencedEvent>(em, [
    { sql: 'select pg_advisory_xact_lock(?)', values: [SEQUENCER_LOCK] },
    {
      sql: `with waiting as (
          select id, row_number() over (order by seq) as n
          from outbox_event where position is null order by seq limit ${BATCH}
        ), last as (select coalesce(max(position), 0) as position from outbox_event)
        update outbox_event e set position = last.position + waiting.n
        from waiting, last where e.id = waiting.id
        returning e.id, e.position, e.kind, e.sharing_id, e.recipients`,
      values: [],
    },
  ]);
  if (events.length === 0) return [];
  const tenants = await tenantsOf(em, events);
  const rows = events.flatMap((event) =>
    (tenants.get(event.id) ?? []).map((tenantId) => ({ tenant_id: tenantId, position: event.position })),
  );
  await execute(
    em,
    `insert into event_audience (tenant_id, position)
     select tenant_id, position from jsonb_to_recordset(?::jsonb) as t(tenant_id uuid, position bigint)`,
    [JSON.stringify(rows)],
  );
  return events;
}
