import type { Counted, Tables } from './slow-report.js';

type Row = Tables[string][number];

/** The overall judgements, as the regulator writes them. */
const CATEGORIES: Readonly<Record<string, string>> = {
  Outstanding: 'OFSTED_OUTSTANDING',
  Good: 'OFSTED_GOOD',
  'Requires improvement to be good': 'OFSTED_REQUIRES_IMPROVEMENT_TO_BE_GOOD',
  Inadequate: 'OFSTED_INADEQUATE',
  'Consistently strong service delivery': 'OFSTED_CONSISTENTLY_STRONG_SERVICE_DELIVERY',
  'Inconsistent quality of service delivery': 'OFSTED_INCONSISTENT_QUALITY_OF_SERVICE_DELIVERY',
  'Serious or widespread weaknesses': 'OFSTED_SERIOUS_OR_WIDESPREAD_WEAKNESSES',
};

interface Judgement {
  readonly aspect: string;
  readonly judgement: string;
}

/** What each borough uses, by its latest overall judgement: home by home, or provider where that is what is registered. */
export function slowRatings(tables: Tables): Counted {
  const used = new Map<string, readonly [string, string]>();
  for (const row of tables['placement_number'] ?? []) {
    if (row['places_there'] !== true) continue;
    const [subject, registrations] = registeredOf(tables, row);
    used.set(`${String(row['borough_id'])} ${subject}`, [String(row['borough_id']), categoryOf(tables, registrations)]);
  }
  return [...used.values()];
}

/** What of it is registered, and how. */
function registeredOf(tables: Tables, use: Row): readonly [subject: string, registrations: Row[]] {
  const all = tables['registration'] ?? [];
  const home = typeof use['home_id'] === 'string' ? use['home_id'] : null;
  const provider = String(use['provider_id']);
  const own = all.filter((row) => home !== null && row['home_id'] === home);
  if (own.length > 0) return [`home ${home}`, own];
  const asWhole = all.filter((row) => row['provider_id'] === provider && row['home_id'] === null);
  const isNone = (kinds: RegExp) =>
    asWhole.filter(({ category }) => typeof category !== 'string' || !kinds.test(category));
  const fostering = isNone(/supported|adoption/i);
  if (home === null && fostering.length > 0) return [`agency ${provider}`, fostering];
  const supported = isNone(/foster|adoption/i);
  return [supported.length > 0 || home === null ? `provider ${provider}` : `home ${home}`, supported];
}

function categoryOf(tables: Tables, registrations: readonly Row[]): string {
  const ids = new Set(registrations.map((row) => row['id']));
  const overall = (tables['inspection'] ?? [])
    .filter((row) => ids.has(row['registration_id']))
    .toSorted((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1))
    .flatMap((row) => row['judgements'] as readonly Judgement[])
    .filter(
      ({ aspect, judgement }) => (aspect.startsWith('Overall') || aspect === 'Outcome') && judgement in CATEGORIES,
    );
  return CATEGORIES[overall[0]?.judgement ?? ''] ?? 'NONE_RECORDED';
}

const orderOf = (row: Row): string => `${String(row['inspected_on'])} ${String(row['event_number'])}`;
