export * from './accord.js';
export * from './client.js';
export * from './cluster.js';
export * from './deployment.js';
export * from './disturbance.js';
export * from './redis.js';
export type { ServiceProcess } from './service-process.js';
export * from './queue-capture.js';
export * from './queued-jobs.js';
