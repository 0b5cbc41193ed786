import { AnswerState, tallyAnswers } from '@accord/due-diligence';
import { Severity, tallyFlags } from '@accord/flags';
import {
  ActionState,
  Assessment,
  ScheduledVisitState,
  tallyActions,
  tallyExpectations,
  tallySchedule,
  tallyVisits,
  VisitOutcome,
} from '@accord/monitoring';
import type { Tally } from '@accord/persistence';
import {
  AccreditationStatus,
  NONE_RECORDED,
  ProcurementRoute,
  tallyRegister,
  tallyUseByRoute,
  tallyUseByStanding,
} from '@accord/providers';
import type { EntityManager } from '@mikro-orm/postgresql';
import { monthAfter, type Month } from './month.js';
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

const STANDINGS: Readonly<Record<AccreditationStatus, string>> = {
  APPLIED: 'Applied',
  IN_ASSESSMENT: 'In assessment',
  ACCREDITED: 'Accredited',
  ACCREDITED_WITH_CONDITIONS: 'Accredited with conditions',
  REVIEW_OVERDUE: 'Accredited, review overdue',
  INTERIM_SUSPENDED: 'Suspended for the time being',
  SUSPENDED: 'Suspended',
  REFUSED: 'Refused',
  REVOKED: 'Revoked',
  WITHDRAWN_BY_PROVIDER: 'Withdrawn by the provider',
  LAPSED: 'Lapsed',
};

const ROUTES: Readonly<Record<ProcurementRoute, string>> = {
  DPV: 'Dynamic purchasing vehicle',
  DPS: 'Dynamic purchasing system',
  DYNAMIC_MARKET: 'Dynamic market',
  FRAMEWORK: 'Framework',
  REGIONAL_LIST: 'Regional list',
  BLOCK: 'Block contract',
  SPOT: 'Spot purchase',
  IN_HOUSE: 'In house',
  MOU: 'Memorandum of understanding',
};

const OUTCOMES: Readonly<Record<VisitOutcome, string>> = {
  EXPECTATIONS_MET: 'Expectations met',
  MET_WITH_ACTIONS: 'Met, with actions',
  SIGNIFICANT_CONCERNS: 'Significant concerns',
  IMMEDIATE_ACTION: 'Immediate action needed',
  ACCESS_REFUSED: 'Not let in',
  NOT_COMPLETED: 'Not completed',
};

const DUE: Readonly<Record<ScheduledVisitState, string>> = { UPCOMING: 'Due later', DUE: 'Due', OVERDUE: 'Overdue' };

const MET: Readonly<Record<Assessment, string>> = {
  MET: 'Met',
  PARTLY_MET: 'Partly met',
  NOT_MET: 'Not met',
  NOT_SEEN: 'Not seen',
};

const OUTSTANDING: Readonly<Record<Exclude<ActionState, ActionState.VERIFIED>, string>> = {
  OPEN: 'To be done',
  OVERDUE: 'Overdue',
  DONE: 'Done, and not yet verified',
};

const ANSWERS: Readonly<Record<AnswerState, string>> = {
  MISSING: 'Missing',
  CURRENT: 'Current',
  EXPIRING: 'Expiring',
  EXPIRED: 'Expired',
  CHALLENGED: 'Challenged',
};

const SEVERITIES: Readonly<Record<Severity, string>> = {
  LOW: 'Low',
  MEDIUM: 'Medium',
  HIGH: 'High',
  CRITICAL: 'Critical',
};

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
