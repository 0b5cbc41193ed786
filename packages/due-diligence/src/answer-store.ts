import { shareWithMembers } from '@accord/access';
import { newId } from '@accord/kernel';
import { execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Kept } from './value.js';
import type { Assurance, MarkKind } from './vocabulary.js';

const CLASS = 'DUE_DILIGENCE';
const BECAUSE = 'Due diligence is asked once and used by every member of the agreement.';

/** Who answers, and about whom. */
export interface AnsweredBy {
  readonly ownerId: string;
  readonly providerId: string;
  /** Null where it is about the provider. */
  readonly homeId: string | null;
  /** The name in the directory; null of what a provider says through a link. */
  readonly recordedBy: string | null;
  readonly linkId: string | null;
}

/** An answer that has been checked. */
export interface NewAnswer extends Kept {
  readonly questionId: string;
  readonly askedId: string;
  readonly assurance: Assurance;
  readonly note: string | null;
}

/**
 * Keeps answers, shared as their class is. Call it with the provider's lock held.
 * @param em a transaction in the owner's name.
 * @returns their ids, in their order.
 */
export async function storeAnswers(
  em: EntityManager,
  by: AnsweredBy,
  answers: readonly NewAnswer[],
  at: Date,
): Promise<string[]> {
  const { ownerId, providerId, homeId, recordedBy, linkId } = by;
  const rows = answers.map((answer) => ({ id: newId(), ...answer }));
  const sharedBy = { ownerId, decidedBy: recordedBy ?? 'The provider, through a link', reason: BECAUSE };
  await shareWithMembers(
    em,
    CLASS,
    sharedBy,
    rows.map(({ id }) => ({ id, providerId, homeId })),
  );
  await execute(
    em,
    `insert into due_diligence_answer (id, owner_id, provider_id, home_id, question_id, asked_id, value, is_held, assurance,
       note, answered_on, valid_until, recorded_at, recorded_by, link_id)
     select id, ?::uuid, ?::uuid, ?::uuid, "questionId", "askedId", value, "isHeld", assurance, note, "answeredOn",
       "validUntil", ?::timestamptz, ?, ?::uuid
     from jsonb_to_recordset(?::jsonb) as v(id uuid, "questionId" uuid, "askedId" uuid, value text, "isHeld" boolean,
       assurance text, note text, "answeredOn" date, "validUntil" date)`,
    [ownerId, providerId, homeId, at, recordedBy, linkId, JSON.stringify(rows)],
  );
  return rows.map(({ id }) => id);
}

/** What an organisation says of an answer. */
export interface NewMark {
  readonly id: string;
  readonly answerId: string;
  readonly kind: MarkKind;
  readonly assurance: Assurance | null;
  readonly reason: string | null;
  readonly markedOn: string;
}

/** Keeps a mark, shared as answers are; it takes the place of the organisation's earlier one on the same answer. */
export async function storeMark(
  em: EntityManager,
  by: Omit<AnsweredBy, 'linkId'> & { readonly recordedBy: string },
  mark: NewMark,
): Promise<void> {
  const { ownerId, providerId, homeId, recordedBy } = by;
  await execute(
    em,
    'update due_diligence_mark set replaced_at = now() where answer_id = ? and owner_id = ? and replaced_at is null',
    [mark.answerId, ownerId],
  );
  await shareWithMembers(em, CLASS, { ownerId, decidedBy: recordedBy, reason: BECAUSE }, [
    { id: mark.id, providerId, homeId },
  ]);
  await execute(
    em,
    `insert into due_diligence_mark (id, answer_id, owner_id, provider_id, kind, assurance, reason, marked_on, recorded_by)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [mark.id, mark.answerId, ownerId, providerId, mark.kind, mark.assurance, mark.reason, mark.markedOn, recordedBy],
  );
}
