import { badInput, isId } from '@accord/kernel';
import { execute } from '@accord/persistence';
import { requiredText } from '../agreement/text.js';
import { Paging, type Connection, type PageArgs } from '../connection.js';
import { once } from '../idempotency.js';
import type { Operation } from '../operation.js';
import { SharingRefusal } from '../sharing-refusal.entity.js';
import type { RecordSharingRefusalInput } from './disclosure.inputs.js';

/** Refusals to share of the caller's own organisation, each with its reason. */
export class RefusalService {
  constructor(private readonly op: Operation) {}

  async record(input: RecordSharingRefusalInput): Promise<SharingRefusal> {
    const id = await once(this.op, 'recordSharingRefusal', input, async (refusalId) => {
      const { tenantId, displayName } = await this.op.caller();
      await this.op.em.insert(SharingRefusal, {
        id: refusalId,
        ownerId: tenantId,
        askedBy: requiredText('input.askedBy', input.askedBy),
        providerId: await this.#provider(input.providerId),
        about: requiredText('input.about', input.about),
        reason: requiredText('input.reason', input.reason),
        recordedBy: displayName,
        recordedAt: new Date(),
      });
    });
    return this.op.em.findOneOrFail(SharingRefusal, id);
  }

  /** The newest first. */
  async list({ first, after }: PageArgs): Promise<Connection<SharingRefusal>> {
    const { tenantId } = await this.op.caller();
    const paging = new Paging(this.op, tenantId, 'refusals to share', null);
    const size = paging.size(first);
    const [recordedAt, id] = paging.after(after) ?? [];
    const rows = await this.op.em.find(
      SharingRefusal,
      typeof recordedAt === 'string' && typeof id === 'string'
        ? {
            $or: [{ recordedAt: { $lt: new Date(recordedAt) } }, { recordedAt: new Date(recordedAt), id: { $lt: id } }],
          }
        : {},
      { orderBy: { recordedAt: 'desc', id: 'desc' }, limit: size + 1 },
    );
    return paging.page(
      rows,
      size,
      (row) => [row.recordedAt.toISOString(), row.id],
      (row) => row,
    );
  }

  /** The provider of today: it may have been merged into another. */
  async #provider(id: string | null | undefined): Promise<string | null> {
    if (id === null || id === undefined) return null;
    const [provider] = isId(id)
      ? await execute<{ id: string }>(
          this.op.em,
          `select p.id from provider p where p.id = coalesce(
             (select m.survivor_id from provider_merge m where m.merged_id = ? and m.undone_at is null), ?::uuid)`,
          [id, id],
        )
      : [];
    if (!provider)
      throw badInput('input.providerId', 'No provider of the register has this id: look it up, or leave it out.');
    return provider.id;
  }
}
