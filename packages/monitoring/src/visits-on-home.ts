import type { Operation } from '@accord/access';
import { execute } from '@accord/persistence';
import { readSchedule } from './schedule/schedule-reader.js';
import { ScheduledVisitState } from './schedule/vocabulary.js';
import { toVisit, VISIT_COLUMNS, type SeenVisit } from './visit/visit.disclosure.js';
import type { Visit } from './visit/visit.type.js';

/** What a placement check may know of visits to a home, as the caller's tenant may see them. */
export interface VisitsOnHome {
  /** The last that was shared, or that is the own borough's; null where there is none to be seen. */
  readonly latest: Visit | null;
  /** What was agreed after visits and is not done. */
  readonly openActions: number;
  readonly overdueActions: number;
  /** The earliest day by which one of them was or is to be done. */
  readonly actionsDueOn: string | null;
  /** The days by which the own borough's visits that are late were due. */
  readonly overdueVisits: readonly string[];
}

/** @param today YYYY-MM-DD in London. */
export async function visitsOnHome(op: Operation, homeId: string, today: string): Promise<VisitsOnHome> {
  const { tenantId } = await op.caller();
  const rows = await execute<SeenVisit>(
    op.em,
    `select ${VISIT_COLUMNS} from visit v where v.home_id = ? and v.state = 'SHARED'
     order by v.visited_on desc, v.id limit 1`,
    [homeId],
  );
  const [actions] = await execute<{ open: number; overdue: number; due_on: string | null }>(
    op.em,
    `select count(*)::int as open, count(*) filter (where a.due_on < ?::date)::int as overdue, min(a.due_on)::text as due_on
     from visit_action a join visit v on v.id = a.visit_id
     where v.home_id = ? and v.state = 'SHARED' and a.done_on is null`,
    [today, homeId],
  );
  const { open } = await readSchedule(op.em, tenantId, today, homeId);
  const [latest] = rows.map(toVisit);
  return {
    latest: latest ?? null,
    openActions: actions?.open ?? 0,
    overdueActions: actions?.overdue ?? 0,
    actionsDueOn: actions?.due_on ?? null,
    overdueVisits: open.filter((visit) => visit.state === ScheduledVisitState.OVERDUE).map(({ dueOn }) => dueOn),
  };
}
