export * from './cabinet.js';
export * from './file-keeper.js';
export * from './file-opening.js';
export * from './file-removal.js';
export * from './file-store.js';
export * from './file-type.js';
export * from './files.feature.js';
