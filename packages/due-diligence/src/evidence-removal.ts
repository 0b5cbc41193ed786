import { execute, readAsAudience, TenantTransaction } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { EvidenceStore } from './evidence-store.js';

const AT_ONCE = 100;

/**
 * Removes the bytes of files whose rows were deleted. What a store does not remove now is tried again the next time, and
 * keeps nothing else waiting. Two gateways that do so at once do no harm.
 * @returns whether more may be waiting. @throws the first fault, when all has been tried.
 */
export async function removeEvidenceBytes(orm: MikroORM, store: EvidenceStore): Promise<boolean> {
  const files = await readAsAudience<{ id: string; tenant_id: string }>(
    orm,
    `select id, tenant_id from removed_evidence limit ${AT_ONCE}`,
  );
  const faults: unknown[] = [];
  for (const { id, tenant_id: tenantId } of files)
    try {
      await store.remove(id);
      await TenantTransaction.run(orm, { tenantId, callerId: null }, 'write', (em) =>
        execute(em, 'delete from removed_evidence where id = ?', [id]),
      );
    } catch (error) {
      faults.push(error);
    }
  if (faults.length > 0) throw faults[0];
  return files.length === AT_ONCE;
}
