export * from './identifier.js';
export type {
  Difference,
  ImportCount,
  Imported,
  ImportReport,
} from './import/import-report.js';
export { examineOfstedFile, readBatches, type OfstedBatch } from './import/ofsted-batches.js';
export { OFSTED_COLUMNS, type ColumnMeaning, type OfstedColumn } from './import/ofsted-column.js';
export { MOST_MEGABYTES } from './import/ofsted-file.js';
export { OfstedImport, type BatchResult } from './import/ofsted-import.js';
export type { Refusal } from './import/refusal.js';
export type { InspectionNews, StatusNews } from './import/registration-batch.js';
export * from './judgement.js';
export * from './provider.entity.js';
export * from './provider.loader.js';
export * from './provider.service.js';
export * from './providers.feature.js';
export * from './registration.entity.js';
export * from './registration.service.js';
export * from './use.entity.js';
export * from './vocabulary.js';
