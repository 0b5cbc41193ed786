import { readTally, type Tally } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Open flags that the tenant raised, by severity, for figures of all organisations together. Those that their owner
 * keeps, or shares with named ones alone, are in none, and neither are those of an owner who stays anonymous:
 * whoever counts what they see would work them out.
 */
export const tallyFlags = (em: EntityManager, ownerId: string): Promise<Tally> =>
  readTally(
    em,
    `select severity as category, count(*)::int as number from sharing
     where kind = 'FLAG' and owner_id = ? and ended_at is null and not anonymous
       and level in ('BOROUGHS_CONCERNED', 'ALLIANCE') group by 1`,
    [ownerId],
  );
