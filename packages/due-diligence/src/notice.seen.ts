import { array, type Select } from '@accord/persistence';
import { DueDiligenceNotice } from './due-diligence.type.js';

/** A row of `selectDueDiligenceNotices`. */
export interface SeenDueDiligenceNotice {
  readonly id: string;
  readonly answer_id: string;
  readonly question: string;
  readonly valid_until: string | null;
}

/** Asks for answers as alerts name them, by the id of their sharing or of that of a mark on them. */
export const selectDueDiligenceNotices = (ids: readonly string[]): Select => ({
  sql: `select x.id, a.id as answer_id, q.text as question, a.valid_until::text as valid_until
    from (select id, id as answer_id from unnest(?::uuid[]) as u(id)
      union all select m.id, m.answer_id from due_diligence_mark m where m.id = any(?::uuid[])) x
    join due_diligence_answer a on a.id = x.answer_id join due_diligence_question q on q.id = a.question_id`,
  values: [array(ids), array(ids)],
});

export const toDueDiligenceNotice = (row: SeenDueDiligenceNotice): DueDiligenceNotice =>
  Object.assign(new DueDiligenceNotice(), {
    answerId: row.answer_id,
    sharingId: row.id,
    question: row.question,
    validUntil: row.valid_until,
  } satisfies DueDiligenceNotice);
