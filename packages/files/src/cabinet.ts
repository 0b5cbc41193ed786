import type { Runtime } from '@accord/access';
import { conflict, type Seal } from '@accord/kernel';
import type { FileStore } from './file-store.js';

declare module '@accord/access' {
  interface Runtime {
    readonly files: FileCabinet;
  }
}

/** What a gateway has for files. */
export interface FileCabinet {
  /** Null where no place is named. */
  readonly store: FileStore | null;
  /** How much of it is each organisation's, in megabytes. */
  readonly mostMegabytes: number;
  /** Seals the tickets by which opened files are fetched. */
  readonly tickets: Seal;
}

/** What is needed to keep files. */
export type FileRuntime = Pick<Runtime, 'orm' | 'files'>;

/** @throws AccordError `CONFLICT` where no place is named for files. */
export function storeOf({ files }: Pick<Runtime, 'files'>): FileStore {
  if (files.store) return files.store;
  throw conflict('No place is named where files are kept (EVIDENCE_FOLDER or EVIDENCE_S3_ENDPOINT).');
}
