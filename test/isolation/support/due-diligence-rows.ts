import { createSecret } from '@accord/access';
import { exampleId } from '@accord/infra';
import { londonDate, newId } from '@accord/kernel';
import type { Scene } from './scene.js';
import { COURT, JUNIPERFIELD, TENANT, type TenantName } from './world.js';

type Row = Readonly<Record<string, unknown>>;

/** Of the first set (packages/due-diligence/data/first-set.json): the gas safety certificate. */
export const GAS = {
  questionId: '054b48aa-21fd-4b38-831c-b87324e82657',
  askedId: 'db08f1fe-a3e1-4ddf-8a83-22a2bf4ad042',
  code: 'GAS_SAFETY',
} as const;

export const ANSWER_NOTE = 'Seen in the office, signed by a registered engineer.';
export const CHALLENGE = 'The boiler was out of use on our visit.';
export const ANSWERED_BY = 'Brent quality officer';

/** How an answer is. */
export interface AnswerFacts {
  readonly owner?: TenantName;
  readonly validUntil?: string;
  readonly assurance?: 'SELF_DECLARED' | 'EVIDENCE_SEEN' | 'VERIFIED_ON_SITE';
  readonly withdrawn?: boolean;
}

/** An answer about Juniper Court's gas certificate that is there. @returns its id. */
export async function newAnswer(scene: Scene, facts: AnswerFacts = {}): Promise<string> {
  const { owner = 'brent', validUntil = '2099-01-01', assurance = 'EVIDENCE_SEEN', withdrawn = false } = facts;
  const id = newId();
  const today = londonDate(new Date());
  await scene.insert('sharing', {
    ...shared(id, TENANT[owner]),
    level: withdrawn ? 'OWN_BOROUGH' : 'ALLIANCE',
    ended_at: withdrawn ? new Date() : null,
  });
  await scene.insert('due_diligence_answer', {
    ...answerRow(id, TENANT[owner]),
    answered_on: today,
    valid_until: validUntil,
    assurance,
    withdrawn_on: withdrawn ? today : null,
    withdrawal_reason: withdrawn ? 'It was another home.' : null,
  });
  return id;
}

let lastMoment = 0;

/** Later than the one before it: of two of the same millisecond neither came after the other. */
function aMomentLater(): Date {
  lastMoment = Math.max(lastMoment + 1, Date.now());
  return new Date(lastMoment);
}

/** What another organisation says of an answer. @returns its id. */
export async function newMark(
  scene: Scene,
  answerId: string,
  by: TenantName,
  kind: 'CONFIRMED' | 'CHALLENGED' = 'CHALLENGED',
): Promise<string> {
  const id = newId();
  await scene.insert('sharing', { ...shared(id, TENANT[by]), level: 'ALLIANCE' });
  const says = kind === 'CHALLENGED' ? { reason: CHALLENGE } : { assurance: 'VERIFIED_ON_SITE' };
  await scene.insert('due_diligence_mark', { ...markRow(id, answerId, TENANT[by]), kind, ...says });
  return id;
}

/** A link of Brent's about Juniper Court's gas certificate. @returns its id and what the provider shows. */
export async function newLink(scene: Scene, more: Row = {}): Promise<{ id: string; token: string }> {
  const id = newId();
  const { shown, secretHash } = createSecret('accord_link_', TENANT.brent, id);
  const expiresAt = new Date(Date.now() + 86_400_000);
  await scene.insert('due_diligence_link', {
    ...linkRow(id, TENANT.brent),
    secret_hash: secretHash,
    expires_at: expiresAt,
    ...more,
  });
  return { id, token: shown };
}

/** A file beside an answer, as its row alone. @returns its id. */
export async function newEvidence(scene: Scene, answerId: string): Promise<string> {
  const id = newId();
  await scene.insert('due_diligence_evidence', evidenceRow(id, answerId));
  await scene.insert('stored_file', { id, tenant_id: TENANT.brent, bytes: 4 });
  return id;
}

/** Takes away what a case made. */
export async function forgetAnswers(scene: Scene): Promise<void> {
  await scene.sql('delete from due_diligence_mark where provider_id = $1', [JUNIPERFIELD]);
  await scene.sql('delete from due_diligence_answer where provider_id = $1', [JUNIPERFIELD]);
  await scene.sql(`delete from sharing where provider_id = $1 and kind = 'DUE_DILIGENCE'`, [JUNIPERFIELD]);
}

/** A draft that asks what is asked today, and there is no other. @returns its id. */
export async function newDraft(scene: Scene): Promise<string> {
  const id = newId();
  await scene.sql(
    `delete from due_diligence_question where set_id in (select id from due_diligence_set where state = 'DRAFT')`,
  );
  await scene.sql(`delete from due_diligence_set where state = 'DRAFT'`);
  await scene.sql(
    `insert into due_diligence_set (id, number, state, source, version)
     select $1, max(number) + 1, 'DRAFT', 'Isolation', 1 from due_diligence_set`,
    [id],
  );
  await scene.sql(
    `insert into due_diligence_question (id, set_id, asked_id, code, text, category, kind, subject, is_mandatory, is_banded,
       choices, placement_types, holds_months, answered_by_roles, is_for_provider, place, source)
     select gen_random_uuid(), $1, asked_id, code, text, category, kind, subject, is_mandatory, is_banded,
       choices, placement_types, holds_months, answered_by_roles, is_for_provider, place, q.source
     from due_diligence_question q join due_diligence_set s on s.id = q.set_id where s.state = 'PUBLISHED'`,
    [id],
  );
  return id;
}

const shared = (id: string, owner: string): Row => ({
  id,
  kind: 'DUE_DILIGENCE',
  owner_id: owner,
  provider_id: JUNIPERFIELD,
  home_id: COURT,
  anonymous: false,
  existence_known: false,
  reason: 'Asked once, used by all.',
});

const answerRow = (id: string, owner: string): Row => ({
  id,
  owner_id: owner,
  provider_id: JUNIPERFIELD,
  home_id: COURT,
  question_id: GAS.questionId,
  asked_id: GAS.askedId,
  value: '2026-01-15',
  is_held: true,
  assurance: 'EVIDENCE_SEEN',
  note: ANSWER_NOTE,
  answered_on: '2026-01-20',
  valid_until: '2099-01-01',
  recorded_at: aMomentLater(),
  recorded_by: ANSWERED_BY,
});

const markRow = (id: string, answerId: string, owner: string): Row => ({
  id,
  answer_id: answerId,
  owner_id: owner,
  provider_id: JUNIPERFIELD,
  marked_on: londonDate(new Date()),
  recorded_by: 'Somebody',
});

const evidenceRow = (id: string, answerId: string): Row => ({
  id,
  answer_id: answerId,
  file_name: 'certificate.pdf',
  media_type: 'application/pdf',
  bytes: 4,
  hash: '00',
  scan: 'NOT_SCANNED',
  uploaded_by: ANSWERED_BY,
  uploaded_at: new Date(),
});

const linkRow = (id: string, owner: string): Row => ({
  id,
  owner_id: owner,
  provider_id: JUNIPERFIELD,
  home_id: COURT,
  question_ids: [GAS.questionId],
  secret_hash: '00',
  issued_by: ANSWERED_BY,
  issued_at: new Date(),
  expires_at: new Date(),
});

const ANSWER_ID = exampleId('isolation', 'answer');
const MARK_ID = exampleId('isolation', 'mark');

/** Brent's rows, kept to itself, of every table; those of the alliance. */
export const BRENTS_ANSWER_ROWS = (brent: string): readonly (readonly [string, Row])[] => [
  ['sharing', { ...shared(ANSWER_ID, brent), level: 'ALLIANCE' }],
  ['sharing', { ...shared(MARK_ID, brent), level: 'ALLIANCE' }],
  ['due_diligence_answer', answerRow(ANSWER_ID, brent)],
  ['due_diligence_mark', { ...markRow(MARK_ID, ANSWER_ID, brent), kind: 'CHALLENGED', reason: CHALLENGE }],
  ['due_diligence_evidence', evidenceRow(ANSWER_ID, ANSWER_ID)],
  ['stored_file', { id: ANSWER_ID, tenant_id: brent, bytes: 4 }],
  ['due_diligence_link', linkRow(ANSWER_ID, brent)],
  ['due_diligence_reminder', { answer_id: ANSWER_ID, told_expiring_at: new Date() }],
  ['due_diligence_lapse', { answer_id: ANSWER_ID, flag_id: ANSWER_ID, flagged_at: new Date() }],
];

/** What the alliance writes and every member reads, but for a draft; and what the alliance alone reads. */
export const QUESTIONS = ['due_diligence_question', 'due_diligence_set'];
export const WATCH = ['due_diligence_lapse', 'due_diligence_reminder'];

/** Which of the rows are Brent's; of the alliance's, any. */
export const BRENTS_ANSWERS: Readonly<Record<string, string>> = {
  due_diligence_answer: `id = '${ANSWER_ID}'`,
  due_diligence_evidence: `id = '${ANSWER_ID}'`,
  due_diligence_lapse: 'true',
  due_diligence_link: `id = '${ANSWER_ID}'`,
  due_diligence_mark: `id = '${MARK_ID}'`,
  due_diligence_question: 'true',
  due_diligence_reminder: 'true',
  due_diligence_set: 'true',
  stored_file: `id = '${ANSWER_ID}'`,
};
