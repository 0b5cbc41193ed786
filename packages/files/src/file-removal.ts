import { readAsAudience, TenantTransaction } from '@accord/persistence';
import type { MikroORM } from '@mikro-orm/postgresql';
import { strikeOut } from './file-keeper.js';
import type { FileStore } from './file-store.js';

const AT_ONCE = 100;

/**
 * SQL: gives up the bytes of files, in the transaction that deletes their rows, and their room with it. A gateway
 * removes them within the hour.
 * @param ids SQL of the ids.
 */
export const givingUp = (ids: string): string => `update stored_file set remove_from = now() where id in (${ids})`;

/**
 * Removes the bytes of files whose rows were deleted, or never kept. What a store does not remove now is tried again the
 * next time, and keeps nothing else waiting. Two gateways that do so at once do no harm.
 * @returns whether more may be waiting. @throws the first fault, when all has been tried.
 */
export async function removeFileBytes(orm: MikroORM, store: FileStore): Promise<boolean> {
  const files = await readAsAudience<{ id: string; tenant_id: string }>(
    orm,
    `select id, tenant_id from stored_file where remove_from <= now() limit ${AT_ONCE}`,
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
