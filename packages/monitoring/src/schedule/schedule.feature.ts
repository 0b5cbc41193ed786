import { all, type Feature } from '@accord/access';
import { CalendarFeed } from './calendar-feed.entity.js';
import { CalendarResolver } from './calendar.resolver.js';
import { HomeScheduleResolver, ScheduledVisitResolver } from './schedule.resolver.js';
import { VisitReminder } from './visit-reminder.entity.js';
import { VisitRule } from './visit-rule.entity.js';

/** Who visits what by when. */
export const scheduleFeature: Feature = {
  name: 'schedule',
  entities: [VisitRule, VisitReminder, CalendarFeed],
  resolvers: [ScheduledVisitResolver, HomeScheduleResolver, CalendarResolver],
  access: {
    actions: {
      'Query.visitRules': 'schedule:read',
      'Query.visitSchedule': 'schedule:read',
      'Query.visitScheduleFigures': 'schedule:read',
      'Home.scheduledVisits': 'schedule:read',
      'Home.visitsDone': 'schedule:read',
      'Mutation.adoptVisitSchedule': 'schedule:keep',
      'Mutation.addVisitRule': 'schedule:keep',
      'Mutation.changeVisitRule': 'schedule:keep',
      'Mutation.retireVisitRule': 'schedule:keep',
      'Query.calendarFeeds': 'schedule:read',
      'Mutation.createCalendarFeed': 'schedule:read',
      'Mutation.revokeCalendarFeeds': 'schedule:read',
    },
    types: {
      VisitRule: {
        ...all('tenant', 'id', 'name', 'functions', 'regime', 'placementTypes', 'startsAfter', 'endsAfter'),
        ...all('tenant', 'firstWithin', 'every', 'earlyDays', 'toleranceDays', 'source', 'version'),
      },
      VisitSpan: all('tenant', 'count', 'unit'),
      ScheduledVisit: {
        ...all('tenant', 'rule', 'home', 'dueOn', 'state', 'planBy', 'clashes', 'lastVisitOn', 'warning'),
      },
      DoneVisit: all('tenant', 'rule', 'dueOn', 'doneOn', 'wasLate'),
      VisitScheduleFigures: all('tenant', 'upcoming', 'due', 'overdue', 'done', 'doneLate'),
      CalendarFeed: all('caller', 'id', 'functions', 'createdAt', 'expiresAt', 'revokedAt'),
      CreatedCalendarFeed: { feed: 'caller', path: 'caller' },
      CalendarFeedsPayload: 'envelope',
      VisitRulePayload: 'envelope',
      VisitRulesPayload: 'envelope',
      ScheduledVisitConnection: 'envelope',
      ScheduledVisitEdge: 'envelope',
    },
  },
  grants: {
    visit_rule: { gateway: ['select', 'insert', 'update'], worker: ['select'] },
    visit_reminder: { worker: ['select', 'insert'] },
    calendar_feed: { gateway: ['select', 'insert', { update: ['revoked_at'] }] },
  },
};
