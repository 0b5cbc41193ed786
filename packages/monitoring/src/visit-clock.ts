import { AlertKind, turnSteps, type ClockStep, type ClockTurn } from '@accord/access';
import { calendarDaysAfter, londonDate } from '@accord/kernel';
import { array, asAudience, execute, lockProviders, recordEvent } from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { ACTION_NOTICE_DAYS, ESCALATED_AFTER_DAYS } from './figures.js';

const MOST_AT_ONCE = 500;

interface Due {
  readonly id: string;
  readonly due_on: string;
  readonly owner_id: string;
  readonly provider_id: string;
  readonly home_id: string | null;
}

/** What is told of, and the SQL of what is due: ids and dates alone, of every borough. */
interface Reminder {
  readonly kind: AlertKind;
  readonly due: string;
  /** Days of London that stand for its `?`. */
  readonly days: (today: string) => readonly string[];
}

const ACTIONS = `select a.id, a.due_on::text as due_on, a.owner_id, v.provider_id, v.home_id
  from visit_action a join visit v on v.id = a.visit_id where a.done_on is null and v.state <> 'WITHDRAWN'`;

const { VISIT_ACTION_DUE, VISIT_ACTION_OVERDUE, VISIT_ACTION_ESCALATED, FINDING_REPLY_DUE } = AlertKind;

const REMINDERS: readonly Reminder[] = [
  // What is overdue already has no reminder that it soon will be.
  {
    kind: VISIT_ACTION_DUE,
    due: `${ACTIONS} and a.due_on between ?::date and ?::date`,
    days: (today) => [today, calendarDaysAfter(today, ACTION_NOTICE_DAYS)],
  },
  { kind: VISIT_ACTION_OVERDUE, due: `${ACTIONS} and a.due_on < ?::date`, days: (today) => [today] },
  {
    kind: VISIT_ACTION_ESCALATED,
    due: `${ACTIONS} and a.due_on < ?::date`,
    days: (today) => [calendarDaysAfter(today, -ESCALATED_AFTER_DAYS)],
  },
  {
    kind: FINDING_REPLY_DUE,
    due: `select a.id, a.reply_due_on::text as due_on, a.owner_id, v.provider_id, v.home_id
      from visit_finding a join visit v on v.id = a.visit_id
      where a.state = 'REPLY_ASKED' and a.replied_on is null and a.reply_due_on < ?::date and v.state <> 'WITHDRAWN'`,
    days: (today) => [today],
  },
];

/**
 * Tells boroughs what is due after their visits: actions that are due soon, overdue, and so long overdue that they move
 * up to the assistant director; findings to which the provider's time to reply is over. Each once for each thing and
 * day: an action that is given another day is told of anew.
 *
 * Whoever is told is its borough alone, and what is told are ids. A worker that dies in the middle leaves the rest to
 * the next turn.
 * @param orm of the worker's role. @param now the moment to work for.
 */
export const turnVisitClock = (orm: MikroORM, now: Date): Promise<ClockTurn> => turnSteps(orm, now, STEPS);

const STEPS: readonly ClockStep[] = REMINDERS.map(
  ({ kind, due, days }) =>
    async (em, _allianceId, now) =>
      remind(em, kind, await find(em, kind, due, days(londonDate(now))), now),
);

const find = (em: EntityManager, kind: AlertKind, due: string, days: readonly string[]): Promise<Due[]> =>
  asAudience<Due>(
    em,
    `select due.* from (${due}) due where not exists (
       select from follow_up_reminder r where r.kind = '${kind}' and r.subject_id = due.id and r.due_on = due.due_on::date)
     order by due.provider_id, due.due_on, due.id limit ${MOST_AT_ONCE}`,
    [...days],
  );

async function remind(em: EntityManager, kind: AlertKind, due: readonly Due[], now: Date): Promise<number> {
  if (due.length === 0) return 0;
  await lockProviders(em, [...new Set(due.map((one) => one.provider_id))]);
  const written = await execute<{ subject_id: string }>(
    em,
    `insert into follow_up_reminder (kind, subject_id, due_on, reminded_at)
     select ?, id, due_on, ? from unnest(?::uuid[], ?::date[]) as due(id, due_on)
     on conflict do nothing returning subject_id`,
    [kind, now, array(due.map(({ id }) => id)), array(due.map((one) => one.due_on))],
  );
  const fresh = new Set(written.map((row) => row.subject_id));
  for (const { id, owner_id: ownerId, provider_id: providerId, home_id: homeId } of due)
    if (fresh.has(id))
      await recordEvent(em, { kind, ownerId, providerId, homeId, sharingId: null, recipients: [ownerId] }, now);
  return fresh.size;
}
