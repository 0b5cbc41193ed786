export * from './monitoring.feature.js';
export { readCalendar } from './schedule/calendar.service.js';
export { turnScheduleClock } from './schedule/schedule-clock.js';
export * from './schedule/schedule.feature.js';
export { TEMPLATES } from './schedule/templates.js';
export { VisitScheduleTemplate } from './schedule/vocabulary.js';
export * from './visit/visit.entity.js';
export * from './visit/vocabulary.js';
