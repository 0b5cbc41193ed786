export * from './intelligence.disclosure.js';
export * from './intelligence.feature.js';
export * from './intelligence.type.js';
