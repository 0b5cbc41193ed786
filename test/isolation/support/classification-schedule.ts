import type { ClassifiedType } from './classified-type.js';

const SCHEDULE = ['schedule.test.ts', 'shows a borough its own schedule, field by field, and nobody else any'] as const;
const CALENDAR = [
  'calendar.test.ts',
  'is its maker’s alone, and ends with it, with its day and with its maker’s rights',
] as const;
const WALK = ['walk.test.ts', 'has a case for every operation and guarded field, and no other'] as const;

const envelope = { fields: 'envelope', provenBy: WALK } as const;

export const SCHEDULE_TYPES: Readonly<Record<string, ClassifiedType>> = {
  VisitRule: {
    fields: {
      tenant:
        'id name functions regime placementTypes startsAfter endsAfter firstWithin every earlyDays toleranceDays source version',
    },
    provenBy: SCHEDULE,
  },
  VisitSpan: { fields: { tenant: 'count unit' }, provenBy: SCHEDULE },
  ScheduledVisit: {
    fields: { tenant: 'rule home dueOn state planBy clashes lastVisitOn warning' },
    provenBy: SCHEDULE,
  },
  DoneVisit: { fields: { tenant: 'rule dueOn doneOn wasLate' }, provenBy: SCHEDULE },
  VisitScheduleFigures: { fields: { tenant: 'upcoming due overdue done doneLate' }, provenBy: SCHEDULE },
  CalendarFeed: { fields: { caller: 'id functions createdAt expiresAt revokedAt' }, provenBy: CALENDAR },
  CreatedCalendarFeed: { fields: { caller: 'feed path' }, provenBy: CALENDAR },
  CalendarFeedsPayload: envelope,
  VisitRulePayload: envelope,
  VisitRulesPayload: envelope,
  ScheduledVisitConnection: envelope,
  ScheduledVisitEdge: envelope,
};
