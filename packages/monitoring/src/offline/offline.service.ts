import { type ExportFile, printedFile, PrintFormat, PROTECTIVE_MARKING, type Operation } from '@accord/access';
import { badInput, conflict, londonDate } from '@accord/kernel';
import { execute, TENANT } from '@accord/persistence';
import type { FormItem } from '../form/form.entity.js';
import { FormLoader } from '../form/form.loader.js';
import { checkAnswers } from '../visit/answer-check.js';
import { VisitDraftService } from '../visit/visit-draft.service.js';
import { VisitService } from '../visit/visit.service.js';
import type { Visit } from '../visit/visit.type.js';
import { VisitState } from '../visit/vocabulary.js';
import {
  offlineForm,
  printOf,
  readOfflineForm,
  sameWords,
  type AnswerWords,
  type OfflineAnswer,
} from './offline-form.js';
import { Take, VisitFileFormat, type ImportVisitFormInput, type VisitImportPayload } from './offline.type.js';
import { printedVisit } from './printed-visit.js';

const MOST_CHARACTERS = 2_000_000;
const MOST_ANSWERS = 2_000;

/** An answer that is kept, of the visit's own borough or as far as it goes. */
interface KeptAnswer extends AnswerWords {
  readonly code: string;
  readonly entry: number;
  readonly revision: number;
}

const NOTHING: AnswerWords = { value: null, dates: [], evidence: null, comment: null, checkedBy: null };

const placeOf = ({ code, entry }: { readonly code: string; readonly entry: number }): string => `${code} ${entry}`;

/** A visit as a file: to be printed, or to be filled in without a connection and sent back. */
export class OfflineService {
  constructor(private readonly op: Operation) {}

  /** A visit as a file, with what the caller may see of it. */
  async file(id: string, format: VisitFileFormat): Promise<ExportFile> {
    const visit = await this.op.get(VisitService).seen(id);
    const items = await this.#items(visit);
    const kept = await this.#kept(visit.id);
    const name = `visit-${visit.visitedOn}-${visit.id.slice(0, 8)}`;
    if (format !== VisitFileFormat.JSON)
      return printedFile(name, PrintFormat[format], await printedVisit(this.op, visit, items));
    const byPlace = new Map(kept.map((answer) => [placeOf(answer), answer]));
    const blank = items
      .filter((item) => item.filledFrom === null && !byPlace.has(placeOf({ code: item.code, entry: 1 })))
      .map(({ code }): KeptAnswer => ({ code, entry: 1, revision: 0, ...NOTHING }));
    const answers = [...kept, ...blank].map((answer): OfflineAnswer => ({ ...answer, asTaken: printOf(answer) }));
    return {
      name: `${name}.json`,
      mediaType: 'application/json',
      rowCount: answers.length,
      content: offlineForm(
        { visitId: visit.id, answers },
        {
          marking: PROTECTIVE_MARKING,
          visitedOn: visit.visitedOn,
          items: items.map(({ templateId: _form, position: _place, ...item }) => item),
        },
      ),
      isBase64: false,
    };
  }

  /**
   * Writes what is new of an offline form into its visit. What somebody else has changed meanwhile, and the form says
   * otherwise, is shown item by item; while anything of it is not settled, nothing is written.
   */
  async import(input: ImportVisitFormInput): Promise<VisitImportPayload> {
    if (input.content.length > MOST_CHARACTERS)
      throw badInput('input.content', `Send at most ${MOST_CHARACTERS} characters.`);
    const form = readOfflineForm(input.content);
    if (form.answers.length > MOST_ANSWERS)
      throw badInput('input.content.answers', `Send at most ${MOST_ANSWERS} answers.`);
    const visit = await this.op.get(VisitService).own(form.visitId);
    if (visit.state !== VisitState.DRAFT) throw conflict('This visit is no draft any more.');
    const items = await this.#items(visit);
    const kept = new Map((await this.#kept(visit.id)).map((answer) => [placeOf(answer), answer]));
    // What was written since, and is not kept so already: a form may be sent twice.
    const written = form.answers.filter(
      (answer) => printOf(answer) !== answer.asTaken && !sameWords(answer, kept.get(placeOf(answer)) ?? NOTHING),
    );
    const disputed = written.filter((answer) => (kept.get(placeOf(answer))?.revision ?? 0) !== answer.revision);
    const settled = new Map(
      (input.settle ?? []).map(({ code, entry, take }) => [placeOf({ code, entry: entry ?? 1 }), take]),
    );
    const open = disputed.filter((answer) => !settled.has(placeOf(answer)));
    const toWrite = written.filter(
      (answer) => !disputed.includes(answer) || settled.get(placeOf(answer)) === Take.OFFLINE,
    );
    // Looked through whether they can be written or not: what is wrong is said before anybody settles anything.
    const checked = this.#check(written, items).filter((_answer, index) =>
      toWrite.includes(written[index] as OfflineAnswer),
    );
    if (open.length === 0 && checked.length > 0) {
      visit.version += 1;
      await this.op.em.flush();
      await this.op.get(VisitDraftService).writeAnswers(visit, checked);
    }
    return {
      visit: await this.op.get(VisitService).seen(visit.id),
      written: open.length === 0 ? checked.length : 0,
      conflicts: open.map((answer) => ({
        code: answer.code,
        entry: answer.entry,
        label: items.find((item) => item.code === answer.code)?.label ?? '',
        offline: said(answer),
        kept: said(kept.get(placeOf(answer)) ?? NOTHING),
      })),
    };
  }

  #check(written: readonly OfflineAnswer[], items: readonly FormItem[]) {
    return checkAnswers(
      written.map((answer) => ({ ...answer, dates: [...answer.dates] })),
      items,
      londonDate(new Date()),
      'input.content.answers',
    );
  }

  async #items({ templateId, frameworkId }: Pick<Visit, 'templateId' | 'frameworkId'>): Promise<FormItem[]> {
    const items = await this.op.get(FormLoader).items.loadMany([templateId, frameworkId]);
    return items.flatMap((some) => (some instanceof Error ? [] : some));
  }

  #kept(visitId: string): Promise<KeptAnswer[]> {
    return execute<KeptAnswer>(
      this.op.em,
      `select a.item_code as code, a.entry, a.revision, a.value, a.dates::text[] as dates, a.evidence, a.comment,
         case when v.owner_id = ${TENANT} or not v.anonymous then a.checked_by end as "checkedBy"
       from visit_answer a join visit v on v.id = a.visit_id join form_item i on i.template_id = a.template_id and i.code = a.item_code
       where a.visit_id = ? order by i.template_id, i.position, a.entry`,
      [visitId],
    );
  }
}

const said = ({ value, dates, evidence, comment, checkedBy }: AnswerWords) => ({
  value,
  dates: [...dates],
  evidence,
  comment,
  checkedBy,
});
