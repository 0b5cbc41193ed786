import { createHash } from 'node:crypto';
import { once, optionalText, plainText, ReadKind, ReadLogService, type Operation } from '@accord/access';
import { AccordError, badInput, conflict, forbidden, isId, notFound, type Seal } from '@accord/kernel';
import { readPlain, execute } from '@accord/persistence';
import { fileTypeFromBuffer } from 'file-type';
import { AnswerService } from './answer.service.js';
import { DueDiligenceLoader } from './due-diligence.loader.js';
import { EvidenceRecord } from './evidence.entity.js';
import type { OpenDueDiligenceEvidenceInput, UploadDueDiligenceEvidenceInput } from './evidence.inputs.js';
import type { EvidenceScanner } from './evidence-scan.js';
import type { EvidenceStore } from './evidence-store.js';
import {
  DOWNLOAD_MINUTES,
  EVIDENCE_TYPES,
  LONGEST_NAME,
  LONGEST_NOTE,
  MOST_EVIDENCE_BYTES,
  MOST_FILES,
} from './figures.js';
import { QuestionCategory } from './vocabulary.js';

declare module '@accord/access' {
  interface Runtime {
    /** Where evidence is kept, and what looks through it before; null where no place is named. */
    readonly evidence: { readonly store: EvidenceStore; readonly scan: EvidenceScanner } | null;
    readonly downloads: Seal;
  }
}

/** A file that may be fetched now, and what fetches it. */
export interface OpenedEvidence {
  readonly evidence: EvidenceRecord;
  readonly url: string;
  readonly expiresAt: Date;
}

interface Ticket {
  readonly id: string;
  readonly until: number;
}

/** Keeps files that bear out answers, and hands them out to the answers' audience, under a log. */
export class EvidenceService {
  constructor(private readonly op: Operation) {}

  /** Keeps a file beside an answer of the caller's own organisation. */
  async upload(input: UploadDueDiligenceEvidenceInput): Promise<EvidenceRecord> {
    const { answerId, file, idempotencyKey } = input;
    const told = { answerId, file: { name: file.name, hash: file.hash }, idempotencyKey };
    const id = await once(this.op, 'uploadDueDiligenceEvidence', told, async (evidenceId) => {
      const { displayName } = await this.op.caller();
      const { evidence } = this.op.runtime;
      if (!evidence) throw conflict('No place is named where files are kept (EVIDENCE_FOLDER or EVIDENCE_S3_…).');
      const name = plainText('input.file', file.name, LONGEST_NAME);
      await this.#checkAnswer(answerId);
      const mediaType = await typeOf(file.content);
      const scan = await evidence.scan(file.content);
      if (scan === undefined) throw badInput('input.file', 'This file is not clean: it was not kept.');
      await execute(
        this.op.em,
        `insert into due_diligence_evidence (id, answer_id, file_name, media_type, bytes, hash, scan, uploaded_by, uploaded_at)
         values (?, ?, ?, ?, ?, ?, ?, ?, now())`,
        [evidenceId, answerId, name, mediaType, file.content.length, file.hash, scan, displayName],
      );
      // Last: bytes whose row is not kept lie there under an id that nobody is ever given.
      await evidence.store.put(evidenceId, file.content);
    });
    return this.#one(id);
  }

  /** Logs that the caller reads a file, for what, and gives what fetches it: once the log is kept, and for minutes. */
  async open(input: OpenDueDiligenceEvidenceInput): Promise<OpenedEvidence> {
    const evidence = await this.#one(input.evidenceId);
    const { id: caller, tenantId } = await this.op.caller();
    const answer = await this.op.get(AnswerService).seen(evidence.answerId);
    const note = optionalText('input.note', input.note, LONGEST_NOTE);
    if (answer.ownerId !== tenantId) {
      const item = { id: answer.id, ownerId: answer.ownerId, version: 1, providerId: answer.providerId };
      await this.op.get(ReadLogService).log(item, ReadKind.FILE, input.purpose, note);
    }
    const expiresAt = new Date(Date.now() + DOWNLOAD_MINUTES * 60_000);
    const ticket: Ticket = { id: evidence.id, until: expiresAt.getTime() };
    const url = `/evidence/${this.op.runtime.downloads.close(ticket, `${tenantId} ${caller}`)}`;
    return { evidence, url, expiresAt };
  }

  /**
   * The bytes behind what `open` gave, to the very person or machine, under the rights that hold now.
   * @throws AccordError `NOT_FOUND` for what does not hold, and for a file that is hidden by now.
   */
  async fetch(ticket: string): Promise<{ evidence: EvidenceRecord; content: Buffer }> {
    const { id: caller, tenantId } = await this.op.caller();
    const opened = this.op.runtime.downloads.open(ticket, `${tenantId} ${caller}`) as Ticket | undefined;
    if (!opened || opened.until < Date.now()) throw notFound('file');
    const evidence = await this.#one(opened.id);
    const content = await this.op.runtime.evidence?.store.get(evidence.id);
    const hash = content && createHash('sha256').update(content).digest('hex');
    // Lost or altered in the store: neither is handed out as what somebody once saw.
    if (!content || hash !== evidence.hash)
      throw new AccordError('INTERNAL_SERVER_ERROR', 'The file in the store is not the one that was kept.');
    return { evidence, content };
  }

  async #checkAnswer(answerId: string): Promise<void> {
    const { tenantId } = await this.op.caller();
    const answer = await this.op.get(AnswerService).seen(answerId);
    if (answer.ownerId !== tenantId) throw forbidden('Only the organisation that answered adds files to it.');
    if (answer.withdrawnOn !== null) throw conflict('This answer was withdrawn.');
    const question = await this.op.get(DueDiligenceLoader).question.load(answer.questionId);
    if (question?.category === QuestionCategory.DBS)
      throw badInput('input.file', 'No file is kept about DBS records (Police Act 1997, section 124).');
    const files = await readPlain(this.op.em, EvidenceRecord, 'where e.answer_id = ?', [answerId]);
    if (files.length >= MOST_FILES) throw conflict(`An answer has at most ${MOST_FILES} files.`);
  }

  async #one(id: string): Promise<EvidenceRecord> {
    const [evidence] = isId(id) ? await readPlain(this.op.em, EvidenceRecord, 'where e.id = ?', [id]) : [];
    if (!evidence) throw notFound('file');
    return evidence;
  }
}

/** What a file is by its content, whatever it is called. @throws AccordError `BAD_USER_INPUT` for what is not kept. */
async function typeOf(content: Buffer): Promise<string> {
  if (content.length === 0) throw badInput('input.file', 'The file is empty.');
  if (content.length > MOST_EVIDENCE_BYTES)
    throw badInput('input.file', `A file has at most ${MOST_EVIDENCE_BYTES / 1_000_000} MB; this has more.`);
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  if (found && EVIDENCE_TYPES.includes(found.mime)) return found.mime;
  throw badInput('input.file', 'This is no PDF, JPEG, PNG or HEIC by its content: send a scan or a photograph.');
}
