import { conflict } from '@accord/kernel';
import { array, execute, lockName, TenantTransaction } from '@accord/persistence';
import type { EntityManager } from '@mikro-orm/postgresql';
import { storeOf, type FileRuntime } from './cabinet.js';

/** For how long bytes that were sent to the store may wait for their rows to be kept, in minutes; it takes seconds. */
const UNDER_WAY_MINUTES = 15;
const BYTES_OF_A_MEGABYTE = 1_000_000;

/** A file that is about to be kept, under the id of its row. */
export interface NewFile {
  readonly id: string;
  readonly content: Buffer;
}

/**
 * Keeps the bytes of files whose rows were just written: all of them, or none. To be done last, as the store knows of no
 * transaction: whenever this process ends, what lies there without a row is removed.
 * @param em in the transaction of the rows, in the organisation's name.
 * @throws AccordError `CONFLICT` where the organisation has no room for them, before the store is asked.
 */
export async function keepFiles(
  runtime: FileRuntime,
  em: EntityManager,
  tenantId: string,
  files: readonly NewFile[],
): Promise<void> {
  const store = storeOf(runtime);
  const ids = files.map(({ id }) => id);
  await noteUnderWay(runtime, tenantId, files);
  const puts = await Promise.allSettled(files.map(({ id, content }) => store.put(id, content)));
  const failed = puts.find((put) => put.status === 'rejected');
  if (failed) {
    await takeBack(runtime, tenantId, ids);
    throw failed.reason;
  }
  await execute(em, 'update stored_file set remove_from = null where id = any(?::uuid[])', [array(ids)]);
}

/**
 * Notes files that are about to be sent to the store, whatever becomes of them: in a transaction of its own, in which
 * there is room for them. One organisation's notes are taken one after the other, and what is noted takes room: of
 * uploads that come at once, each counts those before it, and none goes beyond.
 */
async function noteUnderWay({ orm, files: cabinet }: FileRuntime, tenantId: string, files: readonly NewFile[]) {
  const rows = files.map(({ id, content }) => ({ id, bytes: content.length }));
  await TenantTransaction.run(orm, { tenantId, callerId: null }, 'write', async (em) => {
    await lockName(em, `files of ${tenantId}`);
    const [room] = await execute<{ taken: string }>(
      em,
      `select coalesce(sum(bytes), 0)::text as taken from stored_file
       where tenant_id = ? and (remove_from is null or remove_from > now())`,
      [tenantId],
    );
    const taken = rows.reduce((sum, { bytes }) => sum + bytes, Number(room?.taken));
    if (taken > cabinet.mostMegabytes * BYTES_OF_A_MEGABYTE) throw noRoom(cabinet.mostMegabytes);
    await execute(
      em,
      `insert into stored_file (id, tenant_id, bytes, remove_from)
       select id, ?, bytes, now() + interval '${UNDER_WAY_MINUTES} minutes'
       from jsonb_to_recordset(?::jsonb) as v(id uuid, bytes int)`,
      [tenantId, JSON.stringify(rows)],
    );
  });
}

/** Told to a provider with a link, too: nothing of how much there is. */
const noRoom = (most: number): Error =>
  conflict(
    `There is no room for this: all files of an organisation have at most ${most.toLocaleString('en-GB')} MB together, and nothing was kept. Send a smaller file or none; whoever runs Accord can make room (FILE_QUOTA_MB).`,
  );

/** What cannot be taken back now stays noted. */
async function takeBack(runtime: FileRuntime, tenantId: string, ids: readonly string[]): Promise<void> {
  const store = storeOf(runtime);
  const removed = await Promise.allSettled(ids.map((id) => store.remove(id)));
  const gone = ids.filter((_id, index) => removed[index]?.status === 'fulfilled');
  await TenantTransaction.run(runtime.orm, { tenantId, callerId: null }, 'write', (em) => strikeOut(em, gone));
}

/** Strikes out files whose bytes are gone. */
export const strikeOut = (em: EntityManager, ids: readonly string[]): Promise<unknown> =>
  execute(em, 'delete from stored_file where id = any(?::uuid[])', [array(ids)]);
