import { judged, JudgementScale, SCALES, type JudgementFacts } from '../judgement.js';
import { PlacementType, RegistrationStatus } from '../vocabulary.js';
import type { OfstedColumn } from './ofsted-column.js';

/** What a provision type of the regulator's means here. */
export interface Provision {
  /** As the regulator writes it most often. */
  readonly name: string;
  /** Whose the URN is: the home's, or the provider's with all its premises or carers. */
  readonly registered: 'HOME' | 'PROVIDER';
  readonly placementTypes: readonly PlacementType[];
  readonly scale: JudgementScale;
}

const home = (name: string, ...placementTypes: PlacementType[]): Provision => ({
  name,
  registered: 'HOME',
  placementTypes,
  scale: JudgementScale.OFSTED_FOUR_POINT,
});

const agency = (name: string, scale = JudgementScale.OFSTED_FOUR_POINT): Provision => ({
  name,
  registered: 'PROVIDER',
  placementTypes: [],
  scale,
});

const PROVISIONS: readonly Provision[] = [
  home("Children's home", PlacementType.CHILDRENS_HOME),
  home("Secure children's home", PlacementType.SECURE_CHILDRENS_HOME),
  home('Residential Special School', PlacementType.RESIDENTIAL_SPECIAL_SCHOOL),
  home(
    "Residential special school (registered as a children's home)",
    PlacementType.RESIDENTIAL_SPECIAL_SCHOOL,
    PlacementType.CHILDRENS_HOME,
  ),
  home('Residential Family Centre', PlacementType.RESIDENTIAL_FAMILY_CENTRE),
  // Children live there, but nobody places them there in care: a home without a placement type.
  home('Boarding School'),
  home('Further Education College with Residential Accommodation'),
  home('Residential Holiday Scheme for Disabled Children'),
  home('Secure Training Centre'),
  agency('Independent Fostering Agency'),
  agency('Adoption Support Agency'),
  agency('Voluntary Adoption Agency'),
  agency('Supported Accommodation', JudgementScale.SUPPORTED_ACCOMMODATION_OUTCOME),
];

const STATUSES: Readonly<Record<string, RegistrationStatus>> = {
  Active: RegistrationStatus.REGISTERED,
  Suspended: RegistrationStatus.SUSPENDED,
  Cancelled: RegistrationStatus.CANCELLED,
  Resigned: RegistrationStatus.RESIGNED,
  Closed: RegistrationStatus.CLOSED,
};

/** What is judged, in the regulator's words, and the columns of this inspection's and the previous one's judgement. */
export const ASPECTS: readonly {
  readonly aspect: string;
  readonly column: OfstedColumn;
  readonly previous: OfstedColumn | null;
}[] = [
  {
    aspect: 'Overall experiences and progress of children and young people',
    column: 'overall',
    previous: 'previousOverall',
  },
  {
    aspect: 'Outcomes in education and related learning activities',
    column: 'education',
    previous: 'previousEducation',
  },
  { aspect: 'Health services', column: 'health', previous: 'previousHealth' },
  {
    aspect: 'How well children and young people are helped and protected',
    column: 'protection',
    previous: 'previousProtection',
  },
  { aspect: 'The effectiveness of leaders and managers', column: 'leadership', previous: 'previousLeadership' },
  { aspect: 'Overall effectiveness', column: 'effectiveness', previous: null },
  { aspect: 'Outcomes for children and young people', column: 'outcomes', previous: null },
  { aspect: 'Quality of care', column: 'care', previous: null },
  { aspect: 'Safeguarding children and young people', column: 'safeguarding', previous: null },
  { aspect: 'Leadership and management', column: 'management', previous: null },
  { aspect: 'Outcome', column: 'supportedOutcome', previous: null },
];

/** What the regulator also writes for a judgement, such as in older files. */
const ALSO_WRITTEN: Partial<Record<JudgementScale, Readonly<Record<string, string>>>> = {
  [JudgementScale.OFSTED_FOUR_POINT]: { 'Requires improvement': 'Requires improvement to be good' },
  [JudgementScale.OFSTED_INTERIM_EFFECTIVENESS]: { 'Declined effectiveness': 'Declined in effectiveness' },
  [JudgementScale.SUPPORTED_ACCOMMODATION_OUTCOME]: Object.fromEntries(
    SCALES.SUPPORTED_ACCOMMODATION_OUTCOME.words.map((word, index) => [`Outcome ${index + 1}`, word]),
  ),
};

const byWord = <T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> =>
  new Map(entries.map(([word, meaning]) => [wordKey(word), meaning]));

const PROVISION = byWord(PROVISIONS.map((provision) => [provision.name, provision]));
const STATUS = byWord(Object.entries(STATUSES));

export const provisionOf = (word: string): Provision | undefined => PROVISION.get(wordKey(word));
export const statusOf = (word: string): RegistrationStatus | undefined => STATUS.get(wordKey(word));

/** The judgement as its scale spells it; `undefined` for a word of another scale. */
export function judgementOf(scale: JudgementScale, aspect: string, word: string): JudgementFacts | undefined {
  const also = Object.entries(ALSO_WRITTEN[scale] ?? {}).find(([other]) => wordKey(other) === wordKey(word))?.[1];
  const known = SCALES[scale].words.find((own) => own === also || isWritten(own, word, scale));
  return known === undefined ? undefined : judged(scale, aspect, known);
}

/** An outcome may stand there with the sentence that explains it; a grade is a word. */
function isWritten(own: string, word: string, scale: JudgementScale): boolean {
  const [ownKey, key] = [wordKey(own), wordKey(word)];
  return scale === JudgementScale.SUPPORTED_ACCOMMODATION_OUTCOME ? key.startsWith(ownKey) : key === ownKey;
}

export const PROVISION_NAMES = PROVISIONS.map(({ name }) => name).join(', ');
export const STATUS_NAMES = Object.keys(STATUSES).join(', ');
export const judgementNames = (scale: JudgementScale): string => SCALES[scale].words.join(', ');

/** Spelling aside: capitals, the kind of apostrophe and dash, spaces. */
function wordKey(word: string): string {
  return word.replaceAll(/[‘’]/g, "'").replaceAll(/[‐-―]/g, '-').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
