export * from './figures.js';
export { importFile, type FileReport } from './import-file.js';
export { runImport } from './import-run.js';
export * from './regulator.feature.js';
export * from './vocabulary.js';
