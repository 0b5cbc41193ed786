import { AnswerState } from '@accord/due-diligence';
import { Severity } from '@accord/flags';
import { ActionState, Assessment, ScheduledVisitState, VisitOutcome } from '@accord/monitoring';
import { AccreditationStatus, PlacementType, ProcurementRoute } from '@accord/providers';

/** The categories of reports in their order, each in words. */

export const STANDINGS: Readonly<Record<AccreditationStatus, string>> = {
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

export const ROUTES: Readonly<Record<ProcurementRoute, string>> = {
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

export const OUTCOMES: Readonly<Record<VisitOutcome, string>> = {
  EXPECTATIONS_MET: 'Expectations met',
  MET_WITH_ACTIONS: 'Met, with actions',
  SIGNIFICANT_CONCERNS: 'Significant concerns',
  IMMEDIATE_ACTION: 'Immediate action needed',
  ACCESS_REFUSED: 'Not let in',
  NOT_COMPLETED: 'Not completed',
};

export const DUE: Readonly<Record<ScheduledVisitState, string>> = {
  UPCOMING: 'Due later',
  DUE: 'Due',
  OVERDUE: 'Overdue',
};

export const MET: Readonly<Record<Assessment, string>> = {
  MET: 'Met',
  PARTLY_MET: 'Partly met',
  NOT_MET: 'Not met',
  NOT_SEEN: 'Not seen',
};

export const OUTSTANDING: Readonly<Record<Exclude<ActionState, ActionState.VERIFIED>, string>> = {
  OPEN: 'To be done',
  OVERDUE: 'Overdue',
  DONE: 'Done, and not yet verified',
};

export const ANSWERS: Readonly<Record<AnswerState, string>> = {
  MISSING: 'Missing',
  CURRENT: 'Current',
  EXPIRING: 'Expiring',
  EXPIRED: 'Expired',
  CHALLENGED: 'Challenged',
};

export const SEVERITIES: Readonly<Record<Severity, string>> = {
  LOW: 'Low',
  MEDIUM: 'Medium',
  HIGH: 'High',
  CRITICAL: 'Critical',
};

export const PLACEMENT_TYPES: Readonly<Record<PlacementType, string>> = {
  FOSTERING_IN_HOUSE: 'Fostering, in house',
  FOSTERING_IFA: 'Fostering, by an agency',
  CHILDRENS_HOME: 'Children’s home',
  SECURE_CHILDRENS_HOME: 'Secure children’s home',
  RESIDENTIAL_FAMILY_CENTRE: 'Residential family centre',
  RESIDENTIAL_SPECIAL_SCHOOL: 'Residential special school',
  SUPPORTED_SELF_CONTAINED: 'Supported accommodation, self-contained',
  SUPPORTED_SHARED_RING_FENCED: 'Supported accommodation, shared and ring-fenced',
  SUPPORTED_SHARED_OPEN: 'Supported accommodation, shared and open',
  SUPPORTED_PRIVATE_RESIDENCE: 'Supported accommodation, in a private residence',
  STAYING_PUT: 'Staying put',
  CARE_LEAVER_18_PLUS: 'Care leavers, 18 and over',
  SUPPORTED_LIVING: 'Supported living',
  SHARED_LIVES: 'Shared lives',
};
