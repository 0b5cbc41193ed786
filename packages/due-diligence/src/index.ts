export * from './clock.js';
export * from './declaration.js';
export * from './due-diligence.feature.js';
export * from './due-diligence.loader.js';
export * from './due-diligence.type.js';
export { tallyAnswers } from './item.seen.js';
export * from './notice.seen.js';
export * from './vocabulary.js';
