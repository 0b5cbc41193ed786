import { execute, readTally, type Tally } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Month } from '../month.js';

type ReturnTally = (em: EntityManager, boroughId: string, month: Month) => Promise<Tally>;

/** By placement type, a number of the tenant's borough's return of a month. */
const tallyReturn =
  (number: string, where: string): ReturnTally =>
  (em, boroughId, month) =>
    readTally(
      em,
      `select placement_type as category, ${number} as number from placement_return_line
       where borough_id = ? and month = ?::date and ${where}`,
      [boroughId, month],
    );

export const tallySought = tallyReturn('sought', 'sought > 0');
export const tallyMatched = tallyReturn('matched', 'matched > 0');
export const tallyNotMatched = tallyReturn('sought - matched', 'sought > matched');
export const tallySpend = tallyReturn('weekly_spend', 'weekly_spend > 0');

/** Those matched for which something is paid: the number behind the spend. */
export const tallyPaid = tallyReturn('matched', 'weekly_spend > 0');

/** Whether the tenant's borough has given its return of a month, be it of no search at all. */
export async function isReturnGiven(em: EntityManager, boroughId: string, month: Month): Promise<boolean> {
  const given = await execute(em, 'select version from placement_return where borough_id = ? and month = ?::date', [
    boroughId,
    month,
  ]);
  return given.length > 0;
}
