export * from './monitoring.feature.js';
export * from './schedule/schedule.feature.js';
export * from './visit/visit.entity.js';
export * from './visit/vocabulary.js';
