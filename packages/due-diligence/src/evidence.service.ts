import { createHash } from 'node:crypto';
import { once, plainText, type Operation } from '@accord/access';
import { AccordError, badInput, conflict, forbidden, isId, notFound } from '@accord/kernel';
import { execute, lockName, readPlain } from '@accord/persistence';
import { AnswerService } from './answer.service.js';
import { DueDiligenceLoader } from './due-diligence.loader.js';
import { EvidenceRecord } from './evidence.entity.js';
import type { UploadDueDiligenceEvidenceInput } from './evidence.inputs.js';
import type { EvidenceStore } from './evidence-store.js';
import { typeOf } from './evidence-type.js';
import { LONGEST_NAME, MOST_FILES } from './figures.js';
import { QuestionCategory } from './vocabulary.js';

declare module '@accord/access' {
  interface Runtime {
    /** Where files of evidence are kept; null where no place is named. */
    readonly evidence: EvidenceStore | null;
  }
}

/** Files that bear out answers, for the answers' audience. */
export class EvidenceService {
  constructor(private readonly op: Operation) {}

  /** Keeps a file beside an answer of the caller's own organisation. */
  async upload(input: UploadDueDiligenceEvidenceInput): Promise<EvidenceRecord> {
    const { answerId, file, idempotencyKey } = input;
    const told = { answerId, file: { name: file.name, hash: file.hash }, idempotencyKey };
    const id = await once(this.op, 'uploadDueDiligenceEvidence', told, async (evidenceId) => {
      const { displayName } = await this.op.caller();
      await this.#checkAnswer(answerId);
      const name = plainText('input.file', file.name, LONGEST_NAME);
      const mediaType = typeOf('input.file', name, file.content);
      await execute(
        this.op.em,
        `insert into due_diligence_evidence (id, answer_id, file_name, media_type, bytes, hash, scan, uploaded_by, uploaded_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, now())`,
        [evidenceId, answerId, name, mediaType, file.content.length, file.hash, file.scan, displayName],
      );
      // Last: a row has its bytes. Bytes whose row was not kept, because the process ended in between, lie there under
      // an id that nobody was ever given.
      await this.#store().put(evidenceId, file.content);
    });
    return this.seen(id);
  }

  /** The bytes of a file, as they were when it was kept. @throws AccordError where the store has others, or none. */
  async content({ id, hash }: EvidenceRecord): Promise<Buffer> {
    const content = await this.#store().get(id);
    if (content && createHash('sha256').update(content).digest('hex') === hash) return content;
    throw new AccordError(
      'INTERNAL_SERVER_ERROR',
      'The file in the store is not the one that was kept: tell whoever runs Accord.',
    );
  }

  /** The file as the caller may see it. @throws `NOT_FOUND`. */
  async seen(id: string): Promise<EvidenceRecord> {
    const [evidence] = isId(id) ? await readPlain(this.op.em, EvidenceRecord, 'where e.id = ?', [id]) : [];
    if (!evidence) throw notFound('file');
    return evidence;
  }

  async #checkAnswer(answerId: string): Promise<void> {
    const { tenantId } = await this.op.caller();
    const answer = await this.op.get(AnswerService).seen(answerId);
    if (answer.ownerId !== tenantId) throw forbidden('Only the organisation that answered adds files to it.');
    if (answer.withdrawnOn !== null)
      throw conflict('This answer was withdrawn: give another, and add the file to that.');
    const question = await this.op.get(DueDiligenceLoader).question.load(answer.questionId);
    if (question?.category === QuestionCategory.DBS)
      throw badInput('input.answerId', 'No file is kept about DBS records (Police Act 1997, section 124).');
    // Two at once would each find room for one more.
    await lockName(this.op.em, `files of answer ${answerId}`);
    const files = await readPlain(this.op.em, EvidenceRecord, 'where e.answer_id = ?', [answerId]);
    if (files.length >= MOST_FILES) throw conflict(`An answer has at most ${MOST_FILES} files.`);
  }

  #store(): EvidenceStore {
    const { evidence } = this.op.runtime;
    if (!evidence) throw conflict('No place is named where files are kept (EVIDENCE_FOLDER or EVIDENCE_S3_ENDPOINT).');
    return evidence;
  }
}
