import { createHash } from 'node:crypto';
import { once, type Operation } from '@accord/access';
import { AccordError, conflict, forbidden, isId, notFound } from '@accord/kernel';
import { lockName, readPlain } from '@accord/persistence';
import { AnswerService } from './answer.service.js';
import { DueDiligenceLoader } from './due-diligence.loader.js';
import { EvidenceRecord } from './evidence.entity.js';
import type { UploadDueDiligenceEvidenceInput } from './evidence.inputs.js';
import { checkTakesFiles, keepEvidence, storeFor } from './evidence-keeper.js';
import type { EvidenceStore } from './evidence-store.js';
import { MOST_FILES } from './figures.js';

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
      const { tenantId, displayName } = await this.op.caller();
      await this.#checkAnswer(answerId);
      const evidence = { id: evidenceId, answerId, path: 'input.file', file };
      await keepEvidence(this.op.runtime, this.op.em, [evidence], { tenantId, name: displayName });
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
    checkTakesFiles('input.answerId', question?.category);
    // Two at once would each find room for one more.
    await lockName(this.op.em, `files of answer ${answerId}`);
    const files = await readPlain(this.op.em, EvidenceRecord, 'where e.answer_id = ?', [answerId]);
    if (files.length >= MOST_FILES) throw conflict(`An answer has at most ${MOST_FILES} files.`);
  }

  #store(): EvidenceStore {
    return storeFor(this.op.runtime.evidence);
  }
}
