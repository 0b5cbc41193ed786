export * from './cluster.js';
export * from './redis.js';
