import { isAlliance, type RecordKeeper } from '@accord/access';
import { TENANT } from '@accord/persistence';
import { REASON_GONE } from './change.entity.js';
import { assessmentOverOn, decisionOverOn } from './over.sql.js';

/** SQL: the provider of today: a file that a merge set aside lies under the merge's id. */
const aboutToday = (providerId: string): string =>
  `coalesce((select m.survivor_id from provider_merge m where m.id = ${providerId}), ${providerId})`;

/** What belongs to a decision, and by which column. */
const OF_DECISION = {
  accreditation_decision: 'id',
  accreditation_verdict: 'proposal_id',
  accreditation_verdict_reason: 'proposal_id',
  accreditation_gist: 'proposal_id',
  accreditation_put_off: 'proposal_id',
  accreditation_reply: 'proposal_id',
  accreditation_appeal: 'proposal_id',
  accreditation_appeal_outcome: 'proposal_id',
  accreditation_set_aside: 'decision_id',
  accreditation_reminder: 'subject_id',
} as const;

const IS_GONE = 'in (select id from gone)';

/**
 * Decisions on accreditation and interim suspensions, from the day on which they ceased to be those that count. The one
 * that a provider stands by is not over, however old it is. The history keeps the status, its days and its conditions.
 */
export const DECISION_KEEPER: RecordKeeper = {
  kind: 'ACCREDITATION_DECISION',
  records: `select p.id, ${aboutToday('p.provider_id')} as provider_id, null::uuid as home_id, ${decisionOverOn('p')} as over_on
    from accreditation_proposal p where ${isAlliance(TENANT)}`,
  // One statement: what is gone with one part of it would decide on whether the next may go.
  deletions: [
    `with gone as materialized (select unnest(?::uuid[]) as id),
    ${Object.entries(OF_DECISION)
      .map(([table, column]) => `of_${table} as (delete from ${table} where ${column} ${IS_GONE})`)
      .join(',\n    ')},
    in_history as (update accreditation_change set reason = '${REASON_GONE}'
      where decision_id ${IS_GONE} and cause in ('DECISION', 'INTERIM_SUSPENSION'))
    delete from accreditation_proposal where id ${IS_GONE}`,
  ],
  isShared: false,
};

/** Assessments of a stage, from the day on which the accreditation ended that they were part of. */
export const ASSESSMENT_KEEPER: RecordKeeper = {
  kind: 'ACCREDITATION_ASSESSMENT',
  records: `select a.id, ${aboutToday('a.provider_id')} as provider_id, null::uuid as home_id, ${assessmentOverOn('a')} as over_on
    from accreditation_assessment a where ${isAlliance(TENANT)}`,
  deletions: [
    'delete from accreditation_assessment_note where assessment_id = any(?::uuid[])',
    'delete from accreditation_assessment where id = any(?::uuid[])',
  ],
  isShared: false,
};
