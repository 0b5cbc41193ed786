import {
  agreedWith,
  AlertKind,
  once,
  OrganisationKind,
  Paging,
  plainText,
  type Connection,
  type Operation,
  type PageArgs,
} from '@accord/access';
import { badInput, conflict, isId, londonDate, newId, notFound, WORKING_DAYS } from '@accord/kernel';
import { array, asAudience, execute, readPlain, recordEvent, TODAY } from '@accord/persistence';
import { ProviderService } from '@accord/providers';
import { readReferences } from './reference.disclosure.js';
import { ReferenceRequestRecord } from './reference.entity.js';
import type { AskForReferencesInput } from './reference.inputs.js';
import { ReferenceRequest } from './reference.type.js';
import { ReferenceSettingService } from './reference-setting.service.js';
import { ReferencesState, ReferenceState } from './vocabulary.js';

const MOST_QUESTIONS = 20;
const LONGEST_QUESTION = 500;
const DEFAULT_WORKING_DAYS = 5;
const MOST_WORKING_DAYS = 60;

/** Asks boroughs that place at a home for references, without saying which they are or how many (BRE 4.3). */
export class ReferenceRequestService {
  constructor(private readonly op: Operation) {}

  async ask(input: AskForReferencesInput): Promise<ReferenceRequest> {
    const id = await once(this.op, 'askForReferences', input, async (requestId) => {
      const { tenantId, tenantKind, displayName } = await this.op.caller();
      if (tenantKind !== OrganisationKind.BOROUGH)
        throw badInput('input', 'A borough asks for references: the alliance places nobody.');
      const { provider, home } = await this.op.get(ProviderService).subject(input.providerId, input.homeId);
      const questions = checkQuestions(input.questions);
      const workingDays = input.workingDays ?? DEFAULT_WORKING_DAYS;
      if (workingDays < 1 || workingDays > MOST_WORKING_DAYS)
        throw badInput('input.workingDays', `Give 1 to ${MOST_WORKING_DAYS} working days.`);
      await this.#refuseSecond(provider.id, home?.id ?? null);
      await this.#refuseWithoutAgreement();
      const now = new Date();
      const due = WORKING_DAYS.after(londonDate(now), workingDays);
      const about = { providerId: provider.id, homeId: home?.id ?? null };
      await this.op.em.insert(ReferenceRequestRecord, {
        id: requestId,
        requesterId: tenantId,
        requestedBy: displayName,
        ...about,
        purpose: input.purpose,
        questions,
        dueOn: due.day,
        isDueCertain: due.isCertain,
        askedAt: now,
      });
      // A commit that tells somebody takes longer than one that tells nobody.
      this.op.answerInSteps();
      const asked = await this.#findBoroughs(about.providerId, about.homeId);
      await this.#reach(requestId, asked);
      if (asked.length === 0) return;
      const event = { ownerId: tenantId, ...about, sharingId: null, referenceRequestId: requestId, recipients: asked };
      await recordEvent(this.op.em, { kind: AlertKind.REFERENCE_ASKED, ...event }, now);
      this.op.wake('outbox');
    });
    return this.seen(id);
  }

  /** Requests of the caller's borough and to it, the latest first. */
  async list({ first, after }: PageArgs): Promise<Connection<ReferenceRequest>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'reference requests', null);
    const size = paging.size(first);
    const place = paging.after(after);
    const beyond = place === null ? '' : 'where (e.asked_at, e.id) < (?::timestamptz, ?::uuid)';
    const rows = await this.#read(`${beyond} order by e.asked_at desc, e.id desc limit ?`, [
      ...(place ?? []),
      size + 1,
    ]);
    return paging.page(
      rows,
      size,
      (row) => [row.askedAt.toISOString(), row.id],
      (row) => row,
    );
  }

  /** @throws `NOT_FOUND` where the caller's borough neither asked nor was asked. */
  async seen(id: string): Promise<ReferenceRequest> {
    const [request] = isId(id) ? await this.#read('where e.id = ?', [id]) : [];
    if (!request) throw notFound('request for references');
    return request;
  }

  async #read(clause: string, values: readonly unknown[]): Promise<ReferenceRequest[]> {
    const { tenantId } = await this.op.caller();
    const rows = await readPlain(this.op.em, ReferenceRequestRecord, clause, values);
    const received = await readReferences(
      this.op,
      `where request_id = any(?::uuid[]) and ? in (borough_id, requester_id) order by answered_on, id`,
      [array(rows.map((row) => row.id)), tenantId],
    );
    const { required } = await this.op.get(ReferenceSettingService).setting();
    return rows.map((row) => {
      const isMine = row.requesterId === tenantId;
      const own = received.filter((reference) => reference.requestId === row.id);
      return Object.assign(new ReferenceRequest(), {
        id: row.id,
        providerId: row.providerId,
        homeId: row.homeId,
        requesterId: row.requesterId,
        purpose: row.purpose,
        questions: row.questions,
        askedAt: row.askedAt,
        requestedBy: row.requestedBy,
        dueOn: row.dueOn,
        isDueCertain: row.isDueCertain,
        state: isMine ? stateOf(own.filter(isAnswered).length, required, row.dueOn) : null,
        required: isMine ? required : null,
        received: own,
      } satisfies ReferenceRequest);
    });
  }

  /** One at a time on the same home: who was asked once is not asked again while they may still answer. */
  async #refuseSecond(providerId: string, homeId: string | null): Promise<void> {
    const { tenantId } = await this.op.caller();
    const open = await execute<object>(
      this.op.em,
      `select id from reference_request where requester_id = ? and provider_id = ? and home_id is not distinct from ?::uuid
         and due_on >= ${TODAY}`,
      [tenantId, providerId, homeId],
    );
    if (open.length > 0) throw conflict('Your borough has asked already, and the deadline is still to come.');
  }

  async #refuseWithoutAgreement(): Promise<void> {
    const { tenantId } = await this.op.caller();
    const agreed = await execute<object>(
      this.op.em,
      `select owner_id from agreed_with_caller where kind = 'DUE_DILIGENCE' and owner_id <> ? limit 1`,
      [tenantId],
    );
    if (agreed.length === 0)
      throw badInput(
        'input',
        'Your borough is under no sharing agreement in force for due diligence: nobody may answer it until it is.',
      );
  }

  /** Who else places there, is asked at all, and shares an agreement in force. Whoever asks is not told. */
  async #findBoroughs(providerId: string, homeId: string | null): Promise<string[]> {
    const { tenantId } = await this.op.caller();
    const rows = await asAudience<{ id: string }>(
      this.op.em,
      `select distinct c.borough_id as id from borough_concerned c
       join organisation o on o.id = c.borough_id and o.suspended_at is null
       left join reference_setting s on s.borough_id = c.borough_id
       where c.ground = 'PLACES' and c.provider_id = ? and (?::uuid is null or c.home_id is null or c.home_id = ?::uuid)
         and c.borough_id <> ? and coalesce(s.is_asked, true)`,
      [providerId, homeId, homeId, tenantId],
    );
    const agreed = await agreedWith(
      this.op.em,
      tenantId,
      'DUE_DILIGENCE',
      rows.map(({ id }) => id),
    );
    return [...agreed];
  }

  async #reach(requestId: string, boroughIds: readonly string[]): Promise<void> {
    const rows = boroughIds.map((borough) => ({ id: newId(), borough }));
    // Not through the ORM, which would ask for the rows back: their writer may not read them.
    await execute(
      this.op.em,
      `insert into borough_reference (id, request_id, requester_id, borough_id, provider_id, home_id, questions, due_on, state)
       select v.id, r.id, r.requester_id, v.borough, r.provider_id, r.home_id, r.questions, r.due_on, '${ReferenceState.ASKED}'
       from reference_request r cross join jsonb_to_recordset(?::jsonb) as v(id uuid, borough uuid) where r.id = ?`,
      [JSON.stringify(rows), requestId],
    );
  }
}

const isAnswered = ({ state }: { state: ReferenceState }): boolean => state === ReferenceState.ANSWERED;

function stateOf(answered: number, required: number, dueOn: string): ReferencesState {
  if (answered >= required) return ReferencesState.COMPLETE;
  return dueOn >= londonDate(new Date()) ? ReferencesState.WAITING : ReferencesState.SHORT;
}

function checkQuestions(questions: readonly string[]): string[] {
  if (questions.length < 1 || questions.length > MOST_QUESTIONS)
    throw badInput('input.questions', `Ask 1 to ${MOST_QUESTIONS} questions.`);
  return questions.map((question, index) => plainText(`input.questions.${index}`, question, LONGEST_QUESTION));
}
