import { array, execute } from '@accord/persistence';
import type { Operation } from './operation.js';

/** Long enough for what all members of an agreement have shared; each other statement of a gateway has less. */
const PATIENCE = '120s';

/**
 * Changes an agreement or a group, and tells who loses sight of what by it, and who gains it, in the same transaction:
 * ids alone, one event for each thing.
 * @param organisations those whose part changes; among whom one is not, nothing does.
 */
export async function tellingOfSight(
  op: Operation,
  organisations: readonly string[],
  change: () => Promise<unknown>,
): Promise<void> {
  const concerned = [array([...new Set(organisations)])];
  await execute(op.em, `set local statement_timeout = '${PATIENCE}'`);
  await execute(op.em, 'select remember_sight(?::uuid[])', concerned);
  await change();
  await op.em.flush();
  await execute(op.em, 'select tell_of_sight(?::uuid[])', concerned);
  op.wake('outbox');
}
