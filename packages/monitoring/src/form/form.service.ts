import { once, type Operation } from '@accord/access';
import { badInput, isId, londonDate, notFound } from '@accord/kernel';
import { execute, lockName } from '@accord/persistence';
import { FormLoader } from './form.loader.js';
import type { FormItem, FormTemplate } from './form.entity.js';
import type { FormItemInput, PublishFormInput } from './form.inputs.js';
import { ITEM_RECORD } from './shipped-forms.js';
import { AnswerKind, FormKind } from './vocabulary.js';

const MOST_ITEMS = 300;
const LONGEST_LABEL = 1000;

/** Publishes versions of forms. What was published never changes: visits keep the version that they were made with. */
export class FormService {
  constructor(private readonly op: Operation) {}

  async publish(input: PublishFormInput): Promise<FormTemplate> {
    const id = await once(this.op, 'publishForm', input, async (templateId) => {
      await lockName(this.op.em, `form ${input.code}`);
      const loader = this.op.get(FormLoader);
      const before = await loader.newestOf(input.code);
      if (!/^[A-Z][A-Z0-9_]{2,39}$/.test(input.code))
        throw badInput('input.code', 'Write 3 to 40 capitals, digits and underscores, such as COL_APPENDIX_4.');
      if (before && before.kind !== input.kind)
        throw badInput('input.kind', `This form is for ${before.kind}: publish one under another code.`);
      const items = checkItems(input, before ? await loader.items.load(before.id) : []);
      await execute(
        this.op.em,
        `insert into form_template (id, code, version, kind, title, source, published_on)
         values (?, ?, ?, ?, ?, ?, ?::date)`,
        [
          templateId,
          input.code,
          (before?.version ?? 0) + 1,
          input.kind,
          text('input.title', input.title),
          text('input.source', input.source),
          londonDate(new Date()),
        ],
      );
      await execute(
        this.op.em,
        `insert into form_item (template_id, code, position, section, label, guidance, kind, options, date_labels, looks_ahead,
           takes_evidence, takes_comment, takes_checked_by, repeats, filled_from, stays_because)
         select ?::uuid, i.code, i.position, i.section, i.label, i.guidance, i.kind, i.options, i."dateLabels", i."looksAhead",
           i."takesEvidence", i."takesComment", i."takesCheckedBy", i.repeats, i."filledFrom", i."staysBecause"
         from ${ITEM_RECORD('?::jsonb')}`,
        [templateId, JSON.stringify(items)],
      );
    });
    return this.seen(id);
  }

  /** A version of a form. @throws `NOT_FOUND`. */
  async seen(id: string): Promise<FormTemplate> {
    const loader = this.op.get(FormLoader);
    loader.template.clear(id);
    const template = isId(id) ? await loader.template.load(id) : null;
    if (!template) throw notFound('form');
    return template;
  }
}

/** @param before the items of the version before. @throws AccordError `BAD_USER_INPUT` with the place of the first that is wrong. */
function checkItems({ kind, items }: PublishFormInput, before: readonly FormItem[]): Omit<FormItem, 'templateId'>[] {
  if (items.length === 0 || items.length > MOST_ITEMS)
    throw badInput('input.items', `A form has 1 to ${MOST_ITEMS} items; this has ${items.length}.`);
  const codes = new Set<string>();
  return items.map((item, position) => {
    const path = `input.items.${position}`;
    if (!/^[A-Z0-9]{1,10}(?:\.[A-Z0-9]{1,20}){0,3}$/.test(item.code))
      throw badInput(`${path}.code`, 'Write capitals, digits and points, such as ACC.13.');
    if (codes.has(item.code)) throw badInput(`${path}.code`, 'Two items have this code.');
    codes.add(item.code);
    return checkItem(
      path,
      item,
      kind,
      position,
      before.find((earlier) => earlier.code === item.code),
    );
  });
}

function checkItem(
  path: string,
  item: FormItemInput,
  form: FormKind,
  position: number,
  before: FormItem | undefined,
): Omit<FormItem, 'templateId'> {
  // The framework's codes are looked up together with those of any visit's form.
  if (item.code.startsWith('QAF.') !== (form === FormKind.FRAMEWORK))
    throw badInput(`${path}.code`, 'Codes that begin with QAF are the framework’s, and it has no others.');
  if ((item.kind === AnswerKind.CHOICE) !== (item.options ?? []).length > 0)
    throw badInput(`${path}.options`, 'A CHOICE has options, and nothing else has.');
  if (item.kind === AnswerKind.ASSESSMENT && form !== FormKind.FRAMEWORK)
    throw badInput(`${path}.kind`, 'Expectations are assessed by the framework, on every visit.');
  if (form === FormKind.CARE_EXPERIENCED && item.kind !== AnswerKind.TEXT)
    throw badInput(`${path}.kind`, 'Care-experienced visitors answer in words: TEXT.');
  // What was written under the promise that it stays must not be asked for as something that travels.
  if (before?.staysBecause && !item.staysBecause)
    throw badInput(
      `${path}.staysBecause`,
      `The answers to ${item.code} stay in their borough: give it another code to ask for what may leave.`,
    );
  return {
    code: item.code,
    position,
    section: (item.section ?? '').trim(),
    label: text(`${path}.label`, item.label),
    guidance: item.guidance?.trim() || null,
    kind: item.kind,
    options: item.options ?? [],
    dateLabels: item.dateLabels ?? [],
    looksAhead: item.looksAhead === true,
    takesEvidence: item.takesEvidence === true,
    takesComment: item.takesComment === true,
    takesCheckedBy: item.takesCheckedBy === true,
    repeats: item.repeats === true,
    filledFrom: item.filledFrom ?? null,
    staysBecause: item.staysBecause ?? null,
  };
}

function text(path: string, value: string): string {
  const trimmed = value.trim();
  if (trimmed === '' || trimmed.length > LONGEST_LABEL) throw badInput(path, `Write 1 to ${LONGEST_LABEL} characters.`);
  return trimmed;
}
