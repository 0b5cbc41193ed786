import { ENDED } from './transition.js';

/** SQL: an appeal was upheld against what made a change, so that what had stood before stood again. */
const isUndone = (change: string): string => `exists (select from accreditation_change u
    where u.provider_id = ${change}.provider_id and u.cause = 'APPEAL' and u.decision_id = ${change}.decision_id)`;

const dayOf = (moment: string): string => `(${moment} at time zone 'Europe/London')::date`;

/**
 * SQL, of a row of `accreditation_proposal`: the day on which the decision ceased to be one that counts; null while it
 * does, and while it, or an appeal against it, is open. Rejected, or set aside before its day; an interim suspension when
 * anything came of it; any other when something was decided or applied for after it, unless an appeal undid that: what an
 * interim suspension interrupts stands again when that is lifted. Never before an appeal against it was decided.
 */
export const decisionOverOn = (p: string): string => `(
  select case when ended.on_day is not null and (ended.is_appealed is null or ended.judged_on is not null)
    then greatest(ended.on_day, ended.judged_on) end
  from (select
    coalesce(
      (select ${dayOf('v.decided_at')} from accreditation_verdict v where v.proposal_id = ${p}.id and v.outcome = 'REJECTED'),
      (select ${dayOf('x.set_aside_at')} from accreditation_set_aside x where x.decision_id = ${p}.id),
      (select min(n.effective_on) from accreditation_change c
       join accreditation_change n on n.provider_id = c.provider_id and n.number > c.number
       where c.provider_id = ${p}.provider_id and c.decision_id = ${p}.id and c.cause = ${p}.kind and (
         ${p}.kind = 'INTERIM_SUSPENSION'
         or (n.cause = 'APPEAL' and n.decision_id = ${p}.id)
         or (n.cause in ('DECISION', 'APPLICATION') and not ${isUndone('n')})))
    ) as on_day,
    (select true from accreditation_appeal a where a.proposal_id = ${p}.id) as is_appealed,
    (select ${dayOf('o.judged_at')} from accreditation_appeal_outcome o where o.proposal_id = ${p}.id) as judged_on
  ) ended)`;

/**
 * What the ORM's entities cannot express.
 *
 * `accreditation_decision_over_on`: the same by a decision's id. A policy that asks its own table is infinite recursion
 * to PostgreSQL; a function may, with the rights of whoever asks, so that a borough learns of no proposal.
 */
export const ACCREDITATION_SQL = `
create function accreditation_decision_over_on(decision uuid) returns date stable language sql as $$
  select ${decisionOverOn('p')} from accreditation_proposal p where p.id = decision
$$;
`;

/** SQL: the day on which the accreditation ended that an assessment was part of; null while it goes on. */
export const assessmentOverOn = (assessment: string): string => `(select min(n.effective_on) from accreditation_change n
  where n.provider_id = ${assessment}.provider_id and n.recorded_at > ${assessment}.recorded_at
    and n.status in (${ENDED.map((status) => `'${status}'`).join(', ')}) and not ${isUndone('n')})`;
