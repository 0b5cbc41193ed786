import { once, type Operation } from '@accord/access';
import { FileOpening, type Fetching, type FileKind } from '@accord/files';
import { conflict, forbidden, isId, notFound } from '@accord/kernel';
import { lockName, readPlain } from '@accord/persistence';
import { AnswerService } from './answer.service.js';
import { DueDiligenceLoader } from './due-diligence.loader.js';
import { EvidenceRecord } from './evidence.entity.js';
import type { OpenDueDiligenceEvidenceInput, UploadDueDiligenceEvidenceInput } from './evidence.inputs.js';
import { checkTakesFiles, keepEvidence } from './evidence-keeper.js';
import { MOST_FILES } from './figures.js';

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

  /** Opens a file that the caller may see, for a purpose. */
  async open(input: OpenDueDiligenceEvidenceInput): Promise<Fetching & { readonly evidence: EvidenceRecord }> {
    const evidence = await this.seen(input.evidenceId);
    const { ownerId, providerId } = await this.op.get(AnswerService).seen(evidence.answerId);
    const toRead = { id: evidence.id, ownerId, providerId };
    return { evidence, ...(await this.op.get(FileOpening).open(EVIDENCE_FILES, toRead, input)) };
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
}

/** Evidence, as it is handed out. */
export const EVIDENCE_FILES: FileKind = {
  name: 'evidence',
  action: 'due-diligence:open',
  seen: (op, id) => op.get(EvidenceService).seen(id),
};
