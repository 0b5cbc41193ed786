export * from './flag.disclosure.js';
export * from './flag.facts.js';
export * from './flag.service.js';
export * from './flag.type.js';
export * from './flags.feature.js';
export * from './vocabulary.js';
