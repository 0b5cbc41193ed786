import { registerEnumType } from 'type-graphql';
import { Regulator } from './vocabulary.js';

/** The scales on which regulators judge. They are never mixed nor compared. */
export enum JudgementScale {
  OFSTED_FOUR_POINT = 'OFSTED_FOUR_POINT',
  /** Interim inspections, until 2022: whether a home has become better or worse since its last full one. */
  OFSTED_INTERIM_EFFECTIVENESS = 'OFSTED_INTERIM_EFFECTIVENESS',
  SUPPORTED_ACCOMMODATION_OUTCOME = 'SUPPORTED_ACCOMMODATION_OUTCOME',
  CQC_RATING = 'CQC_RATING',
}

registerEnumType(JudgementScale, {
  name: 'JudgementScale',
  description: 'The scale of a judgement. Scales are never mixed.',
  valuesConfig: {
    OFSTED_FOUR_POINT: { description: 'Ofsted: children’s homes, agencies, schools, family centres.' },
    OFSTED_INTERIM_EFFECTIVENESS: {
      description: 'Ofsted’s interim inspections: better or worse than at the last full one; no grade.',
    },
    SUPPORTED_ACCOMMODATION_OUTCOME: {
      description: 'Ofsted: the three outcomes of supported accommodation; no grade.',
    },
    CQC_RATING: { description: 'The Care Quality Commission’s ratings.' },
  },
});

/** The judgements of each scale, word for word, best first; and who judges on it. */
export const SCALES = {
  OFSTED_FOUR_POINT: {
    regulator: Regulator.OFSTED,
    words: ['Outstanding', 'Good', 'Requires improvement to be good', 'Inadequate'],
  },
  OFSTED_INTERIM_EFFECTIVENESS: {
    regulator: Regulator.OFSTED,
    words: ['Improved effectiveness', 'Sustained effectiveness', 'Declined in effectiveness'],
  },
  SUPPORTED_ACCOMMODATION_OUTCOME: {
    regulator: Regulator.OFSTED,
    words: [
      'Consistently strong service delivery',
      'Inconsistent quality of service delivery',
      'Serious or widespread weaknesses',
    ],
  },
  CQC_RATING: {
    regulator: Regulator.CQC,
    words: ['Outstanding', 'Good', 'Requires improvement', 'Inadequate', 'Inspected but not rated'],
  },
} as const satisfies Record<JudgementScale, { regulator: Regulator; words: readonly string[] }>;

/** A word that this scale has, and no other scale's. */
export type JudgementWord<S extends JudgementScale> = (typeof SCALES)[`${S}`]['words'][number];

/** What was judged, and how: the scale says which words it can be. */
export type JudgementOn<S extends JudgementScale> = {
  readonly aspect: string;
  readonly judgement: JudgementWord<S>;
  readonly scale: S;
};

/** A judgement on any one of the scales. */
export type JudgementFacts = { [S in JudgementScale]: JudgementOn<S> }[JudgementScale];

/** A judgement on a scale; the type keeps its word and its scale together. */
export const judged = <S extends JudgementScale>(
  scale: S,
  aspect: string,
  judgement: JudgementWord<S>,
): JudgementFacts => ({ aspect, judgement, scale }) as unknown as JudgementFacts;

/** The judgements that set something off, each on its own scale (rules 17). */
const GRAVE: { readonly [S in JudgementScale]: readonly JudgementWord<S>[] } = {
  [JudgementScale.OFSTED_FOUR_POINT]: ['Inadequate'],
  // Says that a home got worse, and not how it is.
  [JudgementScale.OFSTED_INTERIM_EFFECTIVENESS]: [],
  [JudgementScale.SUPPORTED_ACCOMMODATION_OUTCOME]: ['Serious or widespread weaknesses'],
  [JudgementScale.CQC_RATING]: ['Inadequate'],
};

/** Whether a judgement is one of those that have everybody told who places there. */
export const isGraveJudgement = ({ scale, judgement }: JudgementFacts): boolean =>
  (GRAVE[scale] as readonly string[]).includes(judgement);

const text = (value: string): string => `"${value.replaceAll('"', '\\"')}"`;

const ofScale = (scale: string): string => `@.scale == ${text(scale)}`;

const oneOfItsWords = Object.entries(SCALES)
  .map(([scale, { words }]) => {
    const isWord = words.map((word) => `@.judgement == ${text(word)}`).join(' || ');
    return `(${ofScale(scale)} && (${isWord}))`;
  })
  .join(' || ');

const scalesOf = (regulator: Regulator): string =>
  Object.entries(SCALES)
    .filter(([, scale]) => scale.regulator === regulator)
    .map(([scale]) => ofScale(scale))
    .join(' || ');

/** SQL: a condition holds of every judgement. (Of those of which it is unknown, it does not.) */
const ofEvery = (condition: string): string =>
  `jsonb_array_length(jsonb_path_query_array(judgements, '$[*] ? (${condition})')) = jsonb_array_length(judgements)`;

/** SQL: every judgement of an inspection is on the scale of the first. */
export const ONE_SCALE = ofEvery('@.scale == $[0].scale');

/** SQL: every judgement is a word of its scale. */
export const WORDS_OF_SCALE = ofEvery(oneOfItsWords);

/** SQL: every scale is one of the regulator's own. */
export const SCALE_OF_REGULATOR = `case regulator ${Object.values(Regulator)
  .map((regulator) => `when '${regulator}' then ${ofEvery(scalesOf(regulator))}`)
  .join(' ')} else false end`;

/** SQL: a judgement `j` (aspect, judgement, scale) is the overall one, whatever the regulator calls it; an interim inspection has none. */
export const IS_OVERALL = `(j.aspect like 'Overall%' or j.aspect = 'Outcome') and j.scale <> '${JudgementScale.OFSTED_INTERIM_EFFECTIVENESS}'`;
