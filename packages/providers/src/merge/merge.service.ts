import { AlertKind, countReachingFurther, once, required, type MergePair, type Operation } from '@accord/access';
import { badInput, conflict, isId, notFound } from '@accord/kernel';
import { execute, lockName, lockProvider, recordEvent, tryLockName } from '@accord/persistence';
import { IMPORT_LOCK } from '../import/ofsted-import.js';
import { AccreditationStanding, type Provider } from '../provider.entity.js';
import { expectVersion, ProviderService } from '../provider.service.js';
import { MergeAct, ProviderMergeNote, ProviderMergeRecord } from './merge.entity.js';
import type { MergeProvidersInput, PreviewProviderMergeInput, UndoProviderMergeInput } from './merge.inputs.js';
import type { MergedRows, MergeDifference, ProviderMergePreview } from './merge.type.js';

const FACTS = [
  'name',
  'companyNumber',
  'postcode',
  'ownershipGroup',
  'responsibleIndividual',
  'noticePeriodDays',
  'dpvLot',
] as const satisfies readonly (keyof Provider)[];

interface Settled {
  readonly accreditationOf: string | null;
  /** What has to be said first. */
  readonly problem: string | null;
}

interface Pair {
  readonly kept: Provider;
  readonly merged: Provider;
}

/** Finds two providers to be one, and undoes it. What moves is in `merge.sql.ts`; why so, in infra/decisions/0011-merge.md. */
export class MergeService {
  constructor(private readonly op: Operation) {}

  async preview(input: PreviewProviderMergeInput): Promise<ProviderMergePreview> {
    const { tenantId } = await this.op.caller();
    const pair = await this.#pair(input);
    const { kept, merged } = pair;
    return {
      ...pair,
      moves: await this.#count(merged.id),
      differences: differencesOf(pair),
      obstacles: await this.#obstacles(pair, await this.#settle(pair, input.accreditationOf)),
      reachingFurther: await countReachingFurther(this.op.em, tenantId, kept.id, merged.id),
    };
  }

  /** @returns the merge's id. */
  merge(input: MergeProvidersInput): Promise<string> {
    return once(this.op, 'mergeProviders', input, async (id) => {
      const { tenantId } = await this.op.caller();
      const reason = required('input.reason', input.reason);
      const pair = await this.#lockedPair(input);
      const { kept, merged } = pair;
      expectVersion(kept.version, input.expectedVersion);
      expectVersion(merged.version, input.expectedMergedVersion);
      const settled = await this.#settle(pair, input.accreditationOf);
      const [obstacle] = await this.#obstacles(pair, settled);
      if (obstacle !== undefined) throw conflict(obstacle);
      const { name, tradingNames, companyNumber, postcode, ownerKey } = merged;
      await execute(
        this.op.em,
        `insert into provider_merge (id, kept_id, merged_id, survivor_id, name, trading_names, company_number, postcode,
           owner_key, accreditation_of, merged_at)
         values (?, ?, ?, ?, ?, array(select jsonb_array_elements_text(?::jsonb)), ?, ?, ?, ?, clock_timestamp())`,
        [
          id,
          kept.id,
          merged.id,
          kept.id,
          name,
          JSON.stringify(tradingNames),
          companyNumber,
          postcode,
          ownerKey,
          settled.accreditationOf,
        ],
      );
      await this.#note(id, MergeAct.MERGED, reason);
      await execute(this.op.em, 'select merge_provider(?)', [id]);
      await this.#tell(tenantId, [kept.id]);
    });
  }

  /** @returns the merge's id. */
  async undo(input: UndoProviderMergeInput): Promise<string> {
    await once(this.op, 'undoProviderMerge', input, async () => {
      const { tenantId } = await this.op.caller();
      const reason = required('input.reason', input.reason);
      const { id, keptId, mergedId } = await this.#record(input.mergeId);
      await this.#lock([keptId, mergedId]);
      const record = await this.#record(id);
      if (record.undoneAt !== null) throw conflict('This merge has been undone already.');
      await this.#refuseBeforeLater(record);
      await this.#refuseTaken(record);
      await execute(this.op.em, 'update provider_merge set undone_at = clock_timestamp() where id = ?', [id]);
      await this.#note(id, MergeAct.UNDONE, reason);
      await execute(this.op.em, 'select unmerge_provider(?)', [id]);
      await this.#tell(tenantId, [keptId, mergedId]);
    });
    return input.mergeId;
  }

  async #pair({ keptId, mergedId }: PreviewProviderMergeInput): Promise<Pair> {
    const providers = this.op.get(ProviderService);
    const pair = { kept: await providers.provider(keptId), merged: await providers.provider(mergedId) };
    if (pair.kept.id === pair.merged.id) throw badInput('input.mergedId', 'These two are one provider already.');
    return pair;
  }

  /** Both, locked and read again: whoever writes about either comes before or after. */
  async #lockedPair(input: PreviewProviderMergeInput): Promise<Pair> {
    const seen = await this.#pair(input);
    await this.#lock([seen.kept.id, seen.merged.id]);
    const { em } = this.op;
    const [kept, merged] = [await em.refresh(seen.kept), await em.refresh(seen.merged)];
    if (!kept || !merged) throw conflict('Somebody has merged one of these meanwhile. Look at both again.');
    return { kept, merged };
  }

  async #lock(ids: readonly string[]): Promise<void> {
    if (!(await tryLockName(this.op.em, IMPORT_LOCK)))
      throw conflict('The regulator’s file is being imported. Try again when that is done.');
    // In one order, so that two merges of the same providers wait for each other and not both.
    for (const id of ids.toSorted()) await lockProvider(this.op.em, id);
  }

  /** Whose accreditation file goes on: the only one there is, or the one chosen. */
  async #settle({ kept, merged }: Pair, chosen: string | null | undefined): Promise<Settled> {
    if (chosen !== null && chosen !== undefined && chosen !== kept.id && chosen !== merged.id)
      throw badInput('input.accreditationOf', 'Name one of the two providers.');
    const files = await this.op.em.find(AccreditationStanding, { providerId: { $in: [kept.id, merged.id] } });
    if (files.length < 2) return { accreditationOf: files[0]?.providerId ?? null, problem: null };
    if (chosen !== null && chosen !== undefined) return { accreditationOf: chosen, problem: null };
    const status = (id: string) => files.find((file) => file.providerId === id)?.status;
    return {
      accreditationOf: null,
      problem: `Both have an accreditation: ${kept.name} is ${status(kept.id)}, ${merged.name} is ${status(merged.id)}. Say whose goes on (accreditationOf).`,
    };
  }

  async #obstacles({ kept, merged }: Pair, { accreditationOf, problem }: Settled): Promise<string[]> {
    const found: string[] = [];
    const numbers = [kept.companyNumber, merged.companyNumber];
    if (!numbers.includes(null) && numbers[0] !== numbers[1]) {
      found.push(
        `They have different company numbers (${numbers.join(' and ')}), and a provider is one legal entity. If one is wrong, correct it first (changeProvider).`,
      );
    }
    if (problem !== null) found.push(problem);
    const pair: MergePair = { keptId: kept.id, mergedId: merged.id, accreditationOf };
    for (const { obstacles } of this.op.runtime.mergeParts)
      found.push(...((await obstacles?.(this.op.em, pair)) ?? []));
    return found;
  }

  /** Counted behind the caller's own row policies. */
  async #count(mergedId: string): Promise<MergedRows[]> {
    const counted = this.op.runtime.mergeParts
      .flatMap(({ rows }) => Object.entries(rows))
      .flatMap(([table, rows]) =>
        rows.becomes === 'MOVED' && rows.counted !== undefined ? [{ table, what: rows.counted }] : [],
      );
    const moves: MergedRows[] = [];
    for (const { table, what } of counted) {
      const [row] = await execute<{ n: number }>(
        this.op.em,
        `select count(*)::int as n from ${table} where provider_id = ?`,
        [mergedId],
      );
      moves.push({ what, count: row?.n ?? 0 });
    }
    return moves;
  }

  async #record(id: string): Promise<ProviderMergeRecord> {
    const record = isId(id) ? await this.op.em.findOne(ProviderMergeRecord, id, { refresh: true }) : null;
    if (!record) throw notFound('merge');
    return record;
  }

  /** Merges come off in the order in which they were put on: only so does each give back just what it took. */
  async #refuseBeforeLater({ id, keptId }: ProviderMergeRecord): Promise<void> {
    const [later] = await execute<{ name: string }>(
      this.op.em,
      `select m.name from provider_merge own join provider_merge m
         on m.undone_at is null and m.merged_at > own.merged_at and ?::uuid in (m.kept_id, m.merged_id)
       where own.id = ? order by m.merged_at desc limit 1`,
      [keptId, id],
    );
    if (later)
      throw conflict(`A later merge (${later.name}) has to be undone first: merges are undone in reverse order.`);
  }

  /** What the one that comes back had for itself may have been given to another since. */
  async #refuseTaken({ mergedId, companyNumber, ownerKey }: ProviderMergeRecord): Promise<void> {
    if (companyNumber !== null) await lockName(this.op.em, `company ${companyNumber}`);
    const [taken] = await execute<{ id: string; name: string }>(
      this.op.em,
      'select id, name from provider where company_number = ? or owner_key = ? limit 1',
      [companyNumber, ownerKey],
    );
    if (taken) {
      throw conflict(`${taken.name} has its company number now: correct that first (changeProvider), then undo.`, {
        matchId: taken.id,
        mergedId,
      });
    }
  }

  async #note(mergeId: string, act: MergeAct, reason: string): Promise<void> {
    const { id: actorId, displayName } = await this.op.caller();
    await this.op.em.insert(ProviderMergeNote, {
      mergeId,
      act,
      reason,
      actorId,
      actedBy: displayName,
      actedAt: new Date(),
    });
  }

  async #tell(ownerId: string, providerIds: readonly string[]): Promise<void> {
    // What was read of them before is no longer so.
    this.op.em.clear();
    for (const providerId of providerIds) {
      const event = { kind: AlertKind.PROVIDER_CHANGED, ownerId, providerId, homeId: null, sharingId: null };
      await recordEvent(this.op.em, event, new Date());
    }
    this.op.wake('outbox');
  }
}

function differencesOf({ kept, merged }: Pair): MergeDifference[] {
  const text = (value: string | number | null): string | null => (value === null ? null : String(value));
  return FACTS.map((field) => ({ field, kept: text(kept[field]), merged: text(merged[field]) })).filter(
    (difference) => difference.merged !== null && difference.kept !== difference.merged,
  );
}
