import type { Tally } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { readSchedule } from './schedule-reader.js';

/** Visits of the schedule of the tenant's borough that are still to be made, by where they stand on a day. */
export async function tallySchedule(em: EntityManager, boroughId: string, day: string): Promise<Tally> {
  const tally: Record<string, number> = {};
  for (const { state } of (await readSchedule(em, boroughId, day)).open) tally[state] = (tally[state] ?? 0) + 1;
  return tally;
}
