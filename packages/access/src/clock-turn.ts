import { TenantTransaction } from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { findAlliance } from './directory.js';

/** What a turn of a clock told of, and what it could not do. */
export interface ClockTurn {
  readonly told: number;
  readonly faults: readonly Error[];
}

/** One thing that the calendar does, in a transaction in the alliance's name. @returns how much it told of. */
export type ClockStep = (em: EntityManager, allianceId: string, now: Date) => Promise<number>;

/**
 * Does the steps of a clock, each in a transaction of its own in the alliance's name. One step's fault keeps no other
 * from its turn; it is tried again at the next. Each writes down in its transaction that it told, so that it tells once,
 * however often and by how many workers this is called.
 * @param orm of the worker's role. @param now the moment to work for.
 */
export async function turnSteps(orm: MikroORM, now: Date, steps: readonly ClockStep[]): Promise<ClockTurn> {
  const allianceId = await findAlliance(orm);
  if (allianceId === undefined) return { told: 0, faults: [] };
  let told = 0;
  const faults: Error[] = [];
  for (const step of steps) {
    try {
      told += await TenantTransaction.run(orm, { tenantId: allianceId, callerId: null }, 'write', (em) =>
        step(em, allianceId, now),
      );
    } catch (error) {
      faults.push(asError(error));
    }
  }
  return { told, faults };
}

export const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
