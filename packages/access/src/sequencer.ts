import {
  AS_ONESELF,
  AS_SEQUENCER,
  transact,
  wakeOthers,
  type EventBus,
  type Select,
  type WakeUp,
} from '@accord/persistence';
import type { Logger } from '@accord/kernel';
import type { MikroORM } from '@mikro-orm/postgresql';
import { tenantsOf } from './event-audience.js';

/** Any number, the same for all processes: one of them gives places at a time. */
const SEQUENCER_LOCK = 4_201_610;
/** Events that get their place together, by whoever does nothing else. */
const BATCH = 200;
/** Events that a commit gives places to on its way: where more wait, it would keep its caller waiting for others'. */
const FEW = 20;

const select = (sql: string): Select => ({ sql, values: [] });

const SOMETHING_WAITS = 'exists (select from outbox_event where position is null)';

/** SQL: takes the lock, and for nothing not at all: whoever looks from time to time is in no commit's way. */
const lockBy = (lock: string): string => `case when ${SOMETHING_WAITS} then ${lock}(${SEQUENCER_LOCK}) end`;

/** Settings of this transaction: statements sent together hand one another what they found. */
const HAS_LOCK = `current_setting('accord.has_lock')::boolean`;
const HAS_PLACED = `current_setting('accord.has_placed')::boolean`;

/**
 * Gives events their places, consecutive in the order of their writing, and says for which tenants each is.
 *
 * `seq` is taken when an event is written and so has gaps that may still fill; a position is given only here, behind
 * a lock held until the commit. Whoever has read up to a position has therefore seen everything before it. About one
 * provider the order is that of the commits: its writers held its lock in turn, and whoever comes later gives those
 * before it their places too.
 */
const givePlaces = (most: number, unless = 'false'): readonly Select[] => [
  AS_SEQUENCER,
  select(`select set_config('accord.has_lock', coalesce(${lockBy('pg_try_advisory_xact_lock')}, false)::text, true)`),
  // A statement of its own: it sees what was committed until there was the lock.
  select(`
    with last as (
      select coalesce(max(position), 0) as position from outbox_event
    ), waiting as (
      select id, row_number() over (order by seq) as n
      from outbox_event where position is null and ${HAS_LOCK} and not ${unless} order by seq limit ${most}
    ), placed as (
      update outbox_event e set position = last.position + waiting.n from waiting, last where e.id = waiting.id
      returning e.id, e.position, e.kind, e.sharing_id, e.recipients
    ), told as (
      insert into event_audience (tenant_id, position)
      select told.tenant_id, told.position from (${tenantsOf('placed e')}) told
    )
    select set_config('accord.has_placed', exists (select from placed)::text, true)`),
];

const MANY_WAIT = `(select count(*) > ${FEW} from (select from outbox_event where position is null limit ${FEW + 1}) few)`;
const AT_COMMIT = givePlaces(FEW, MANY_WAIT);
const AFTERWARDS = givePlaces(BATCH);

/**
 * The last statements of a transaction that wrote events: they get their places in it, unless somebody else is giving
 * some or many wait, and its commit wakes the gateways, and the worker where something is left without a place. Nobody
 * is waited for; and as they travel with the commit, the lock is held no longer than the database itself takes,
 * whatever becomes of the process that sent them.
 */
export const placing = (bus: EventBus): readonly Select[] => [...AT_COMMIT, ...wakeUps(bus)];

const wakeUps = (bus: EventBus): readonly Select[] => [
  wakeIf(bus, 'events', HAS_PLACED),
  wakeIf(bus, 'outbox', SOMETHING_WAITS),
  AS_ONESELF,
];

/** Has a row where the condition holds, and wakes others by the commit where the bus is the database. */
const wakeIf = (bus: EventBus, wakeUp: WakeUp, condition: string): Select => {
  const { sql, values } = bus.atCommit(wakeUp) ?? select('select');
  return { sql: `${sql} where ${condition}`, values };
};

/**
 * Wakes those whom the commit itself could not.
 * @param answers the rows that `placing` gave. @returns whether something is left without a place.
 */
export function wakeAfterPlacing(bus: EventBus, logger: Logger, answers: readonly object[][]): boolean {
  const [placed = [], left = []] = answers.slice(AT_COMMIT.length);
  if (placed.length > 0 && !bus.atCommit('events')) wakeOthers(bus, 'events', logger);
  if (left.length > 0 && !bus.atCommit('outbox')) wakeOthers(bus, 'outbox', logger);
  return left.length > 0;
}

/**
 * Gives the next committed events their places.
 * @param isPatient after whoever else is giving some; else nothing is done where somebody is.
 * @returns whether more are left.
 */
export async function sequence(orm: MikroORM, bus: EventBus, logger: Logger, isPatient: boolean): Promise<boolean> {
  const wait = isPatient ? [AS_SEQUENCER, select(`select ${lockBy('pg_advisory_xact_lock')}`)] : [];
  const answers = await transact(orm, [...wait, ...AFTERWARDS, ...wakeUps(bus)]);
  return wakeAfterPlacing(bus, logger, answers.slice(wait.length)) && isPatient;
}
