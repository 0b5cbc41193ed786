export * from './accreditation-keeper.js';
export * from './accreditation.feature.js';
export * from './accreditation.service.js';
export * from './clock.js';
export * from './decision.service.js';
export * from './hearing.service.js';
export * from './vocabulary.js';
