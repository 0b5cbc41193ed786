import { readTally, type Tally } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ActionState } from './action/vocabulary.js';

/** Finished visits of the tenant's between two days, the second no longer among them. Binds its id and the days. */
const FINISHED = `v.owner_id = ? and v.state = 'SHARED' and v.visited_on >= ?::date and v.visited_on < ?::date`;

/** Visits that the tenant's borough finished, by what came of them. @param until the first day that is no longer asked about. */
export const tallyVisits = (em: EntityManager, ownerId: string, from: string, until: string): Promise<Tally> =>
  readTally(em, `select v.outcome as category, count(*)::int as number from visit v where ${FINISHED} group by 1`, [
    ownerId,
    from,
    until,
  ]);

/** Expectations that were assessed on those visits, by how far they are met. */
export const tallyExpectations = (em: EntityManager, ownerId: string, from: string, until: string): Promise<Tally> =>
  readTally(
    em,
    `select a.value as category, count(*)::int as number
     from visit v join visit_answer a on a.visit_id = v.id
     join form_item i on i.template_id = a.template_id and i.code = a.item_code and i.kind = 'ASSESSMENT'
     where ${FINISHED} and a.value is not null group by 1`,
    [ownerId, from, until],
  );

/** Actions after the tenant's visits that nobody has yet seen to be done, by where they stand on a day. */
export const tallyActions = (em: EntityManager, ownerId: string, day: string): Promise<Tally> =>
  readTally(
    em,
    `select case when a.done_on is not null then '${ActionState.DONE}' when a.due_on < ?::date then '${ActionState.OVERDUE}'
       else '${ActionState.OPEN}' end as category, count(*)::int as number
     from visit_action a join visit v on v.id = a.visit_id and v.state <> 'WITHDRAWN'
     where a.owner_id = ? and a.verified_on is null group by 1`,
    [day, ownerId],
  );
