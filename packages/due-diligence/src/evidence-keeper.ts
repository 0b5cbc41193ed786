import { plainText, type UploadedFile } from '@accord/access';
import { keepFiles, storeOf, typeOf, type FileRuntime } from '@accord/files';
import { badInput } from '@accord/kernel';
import { execute } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { LONGEST_NAME } from './figures.js';
import { QuestionCategory } from './vocabulary.js';

/** A file that is about to be kept, and where in the input it stands. */
export interface NewEvidence {
  readonly id: string;
  readonly answerId: string;
  readonly path: string;
  readonly file: UploadedFile;
}

/** @throws AccordError `BAD_USER_INPUT`: about this no file is kept. */
export function checkTakesFiles(path: string, category: QuestionCategory | undefined): void {
  if (category === QuestionCategory.DBS)
    throw badInput(path, 'No file is kept about DBS records (Police Act 1997, section 124).');
}

/** Whose the files are, and the name to be kept with them. */
interface UploadedBy {
  readonly tenantId: string;
  readonly name: string;
}

/**
 * Keeps files beside an organisation's own answers: all of them, or none.
 * @param em in a transaction in its name.
 */
export async function keepEvidence(
  runtime: FileRuntime,
  em: EntityManager,
  files: readonly NewEvidence[],
  by: UploadedBy,
): Promise<void> {
  storeOf(runtime);
  const rows = files.map(({ path, file: { name, content, hash, scan }, ...row }) => {
    const fileName = plainText(path, name, LONGEST_NAME);
    const { mediaType } = typeOf(path, fileName, content);
    return { ...row, fileName, mediaType, bytes: content.length, hash, scan };
  });
  await execute(
    em,
    `insert into due_diligence_evidence (id, answer_id, file_name, media_type, bytes, hash, scan, uploaded_by, uploaded_at)
     select id, "answerId", "fileName", "mediaType", bytes, hash, scan, ?, now()
     from jsonb_to_recordset(?::jsonb) as v(id uuid, "answerId" uuid, "fileName" text, "mediaType" text, bytes int, hash text, scan text)`,
    [by.name, JSON.stringify(rows)],
  );
  await keepFiles(
    runtime,
    em,
    by.tenantId,
    files.map(({ id, file: { content } }) => ({ id, content })),
  );
}
