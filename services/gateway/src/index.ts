export * from './features.js';
export * from './schema.js';
export * from './start.js';
