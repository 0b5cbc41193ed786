export { monthAfter, monthOf, writeMonth } from './month.js';
export * from './report-clock.js';
export * from './reporting.feature.js';
export { ReportKind } from './vocabulary.js';
