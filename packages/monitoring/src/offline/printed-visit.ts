import { DirectoryService, PROTECTIVE_MARKING, type Operation } from '@accord/access';
import { ProviderLoader } from '@accord/providers';
import { ActionService } from '../action/action.service.js';
import { FindingLoader } from '../finding/finding.loader.js';
import type { FormItem } from '../form/form.entity.js';
import { FormLoader } from '../form/form.loader.js';
import { AnswerKind, FilledFrom } from '../form/vocabulary.js';
import { VisitLoader } from '../visit/visit.loader.js';
import type { Visit, VisitAnswer } from '../visit/visit.type.js';

/** What the visit itself answers. */
type Filled = Readonly<Partial<Record<FilledFrom, string>>>;

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const paragraph = (text: string): string => `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;

const inWords = (value: string): string => value.toLowerCase().replaceAll('_', ' ');

/**
 * A visit as a page to be printed, in the order of its form, with what the caller may see of it: everything through the
 * loaders that the graph has, so that no page says more. What the borough keeps is marked so.
 */
export async function printedVisit(op: Operation, visit: Visit, items: readonly FormItem[]): Promise<string> {
  const loader = op.get(VisitLoader);
  const [answers, expectations, visitors, parts, findings, actions, form] = await Promise.all([
    loader.answers(visit),
    loader.expectations(visit),
    loader.visitors(visit),
    loader.parts(visit),
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
  const title = `Visit to ${home?.name ?? provider?.name ?? ''}, ${visit.visitedOn}`;
  const body = [
    `<p class="marking">${PROTECTIVE_MARKING}</p><h1>${escapeHtml(title)}</h1>`,
    paragraph(`${form?.title ?? ''}, version ${form?.version ?? ''}. ${borough?.name ?? ''}. ${form?.source ?? ''}`),
    visit.outcome === null ? '' : paragraph(`Outcome: ${inWords(visit.outcome)}`),
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
      parts.flatMap(({ by, words }) =>
        words.flatMap((one) => (one.words === null ? [] : [`${one.question} ${one.words} (${by ?? 'name withheld'})`])),
      ),
    ),
  ];
  return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<style>body{font-family:sans-serif;max-width:50em;margin:auto}.marking{font-weight:bold;text-align:center}dt{font-weight:bold}dd{min-height:1.5em;border-bottom:1px dotted}</style>
</head><body>${body.join('\n')}</body></html>`;
}

function sections(items: readonly FormItem[], answers: readonly VisitAnswer[], filled: Filled): string[] {
  const asked = items.filter(({ kind }) => kind !== AnswerKind.ASSESSMENT);
  return [...Map.groupBy(asked, (item) => item.section)].map(
    ([section, own]) =>
      `<h2>${escapeHtml(section)}</h2><dl>${own.map((item) => printedItem(item, answers, filled)).join('')}</dl>`,
  );
}

function printedItem(item: FormItem, answers: readonly VisitAnswer[], filled: Filled): string {
  const stays = item.staysBecause === null ? '' : ' <small>(stays in the borough)</small>';
  const own = answers.filter(({ code }) => code === item.code);
  const said = item.filledFrom === null ? own.map((answer) => words(item, answer)) : [filled[item.filledFrom] ?? ''];
  return `<dt>${escapeHtml(item.label)}${stays}</dt>${(said.length === 0 ? [''] : said).map((text) => `<dd>${paragraph(text)}</dd>`).join('')}`;
}

function words(item: FormItem, { value, dates, evidence, comment, checkedBy }: VisitAnswer): string {
  const dated = dates.flatMap((date, index) => (date === null ? [] : [`${item.dateLabels[index] ?? 'Date'}: ${date}`]));
  const noted = Object.entries({ Evidence: evidence, Comment: comment, 'Checked by': checkedBy });
  return [value ?? '', ...dated, ...noted.flatMap(([name, text]) => (text === null ? [] : [`${name}: ${text}`]))]
    .filter((text) => text !== '')
    .join('\n');
}

const list = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [`<h2>${heading}</h2><ul>${lines.map((line) => `<li>${paragraph(line)}</li>`).join('')}</ul>`];
