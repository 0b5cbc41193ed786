export * from './accord.js';
export * from './client.js';
export * from './cluster.js';
export * from './redis.js';
