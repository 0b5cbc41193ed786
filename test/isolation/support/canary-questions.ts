import { providerId as idOfProvider } from '@accord/infra';
import { CONTRACT_OPERATIONS } from '../../contract/support/operations.js';
import { TEMPLATE } from './visit-scene.js';
import { wholeQueries } from './whole-query.js';

/** What is asked of a running Accord. */
export interface Question {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the questions are about. */
interface About {
  readonly itemId: string;
  readonly flagId: string;
  readonly providerId: string;
  readonly homeId: string;
  /** A word of the item's summary. */
  readonly search: string;
}

/** The queries of the contract that run by now, and a search for the very text. */
export function contractQuestions({ itemId, providerId, homeId, search }: About): Question[] {
  const contract = CONTRACT_OPERATIONS.filter(
    ({ text, from }) => text.startsWith('query') && ['A1', 'A2', 'B'].includes(from),
  );
  const variables = { first: 20, input: { providerId, homeId, sharing: { level: 'ALLIANCE', reason: 'To see' } } };
  return [
    ...contract.map(({ name, text }) => ({
      document: text,
      variables: { ...variables, id: name === 'WhoCanSee' ? itemId : providerId },
    })),
    {
      document:
        'query($search: String) { intelligence(first: 20, filter: { search: $search }) { nodes { id summary } } }',
      variables: { search },
    },
  ];
}

/** Every query that there is, with everything below it. */
export const everyQuestion = (about: About): Question[] =>
  wholeQueries({
    accreditationDecision: `id: "${about.itemId}"`,
    dueDiligenceAnswer: `id: "${about.itemId}"`,
    formTemplate: `id: "${TEMPLATE}"`,
    flag: `id: "${about.flagId}"`,
    hold: `id: "${about.itemId}"`,
    home: `id: "${about.homeId}"`,
    intelligenceItem: `id: "${about.itemId}"`,
    placementCheck: `input: { homeId: "${about.homeId}", ageBand: AGED_16_17 }`,
    placementCheckPack: `id: "${about.itemId}"`,
    previewAudience: `input: { providerId: "${about.providerId}", sharing: { level: ALLIANCE, reason: "To see" } }`,
    previewProviderMerge: `input: { keptId: "${about.providerId}", mergedId: "${idOfProvider('Marrowby Homes Ltd')}" }`,
    provider: `id: "${about.providerId}"`,
    readLogExport: `filter: { itemId: "${about.itemId}" }, format: JSON`,
    placementReturn: 'month: "2026-10"',
    report: 'kind: FLAGS',
    reportFile: 'format: CSV',
    referenceRequest: `id: "${about.itemId}"`,
    regulatorImport: `id: "${about.itemId}"`,
    savedPlacementCheck: `id: "${about.itemId}"`,
    useImport: `id: "${about.itemId}"`,
    visit: `id: "${about.itemId}"`,
    visitFile: `id: "${about.itemId}", format: JSON`,
  }).map((document) => ({ document, variables: {} }));

/** All that the caller sees, in either format: with the details, for a purpose. */
export const EXPORTS: readonly Question[] = ['CSV', 'JSON'].map((format) => ({
  document: `mutation($format: ExportFormat!) {
    exportIntelligence(input: { format: $format, purpose: MONITORING }) { file { content } } }`,
  variables: { format },
}));
