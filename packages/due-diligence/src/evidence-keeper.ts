import { plainText, type UploadedFile } from '@accord/access';
import { badInput, conflict } from '@accord/kernel';
import { execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { EvidenceStore } from './evidence-store.js';
import { typeOf } from './evidence-type.js';
import { LONGEST_NAME } from './figures.js';
import { QuestionCategory } from './vocabulary.js';

/** A file that is about to be kept, and where in the input it stands. */
export interface NewEvidence {
  readonly id: string;
  readonly answerId: string;
  readonly path: string;
  readonly file: UploadedFile;
}

/** @throws AccordError `CONFLICT` where no place is named for files. */
export function storeFor(store: EvidenceStore | null): EvidenceStore {
  if (store) return store;
  throw conflict('No place is named where files are kept (EVIDENCE_FOLDER or EVIDENCE_S3_ENDPOINT).');
}

/** @throws AccordError `BAD_USER_INPUT`: about this no file is kept. */
export function checkTakesFiles(path: string, category: QuestionCategory | undefined): void {
  if (category === QuestionCategory.DBS)
    throw badInput(path, 'No file is kept about DBS records (Police Act 1997, section 124).');
}

/**
 * Keeps files beside answers of the organisation in whose name the transaction is: all of them, or none.
 * @param uploadedBy a name to be kept with them.
 */
export async function keepEvidence(
  em: EntityManager,
  store: EvidenceStore,
  files: readonly NewEvidence[],
  uploadedBy: string,
): Promise<void> {
  const checked = files.map(({ path, file, ...row }) => {
    const name = plainText(path, file.name, LONGEST_NAME);
    return { ...row, file, name, mediaType: typeOf(path, name, file.content) };
  });
  for (const { id, answerId, name, mediaType, file } of checked)
    await execute(
      em,
      `insert into due_diligence_evidence (id, answer_id, file_name, media_type, bytes, hash, scan, uploaded_by, uploaded_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, now())`,
      [id, answerId, name, mediaType, file.content.length, file.hash, file.scan, uploadedBy],
    );
  // Last: a row has its bytes. Bytes whose row was not kept, because the process ended in between, lie there under
  // an id that nobody was ever given.
  try {
    for (const { id, file } of checked) await store.put(id, file.content);
  } catch (error) {
    await Promise.allSettled(checked.map(({ id }) => store.remove(id)));
    throw error;
  }
}
