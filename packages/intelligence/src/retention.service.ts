import { once, plainText, SharingService, type Operation } from '@accord/access';
import { badInput, calendarDaysAfter, conflict, fingerprint, londonDate } from '@accord/kernel';
import { execute, TENANT, TODAY } from '@accord/persistence';
import { IntelligenceKeeping, IntelligenceRecord } from './intelligence-item.entity.js';
import { readItems } from './intelligence.disclosure.js';
import { removeText } from './intelligence-text.js';
import { IntelligenceService } from './intelligence.service.js';
import type { IntelligenceItem } from './intelligence.type.js';
import type {
  ConfirmIntelligenceInput,
  DeleteDueIntelligenceInput,
  HoldIntelligenceInput,
} from './retention.inputs.js';
import { RetentionDue } from './retention.type.js';
import { addMonths, DELETED_AFTER_MONTHS, REVIEW_AFTER_DAYS } from './retention.js';

const LONGEST_REASON = 1000;
/** So many at a time: a deletion is gone through by somebody first. */
const MOST_AT_ONCE = 200;

/** Keeps the caller's borough's intelligence no longer than the rules allow, and no shorter than a hold asks. */
export class RetentionService {
  constructor(private readonly op: Operation) {}

  /** Says that an item still holds, and why: it counts again, and is kept on, though never beyond its last day. */
  async confirm(input: ConfirmIntelligenceInput): Promise<IntelligenceItem> {
    const { record, keeping } = await this.#own(input.itemId, input.expectedVersion);
    plainText('input.evidence', input.evidence, LONGEST_REASON);
    const today = londonDate(new Date());
    if (keeping.deleteAtLatestOn <= today)
      throw conflict('This item has reached the day after which nothing keeps it.');
    record.reviewOn = calendarDaysAfter(today, REVIEW_AFTER_DAYS);
    record.version += 1;
    keeping.countsUntil = record.reviewOn;
    keeping.evidence = input.evidence.trim();
    keeping.deleteOn = earlier(addMonths(today, DELETED_AFTER_MONTHS), keeping.deleteAtLatestOn);
    await this.op.em.flush();
    return this.op.get(IntelligenceService).seen(input.itemId);
  }

  /** Puts a legal hold on an item, or lifts it where no reason is given. A hold stops deletion, and nothing else. */
  async hold({ itemId, reason }: HoldIntelligenceInput): Promise<IntelligenceItem> {
    const { keeping } = await this.#own(itemId, null);
    const isHeld = reason !== null && reason !== undefined;
    keeping.heldAt = isHeld ? (keeping.heldAt ?? new Date()) : null;
    keeping.holdReason = isHeld ? plainText('input.reason', reason, LONGEST_REASON) : null;
    await this.op.em.flush();
    return this.op.get(IntelligenceService).seen(itemId);
  }

  /** What would be deleted now: the dry run, whose token is asked for by the deletion itself. */
  async due(): Promise<RetentionDue> {
    const ids = await this.#dueIds();
    const items = new Map((await readItems(this.op.em, ids)).map((item) => [item.id, item]));
    return Object.assign(new RetentionDue(), {
      items: ids.flatMap((id) => items.get(id) ?? []),
      token: fingerprint(ids),
    } satisfies RetentionDue);
  }

  /** Deletes exactly what the dry run showed, to tombstones. @returns the tombstones. */
  async deleteDue(input: DeleteDueIntelligenceInput): Promise<IntelligenceItem[]> {
    const reason = plainText('input.reason', input.reason, LONGEST_REASON);
    const ids = await this.#dueIds();
    if (ids.length === 0) throw conflict('Nothing is due to be deleted.');
    if (fingerprint(ids) !== input.token) {
      throw badInput('input.token', 'What is due has changed since the dry run: look at retentionDue again first.');
    }
    await once(this.op, 'deleteDueIntelligence', input, async () => {
      const now = new Date();
      await this.op.get(IntelligenceService).lockProvidersOf(ids);
      for (const id of ids) await this.#delete(id, now, reason);
    });
    return readItems(this.op.em, ids);
  }

  async #delete(id: string, at: Date, reason: string): Promise<void> {
    await execute(
      this.op.em,
      `update intelligence_item set summary = null, withdrawal_reason = null, deleted_on = ${TODAY}, version = version + 1
       where id = ?`,
      [id],
    );
    await execute(
      this.op.em,
      'update intelligence_keeping set evidence = null, deletion_reason = ? where item_id = ?',
      [reason, id],
    );
    await removeText(this.op, id);
    const { lost } = await this.op.get(SharingService).end(id, at);
    await this.op.get(IntelligenceService).tellDeleted(id, lost);
  }

  async #dueIds(): Promise<string[]> {
    const rows = await execute<{ id: string }>(
      this.op.em,
      `select k.item_id as id from intelligence_keeping k join sharing s on s.id = k.item_id
       join intelligence_item i on i.id = k.item_id
       where s.owner_id = ${TENANT} and k.delete_on <= ${TODAY} and k.held_at is null and i.deleted_on is null
       order by k.delete_on, k.item_id limit ${MOST_AT_ONCE}`,
    );
    return rows.map((row) => row.id);
  }

  async #own(
    itemId: string,
    expectedVersion: number | null,
  ): Promise<{ record: IntelligenceRecord; keeping: IntelligenceKeeping }> {
    const record = await this.op.get(IntelligenceService).own(itemId, expectedVersion);
    const keeping = await this.op.em.findOneOrFail(IntelligenceKeeping, { itemId }, { refresh: true });
    return { record, keeping };
  }
}

const earlier = (a: string, b: string): string => (a < b ? a : b);
