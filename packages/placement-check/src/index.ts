export * from './check-keeper.js';
export * from './placement-check.feature.js';
