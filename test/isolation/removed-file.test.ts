import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FileScan, UploadedFile } from '@accord/access';
import { dueDiligenceFeature, keepEvidence } from '@accord/due-diligence';
import { filesFeature, FolderStore, removeFileBytes, type FileStore } from '@accord/files';
import { newId, Seal } from '@accord/kernel';
import { createOrm, TenantTransaction } from '@accord/persistence';
import { newAnswer, newEvidence } from './support/due-diligence-rows.js';
import { PDF } from './support/evidence-file.js';
import { PIXELS } from './support/photo-file.js';
import { oldVisit } from './support/record-operation.js';
import { deleteRecords, dueRecords } from './support/records.js';
import { Scene } from './support/scene.js';
import { newVisit } from './support/visit-scene.js';
import { TENANT } from './support/world.js';

let scene: Scene;
let orm: Awaited<ReturnType<typeof createOrm>>;
let folder: string;
let store: FolderStore;

beforeAll(async () => {
  scene = await Scene.start();
  const { gateway: url } = scene.accord.database.urls;
  orm = await createOrm({ url, entities: [...dueDiligenceFeature.entities, ...filesFeature.entities], pool: 2 });
  folder = await mkdtemp(join(tmpdir(), 'accord-removed-'));
  store = new FolderStore(folder);
});

afterAll(async () => {
  await orm.close();
  await scene.stop();
  await rm(folder, { recursive: true });
});

/** A file beside an answer of Brent's that lapsed on a day, with bytes in the store. @returns its id. */
async function fileOf(lapsedOn: string): Promise<string> {
  const answerId = await newAnswer(scene);
  await scene.sql('update due_diligence_answer set answered_on = $2, valid_until = $2 where id = $1', [
    answerId,
    lapsedOn,
  ]);
  const id = await newEvidence(scene, answerId);
  await store.put(id, Buffer.from('%PDF-1.7'));
  return id;
}

const areThere = (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await store.get(id)) !== undefined));

it('bytes go with the answer that they bore out, and with no other; a store that fails is asked again', async () => {
  const ids = [await fileOf('2010-01-01'), await fileOf('2010-01-02'), await fileOf('2026-11-01')];
  const [stuck] = ids;
  await removeFileBytes(orm, store);
  expect(await areThere(ids)).toEqual([true, true, true]);

  const { data } = await deleteRecords(scene, 'brent', (await dueRecords(scene, 'brent')).token);
  expect(data?.deleteDueRecords.tombstones).toHaveLength(2);
  const failing: FileStore = {
    put: (...file) => store.put(...file),
    get: (id) => store.get(id),
    remove: (id) => (id === stuck ? Promise.reject(new Error('The store is away.')) : store.remove(id)),
  };
  await expect(removeFileBytes(orm, failing)).rejects.toThrow('The store is away.');
  expect(await areThere(ids)).toEqual([true, false, true]);
  expect(await removeFileBytes(orm, store)).toBe(false);
  expect(await areThere(ids)).toEqual([false, false, true]);
  expect(await scene.sql('select id from stored_file where remove_from is not null')).toEqual([]);
});

it('bytes of photos go with their visit, handed in or not, and with no other', async () => {
  const visits = [await oldVisit(scene), await oldVisit(scene, { state: 'DRAFT' }), (await newVisit(scene)).id];
  await scene.sql('update visitor_part set submitted_on = null where visit_id = $1', [visits[1]]);
  const photos = await scene.sql<{ id: string; visit_id: string }>(
    'select id, visit_id from visitor_photo where visit_id = any($1)',
    [visits],
  );
  expect(photos).toHaveLength(6);
  for (const { id } of photos) await store.put(id, PIXELS);
  await deleteRecords(scene, 'brent', (await dueRecords(scene, 'brent')).token);
  await removeFileBytes(orm, store);
  const there = await areThere(photos.map(({ id }) => id));
  expect(there).toEqual(photos.map(({ visit_id: visit }) => visit === visits[2]));
  for (const [table, left] of [
    ['visitor_photo', 2],
    ['visitor_part', 1],
  ] as const)
    expect(await scene.sql(`select from ${table} where visit_id = any($1)`, [visits])).toHaveLength(left);
});

it('bytes whose rows were not kept are noted before they come, and removed when they had their time', async () => {
  const tenantId = TENANT.brent;
  const [answerId, id] = [await newAnswer(scene), newId()];
  const file = new UploadedFile('certificate.pdf', PDF, FileScan.NOT_SCANNED);
  const files = [{ id, answerId, path: 'input.file', file }];
  const tickets = new Seal(scene.accord.config.ACCORD_SECRET, 'file');
  const keep = (into: FileStore, ending: () => Promise<void>) =>
    TenantTransaction.run(orm, { tenantId, callerId: null }, 'write', async (em) => {
      const runtime = { orm, files: { store: into, mostMegabytes: 1, tickets } };
      await keepEvidence(runtime, em, files, { tenantId, name: 'Brent' });
      await ending();
    });
  const noted = () => scene.sql('select id from stored_file where remove_from is not null');

  // As if the process ended before the commit.
  await expect(keep(store, () => Promise.reject(new Error('The end.')))).rejects.toThrow('The end.');
  expect(await noted()).toEqual([{ id }]);
  await removeFileBytes(orm, store);
  expect(await areThere([id])).toEqual([true]);
  await scene.sql(`update stored_file set remove_from = now() where id = $1`, [id]);
  await removeFileBytes(orm, store);
  expect([await areThere([id]), await noted()]).toEqual([[false], []]);

  const away: FileStore = {
    put: async (...one) => {
      await store.put(...one);
      throw new Error('The store is away.');
    },
    get: (one) => store.get(one),
    remove: (one) => store.remove(one),
  };
  await expect(keep(away, () => Promise.resolve())).rejects.toThrow('The store is away.');
  expect([await areThere([id]), await noted()]).toEqual([[false], []]);

  await keep(store, () => Promise.resolve());
  expect([await areThere([id]), await noted()]).toEqual([[true], []]);
});
