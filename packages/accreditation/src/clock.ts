import { AlertKind, findAlliance } from '@accord/access';
import { calendarDaysAfter, londonDate } from '@accord/kernel';
import { execute, lockProvider, recordEvent, TenantTransaction } from '@accord/persistence';
import { AccreditationStatus } from '@accord/providers';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { REVIEW_NOTICE_DAYS } from './figures.js';
import { changeStanding, readCase, WAITING } from './ledger.js';
import { obstacleToDeciding } from './obstacle.js';
import { leads } from './transition.js';
import { ChangeCause } from './vocabulary.js';

const MOST_AT_ONCE = 200;

/** What a turn of the clock did, and what it could not do. */
export interface Turn {
  readonly done: number;
  readonly faults: readonly Error[];
}

interface Due {
  readonly provider_id: string;
  readonly subject_id: string;
  readonly due_on: string;
}

/** Does one thing that is due, if it still is; says whether it did. Runs under the provider's lock. */
type Act = (em: EntityManager, allianceId: string, due: Due, now: Date) => Promise<boolean>;

/**
 * Brings accreditation up to date: decisions whose day has come take effect, reviews that the alliance is late
 * with become overdue, and the leads are told of reviews due, ratifications late and tellings put off that
 * are to be looked at again.
 *
 * Each thing has a transaction of its own in the alliance's name and is looked at again under the provider's
 * lock, so that it happens once, however often and by how many workers this is called. A worker that dies in
 * the middle leaves the rest to the next turn.
 * @param orm of the worker's role. @param now the moment to work for.
 */
export async function turnAccreditationClock(orm: MikroORM, now: Date): Promise<Turn> {
  const allianceId = await findAlliance(orm);
  if (allianceId === undefined) return { done: 0, faults: [] };
  const scope = { tenantId: allianceId, callerId: null };
  let done = 0;
  const faults: Error[] = [];
  for (const [find, act] of STEPS) {
    const dues = await TenantTransaction.run(orm, scope, 'read', (em) => find(em, londonDate(now)));
    for (const due of dues) {
      try {
        const did = await TenantTransaction.run(orm, scope, 'write', async (em) => {
          await lockProvider(em, due.provider_id);
          // Merged while its lock was waited for: the next turn finds what is due at the provider of then.
          if (!(await isThere(em, due.provider_id))) return false;
          return act(em, allianceId, due, now);
        });
        if (did) done += 1;
      } catch (error) {
        // One provider's fault keeps nobody else waiting; it is tried again at the next turn.
        faults.push(error instanceof Error ? error : new Error(String(error)));
      }
    }
  }
  return { done, faults };
}

const isThere = async (em: EntityManager, providerId: string): Promise<boolean> =>
  (await execute<object>(em, 'select id from provider where id = ?', [providerId])).length > 0;

/** A file that a merge of providers set aside is nobody's: nothing of it falls due. */
const GOES_ON = 'exists (select from provider p where p.id = s.provider_id)';

const find =
  (sql: string) =>
  (em: EntityManager, today: string): Promise<Due[]> =>
    execute<Due>(em, `${sql} order by due_on, subject_id limit ${MOST_AT_ONCE}`, [today]);

const decisionsDue = find(
  `select d.provider_id, d.id as subject_id, d.effective_from::text as due_on from accreditation_decision d
   where d.effective_from <= ?::date and ${WAITING}`,
);

const takeEffect: Act = async (em, allianceId, { provider_id: providerId, subject_id: id }, now) => {
  const [decision] = await execute<{
    status: AccreditationStatus;
    conditions: string[];
    review_due: string | null;
    reason: string;
  }>(
    em,
    `select d.status, d.conditions, d.review_due::text as review_due, d.reason from accreditation_decision d
     where d.id = ? and d.provider_id = ? and ${WAITING}`,
    [id, providerId],
  );
  if (!decision) return false;
  const { status, conditions, reason } = decision;
  const obstacle = obstacleToDeciding(await readCase(em, providerId), status);
  if (obstacle !== null) {
    await execute(em, 'insert into accreditation_set_aside (decision_id, reason, set_aside_at) values (?, ?, ?)', [
      id,
      obstacle,
      now,
    ]);
    return true;
  }
  const next = {
    status,
    conditions,
    reviewDue: decision.review_due,
    cause: ChangeCause.DECISION,
    decisionId: id,
    reason,
  };
  await changeStanding(em, allianceId, providerId, next, now);
  return true;
};

const reviewsOverdue = find(
  `select s.provider_id, s.provider_id as subject_id, s.review_due::text as due_on from accreditation_standing s
   where s.status in ('ACCREDITED', 'ACCREDITED_WITH_CONDITIONS') and s.review_due < ?::date and ${GOES_ON}`,
);

const makeOverdue: Act = async (em, allianceId, { provider_id: providerId }, now) => {
  const { status, conditions, reviewDue } = await readCase(em, providerId);
  const isOverdue = reviewDue !== null && reviewDue < londonDate(now);
  if (!isOverdue || !leads(status, AccreditationStatus.REVIEW_OVERDUE, ChangeCause.CLOCK)) return false;
  const reason = `The alliance's review was due on ${reviewDue}. The accreditation stays in force until it is done.`;
  const next = {
    status: AccreditationStatus.REVIEW_OVERDUE,
    conditions,
    reviewDue,
    cause: ChangeCause.CLOCK,
    decisionId: null,
    reason,
  };
  await changeStanding(em, allianceId, providerId, next, now);
  return true;
};

const notReminded = (kind: AlertKind, subject: string, dueOn: string): string =>
  `not exists (select from accreditation_reminder r where r.kind = '${kind}' and r.subject_id = ${subject} and r.due_on = ${dueOn})`;

const { ACCREDITATION_REVIEW_DUE, ACCREDITATION_RATIFICATION_LATE, ACCREDITATION_TELLING_DUE } = AlertKind;

const reviewsDue = (em: EntityManager, today: string): Promise<Due[]> =>
  find(
    `select s.provider_id, s.provider_id as subject_id, s.review_due::text as due_on from accreditation_standing s
     where s.status in ('ACCREDITED', 'ACCREDITED_WITH_CONDITIONS', 'REVIEW_OVERDUE', 'SUSPENDED') and s.review_due <= ?::date and ${GOES_ON}
       and ${notReminded(ACCREDITATION_REVIEW_DUE, 's.provider_id', 's.review_due')}`,
  )(em, calendarDaysAfter(today, REVIEW_NOTICE_DAYS));

const ratificationsLate = find(
  `select p.provider_id, p.id as subject_id, p.ratify_by::text as due_on from accreditation_proposal p
   join accreditation_standing s on s.provider_id = p.provider_id and s.status = 'INTERIM_SUSPENDED'
   where p.kind = 'INTERIM_SUSPENSION' and p.ratify_by < ?::date
     and not exists (select from accreditation_verdict v where v.proposal_id = p.id)
     and p.id = (select c.decision_id from accreditation_change c where c.provider_id = p.provider_id order by c.number desc limit 1)
     and ${notReminded(ACCREDITATION_RATIFICATION_LATE, 'p.id', 'p.ratify_by')}`,
);

const tellingsDue = find(
  `select p.provider_id, o.proposal_id as subject_id, o.review_on::text as due_on
   from accreditation_put_off o join accreditation_proposal p on p.id = o.proposal_id
   where o.review_on <= ?::date
     and not exists (select from accreditation_gist g where g.proposal_id = o.proposal_id)
     and not exists (select from accreditation_put_off later where later.proposal_id = o.proposal_id and later.recorded_at > o.recorded_at)
     and ${notReminded(ACCREDITATION_TELLING_DUE, 'o.proposal_id', 'o.review_on')}`,
);

/** One event for the alliance alone; who of it is told is for the notifier, by the kind. */
const remind =
  (kind: AlertKind): Act =>
  async (em, allianceId, { provider_id: providerId, subject_id: subjectId, due_on: dueOn }, now) => {
    const written = await execute<object>(
      em,
      `insert into accreditation_reminder (kind, subject_id, due_on, reminded_at) values (?, ?, ?::date, ?)
       on conflict do nothing returning kind`,
      [kind, subjectId, dueOn, now],
    );
    if (written.length === 0) return false;
    await recordEvent(
      em,
      { kind, ownerId: allianceId, providerId, homeId: null, sharingId: null, recipients: [allianceId] },
      now,
    );
    return true;
  };

/** Decisions first: one that renews an accreditation on the day after its review was due comes before its being late. */
const STEPS: readonly (readonly [(em: EntityManager, today: string) => Promise<Due[]>, Act])[] = [
  [decisionsDue, takeEffect],
  [reviewsOverdue, makeOverdue],
  [reviewsDue, remind(ACCREDITATION_REVIEW_DUE)],
  [ratificationsLate, remind(ACCREDITATION_RATIFICATION_LATE)],
  [tellingsDue, remind(ACCREDITATION_TELLING_DUE)],
];
