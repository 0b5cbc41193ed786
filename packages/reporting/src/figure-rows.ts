import { DEFINITIONS } from './definition.js';
import { addUp, publish, publishRegister, publishSums, type Figures, type Publication } from './publication.js';
import type { Counted } from './report-count.js';
import type { ReportKind } from './vocabulary.js';

/** All that may be shown of what was counted for a month, as rows of the region's table and of the boroughs'. */
export function figureRows(allianceId: string, counted: Counted): { region: object[]; boroughs: object[] } {
  const region: object[] = [];
  const boroughs: object[] = [];
  for (const kind of counted.shares.keys()) {
    const published = publicationOf(kind, allianceId, counted);
    region.push(...rowsOf({ kind }, published.region));
    for (const [borough_id, figures] of published.boroughs) boroughs.push(...rowsOf({ kind, borough_id }, figures));
  }
  return { region, boroughs };
}

function publicationOf(kind: ReportKind, allianceId: string, counted: Counted): Publication {
  const { categories: words, of, apart, isReturned, sumOf, spentOn } = DEFINITIONS[kind];
  const categories = Object.keys(words);
  const shares = counted.shares.get(kind) ?? new Map<string, never>();
  const published = (other: ReportKind) => publicationOf(other, allianceId, counted);
  if (sumOf) return addUp(sumOf.map(published));
  if (spentOn) return publishSums(categories, shares, counted.paid, published(spentOn));
  if (of === 'REGISTER') return publishRegister(categories, shares.get(allianceId) ?? {});
  return publish(categories, shares, allianceId, { apart, known: isReturned ? counted.returned.size : undefined });
}

const rowsOf = (whose: object, figures: Figures): object[] =>
  [...figures].map(([category, number]) => ({ ...whose, category, number }));
