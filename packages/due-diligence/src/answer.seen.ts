import { array, execute, readPlain, TENANT } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { AnswerMarkRecord } from './answer.entity.js';
import { DueDiligenceAnswer, DueDiligenceMark } from './due-diligence.type.js';
import { Question } from './question-set.entity.js';
import type { Assurance } from './vocabulary.js';

interface AnswerRow {
  id: string;
  owner_id: string;
  provider_id: string;
  home_id: string | null;
  subject_id: string;
  question_id: string;
  asked_id: string;
  value: string;
  assurance: Assurance;
  note: string | null;
  answered_on: string;
  valid_until: string | null;
  link_id: string | null;
  recorded_at: Date | string;
  recorded_by: string | null;
  withdrawn_on: string | null;
  withdrawal_reason: string | null;
}

/**
 * Answers as the caller's tenant may see them; the row policy leaves out the others. Who of an organisation answered,
 * and through which link, is that organisation's own.
 * @param clause SQL of this package over `a` (`where`, `order by`), `values` are its bindings.
 */
export async function readAnswers(
  em: EntityManager,
  clause: string,
  values: readonly unknown[],
): Promise<DueDiligenceAnswer[]> {
  const rows = await execute<AnswerRow>(
    em,
    `select a.id, a.owner_id, a.provider_id, a.home_id, a.subject_id, a.question_id, a.asked_id, a.value, a.assurance, a.note,
       a.answered_on::text, a.valid_until::text, a.link_id, a.recorded_at,
       case when a.owner_id = ${TENANT} then a.recorded_by end as recorded_by, a.withdrawn_on::text, a.withdrawal_reason
     from due_diligence_answer a ${clause}`,
    values,
  );
  return rows.map((row) =>
    Object.assign(new DueDiligenceAnswer(), {
      id: row.id,
      ownerId: row.owner_id,
      providerId: row.provider_id,
      homeId: row.home_id,
      subjectId: row.subject_id,
      questionId: row.question_id,
      askedId: row.asked_id,
      value: row.value,
      assurance: row.assurance,
      note: row.note,
      answeredOn: row.answered_on,
      validUntil: row.valid_until,
      isDeclaredByProvider: row.link_id !== null,
      recordedAt: new Date(row.recorded_at),
      recordedBy: row.recorded_by,
      withdrawnOn: row.withdrawn_on,
      withdrawalReason: row.withdrawal_reason,
    } satisfies DueDiligenceAnswer),
  );
}

/** What stands of what organisations say of some answers, as far as the caller's tenant may see it. */
export async function readMarks(em: EntityManager, answerIds: readonly string[]): Promise<DueDiligenceMark[]> {
  const rows = await readPlain(
    em,
    AnswerMarkRecord,
    'where e.answer_id = any(?::uuid[]) and e.replaced_at is null order by e.marked_on, e.id',
    [array(answerIds)],
  );
  return rows.map(({ id, answerId, ownerId, kind, assurance, reason, markedOn }) =>
    Object.assign(new DueDiligenceMark(), { id, answerId, ownerId, kind, assurance, reason, markedOn }),
  );
}

/** The questions of the published version, by their code. */
export async function readPublishedQuestions(em: EntityManager): Promise<Map<string, Question>> {
  const questions = await readPlain(
    em,
    Question,
    `where e.set_id = (select s.id from due_diligence_set s where s.state = 'PUBLISHED') order by e.place, e.code`,
    [],
  );
  return new Map(questions.map((question) => [question.code, question]));
}
