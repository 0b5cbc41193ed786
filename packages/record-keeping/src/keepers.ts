import { isLongOver, type RecordKeeper } from '@accord/access';
import { ASSESSMENT_KEEPER, DECISION_KEEPER } from '@accord/accreditation';
import { ANSWER_KEEPER, MARK_KEEPER } from '@accord/due-diligence';
import { SEALED_COPY_KEEPER } from '@accord/intelligence';
import { VISIT_KEEPER } from '@accord/monitoring';
import { CHECK_KEEPER, NOMINATION_KEEPER } from '@accord/placement-check';
import { REFERENCE_KEEPER, REFERENCE_REQUEST_KEEPER } from '@accord/references';

/** Every class that is kept for years: another one is one more line, beside its kind in the vocabulary. */
export const KEEPERS: readonly RecordKeeper[] = [
  VISIT_KEEPER,
  MARK_KEEPER,
  ANSWER_KEEPER,
  REFERENCE_KEEPER,
  REFERENCE_REQUEST_KEEPER,
  DECISION_KEEPER,
  ASSESSMENT_KEEPER,
  CHECK_KEEPER,
  NOMINATION_KEEPER,
  SEALED_COPY_KEEPER,
];

/** SQL of all records of the calling tenant's, with the hold on each where there is one, as `kept`. */
export const RECORDS = `(
  select r.*, h.reason as hold_reason, h.held_by, h.held_on::text as held_on from (
    ${KEEPERS.map(({ kind, records }) => `select '${kind}' as kind, own.* from (${records}) own`).join('\n    union all ')}
  ) r left join record_hold h on h.record_id = r.id
) kept`;

/** SQL: a record of `RECORDS` is due to be deleted. */
export const IS_DUE = `${isLongOver('kept.over_on')} and kept.hold_reason is null`;
