import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FormItem, FormTemplate } from './form.entity.js';
import { AnswerKind, FilledFrom, FormKind, StaysBecause } from './vocabulary.js';

/** The form by which a visit is assessed, and the one in which care-experienced visitors write. */
export const FRAMEWORK = 'BRENT_QAF';
export const CARE_EXPERIENCED_FORM = 'CARE_EXPERIENCED';

export type ItemFacts = Omit<FormItem, 'templateId' | 'position'>;

/** A form as it ships, in its first version. */
export interface ShippedForm extends Pick<FormTemplate, 'code' | 'kind' | 'title' | 'source'> {
  readonly items: readonly ItemFacts[];
}

interface FileItem {
  readonly code: string;
  readonly label: string;
  readonly type: string;
  readonly options?: readonly string[];
  readonly personalData?: boolean;
}

interface FileForm {
  readonly id: string;
  readonly title: string;
  readonly sections: readonly {
    readonly code: string;
    readonly title: string;
    readonly repeating?: boolean;
    readonly personalData?: boolean;
    readonly columns?: readonly string[];
    readonly items: readonly FileItem[];
  }[];
}

interface FormsFile {
  readonly forms: readonly FileForm[];
  readonly qaf: { readonly title: string; readonly themes: readonly (readonly [string, readonly string[]])[] };
  readonly kentEvidence: {
    readonly title: string;
    readonly rows: readonly (readonly [standard: string, location: string, questions: string])[];
  };
}

const CITY = 'City of London Corporation, Sufficiency and Commissioning Strategy 2021-2023';

/** Code and source of the City's two forms, and what of them stays in the borough (rules 6, 10, 12-14). */
const OF_CITY: Readonly<
  Record<string, Pick<ShippedForm, 'code' | 'source'> & { readonly stays: Readonly<Record<string, StaysBecause>> }>
> = {
  'col-app3-fostering': {
    code: 'COL_APPENDIX_3',
    source: `${CITY}, Appendix 3`,
    stays: {
      CHI: StaysBecause.CHILD_OR_CARER,
      FIN: StaysBecause.PLACEMENTS,
      'CSE.1': StaysBecause.POLICE,
      'CSE.2': StaysBecause.POLICE,
    },
  },
  'col-app4-semi-independent': {
    code: 'COL_APPENDIX_4',
    source: `${CITY}, Appendix 4`,
    stays: {
      'HDR.3': StaysBecause.PLACEMENTS,
      'HDR.4': StaysBecause.PLACEMENTS,
      YPF: StaysBecause.CHILD_OR_CARER,
      'STF.4': StaysBecause.STAFF,
    },
  },
};

const GUIDANCE: Readonly<Record<string, string>> = {
  'COL_APPENDIX_4 SAF.7':
    'Write what was sampled, on which day, and what was missing: no certificate number or content, and no member of staff’s name.',
  'COL_APPENDIX_4 ACC.11': 'Leave out how many young people live there.',
};

const PLAIN: Omit<ItemFacts, 'code' | 'section' | 'label' | 'kind'> = {
  guidance: null,
  options: [],
  dateLabels: [],
  looksAhead: false,
  takesEvidence: false,
  takesComment: false,
  takesCheckedBy: false,
  repeats: false,
  filledFrom: null,
  staysBecause: null,
};

/** The official forms' own words for what an item takes. */
const KINDS: Readonly<Record<string, Partial<ItemFacts> & Pick<ItemFacts, 'kind'>>> = {
  text: { kind: AnswerKind.TEXT },
  narrative: { kind: AnswerKind.TEXT },
  'la-list': { kind: AnswerKind.TEXT },
  people: { kind: AnswerKind.TEXT, filledFrom: FilledFrom.VISITORS },
  signature: { kind: AnswerKind.TEXT, filledFrom: FilledFrom.VISITORS },
  'provider-ref': { kind: AnswerKind.TEXT, filledFrom: FilledFrom.PROVIDER },
  'provision-ref': { kind: AnswerKind.TEXT, filledFrom: FilledFrom.HOME },
  integer: { kind: AnswerKind.NUMBER },
  money: { kind: AnswerKind.MONEY },
  date: { kind: AnswerKind.DATE },
  choice: { kind: AnswerKind.CHOICE },
  'yes-no': { kind: AnswerKind.YES_NO },
  'yes-no+date': { kind: AnswerKind.YES_NO, dateLabels: ['Date'] },
  'rating+date': { kind: AnswerKind.TEXT, dateLabels: ['Date'] },
  'narrative+date': { kind: AnswerKind.TEXT, dateLabels: ['Date'] },
  evidence: { kind: AnswerKind.NONE, takesEvidence: true, takesComment: true, takesCheckedBy: true },
  'policy-check': { kind: AnswerKind.NONE, takesCheckedBy: true },
};

/** Items that the visit itself answers, by what they ask. */
const FILLED: Readonly<Record<string, FilledFrom>> = {
  'Date seen': FilledFrom.VISITED_ON,
  'Reason for visit': FilledFrom.REASON,
  'Provider Representative(s)': FilledFrom.REPRESENTATIVES,
};

/** Every form that ships: the official labels as `data/forms.json` has them. */
export async function shippedForms(): Promise<ShippedForm[]> {
  const text = await readFile(new URL('../../data/forms.json', import.meta.url), 'utf8');
  const { forms, qaf, kentEvidence } = JSON.parse(text) as FormsFile;
  return [...forms.map(cityForm), framework(qaf), evidenceTable(kentEvidence), careExperienced(qaf)];
}

function cityForm({ id, title, sections }: FileForm): ShippedForm {
  const known = OF_CITY[id];
  if (!known) throw new Error(`${id} is in forms.json and is not known here.`);
  const { code: form, source, stays } = known;
  const items = sections.flatMap((section) =>
    section.items.map((item): ItemFacts => {
      const taken = KINDS[item.type];
      if (!taken) throw new Error(`${id} ${item.code} is a ${item.type}, which is not known here.`);
      // The visit's date stands at the head of the one form without words of its own.
      const isVisitedOn = item.code === 'HDR.8';
      const because = section.personalData === true || item.personalData === true ? StaysBecause.CHILD_OR_CARER : null;
      return {
        ...PLAIN,
        ...taken,
        code: item.code,
        section: section.title.startsWith('(') ? '' : section.title,
        label: item.label,
        options: [...(item.options ?? [])],
        dateLabels: item.type === 'policy-check' ? [...(section.columns ?? [])] : (taken.dateLabels ?? []),
        looksAhead: /^(?:Next )?Review date$/i.test(item.label),
        repeats: section.repeating === true,
        guidance: GUIDANCE[`${form} ${item.code}`] ?? null,
        filledFrom:
          section.code === 'ACT'
            ? FilledFrom.ACTIONS
            : isVisitedOn
              ? FilledFrom.VISITED_ON
              : (FILLED[item.label] ?? taken.filledFrom ?? null),
        staysBecause: stays[item.code] ?? stays[section.code] ?? because,
      };
    }),
  );
  return { code: form, kind: FormKind.VISIT, title, source, items };
}

/** Five themes; under each its expectations, what issues were raised, and what solutions (Brent, Table 1 and 4.6). */
function framework({ title, themes }: FormsFile['qaf']): ShippedForm {
  const items = themes.flatMap(([theme, expectations], index) => {
    const code = `QAF.${index + 1}`;
    const words = { ...PLAIN, section: theme, kind: AnswerKind.TEXT };
    return [
      ...expectations.map((label, place) => ({
        ...PLAIN,
        code: `${code}.${place + 1}`,
        section: theme,
        label,
        kind: AnswerKind.ASSESSMENT,
        takesEvidence: true,
        takesComment: true,
      })),
      { ...words, code: `${code}.ISSUES`, label: 'Issues raised' },
      { ...words, code: `${code}.SOLUTIONS`, label: 'Solutions' },
    ];
  });
  const source = 'Brent Council, report on the quality assurance of semi-independent provision, 4.5-4.6 and Table 1';
  return { code: FRAMEWORK, kind: FormKind.FRAMEWORK, title, source, items };
}

function evidenceTable({ title, rows }: FormsFile['kentEvidence']): ShippedForm {
  const items = rows.map(([standard, location, questions], index) => ({
    ...PLAIN,
    code: `KEN.${index + 1}`,
    section: title,
    label: standard,
    guidance: [`Found at: ${location}.`, questions].filter((part) => part !== '').join(' '),
    kind: AnswerKind.NONE,
    takesEvidence: true,
    takesComment: true,
    takesCheckedBy: true,
  }));
  const source = 'Kent County Council, guidance on placements standards, evidence and location';
  return { code: 'KENT_EVIDENCE', kind: FormKind.VISIT, title, source, items };
}

/** In plain words, a question for each theme of the framework. */
const IN_PLAIN_WORDS = [
  'What would moving in here be like? Would you know what is going on, and who to ask?',
  'How do the people who work here treat the young people? Do they listen?',
  'What is it like around here, and how do people in the house get on?',
  'Is it clean, warm and safe? Would you want to live here?',
  'Do people here know their rights, and are they treated as adults?',
];

function careExperienced({ themes }: FormsFile['qaf']): ShippedForm {
  const items = themes.map(([theme], index) => ({
    ...PLAIN,
    code: `CEV.${index + 1}`,
    section: theme,
    label: IN_PLAIN_WORDS[index] ?? theme,
    kind: AnswerKind.TEXT,
  }));
  return {
    code: CARE_EXPERIENCED_FORM,
    kind: FormKind.CARE_EXPERIENCED,
    title: 'What I saw',
    source: 'Accord, on the five themes of Brent’s quality assurance framework',
    items,
  };
}

/**
 * SQL that puts the forms that ship into a database that has none of their versions yet. It runs with each upgrade: a
 * form that the alliance has published since is not touched.
 */
export async function formsSql(): Promise<string> {
  const rows = (await shippedForms()).map(({ items, ...form }) => ({
    ...form,
    id: shippedFormId(form.code),
    items: items.map((item, position) => ({ ...item, position })),
  }));
  return `with shipped as (
  select (f ->> 'id')::uuid as id, f from jsonb_array_elements(${literal(rows)}::jsonb) f
), added as (
  insert into form_template (id, code, version, kind, title, source, published_on)
  select id, f ->> 'code', 1, f ->> 'kind', f ->> 'title', f ->> 'source', '2026-11-28' from shipped
  on conflict do nothing returning id
)
insert into form_item (template_id, code, position, section, label, guidance, kind, options, date_labels, looks_ahead,
  takes_evidence, takes_comment, takes_checked_by, repeats, filled_from, stays_because)
select added.id, i.code, i.position, i.section, i.label, i.guidance, i.kind, i.options, i."dateLabels", i."looksAhead",
  i."takesEvidence", i."takesComment", i."takesCheckedBy", i.repeats, i."filledFrom", i."staysBecause"
from added join shipped using (id) cross join lateral ${ITEM_RECORD("f -> 'items'")};`;
}

/** The id of a form's first version: the same in every database. */
export function shippedFormId(code: string): string {
  const hex = createHash('sha256').update(`form ${code}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** SQL: items out of JSON with the names of `FormItem`. */
export const ITEM_RECORD = (
  json: string,
): string => `jsonb_to_recordset(${json}) as i(code text, position int, section text,
  label text, guidance text, kind text, options text[], "dateLabels" text[], "looksAhead" boolean, "takesEvidence" boolean,
  "takesComment" boolean, "takesCheckedBy" boolean, repeats boolean, "filledFrom" text, "staysBecause" text)`;

const literal = (value: unknown): string => `'${JSON.stringify(value).replaceAll("'", "''")}'`;
