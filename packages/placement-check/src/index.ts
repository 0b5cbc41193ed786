export * from './placement-check.feature.js';
