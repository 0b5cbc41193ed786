import { callerMay, once, optionalText, ReadKind, ReadLogService, refusal, type Operation } from '@accord/access';
import { newId, notFound, type Seal } from '@accord/kernel';
import { AnswerService } from './answer.service.js';
import type { EvidenceRecord } from './evidence.entity.js';
import type { OpenDueDiligenceEvidenceInput } from './evidence.inputs.js';
import { EvidenceService } from './evidence.service.js';
import { DOWNLOAD_MINUTES, LONGEST_NOTE } from './figures.js';

declare module '@accord/access' {
  interface Runtime {
    /** Seals the tickets by which opened files are fetched. */
    readonly downloads: Seal;
  }
}

/** A file that may be fetched now, and what fetches it. */
export interface OpenedEvidence {
  readonly evidence: EvidenceRecord;
  readonly url: string;
  readonly expiresAt: Date;
}

/** The file, until when it may be fetched, and the ticket's own key. */
type Ticket = readonly [evidenceId: string, until: number, key: string];

/** Hands files of evidence out: each opening is logged with its purpose, and fetches the file once. */
export class EvidenceOpening {
  constructor(private readonly op: Operation) {}

  /** Logs that the caller reads a file, for what, and gives what fetches it: once the log is kept, and for minutes. */
  async open(input: OpenDueDiligenceEvidenceInput): Promise<OpenedEvidence> {
    const { tenantId } = await this.op.caller();
    const evidence = await this.op.get(EvidenceService).seen(input.evidenceId);
    const note = optionalText('input.note', input.note, LONGEST_NOTE);
    const { ownerId, providerId } = await this.op.get(AnswerService).seen(evidence.answerId);
    if (ownerId !== tenantId) {
      const read = { id: evidence.id, ownerId, version: 1, providerId };
      await this.op.get(ReadLogService).log(read, ReadKind.FILE, input.purpose, note);
    }
    const expiresAt = new Date(Date.now() + DOWNLOAD_MINUTES * 60_000);
    const ticket: Ticket = [evidence.id, expiresAt.getTime(), newId()];
    const url = `/evidence/${this.op.runtime.downloads.close(ticket, await this.#whose())}`;
    return { evidence, url, expiresAt };
  }

  /**
   * The file behind what `open` gave, to the very person or machine, under the rights that hold now. It is fetched once:
   * whoever wants it again opens it again, and that is logged too.
   * @throws AccordError `NOT_FOUND` for what does not hold or was used, and for a file that is hidden by now.
   */
  async redeem(shown: string): Promise<EvidenceRecord> {
    const caller = await this.op.caller();
    if (!callerMay(caller, 'due-diligence:open')) throw refusal('due-diligence:open');
    const ticket = this.op.runtime.downloads.open(shown, await this.#whose()) as Ticket | undefined;
    if (!ticket) throw notFound('file');
    const [evidenceId, until, idempotencyKey] = ticket;
    if (until < Date.now()) throw notFound('file');
    let isFirst = false;
    await once(this.op, 'fetchDueDiligenceEvidence', { idempotencyKey }, () => {
      isFirst = true;
      return Promise.resolve();
    });
    if (!isFirst) throw notFound('file');
    return this.op.get(EvidenceService).seen(evidenceId);
  }

  /** What a ticket is bound to. */
  async #whose(): Promise<string> {
    const { tenantId, id } = await this.op.caller();
    return `${tenantId} ${id}`;
  }
}
