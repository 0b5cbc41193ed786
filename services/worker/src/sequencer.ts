import { tenantsOf } from '@accord/notifications';
import { AS_AUDIENCE, AS_ONESELF, transact, type Select } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';

/** Any number, the same for all workers: one sequencer works at a time. */
const SEQUENCER_LOCK = 4_201_610;
/** Events that get their place together. */
export const BATCH = 200;

/** Settings of this transaction: statements sent together hand one another what they found. */
const LAST = `current_setting('accord.last_position')::bigint`;
const TOLD = `current_setting('accord.told')::jsonb`;

/** Sent in one packet: each way to the database and back is time that a warning takes. */
const STATEMENTS: readonly Select[] = [
  `select pg_advisory_xact_lock(${SEQUENCER_LOCK})`,
  // Statements of their own: each sees what was committed until there was the lock.
  `select set_config('accord.last_position', coalesce(max(position), 0)::text, true) from outbox_event`,
  `with waiting as (
     select id, row_number() over (order by seq) as n
     from outbox_event where position is null order by seq limit ${BATCH}
   )
   update outbox_event e set position = ${LAST} + waiting.n from waiting where e.id = waiting.id returning e.id`,
  AS_AUDIENCE,
  // Worked out by the role that sees every tenant, and written by the one that may write.
  `select set_config('accord.told', coalesce(jsonb_agg(told), '[]')::text, true)
   from (${tenantsOf(`e.position > ${LAST}`)}) told`,
  AS_ONESELF,
  `insert into event_audience (tenant_id, position)
   select tenant_id, position from jsonb_to_recordset(${TOLD}) as t(tenant_id uuid, position bigint)`,
].map((statement) => (typeof statement === 'string' ? { sql: statement, values: [] } : statement));
const PLACED = 2;
const IF_PLACED = `where exists (select from outbox_event where position > ${LAST})`;

/**
 * Gives committed events their places, and says for which tenants each is.
 *
 * `seq` is taken when an event is written and so has gaps that may still fill; a position is given only here,
 * behind a lock held until the commit. Whoever has read up to a position has therefore seen everything
 * before it. About one provider the order is that of the commits: its writers held its lock in turn.
 * @param wake a `select` that wakes the gateways at the commit; left out where nothing got a place.
 * @returns how many events got their place.
 */
export async function sequence(orm: MikroORM, wake?: Select): Promise<number> {
  const last = wake ? [{ ...wake, sql: `${wake.sql} ${IF_PLACED}` }] : [];
  const answers = await transact(orm, [...STATEMENTS, ...last]);
  return answers[PLACED]?.length ?? 0;
}
