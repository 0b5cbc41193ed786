export * from './record-keeping.feature.js';
