import { tallyAnswers } from '@accord/due-diligence';
import { tallyFlags } from '@accord/flags';
import { tallyActions, tallyExpectations, tallySchedule, tallyVisits } from '@accord/monitoring';
import type { Tally } from '@accord/persistence';
import {
  NONE_RECORDED,
  RATINGS,
  tallyRegister,
  tallyUseByRating,
  tallyUseByRoute,
  tallyUseByStanding,
} from '@accord/providers';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  ANSWERS,
  DUE,
  MET,
  OUTCOMES,
  OUTSTANDING,
  PLACEMENT_TYPES,
  ROUTES,
  SEVERITIES,
  STANDINGS,
} from './categories.js';
import { monthAfter, returnsOf, type Month } from './month.js';
import { tallyMatched, tallyNotMatched, tallySought, tallySpend } from './placement-return/return-tally.js';
import { ReportKind } from './vocabulary.js';

/** What a report counts, for whom, and in which words. */
export interface ReportDefinition {
  /** What one of it is. */
  readonly counts: string;
  /** Where it comes from. */
  readonly source: string;
  /** Its categories in their order, each in words. */
  readonly categories: Readonly<Record<string, string>>;
  /**
   * Whose it is. BOROUGHS and EVERYONE: each counts its own, and nobody else could. REGISTER: it is public to the
   * alliance's members, and counted once, by the alliance.
   */
  readonly of: 'REGISTER' | 'BOROUGHS' | 'EVERYONE';
  /** The category of which no borough's part is shown, where another report counts the same things. */
  readonly apart?: string;
  /** Whether boroughs' returns of the month before say it: of one that gave none nothing is known. */
  readonly isReturned?: true;
  /** Published as the sum of these, where both are shown: a number that is the sum of two follows from them anyhow. */
  readonly sumOf?: readonly ReportKind[];
  /** In pounds, and published by the rule for money: on what was counted there. */
  readonly spentOn?: ReportKind;
  readonly tally: TallyOfMonth | TallyOfDay;
}

/** Counts an organisation's own, in its name: what happened in a month. */
interface TallyOfMonth {
  readonly ofMonth: (em: EntityManager, organisationId: string, month: Month) => Promise<Tally>;
}

/** Counts an organisation's own, in its name: how it stands on a day. */
interface TallyOfDay {
  readonly onDay: (em: EntityManager, organisationId: string, day: string) => Promise<Tally>;
}

/** What boroughs' returns of the month before say by placement type. */
const returned = (
  counts: string,
  tally: TallyOfMonth['ofMonth'],
  more: Pick<ReportDefinition, 'sumOf' | 'spentOn'> = {},
): ReportDefinition => ({
  counts,
  source: 'Boroughs’ monthly returns of their placement searches',
  categories: PLACEMENT_TYPES,
  of: 'BOROUGHS',
  isReturned: true,
  ...more,
  tally: { ofMonth: (em, id, month) => tally(em, id, returnsOf(month)) },
});

export const DEFINITIONS: Readonly<Record<ReportKind, ReportDefinition>> = {
  ACCREDITATION_PIPELINE: {
    counts: 'Providers that applied for accreditation, each once',
    source: 'The alliance’s register of accreditation',
    categories: STANDINGS,
    of: 'REGISTER',
    tally: { onDay: tallyRegister },
  },
  ACCREDITATION_IN_USE: {
    counts: 'Providers in use, once for each borough that uses them',
    source: 'Boroughs’ numbers of placements, and the alliance’s register of accreditation',
    categories: { ...STANDINGS, [NONE_RECORDED]: 'Never applied' },
    of: 'BOROUGHS',
    apart: NONE_RECORDED,
    tally: { onDay: tallyUseByStanding },
  },
  USE_BY_ROUTE: {
    counts: 'Providers in use, once for each borough that uses them and each route by which it does',
    source: 'Boroughs’ numbers of placements, and their arrangements',
    categories: { ...ROUTES, [NONE_RECORDED]: 'No arrangement recorded' },
    of: 'BOROUGHS',
    apart: NONE_RECORDED,
    tally: { onDay: tallyUseByRoute },
  },
  RATINGS: {
    counts:
      'Homes in use, and providers in use whose registration stands for their homes or carers, once for each borough that uses them',
    source: 'Boroughs’ numbers of placements, and the latest overall judgements that the regulators published',
    categories: RATINGS,
    of: 'BOROUGHS',
    apart: NONE_RECORDED,
    tally: { onDay: tallyUseByRating },
  },
  PLACEMENTS_SOUGHT: returned('Packages put out in the month before', tallySought, {
    sumOf: [ReportKind.PLACEMENTS_MATCHED, ReportKind.PLACEMENTS_NOT_MATCHED],
  }),
  PLACEMENTS_MATCHED: returned('Packages put out in the month before for which a placement was found', tallyMatched),
  PLACEMENTS_NOT_MATCHED: returned(
    'Packages put out in the month before for which no placement was found',
    tallyNotMatched,
  ),
  PLACEMENT_SPEND: returned(
    'What the placements found for packages of the month before cost a week as agreed, in whole pounds',
    tallySpend,
    { spentOn: ReportKind.PLACEMENTS_MATCHED },
  ),
  VISITS_DUE: {
    counts: 'Visits that are still to be made',
    source: 'Boroughs’ schedules of visits',
    categories: DUE,
    of: 'BOROUGHS',
    tally: { onDay: tallySchedule },
  },
  VISITS_DONE: {
    counts: 'Visits of the month that were finished',
    source: 'Boroughs’ records of visits',
    categories: OUTCOMES,
    of: 'BOROUGHS',
    tally: { ofMonth: (em, id, month) => tallyVisits(em, id, month, monthAfter(month, 1)) },
  },
  EXPECTATIONS: {
    counts: 'Expectations assessed on visits of the month',
    source: 'Boroughs’ records of visits, by the quality assessment framework',
    categories: MET,
    of: 'BOROUGHS',
    tally: { ofMonth: (em, id, month) => tallyExpectations(em, id, month, monthAfter(month, 1)) },
  },
  ACTIONS: {
    counts: 'Actions after visits that nobody has yet seen to be done',
    source: 'Boroughs’ records of visits',
    categories: OUTSTANDING,
    of: 'BOROUGHS',
    tally: { onDay: tallyActions },
  },
  ANSWERS: {
    counts: 'Questions about homes in use and their providers, once for each borough that uses them',
    source: 'Due-diligence answers, as each borough may see them',
    categories: ANSWERS,
    of: 'BOROUGHS',
    tally: { onDay: tallyAnswers },
  },
  FLAGS: {
    counts: 'Open flags that go to the boroughs concerned or to the whole alliance, but for anonymous ones',
    source: 'Flags, by who raised them',
    categories: SEVERITIES,
    of: 'EVERYONE',
    tally: { onDay: tallyFlags },
  },
};

export const REPORT_KINDS = Object.values(ReportKind);
