import { PlacementType } from '@accord/providers';
import { VisitingFunction } from '../visit/vocabulary.js';
import { SpanUnit, type Span } from './span.js';
import type { Cadence } from './visit-plan.js';
import { VisitRegime, VisitScheduleTemplate } from './vocabulary.js';

/** Who visits which homes, and when. */
export interface VisitRuleFacts extends Cadence {
  readonly name: string;
  /** Any of them will do. */
  readonly functions: readonly VisitingFunction[];
  readonly regime: VisitRegime;
  /** Homes that offer any of these; all where there are none. */
  readonly placementTypes: readonly PlacementType[];
  /** Where it comes from. */
  readonly source: string | null;
}

const { DAYS, WEEKS, MONTHS } = SpanUnit;
const span = (count: number, unit: SpanUnit): Span => ({ count, unit });

const TWICE_A_YEAR = span(6, MONTHS);
const YEARLY = span(12, MONTHS);
/** A visit before a young person moves in counts where it was made in the month before. */
const BEFORE_MOVING_IN_DAYS = 31;

const SUPPORTED = [
  PlacementType.SUPPORTED_SELF_CONTAINED,
  PlacementType.SUPPORTED_SHARED_RING_FENCED,
  PlacementType.SUPPORTED_SHARED_OPEN,
  PlacementType.SUPPORTED_PRIVATE_RESIDENCE,
];
const RESIDENTIAL = [
  PlacementType.CHILDRENS_HOME,
  PlacementType.SECURE_CHILDRENS_HOME,
  PlacementType.RESIDENTIAL_FAMILY_CENTRE,
  PlacementType.RESIDENTIAL_SPECIAL_SCHOOL,
];
/** In-house foster placements are exempt (Kent, line 106). */
const KENT = Object.values(PlacementType).filter((type) => type !== PlacementType.FOSTERING_IN_HOUSE);

const { COMMISSIONING, SOCIAL_WORKER, PERSONAL_ADVISER, INDEPENDENT_REVIEWING_OFFICER, SERVICE_MANAGER } =
  VisitingFunction;

const rule = (
  name: string,
  functions: readonly VisitingFunction[],
  regime: VisitRegime,
  placementTypes: readonly PlacementType[],
  source: string,
  cadence: Partial<Cadence>,
): VisitRuleFacts => ({
  name,
  functions,
  regime,
  placementTypes,
  source,
  startsAfter: null,
  endsAfter: null,
  firstWithin: null,
  every: null,
  earlyDays: 0,
  toleranceDays: 0,
  ...cadence,
});

const { ANY, REGISTERED, UNREGISTERED } = VisitRegime;
const SIX_WEEKS = span(6, WEEKS);

/**
 * The seeds' schedules (`domain/facts.md` 8). What hangs on a child's review ("before the second review") has no date
 * without a child, and is left out: the reviewing officer's visits are there by what is counted in time.
 */
export const TEMPLATES: Readonly<Record<VisitScheduleTemplate, readonly VisitRuleFacts[]>> = {
  [VisitScheduleTemplate.BRENT]: [
    rule('Monitoring visit, twice a year', [COMMISSIONING], ANY, SUPPORTED, 'Brent report, 4.11', {
      every: TWICE_A_YEAR,
      toleranceDays: 14,
    }),
  ],
  [VisitScheduleTemplate.BARNET]: [
    rule('Monitoring check of residential homes, yearly', [COMMISSIONING], ANY, RESIDENTIAL, 'Barnet, line 588', {
      every: YEARLY,
      toleranceDays: 28,
    }),
    rule('Social worker, in the first week and every 6 weeks', [SOCIAL_WORKER], ANY, [], 'Barnet, line 68', {
      firstWithin: span(1, WEEKS),
      every: SIX_WEEKS,
    }),
  ],
  [VisitScheduleTemplate.CITY_OF_LONDON]: [
    rule('Review of placement contract, yearly', [COMMISSIONING], ANY, [], 'City of London, line 266', {
      every: YEARLY,
      toleranceDays: 28,
    }),
  ],
  [VisitScheduleTemplate.KENT]: [
    rule('Purposeful visit, every 12 weeks', [SOCIAL_WORKER], REGISTERED, KENT, 'Kent, lines 121-136', {
      every: span(12, WEEKS),
      earlyDays: BEFORE_MOVING_IN_DAYS,
    }),
    rule('Reviewing officer, twice a year', [INDEPENDENT_REVIEWING_OFFICER], REGISTERED, KENT, 'Kent, lines 168-170', {
      every: TWICE_A_YEAR,
    }),
    rule(
      'Visit before or within 24 hours of the move',
      [SOCIAL_WORKER, PERSONAL_ADVISER],
      UNREGISTERED,
      KENT,
      'Kent, lines 185-188',
      { firstWithin: span(1, DAYS), earlyDays: BEFORE_MOVING_IN_DAYS },
    ),
    rule('Weekly for six weeks', [SOCIAL_WORKER, PERSONAL_ADVISER], UNREGISTERED, KENT, 'Kent, lines 189-190', {
      every: span(1, WEEKS),
      endsAfter: SIX_WEEKS,
    }),
    rule('Then monthly', [SOCIAL_WORKER, PERSONAL_ADVISER], UNREGISTERED, KENT, 'Kent, lines 189-190', {
      startsAfter: SIX_WEEKS,
      every: span(1, MONTHS),
    }),
    rule('Commissioning’s own form', [COMMISSIONING], UNREGISTERED, KENT, 'Kent, lines 206-210', {
      firstWithin: span(10, DAYS),
    }),
    rule('Service manager', [SERVICE_MANAGER], UNREGISTERED, KENT, 'Kent, lines 212-216', {
      firstWithin: span(1, MONTHS),
      every: YEARLY,
    }),
    rule('Reviewing officer, quarterly', [INDEPENDENT_REVIEWING_OFFICER], UNREGISTERED, KENT, 'Kent, lines 218-229', {
      every: span(3, MONTHS),
    }),
  ],
};
