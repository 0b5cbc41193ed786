export * from './identifier.js';
export * from './provider.entity.js';
export * from './provider.loader.js';
export * from './provider.service.js';
export * from './providers.feature.js';
export * from './registration.entity.js';
export * from './use.entity.js';
export * from './vocabulary.js';
