import { DirectoryService, once, Organisation, plainText, type Operation } from '@accord/access';
import { badInput, conflict, FOI_WORKING_DAYS, isId, londonDate, newId, notFound, WORKING_DAYS } from '@accord/kernel';
import { array, readPlain, execute, TENANT } from '@accord/persistence';
import DataLoader from 'dataloader';
import {
  DisclosureConsultation,
  DisclosureConsultationRecord,
  DisclosureKind,
  DisclosureRequest,
  DisclosureRequestRecord,
} from './disclosure-request.entity.js';
import type {
  AnswerConsultationInput,
  DecideDisclosureInput,
  RecordDisclosureRequestInput,
} from './disclosure-request.inputs.js';
import { IntelligenceFeedService } from './intelligence-feed.service.js';
import { readItems } from './intelligence.disclosure.js';
import type { IntelligenceItem } from './intelligence.type.js';
import { addMonths } from './retention.js';

const FOI_DAYS = 20;
const CONSULTATION_DAYS = 5;
const LONGEST = 2000;
const LONGEST_WORDS = 100;
const MOST_FOUND = 500;
const MOST_LISTED = 200;

/** Requests for disclosure: recorded with their due date, searched for, originators asked; the authority decides. */
export class DisclosureRequestService {
  readonly consultations = new DataLoader<string, DisclosureConsultation[]>(async (ids) => {
    const rows = await readPlain(
      this.op.em,
      DisclosureConsultationRecord,
      'where e.request_id = any(?::uuid[]) order by e.due_on, e.id',
      [array(ids)],
    );
    const all = await this.#toConsultations(rows);
    return ids.map((id) => all.filter((_, index) => rows[index]?.requestId === id));
  });

  constructor(private readonly op: Operation) {}

  async record(input: RecordDisclosureRequestInput): Promise<DisclosureRequest> {
    const id = await once(this.op, 'recordDisclosureRequest', input, async (requestId) => {
      const { tenantId } = await this.op.caller();
      const { kind, receivedOn } = input;
      if (receivedOn > londonDate(new Date())) throw badInput('input.receivedOn', 'This day is still to come.');
      const due =
        kind === DisclosureKind.FREEDOM_OF_INFORMATION
          ? FOI_WORKING_DAYS.after(receivedOn, FOI_DAYS)
          : { day: addMonths(receivedOn, 1), isCertain: true };
      await this.op.em.insert(DisclosureRequestRecord, {
        id: requestId,
        tenantId,
        kind,
        reference: plainText('input.reference', input.reference, LONGEST),
        words: plainText('input.words', input.words, LONGEST_WORDS),
        receivedOn,
        dueOn: due.day,
        isDueCertain: due.isCertain,
      });
    });
    return toRequest(await this.#find(id));
  }

  async list(): Promise<DisclosureRequest[]> {
    const rows = await readPlain(
      this.op.em,
      DisclosureRequestRecord,
      `order by e.due_on, e.id limit ${MOST_LISTED}`,
      [],
    );
    return rows.map(toRequest);
  }

  /** What the borough holds in which each of the words stands: in summaries that it sees, and in its own details. */
  async found(words: string): Promise<IntelligenceItem[]> {
    const seen = await this.op.get(IntelligenceFeedService).search({ search: words }, MOST_FOUND);
    const parts = words.split(/\s+/).map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`);
    const own = await execute<{ id: string }>(
      this.op.em,
      `select s.id from sharing s join intelligence_item i on i.id = s.id join intelligence_detail d on d.item_id = s.id
       where s.owner_id = ${TENANT} and s.kind = 'INTELLIGENCE' and (i.summary || ' ' || d.detail) ilike all (?::text[])
       order by s.id limit ${MOST_FOUND}`,
      [toTextArray(parts)],
    );
    const known = new Set(seen.map((item) => item.id));
    const more = own.map((row) => row.id).filter((id) => !known.has(id));
    return [...seen, ...(more.length === 0 ? [] : await readItems(this.op.em, more))];
  }

  /** Asks the originators of all that was found and is not the borough's own; who was asked before is not asked again. */
  async consult(requestId: string): Promise<DisclosureRequest> {
    const { tenantId } = await this.op.caller();
    const request = await this.#open(requestId);
    const asked = new Set((await this.consultations.load(request.id)).map((one) => one.itemId));
    const dueOn = WORKING_DAYS.after(londonDate(new Date()), CONSULTATION_DAYS).day;
    for (const item of await this.found(request.words)) {
      if (item.isOwn || asked.has(item.id)) continue;
      await execute(
        this.op.em,
        `insert into disclosure_consultation (id, request_id, tenant_id, kind, item_id, originator_id, anonymous, due_on)
         values (?, ?, ?, ?, ?, ?, ?, ?)`,
        [newId(), request.id, tenantId, request.kind, item.id, item.logOwnerId, item.ownerId === null, dueOn],
      );
    }
    this.consultations.clearAll();
    return toRequest(request);
  }

  /** Consultations that the caller's borough is asked to answer as originator, those due first at the head. */
  async asked(): Promise<DisclosureConsultation[]> {
    const { tenantId } = await this.op.caller();
    const rows = await readPlain(
      this.op.em,
      DisclosureConsultationRecord,
      `where e.originator_id = ? order by e.due_on, e.id limit ${MOST_LISTED}`,
      [tenantId],
    );
    return this.#toConsultations(rows);
  }

  async answer(input: AnswerConsultationInput): Promise<DisclosureConsultation> {
    const { tenantId } = await this.op.caller();
    const row = isId(input.consultationId)
      ? await this.op.em.findOne(DisclosureConsultationRecord, { id: input.consultationId, originatorId: tenantId })
      : null;
    if (!row) throw notFound('consultation');
    if (row.objects !== null) throw conflict('This consultation has been answered already.');
    row.objects = input.objects;
    row.answer = plainText('input.answer', input.answer, LONGEST);
    await this.op.em.flush();
    const [consultation] = await this.#toConsultations([row]);
    return consultation ?? new DisclosureConsultation();
  }

  async decide(input: DecideDisclosureInput): Promise<DisclosureRequest> {
    const request = await this.#open(input.requestId);
    request.decision = plainText('input.decision', input.decision, LONGEST);
    request.decidedOn = londonDate(new Date());
    await this.op.em.flush();
    return toRequest(request);
  }

  async #open(id: string): Promise<DisclosureRequestRecord> {
    const request = await this.#find(id);
    if (request.decision !== null) throw conflict('This request has been decided already.');
    return request;
  }

  async #find(id: string): Promise<DisclosureRequestRecord> {
    const request = isId(id) ? await this.op.em.findOne(DisclosureRequestRecord, { id }) : null;
    if (!request) throw notFound('request');
    return request;
  }

  async #toConsultations(rows: readonly DisclosureConsultationRecord[]): Promise<DisclosureConsultation[]> {
    const { tenantId } = await this.op.caller();
    const { organisation } = this.op.get(DirectoryService);
    const load = async (ids: readonly string[]) =>
      (await organisation.loadMany(ids)).map((one) => (one instanceof Organisation ? one : null));
    const authorities = await load(rows.map((row) => row.tenantId));
    const originators = await load(rows.map((row) => row.originatorId));
    return rows.map(({ id, itemId, kind, dueOn, objects, answer, anonymous, originatorId }, index) =>
      Object.assign(new DisclosureConsultation(), {
        id,
        itemId,
        kind,
        dueOn,
        objects,
        answer,
        authority: authorities[index] ?? null,
        originator: anonymous && originatorId !== tenantId ? null : (originators[index] ?? null),
      } satisfies DisclosureConsultation),
    );
  }
}

const toTextArray = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;

function toRequest(row: DisclosureRequestRecord): DisclosureRequest {
  const { id, kind, reference, words, receivedOn, dueOn, isDueCertain, decision, decidedOn } = row;
  return Object.assign(new DisclosureRequest(), {
    id,
    kind,
    reference,
    words,
    receivedOn,
    dueOn,
    isDueCertain,
    decision,
    decidedOn,
  } satisfies DisclosureRequest);
}
