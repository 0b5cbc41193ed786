import { execute } from '@accord/persistence';
import type { AccreditationStatus } from '@accord/providers';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { AccreditationChange, AccreditationDecision, StageAssessment } from './types.js';
import {
  DecisionState,
  type AccreditationStage,
  type ChangeCause,
  type DecisionKind,
  type StageOutcome,
} from './vocabulary.js';

/**
 * Decisions, assessments and changes as the caller's tenant may see them. Row policies give members nothing of
 * a proposal that was not approved, of a note or of a file; what they may see stands in rows of its own.
 * `clause` is SQL of this package, `values` are its bindings.
 */
export async function readDecisions(
  em: EntityManager,
  column: 'id' | 'provider_id',
  value: string,
  withProposals: boolean,
  clause: string,
  values: readonly unknown[],
): Promise<SeenDecision[]> {
  const rows = await execute<DecisionRow>(
    em,
    `select seen.*, (extract(epoch from seen.proposed_at) * 1000000)::bigint::text as moment from (
       select i.id, coalesce(d.provider_id, p.provider_id) as provider_id, coalesce(d.kind, p.kind) as kind,
         coalesce(d.status, p.status) as status, coalesce(d.reason, p.reason_for_members) as reason,
         coalesce(d.conditions, p.conditions) as conditions, coalesce(d.effective_from, p.effective_from)::text as effective_from,
         coalesce(d.review_due, p.review_due)::text as review_due, coalesce(d.proposed_at, p.proposed_at) as proposed_at,
         coalesce(d.proposed_by, p.proposed_by) as proposed_by, v.outcome, v.decided_at, v.decided_by, x.reason as set_aside_because
       -- By a column of its own: behind row policies the planner trusts no expression with an index.
       from (select id from accreditation_decision where ${column} = ?
         union select id from accreditation_proposal where ${column} = ? and ?) i
       left join accreditation_decision d on d.id = i.id
       left join accreditation_proposal p on p.id = i.id and ?
       left join accreditation_verdict v on v.proposal_id = i.id
       left join accreditation_set_aside x on x.decision_id = d.id
     ) seen ${clause}`,
    [value, value, withProposals, withProposals, ...values],
  );
  return rows.map((row) => ({
    id: row.id,
    moment: row.moment,
    providerId: row.provider_id,
    kind: row.kind,
    state: row.outcome ?? DecisionState.PROPOSED,
    status: row.status,
    reason: row.reason,
    conditions: row.conditions,
    effectiveFrom: row.effective_from,
    reviewDue: row.review_due,
    proposedAt: new Date(row.proposed_at),
    proposedBy: { displayName: row.proposed_by },
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at),
    decidedBy: row.decided_by === null ? null : { displayName: row.decided_by },
    setAsideBecause: row.set_aside_because,
  }));
}

/** A decision with its moment in full, for the list's order. */
interface SeenDecision extends AccreditationDecision {
  readonly moment: string;
}

interface DecisionRow {
  id: string;
  moment: string;
  provider_id: string;
  kind: DecisionKind;
  status: AccreditationStatus;
  reason: string;
  conditions: string[];
  effective_from: string | null;
  review_due: string | null;
  proposed_at: Date | string;
  proposed_by: string;
  outcome: DecisionState | null;
  decided_at: Date | string | null;
  decided_by: string | null;
  set_aside_because: string | null;
}

interface SeenAssessment {
  readonly providerId: string;
  readonly seq: string;
  readonly assessment: StageAssessment;
}

/** @param clause over `a` (the assessment). */
export async function readAssessments(
  em: EntityManager,
  clause: string,
  values: readonly unknown[],
): Promise<SeenAssessment[]> {
  const rows = await execute<AssessmentRow>(
    em,
    `select a.provider_id, a.seq, a.stage, a.outcome, coalesce(a.conditions, n.conditions) as conditions,
       a.assessed_on::text as assessed_on, n.evidence_note, n.assessed_by
     from accreditation_assessment a left join accreditation_assessment_note n on n.assessment_id = a.id ${clause}`,
    [...values],
  );
  return rows.map((row) => ({
    providerId: row.provider_id,
    seq: String(row.seq),
    assessment: {
      stage: row.stage,
      outcome: row.outcome,
      conditions: row.conditions,
      assessedOn: row.assessed_on,
      evidenceNote: row.evidence_note,
      assessedBy: row.assessed_by === null ? null : { displayName: row.assessed_by },
    },
  }));
}

interface AssessmentRow {
  provider_id: string;
  seq: string | number;
  stage: AccreditationStage;
  outcome: StageOutcome;
  conditions: string | null;
  assessed_on: string;
  evidence_note: string | null;
  assessed_by: string | null;
}

/** @param clause over `accreditation_change`. */
export async function readChanges(
  em: EntityManager,
  clause: string,
  values: readonly unknown[],
): Promise<AccreditationChange[]> {
  const rows = await execute<ChangeRow>(
    em,
    `select number, status, effective_on::text as effective_on, cause, reason, conditions, review_due::text as review_due
     from accreditation_change ${clause}`,
    [...values],
  );
  return rows.map(({ effective_on: effectiveFrom, review_due: reviewDue, ...row }) => ({
    ...row,
    effectiveFrom,
    reviewDue,
  }));
}

interface ChangeRow {
  number: number;
  status: AccreditationStatus;
  effective_on: string;
  cause: ChangeCause;
  reason: string;
  conditions: string[];
  review_due: string | null;
}
