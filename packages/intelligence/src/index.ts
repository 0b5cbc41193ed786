export * from './intelligence.disclosure.js';
export * from './intelligence.feature.js';
export * from './intelligence-on-home.js';
export * from './intelligence.type.js';
export * from './pattern-finder.js';
export { DecisionKind } from './relied-copy.entity.js';
export * from './relied-copy-keeper.js';
export * from './relied-copy.service.js';
