import type { Operation } from '@accord/access';
import { badInput, conflict, londonDate } from '@accord/kernel';
import { array, execute } from '@accord/persistence';
import { expectVersion } from '@accord/providers';
import { FormLoader } from '../form/form.loader.js';
import type { FormItem } from '../form/form.entity.js';
import { checkAnswers, isEmpty, type CheckedAnswer } from './answer-check.js';
import { VisitRecord } from './visit.entity.js';
import type { SaveVisitInput } from './visit.inputs.js';
import { VisitService } from './visit.service.js';
import type { Visit } from './visit.type.js';
import { VisitorService } from './visitor.service.js';
import { isGiven, pastDay, reasonInWords } from './text.js';
import { VisitState } from './vocabulary.js';

/** How many answers one save takes: more than any form has. */
const MOST_ANSWERS = 500;

/** Keeps a draft while it is being written. */
export class VisitDraftService {
  constructor(private readonly op: Operation) {}

  /** Keeps what is new of a draft of the own borough's. All of it is kept, or nothing. */
  async save(input: SaveVisitInput): Promise<Visit> {
    const { visit, items } = await this.#draft(input.visitId, input.expectedVersion);
    this.#keepFacts(visit, input);
    if (isGiven(input.visitorIds))
      await this.op.get(VisitorService).setVisitors(visit.id, 'input.visitorIds', input.visitorIds);
    const answers = input.answers ?? [];
    if (answers.length > MOST_ANSWERS)
      throw badInput('input.answers', `Save at most ${MOST_ANSWERS} answers at a time; these are ${answers.length}.`);
    const checked = checkAnswers(answers, items, londonDate(new Date()));
    visit.version += 1;
    await this.op.em.flush();
    await this.writeAnswers(visit, checked);
    return this.op.get(VisitService).seen(visit.id);
  }

  /** Writes answers that were checked, in two statements however many they are. */
  async writeAnswers({ id, ownerId, version }: VisitRecord, answers: readonly CheckedAnswer[]): Promise<void> {
    const full = answers.filter((answer) => !isEmpty(answer));
    const empty = answers.filter(isEmpty);
    if (full.length > 0)
      await execute(
        this.op.em,
        `insert into visit_answer (visit_id, owner_id, revision, template_id, item_code, entry, stays_in_borough,
           value, dates, evidence, comment, checked_by)
         select ?::uuid, ?::uuid, ?::int, a."templateId", a.code, a.entry, a."staysInBorough", a.value,
           array(select d::date from jsonb_array_elements_text(a.dates) with ordinality as x(d, n) order by n),
           a.evidence, a.comment, a."checkedBy"
         from jsonb_to_recordset(?::jsonb) as a("templateId" uuid, code text, entry int, "staysInBorough" boolean, value text,
           dates jsonb, evidence text, comment text, "checkedBy" text)
         on conflict (visit_id, template_id, item_code, entry) do update set revision = excluded.revision,
           value = excluded.value, dates = excluded.dates, evidence = excluded.evidence, comment = excluded.comment,
           checked_by = excluded.checked_by`,
        [id, ownerId, version, JSON.stringify(full)],
      );
    if (empty.length > 0)
      await execute(
        this.op.em,
        `delete from visit_answer a using unnest(?::text[], ?::int[]) as gone(code, entry)
         where a.visit_id = ? and a.item_code = gone.code and a.entry = gone.entry`,
        [array(empty.map(({ code }) => code)), array(empty.map(({ entry }) => String(entry))), id],
      );
  }

  /** The own borough's draft, at the version that the caller saw, and the items of its forms. */
  async #draft(visitId: string, expectedVersion: number): Promise<{ visit: VisitRecord; items: FormItem[] }> {
    const visit = await this.op.get(VisitService).own(visitId);
    expectVersion(visit.version, expectedVersion);
    if (visit.state !== VisitState.DRAFT)
      throw conflict('This visit is no draft any more: withdraw it, and write it down again where it was wrong.');
    const items = await this.op.get(FormLoader).items.loadMany([visit.templateId, visit.frameworkId]);
    return { visit, items: items.flatMap((some) => (some instanceof Error ? [] : some)) };
  }

  #keepFacts(visit: VisitRecord, input: SaveVisitInput): void {
    if (isGiven(input.visitedOn)) visit.visitedOn = pastDay('input.visitedOn', input.visitedOn);
    if (isGiven(input.reason)) visit.reason = input.reason;
    if (isGiven(input.reason) || isGiven(input.reasonOther))
      visit.reasonOther = reasonInWords(visit.reason, input.reasonOther ?? visit.reasonOther);
    if (isGiven(input.mode)) visit.mode = input.mode;
    if (isGiven(input.unannounced)) visit.unannounced = input.unannounced;
    if (isGiven(input.madeAs)) visit.madeAs = input.madeAs;
    if (isGiven(input.outcome)) visit.outcome = input.outcome;
    if (isGiven(input.providerRepresentatives))
      visit.providerRepresentatives = [...new Set(input.providerRepresentatives)];
  }
}
