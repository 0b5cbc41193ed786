import { inWords } from '@accord/kernel';
import { DirectoryService, type Operation } from '@accord/access';
import type { PagePart, Question } from '@accord/printing';
import { ProviderLoader } from '@accord/providers';
import { ActionService } from '../action/action.service.js';
import { FindingLoader } from '../finding/finding.loader.js';
import type { FormItem } from '../form/form.entity.js';
import { FormLoader } from '../form/form.loader.js';
import { AnswerKind, FilledFrom } from '../form/vocabulary.js';
import { PhotoLoader } from '../photo/photo.loader.js';
import { VisitLoader } from '../visit/visit.loader.js';
import type { Visit, VisitAnswer } from '../visit/visit.type.js';

/** What the visit itself answers. */
type Filled = Readonly<Partial<Record<FilledFrom, string>>>;

/**
 * A visit as a page to be printed, in the order of its form, with what the caller may see of it: everything through the
 * loaders that the graph has, so that no page says more. What the borough keeps is marked so.
 */
export async function printedVisit(op: Operation, visit: Visit, items: readonly FormItem[]) {
  const loader = op.get(VisitLoader);
  const [answers, expectations, visitors, theirParts, findings, actions, form] = await Promise.all([
    loader.answers(visit),
    loader.expectations(visit),
    loader.visitors(visit),
    partsWithPhotos(op, visit),
    op.get(FindingLoader).ofVisit.load(visit.id),
    op.get(ActionService).ofVisit.load(visit.id),
    op.get(FormLoader).template.load(visit.templateId),
  ]);
  const borough = visit.ownerId === null ? null : await op.get(DirectoryService).organisation.load(visit.ownerId);
  const provider = await op.get(ProviderLoader).provider.load(visit.providerId);
  const home = visit.homeId === null ? null : await op.get(ProviderLoader).home.load(visit.homeId);
  const filled: Filled = {
    PROVIDER: provider?.name ?? '',
    HOME: home?.name ?? '',
    VISITED_ON: visit.visitedOn,
    REASON: [visit.reason === null ? '' : inWords(visit.reason), visit.reasonOther ?? ''].join(' '),
    VISITORS: visitors.map(({ name }) => name).join(', '),
    REPRESENTATIVES: visit.providerRepresentatives.map(inWords).join(', '),
    ACTIONS: actions
      .map(({ what, responsible, dueOn, state }) => `${what} (${inWords(responsible)}, by ${dueOn}: ${inWords(state)})`)
      .join('\n'),
  };
  const parts: PagePart[] = [
    text(`${form?.title ?? ''}, version ${form?.version ?? ''}. ${borough?.name ?? ''}. ${form?.source ?? ''}`),
    ...(visit.outcome === null ? [] : [text(`Outcome: ${inWords(visit.outcome)}`)]),
    ...sections(items, answers, filled),
    ...list(
      'Expectations',
      expectations.map((one) => `${one.expectation}: ${inWords(one.assessment)}. ${one.comment ?? ''}`),
    ),
    ...list(
      'Findings',
      findings.map(
        (one) => `${one.severity}: ${one.summary}${one.reply === null ? '' : ` The provider: ${one.reply}`}`,
      ),
    ),
    ...list(
      'Care-experienced visitors',
      theirParts.flatMap(({ by, words, photos }) => [
        ...words.flatMap((one) =>
          one.words === null ? [] : [`${one.question} ${one.words} (${by ?? 'name withheld'})`],
        ),
        ...(photos.length === 0 ? [] : [`Photos, to be opened in Accord: ${photos.length} (${by ?? 'name withheld'})`]),
      ]),
    ),
  ];
  return { title: `Visit to ${home?.name ?? provider?.name ?? ''}, ${visit.visitedOn}`, parts };
}

/** A page shows no photo: whoever opens one is logged. */
async function partsWithPhotos(op: Operation, visit: Visit) {
  const parts = await op.get(VisitLoader).parts(visit);
  return Promise.all(
    parts.map(async (part) => ({
      by: part.by,
      words: part.words,
      photos: await op.get(PhotoLoader).ofPart(part),
    })),
  );
}

const text = (words: string): PagePart => ({ kind: 'text', text: words });

function sections(items: readonly FormItem[], answers: readonly VisitAnswer[], filled: Filled): PagePart[] {
  const asked = items.filter(({ kind }) => kind !== AnswerKind.ASSESSMENT);
  return [...Map.groupBy(asked, (item) => item.section)].map(([heading, own]) => ({
    kind: 'questions',
    heading,
    questions: own.map((item) => printedItem(item, answers, filled)),
  }));
}

function printedItem(item: FormItem, answers: readonly VisitAnswer[], filled: Filled): Question {
  const own = answers.filter(({ code }) => code === item.code);
  return {
    label: item.label,
    note: item.staysBecause === null ? null : 'stays in the borough',
    said: item.filledFrom === null ? own.map((answer) => words(item, answer)) : [filled[item.filledFrom] ?? ''],
  };
}

function words(item: FormItem, { value, dates, evidence, comment, checkedBy }: VisitAnswer): string {
  const dated = dates.flatMap((date, index) => (date === null ? [] : [`${item.dateLabels[index] ?? 'Date'}: ${date}`]));
  const noted = Object.entries({ Evidence: evidence, Comment: comment, 'Checked by': checkedBy });
  return [value ?? '', ...dated, ...noted.flatMap(([name, text]) => (text === null ? [] : [`${name}: ${text}`]))]
    .filter((text) => text !== '')
    .join('\n');
}

const list = (heading: string, lines: readonly string[]): PagePart[] =>
  lines.length === 0 ? [] : [{ kind: 'list', heading, lines }];
