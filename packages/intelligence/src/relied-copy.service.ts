import { once, plainText, ReadKind, ReadLogService, ReadPurpose, type Operation } from '@accord/access';
import { readPlain } from '@accord/persistence';
import { conflict, isId, londonDate, notFound, type Seal } from '@accord/kernel';
import { IntelligenceDetail } from './intelligence-item.entity.js';
import { IntelligenceService } from './intelligence.service.js';
import { OpenedCopy, ReliedCopy, ReliedCopyRecord } from './relied-copy.entity.js';
import type { RelyOnIntelligenceInput } from './relied-copy.inputs.js';

declare module '@accord/access' {
  interface Runtime {
    /** Seals what decisions relied on. */
    readonly copies: Seal;
  }
}

interface Text {
  readonly summary: string;
  readonly detail: string;
  readonly conditions: string | null;
}

const LONGEST_REFERENCE = 200;
const LONGEST_REASON = 1000;
const MOST_LISTED = 200;

/** Keeps what a placement check or decision relied on, sealed, and opens it for information governance. */
export class ReliedCopyService {
  constructor(private readonly op: Operation) {}

  /**
   * Records that a decision of the caller's borough relies on an item. To rely on it is to read it, and logged so.
   * @param checkId the saved check that relies on it, with which the copy goes.
   */
  async rely(input: RelyOnIntelligenceInput, checkId: string | null = null): Promise<ReliedCopy> {
    const id = await once(this.op, 'relyOnIntelligence', input, async (copyId) => {
      const { tenantId } = await this.op.caller();
      const reference = plainText('input.reference', input.reference, LONGEST_REFERENCE);
      const item = await this.op.get(IntelligenceService).open(input.itemId, ReadPurpose.PLACEMENT_DECISION, reference);
      if (item.text === null)
        throw conflict('This item has been withdrawn or deleted already: nothing is left to rely on.');
      const { detail } = await this.op.em.findOneOrFail(IntelligenceDetail, { itemId: item.id }, { refresh: true });
      const text: Text = { summary: item.text, detail, conditions: item.conditions };
      await this.op.em.insert(ReliedCopyRecord, {
        id: copyId,
        tenantId,
        itemId: item.id,
        ownerId: item.logOwnerId,
        providerId: item.providerId,
        itemVersion: item.version,
        decision: input.decision,
        reference,
        checkId,
        reliedOn: londonDate(new Date()),
        sealed: this.op.runtime.copies.close(text, contextOf(tenantId, copyId)),
      });
      // Sealed is sealed: the text stays nowhere else, not in this operation either.
      this.op.em.clear();
    });
    return toCopy(await this.#find(id));
  }

  /** What decisions of the caller's borough relied on, the latest first. */
  async list(): Promise<ReliedCopy[]> {
    const rows = await readPlain(
      this.op.em,
      ReliedCopyRecord,
      `order by e.relied_on desc, e.id limit ${MOST_LISTED}`,
      [],
    );
    return rows.map(toCopy);
  }

  /** Opens a sealed copy, with a reason. Whose item it was sees that, and why. */
  async open(id: string, reason: string): Promise<OpenedCopy> {
    const { tenantId } = await this.op.caller();
    const words = plainText('reason', reason, LONGEST_REASON);
    const row = await this.#find(id);
    if (row.ownerId !== tenantId) {
      const { itemId, ownerId, itemVersion: version, providerId } = row;
      await this.op
        .get(ReadLogService)
        .log(
          { id: itemId, ownerId, version, providerId },
          ReadKind.SEALED_COPY,
          ReadPurpose.INFORMATION_GOVERNANCE,
          words,
        );
    }
    const text = this.op.runtime.copies.open(row.sealed, contextOf(tenantId, id)) as Text | undefined;
    if (!text) throw new Error('A sealed copy does not open: it was altered, or sealed with another secret.');
    return Object.assign(new OpenedCopy(), { copy: toCopy(row), ...text });
  }

  async #find(id: string): Promise<ReliedCopyRecord> {
    const row = isId(id) ? await this.op.em.findOne(ReliedCopyRecord, { id }) : null;
    if (!row) throw notFound('sealed copy');
    return row;
  }
}

const contextOf = (tenantId: string, id: string): string => `${tenantId} relied copy ${id}`;

const toCopy = ({ id, itemId, itemVersion, decision, reference, reliedOn }: ReliedCopyRecord): ReliedCopy =>
  Object.assign(new ReliedCopy(), { id, itemId, itemVersion, decision, reference, reliedOn });
