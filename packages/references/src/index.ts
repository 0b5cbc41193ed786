export * from './reference.clock.js';
export * from './reference-keeper.js';
export * from './reference.service.js';
export * from './reference.type.js';
export * from './references.feature.js';
export * from './vocabulary.js';
