export * from './clock.js';
export * from './config.js';
export * from './error.js';
export * from './id.js';
export * from './log.js';
export * from './process.js';
export * from './seal.js';
export * from './wake.js';
