import { array, execute, readAsAudience, TenantTransaction } from '@accord/persistence';
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import type { EvidenceStore } from './evidence-store.js';

const AT_ONCE = 100;

/** For how long bytes that were sent to the store may wait for their rows to be kept, in minutes; it takes seconds. */
const UNDER_WAY_MINUTES = 15;

/** Notes files that are about to be sent to the store, whatever becomes of it: in a transaction of its own. */
export const noteUnderWay = (orm: MikroORM, tenantId: string, ids: readonly string[]): Promise<unknown> =>
  TenantTransaction.run(orm, { tenantId, callerId: null }, 'write', (em) =>
    execute(
      em,
      `insert into removed_evidence (id, tenant_id, remove_from)
       select unnest(?::uuid[]), ?, now() + interval '${UNDER_WAY_MINUTES} minutes'`,
      [array(ids), tenantId],
    ),
  );

/** Strikes out notes: the files are kept, or their bytes are gone. */
export const strikeOut = (em: EntityManager, ids: readonly string[]): Promise<unknown> =>
  execute(em, 'delete from removed_evidence where id = any(?::uuid[])', [array(ids)]);

/**
 * Removes the bytes of files whose rows were deleted, or never kept. What a store does not remove now is tried again the next time, and
 * keeps nothing else waiting. Two gateways that do so at once do no harm.
 * @returns whether more may be waiting. @throws the first fault, when all has been tried.
 */
export async function removeEvidenceBytes(orm: MikroORM, store: EvidenceStore): Promise<boolean> {
  const files = await readAsAudience<{ id: string; tenant_id: string }>(
    orm,
    `select id, tenant_id from removed_evidence where remove_from <= now() limit ${AT_ONCE}`,
  );
  const faults: unknown[] = [];
  for (const { id, tenant_id: tenantId } of files)
    try {
      await store.remove(id);
      await TenantTransaction.run(orm, { tenantId, callerId: null }, 'write', (em) => strikeOut(em, [id]));
    } catch (error) {
      faults.push(error);
    }
  if (faults.length > 0) throw faults[0];
  return files.length === AT_ONCE;
}
