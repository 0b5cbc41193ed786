import { AlertKind, once, Paging, plainText, type Connection, type Operation, type PageArgs } from '@accord/access';
import { badInput, calendarDaysAfter, conflict, forbidden, isId, londonDate, notFound } from '@accord/kernel';
import { execute, recordEvent } from '@accord/persistence';
import { expectVersion, ProviderService } from '@accord/providers';
import { readReferences } from './reference.disclosure.js';
import { BoroughReference } from './reference.entity.js';
import type { AnswerReferenceInput, DeclineReferenceInput, ShareReferenceInput } from './reference.inputs.js';
import { References, type Reference } from './reference.type.js';
import { ReferenceRequestService } from './reference-request.service.js';
import { ReferenceSettingService } from './reference-setting.service.js';
import { ANSWER_COUNTS_DAYS, ReferencesState, ReferenceState } from './vocabulary.js';

const LONGEST_ANSWER = 4000;
const LONGEST_REASON = 1000;
const MOST_YOUNG_PEOPLE = 10_000;

/** Says what the caller's borough has to say of a home that it uses, and shows what others said. */
export class ReferenceService {
  constructor(private readonly op: Operation) {}

  async answer(input: AnswerReferenceInput): Promise<Reference> {
    await once(this.op, 'answerReference', input, async () => {
      const row = await this.#asked(input.requestId);
      const answers = checkAnswers(row.questions, input.answers);
      const youngPeople = input.youngPeople ?? null;
      if (youngPeople !== null && (youngPeople < 0 || youngPeople > MOST_YOUNG_PEOPLE))
        throw badInput('input.youngPeople', `Give 0 to ${MOST_YOUNG_PEOPLE}.`);
      const usedSince = input.usedSince ?? null;
      if (usedSince !== null && usedSince > londonDate(new Date()))
        throw badInput('input.usedSince', 'This day is still to come: give one on which your borough had used it.');
      const sharedWithAlliance = input.shareWithAlliance ?? false;
      Object.assign(row, { state: ReferenceState.ANSWERED, answers, youngPeople, usedSince, sharedWithAlliance });
      await this.#tell(row, AlertKind.REFERENCE_ANSWERED);
    });
    return this.#own(input.requestId);
  }

  async decline(input: DeclineReferenceInput): Promise<Reference> {
    await once(this.op, 'declineReference', input, async () => {
      const row = await this.#asked(input.requestId);
      row.declineReason = plainText('input.reason', input.reason, LONGEST_REASON);
      row.state = ReferenceState.DECLINED;
      await this.#tell(row, AlertKind.REFERENCE_DECLINED);
    });
    return this.#own(input.requestId);
  }

  /** Lets other members of the agreement see an answer of the caller's borough, or no longer. */
  async share({ referenceId, withAlliance, expectedVersion }: ShareReferenceInput): Promise<Reference> {
    const { tenantId } = await this.op.caller();
    const row = isId(referenceId)
      ? await this.op.em.findOne(BoroughReference, { id: referenceId }, { refresh: true })
      : null;
    if (!row) throw notFound('reference');
    if (row.boroughId !== tenantId) throw forbidden('Only the borough that answered says how far its answer goes.');
    expectVersion(row.version, expectedVersion);
    if (row.state !== ReferenceState.ANSWERED) throw conflict('There is no answer that could be shared.');
    row.sharedWithAlliance = withAlliance;
    row.version += 1;
    await this.op.em.flush();
    return this.#own(row.requestId);
  }

  /** References on a provider and its homes that the caller may see, the latest first. */
  async referencesOf(providerId: string, { first, after }: PageArgs): Promise<Connection<Reference>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'references', providerId);
    const size = paging.size(first);
    const place = paging.after(after);
    const beyond = place === null ? '' : 'and (answered_on, id) < (?::text, ?::uuid)';
    const rows = await readReferences(
      this.op,
      `where provider_id = ? and answered_on is not null ${beyond} order by answered_on desc, id desc limit ?`,
      [providerId, ...(place ?? []), size + 1],
    );
    return paging.page(
      rows,
      size,
      (row) => [row.answeredOn, row.id],
      (row) => row,
    );
  }

  /**
   * How far the caller's borough has come with references on a home. What counts are answers of other boroughs of the
   * last year that it may see, be it that it asked or that they agreed to show them to the alliance.
   */
  async standing(providerId: string, homeId: string): Promise<References> {
    const { tenantId } = await this.op.caller();
    const today = londonDate(new Date());
    const received = await readReferences(
      this.op,
      `where provider_id = ? and (home_id = ? or home_id is null) and answered_on >= ? and borough_id <> ?
       order by answered_on desc, id`,
      [providerId, homeId, calendarDaysAfter(today, -ANSWER_COUNTS_DAYS), tenantId],
    );
    const { required } = await this.op.get(ReferenceSettingService).setting();
    const [known] = await execute<{ used: boolean; asked: boolean; waiting: boolean }>(
      this.op.em,
      `select exists (select from placement_number n where n.borough_id = a.tenant and n.provider_id = a.provider
           and (n.home_id = a.home or n.home_id is null)) as used,
         exists (select from reference_request r where r.requester_id = a.tenant and r.provider_id = a.provider
           and (r.home_id = a.home or r.home_id is null)) as asked,
         exists (select from reference_request r where r.requester_id = a.tenant and r.provider_id = a.provider
           and (r.home_id = a.home or r.home_id is null) and r.due_on >= ?::date) as waiting
       from (select ?::uuid as tenant, ?::uuid as provider, ?::uuid as home) a`,
      [today, tenantId, providerId, homeId],
    );
    // Two answers of one borough are one reference.
    const answered = new Set(
      received.filter(({ state }) => state === ReferenceState.ANSWERED).map(({ boroughId }) => boroughId),
    );
    const state = standingOf(
      known?.used ?? false,
      answered.size >= required,
      known?.asked ?? false,
      known?.waiting ?? false,
    );
    return Object.assign(new References(), { state, required, received } satisfies References);
  }

  /** The caller's own part of a request, which waits for an answer; of two who give one at once, the second is refused. */
  async #asked(requestId: string): Promise<BoroughReference> {
    const { tenantId } = await this.op.caller();
    const { id } = await this.op.get(ProviderService).lockedWith(async () => {
      const request = await this.op.get(ReferenceRequestService).seen(requestId);
      return { id: request.id, providerId: request.providerId };
    });
    const row = await this.op.em.findOne(BoroughReference, { requestId: id, boroughId: tenantId }, { refresh: true });
    if (!row) throw forbidden('Only a borough that was asked answers; this request is your own.');
    if (row.state !== ReferenceState.ASKED) throw conflict('Your borough has answered or declined this already.');
    if (row.dueOn < londonDate(new Date()))
      throw conflict(
        `The deadline was ${row.dueOn}: the borough that asks has been told, and would have to ask again.`,
      );
    return row;
  }

  async #tell(row: BoroughReference, kind: AlertKind): Promise<void> {
    const { tenantId: ownerId, displayName } = await this.op.caller();
    const now = new Date();
    row.answeredBy = displayName;
    row.answeredOn = londonDate(now);
    row.version += 1;
    await this.op.em.flush();
    const { providerId, homeId, requestId: referenceRequestId, requesterId } = row;
    const about = { ownerId, providerId, homeId, sharingId: null, referenceRequestId };
    await recordEvent(this.op.em, { kind, ...about, recipients: [requesterId] }, now);
    this.op.wake('outbox');
  }

  async #own(requestId: string): Promise<Reference> {
    const { tenantId } = await this.op.caller();
    const [own] = await readReferences(this.op, 'where request_id = ? and borough_id = ?', [requestId, tenantId]);
    if (!own) throw notFound('reference');
    return own;
  }
}

function standingOf(isUsed: boolean, isEnough: boolean, hasAsked: boolean, isWaiting: boolean): ReferencesState {
  if (isUsed) return ReferencesState.NOT_NEEDED;
  if (isEnough) return ReferencesState.COMPLETE;
  if (isWaiting) return ReferencesState.WAITING;
  return hasAsked ? ReferencesState.SHORT : ReferencesState.NOT_ASKED;
}

function checkAnswers(questions: readonly string[], answers: readonly string[]): string[] {
  if (answers.length !== questions.length)
    throw badInput('input.answers', `Give one answer for each of the ${questions.length} questions, in their order.`);
  return answers.map((answer, index) => plainText(`input.answers.${index}`, answer, LONGEST_ANSWER));
}
