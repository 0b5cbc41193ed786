import { AlertKind } from '@accord/access';
import { londonDate, newId } from '@accord/kernel';
import { execute, recordEvent } from '@accord/persistence';
import type { AccreditationStatus } from '@accord/providers';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Standing } from './obstacle.js';
import { AccreditationStage, ChangeCause, StageOutcome } from './vocabulary.js';

/**
 * The statements by which a provider's file is read and moved on: the gateway's services and the worker's
 * clock both write through these, inside a transaction of the alliance that holds the provider's lock.
 */
export interface CaseFile extends Standing {
  readonly reviewDue: string | null;
  /** 0 where there is no accreditation yet, which is also what a client that read null would send. */
  readonly version: number;
}

/** Assessments that count: those since the last application. */
export const SINCE_APPLICATION = `a.recorded_at >= coalesce(
  (select max(c.recorded_at) from accreditation_change c where c.provider_id = a.provider_id and c.cause = 'APPLICATION'), '-infinity')`;

export async function readCase(em: EntityManager, providerId: string): Promise<CaseFile> {
  const [row] = await execute<{
    status: AccreditationStatus | null;
    conditions: string[] | null;
    review_due: string | null;
    version: number;
  }>(
    em,
    `select s.status, s.conditions, s.review_due::text as review_due, case when s.status is null then 0 else coalesce(f.version, 1) end as version
     from (select ?::uuid as provider_id) p
     left join accreditation_standing s using (provider_id) left join accreditation_file f using (provider_id)`,
    [providerId],
  );
  const assessed = await execute<{ stage: AccreditationStage; outcome: StageOutcome }>(
    em,
    `select distinct on (a.stage) a.stage, a.outcome from accreditation_assessment a
     where a.provider_id = ? and ${SINCE_APPLICATION} order by a.stage, a.seq desc`,
    [providerId],
  );
  const outcome = (stage: AccreditationStage) =>
    assessed.find((row) => row.stage === stage)?.outcome ?? StageOutcome.NOT_STARTED;
  return {
    status: row?.status ?? null,
    conditions: row?.conditions ?? [],
    reviewDue: row?.review_due ?? null,
    version: row?.version ?? 0,
    stages: {
      FIT_AND_PROPER_PERSON: outcome(AccreditationStage.FIT_AND_PROPER_PERSON),
      PAPERWORK: outcome(AccreditationStage.PAPERWORK),
      PROPERTY_VISITS: outcome(AccreditationStage.PROPERTY_VISITS),
    },
  };
}

/** Marks the file as changed, for whoever read it before. */
export async function touchFile(em: EntityManager, providerId: string): Promise<void> {
  await execute(
    em,
    `insert into accreditation_file (provider_id, version) values (?, 2)
     on conflict (provider_id) do update set version = accreditation_file.version + 1`,
    [providerId],
  );
}

export interface NewStanding {
  readonly status: AccreditationStatus;
  readonly conditions: readonly string[];
  readonly reviewDue: string | null;
  readonly cause: ChangeCause;
  readonly decisionId: string | null;
  /** In the words meant for members. */
  readonly reason: string;
}

/**
 * Gives a provider its new status from today on, keeps what it was, and tells every member: one event for
 * one change. A decision dated ahead that still waits is set aside, unless it is the one that takes effect.
 */
export async function changeStanding(
  em: EntityManager,
  allianceId: string,
  providerId: string,
  next: NewStanding,
  now: Date,
): Promise<void> {
  const today = londonDate(now);
  await keepWhatWas(em, providerId, now);
  const values = [next.status, today, next.reviewDue, JSON.stringify(next.conditions), providerId];
  const updated = await execute<object>(
    em,
    `update accreditation_standing set status = ?, effective_from = ?::date, review_due = ?::date, conditions = ${TEXTS}
     where provider_id = ? returning provider_id`,
    values,
  );
  if (updated.length === 0) {
    await execute(
      em,
      `insert into accreditation_standing (status, effective_from, review_due, conditions, provider_id) values (?, ?::date, ?::date, ${TEXTS}, ?)`,
      values,
    );
  }
  await execute(
    em,
    `insert into accreditation_change (id, provider_id, number, status, effective_on, conditions, review_due, cause, decision_id, reason, recorded_at)
     select ?::uuid, ?::uuid, coalesce(max(number), 0) + 1, ?::text, ?::date, ${TEXTS}, ?::date, ?::text, ?::uuid, ?::text, ?::timestamptz
     from accreditation_change where provider_id = ?`,
    [
      newId(),
      providerId,
      next.status,
      today,
      JSON.stringify(next.conditions),
      next.reviewDue,
      next.cause,
      next.decisionId,
      next.reason,
      now,
      providerId,
    ],
  );
  await touchFile(em, providerId);
  // The clock's own changes leave a decision that waits as it is: that the alliance was late is no new fact about the provider.
  if (next.cause !== ChangeCause.CLOCK && next.cause !== ChangeCause.ASSESSMENT) {
    await setAsideWaiting(em, providerId, `Since then: ${next.status}.`, now);
  }
  await recordEvent(
    em,
    { kind: AlertKind.ACCREDITATION_CHANGED, ownerId: allianceId, providerId, homeId: null, sharingId: null },
    now,
  );
}

/** A status that came from elsewhere, without its history, becomes the first line of it. */
async function keepWhatWas(em: EntityManager, providerId: string, now: Date): Promise<void> {
  await execute(
    em,
    `insert into accreditation_change (id, provider_id, number, status, effective_on, conditions, review_due, cause, reason, recorded_at)
     select ?::uuid, s.provider_id, 1, s.status, s.effective_from, s.conditions, s.review_due, 'RECORDED', 'As it was recorded before.', ?::timestamptz
     from accreditation_standing s
     where s.provider_id = ? and not exists (select from accreditation_change c where c.provider_id = s.provider_id)`,
    [newId(), now, providerId],
  );
}

/** Decisions whose day has not come, or has come and nobody has acted on it yet. */
export const WAITING = `d.kind = 'DECISION'
  and not exists (select from accreditation_change c where c.decision_id = d.id and c.cause = 'DECISION')
  and not exists (select from accreditation_set_aside x where x.decision_id = d.id)`;

/** What was decided ahead of its day gives way to what is decided later. */
export async function setAsideWaiting(em: EntityManager, providerId: string, reason: string, now: Date): Promise<void> {
  await execute(
    em,
    `insert into accreditation_set_aside (decision_id, reason, set_aside_at)
     select d.id, ?::text, ?::timestamptz from accreditation_decision d where d.provider_id = ? and ${WAITING}`,
    [reason, now, providerId],
  );
}

/** What stood before a decision or suspension, to stand again; null where nothing is known of it. */
export async function standingBefore(
  em: EntityManager,
  decisionId: string,
): Promise<Omit<NewStanding, 'cause' | 'decisionId' | 'reason'> | null> {
  const [row] = await execute<{ status: AccreditationStatus; conditions: string[]; review_due: string | null }>(
    em,
    `select c.status, c.conditions, c.review_due::text as review_due
     from accreditation_change own join accreditation_change c on c.provider_id = own.provider_id and c.number < own.number
     where own.decision_id = ? and c.status <> 'INTERIM_SUSPENDED' order by own.number, c.number desc limit 1`,
    [decisionId],
  );
  return row ? { status: row.status, conditions: row.conditions, reviewDue: row.review_due } : null;
}

/** Whether the provider's status of today is this decision's doing. */
export async function standsBy(em: EntityManager, providerId: string, decisionId: string): Promise<boolean> {
  const [row] = await execute<{ decision_id: string | null }>(
    em,
    `select decision_id from accreditation_change where provider_id = ? order by number desc limit 1`,
    [providerId],
  );
  return row?.decision_id === decisionId;
}

/** Texts as one bound value: a PostgreSQL array literal would have to escape what people write. */
const TEXTS = 'array(select jsonb_array_elements_text(?::jsonb))';
