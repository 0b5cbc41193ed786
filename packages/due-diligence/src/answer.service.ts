import { AlertKind, once, plainText, SharingLevel, SharingService, type Operation } from '@accord/access';
import { badInput, conflict, forbidden, isId, londonDate, notFound } from '@accord/kernel';
import { execute, recordEvent } from '@accord/persistence';
import { ProviderService } from '@accord/providers';
import { checkAnswers } from './answer-check.js';
import { storeAnswers, storeMark } from './answer-store.js';
import { readAnswers, readPublishedQuestions } from './answer.seen.js';
import type {
  AnswerDueDiligenceInput,
  ChallengeDueDiligenceAnswerInput,
  ConfirmDueDiligenceAnswerInput,
  WithdrawDueDiligenceAnswerInput,
} from './due-diligence.inputs.js';
import type { DueDiligenceAnswer } from './due-diligence.type.js';
import { LONGEST_NOTE, MOST_ANSWERS_AT_ONCE } from './figures.js';
import { relying } from './relying.js';
import { Assurance, MarkKind } from './vocabulary.js';

/** Answers the alliance's questions, and says of others' answers whether they hold. */
export class AnswerService {
  constructor(private readonly op: Operation) {}

  /** Keeps answers about a provider or home: all of them, or none. @returns the ids of those that were kept. */
  async answer(
    input: AnswerDueDiligenceInput,
  ): Promise<{ readonly providerId: string; readonly homeId: string | null }> {
    const { answers } = input;
    if (answers.length === 0 || answers.length > MOST_ANSWERS_AT_ONCE)
      throw badInput('input.answers', `Give 1 to ${MOST_ANSWERS_AT_ONCE} answers.`);
    await once(this.op, 'answerDueDiligence', input, async () => {
      const { tenantId: ownerId, displayName: recordedBy, roles } = await this.op.caller();
      const { provider, home } = await this.op.get(ProviderService).subject(input.providerId, input.homeId);
      const questions = await readPublishedQuestions(this.op.em);
      const now = new Date();
      const checked = checkAnswers('input.answers', answers, questions, { home }, londonDate(now));
      const notTheirs = checked.find(({ question }) => !question.answeredByRoles.some((role) => roles.has(role)));
      if (notTheirs)
        throw forbidden(
          `${notTheirs.question.code} is answered by ${notTheirs.question.answeredByRoles.join(', ').toLowerCase()}.`,
        );
      const by = { ownerId, providerId: provider.id, homeId: home?.id ?? null, recordedBy, linkId: null };
      await storeAnswers(
        this.op.em,
        by,
        checked.map(({ answer }) => answer),
        now,
      );
    });
    const { provider, home } = await this.op.get(ProviderService).askedAbout(input.providerId, input.homeId);
    return { providerId: provider.id, homeId: home?.id ?? null };
  }

  /** Says that the caller's organisation has seen the same, and what it saw. */
  async confirm(input: ConfirmDueDiligenceAnswerInput): Promise<DueDiligenceAnswer> {
    await once(this.op, 'confirmDueDiligenceAnswer', input, async (id) => {
      if (input.assurance === Assurance.SELF_DECLARED)
        throw badInput('input.assurance', 'Say what was seen: EVIDENCE_SEEN or VERIFIED_ON_SITE.');
      const answer = await this.#standing(input.answerId);
      const { assurance } = input;
      await this.#mark(answer, { id, kind: MarkKind.CONFIRMED, assurance, reason: null });
    });
    return this.seen(input.answerId);
  }

  /** Says that another organisation's answer does not hold, and tells it and those who rely on it. */
  async challenge(input: ChallengeDueDiligenceAnswerInput): Promise<DueDiligenceAnswer> {
    await once(this.op, 'challengeDueDiligenceAnswer', input, async (id) => {
      const { tenantId } = await this.op.caller();
      const reason = plainText('input.reason', input.reason, LONGEST_NOTE);
      const answer = await this.#standing(input.answerId);
      if (answer.ownerId === tenantId)
        throw forbidden('An organisation does not challenge itself: withdraw the answer, or give another.');
      await this.#mark(answer, { id, kind: MarkKind.CHALLENGED, assurance: null, reason });
      const { providerId, homeId, ownerId } = answer;
      const recipients = [...new Set([ownerId, ...(await relying(this.op.em, { providerId, homeId }))])];
      await recordEvent(
        this.op.em,
        {
          kind: AlertKind.DUE_DILIGENCE_CHALLENGED,
          ownerId: tenantId,
          providerId,
          homeId,
          sharingId: id,
          sharingKind: 'DUE_DILIGENCE',
          recipients: recipients.filter((recipient) => recipient !== tenantId),
        },
        new Date(),
      );
      this.op.wake('outbox');
    });
    return this.seen(input.answerId);
  }

  /** Takes an answer of the caller's organisation back: it counts no longer, and others no longer see it (rules 7). */
  async withdraw(input: WithdrawDueDiligenceAnswerInput): Promise<DueDiligenceAnswer> {
    await once(this.op, 'withdrawDueDiligenceAnswer', input, async () => {
      const { tenantId } = await this.op.caller();
      const reason = plainText('input.reason', input.reason, LONGEST_NOTE);
      const answer = await this.#standing(input.answerId);
      if (answer.ownerId !== tenantId) throw forbidden('Only the organisation that answered withdraws it.');
      const { id, providerId, homeId } = answer;
      const now = new Date();
      await execute(
        this.op.em,
        'update due_diligence_answer set withdrawn_on = ?::date, withdrawal_reason = ? where id = ?',
        [londonDate(now), reason, id],
      );
      const sharing = this.op.get(SharingService);
      const shared = { id, kind: 'DUE_DILIGENCE', providerId, homeId, existenceKnown: false, severity: null } as const;
      await sharing.change(shared, { level: SharingLevel.OWN_BOROUGH, reason });
      await sharing.end(id, now);
    });
    return this.seen(input.answerId);
  }

  /** The answer as the caller may see it. @throws `NOT_FOUND`. */
  async seen(id: string): Promise<DueDiligenceAnswer> {
    const [answer] = isId(id) ? await readAnswers(this.op.em, 'where a.id = ?', [id]) : [];
    if (!answer) throw notFound('answer');
    return answer;
  }

  /** An answer that was not withdrawn, with its provider locked. @throws `NOT_FOUND`, `CONFLICT`. */
  async #standing(id: string): Promise<DueDiligenceAnswer> {
    const answer = await this.op.get(ProviderService).lockedWith(() => this.seen(id));
    if (answer.withdrawnOn !== null)
      throw conflict('This answer was withdrawn; there is nothing left of it to act on.');
    return answer;
  }

  async #mark(
    { id: answerId, providerId, homeId }: DueDiligenceAnswer,
    mark: Pick<Parameters<typeof storeMark>[2], 'id' | 'kind' | 'assurance' | 'reason'>,
  ): Promise<void> {
    const { tenantId: ownerId, displayName: recordedBy } = await this.op.caller();
    const by = { ownerId, providerId, homeId, recordedBy };
    await storeMark(this.op.em, by, { ...mark, answerId, markedOn: londonDate(new Date()) });
  }
}
