import type { Operation } from '@accord/access';
import DataLoader from 'dataloader';
import { MergeAct, ProviderMergeNote, ProviderMergeRecord } from './merge.entity.js';
import type { MergedProvider, ProviderMerge, ProviderMergeEntry } from './merge.type.js';

/** What belongs to merges, for all of one operation at once. */
export class MergeLoader {
  /** Providers that were found to be these, merges in force alone. */
  readonly mergedFrom = new DataLoader<string, MergedProvider[]>(async (ids) => {
    const rows = await this.op.em.find(
      ProviderMergeRecord,
      { survivorId: { $in: [...ids] }, undoneAt: null },
      { orderBy: { mergedAt: 'asc' } },
    );
    return ids.map((id) => rows.filter((row) => row.survivorId === id).map(toMergedProvider));
  });

  /** The alliance's record of every merge of these, the newest first; those that were undone too. */
  readonly merges = new DataLoader<string, ProviderMerge[]>(async (ids) => {
    const rows = await this.op.em.find(
      ProviderMergeRecord,
      { $or: [{ survivorId: { $in: [...ids] } }, { keptId: { $in: [...ids] } }, { mergedId: { $in: [...ids] } }] },
      { orderBy: { mergedAt: 'desc' } },
    );
    const merges = await this.#withNotes(rows);
    return ids.map((id) =>
      merges.filter((merge) => {
        const row = rows.find((each) => each.id === merge.id);
        return row !== undefined && [row.survivorId, row.keptId, row.mergedId].includes(id);
      }),
    );
  });

  constructor(private readonly op: Operation) {}

  async merge(id: string): Promise<ProviderMerge> {
    const [merge] = await this.#withNotes([await this.op.em.findOneOrFail(ProviderMergeRecord, id, { refresh: true })]);
    if (!merge) throw new Error(`The merge ${id} has no note.`);
    return merge;
  }

  async #withNotes(rows: readonly ProviderMergeRecord[]): Promise<ProviderMerge[]> {
    const notes = await this.op.em.find(ProviderMergeNote, { mergeId: { $in: rows.map((row) => row.id) } });
    const entry = (mergeId: string, act: MergeAct): ProviderMergeEntry | null => {
      const note = notes.find((each) => each.mergeId === mergeId && each.act === act);
      return note ? { reason: note.reason, by: note.actedBy, at: note.actedAt } : null;
    };
    return rows.flatMap(({ id, keptId, mergedId, name }) => {
      const merged = entry(id, MergeAct.MERGED);
      return merged ? [{ id, keptId, mergedId, name, merged, undone: entry(id, MergeAct.UNDONE) }] : [];
    });
  }
}

const toMergedProvider = (row: ProviderMergeRecord): MergedProvider => ({
  mergeId: row.id,
  id: row.mergedId,
  name: row.name,
  tradingNames: row.tradingNames,
  companyNumber: row.companyNumber,
  mergedAt: row.mergedAt,
});
