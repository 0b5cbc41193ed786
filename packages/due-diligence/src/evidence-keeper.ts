import { plainText, type Runtime, type UploadedFile } from '@accord/access';
import { badInput, conflict } from '@accord/kernel';
import { execute, TenantTransaction } from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { noteUnderWay, strikeOut } from './evidence-removal.js';
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
  { orm, evidence }: Pick<Runtime, 'orm' | 'evidence'>,
  em: EntityManager,
  files: readonly NewEvidence[],
  by: UploadedBy,
): Promise<void> {
  const store = storeFor(evidence);
  const checked = files.map(({ path, file, ...row }) => {
    const name = plainText(path, file.name, LONGEST_NAME);
    return { ...row, file, name, mediaType: typeOf(path, name, file.content) };
  });
  const rows = checked.map(({ file: { content, hash, scan }, ...row }) => ({
    ...row,
    bytes: content.length,
    hash,
    scan,
  }));
  await execute(
    em,
    `insert into due_diligence_evidence (id, answer_id, file_name, media_type, bytes, hash, scan, uploaded_by, uploaded_at)
     select id, "answerId", name, "mediaType", bytes, hash, scan, ?, now()
     from jsonb_to_recordset(?::jsonb) as v(id uuid, "answerId" uuid, name text, "mediaType" text, bytes int, hash text, scan text)`,
    [by.name, JSON.stringify(rows)],
  );
  // Last, as the store knows of no transaction. Noted before it has any of them, and struck out together with the rows:
  // whenever this process ends, what lies there without a row is removed.
  const ids = checked.map(({ id }) => id);
  await noteUnderWay(orm, by.tenantId, ids);
  const puts = await Promise.allSettled(checked.map(({ id, file }) => store.put(id, file.content)));
  const failed = puts.find((put) => put.status === 'rejected');
  if (failed) {
    await takeBack({ orm, store }, by.tenantId, ids);
    throw failed.reason;
  }
  await strikeOut(em, ids);
}

/** What cannot be taken back now stays noted. */
async function takeBack(
  { orm, store }: { readonly orm: MikroORM; readonly store: EvidenceStore },
  tenantId: string,
  ids: readonly string[],
): Promise<void> {
  const removed = await Promise.allSettled(ids.map((id) => store.remove(id)));
  const gone = ids.filter((_id, index) => removed[index]?.status === 'fulfilled');
  await TenantTransaction.run(orm, { tenantId, callerId: null }, 'write', (em) => strikeOut(em, gone));
}
