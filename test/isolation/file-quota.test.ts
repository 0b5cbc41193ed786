import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import type { Answer, TestClient } from '@accord/testkit';
import { forgetAnswers, GAS, newAnswer, newLink } from './support/due-diligence-rows.js';
import { expectNothingKept, filesKept } from './support/files-kept.js';
import { PDF, upload } from './support/evidence-file.js';
import { addPhoto, keptPhoto, PIXELS, REMOVE_PHOTO, visitWithoutPhotos } from './support/photo-file.js';
import { codesOf } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { TENANT } from './support/world.js';

/** Each organisation has a megabyte: room for one of these, beside small ones. */
const LARGE = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(600_000, 32), PDF]);
const NO_ROOM = /no room for this.*at most 1 MB.*FILE_QUOTA_MB/s;

let scene: Scene;
let brent: TestClient;
let visitor: TestClient;

beforeAll(async () => {
  scene = await Scene.start({ FILE_QUOTA_MB: '1' });
  brent = await scene.caller('brent-placements');
  visitor = await scene.caller('brent-visitor');
});
afterAll(() => scene.stop());

const forget = async (): Promise<void> => {
  for (const table of ['visitor_photo', 'due_diligence_evidence', 'stored_file'])
    await scene.sql(`delete from ${table}`);
};
beforeEach(forget);
afterEach(forget);

const large = (name = 'certificate.pdf'): File => new File([LARGE], name);
const taken = async (tenant: string): Promise<number> => {
  const [row] = await scene.sql<{ sum: string }>(
    'select coalesce(sum(bytes), 0) as sum from stored_file where tenant_id = $1',
    [tenant],
  );
  return Number(row?.sum);
};

/** Refused, with what to do about it; and no row, no job, no message, no file is there afterwards. */
const expectNoRoom = (send: () => Promise<Pick<Answer, 'errors'>>): Promise<void> =>
  expectNothingKept(scene, async () =>
    expect((await send()).errors).toMatchObject([
      { message: expect.stringMatching(NO_ROOM), extensions: { code: 'CONFLICT' } },
    ]),
  );

/** A file of Brent's that is there, so that so many bytes are left. */
const leave = (bytes: number, removeFrom: string | null = null): Promise<void> =>
  scene.insert('stored_file', {
    id: newId(),
    tenant_id: TENANT.brent,
    bytes: 1_000_000 - bytes,
    remove_from: removeFrom,
  });

const MINUTES = 60_000;
const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * MINUTES).toISOString();

describe('an organisation’s room for files', () => {
  it('is for evidence and photos alike, to the last byte, and its own alone', async () => {
    const [visitId, answerId] = [await visitWithoutPhotos(scene), await newAnswer(scene)];
    expect((await upload(brent, answerId, large())).errors).toBeUndefined();
    await expectNoRoom(() => upload(brent, answerId, large()));
    const barnets = await newAnswer(scene, { owner: 'barnet' });
    expect((await upload(await scene.caller('barnet-placements'), barnets, large())).errors).toBeUndefined();
    await forget();
    // A photo counts as it is kept, without what a phone wrote into it.
    await leave(PIXELS.length - 1);
    await expectNoRoom(() => addPhoto(visitor, visitId));
    await forget();
    await leave(PIXELS.length);
    expect((await addPhoto(visitor, visitId)).errors).toBeUndefined();
    expect(await taken(TENANT.brent)).toBe(1_000_000);
    await expectNoRoom(() => upload(brent, answerId));
  });

  it('is not gone beyond by uploads that come at once', async () => {
    const answerIds: string[] = [];
    for (let n = 0; n < 5; n += 1) answerIds.push(await newAnswer(scene));
    const before = (await filesKept(scene)).length;
    // Each has looked for room before any other has taken it, if it does not wait for them.
    await scene.sql(
      `create function slowly() returns trigger language plpgsql as $$ begin perform pg_sleep(0.3); return new; end $$`,
    );
    await scene.sql('create trigger slowly before insert on stored_file for each row execute function slowly()');
    const answers = await Promise.all(answerIds.map((answerId) => upload(brent, answerId, large())));
    await scene.sql('drop function slowly cascade');
    expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    expect(new Set(answers.flatMap(codesOf))).toEqual(new Set(['CONFLICT']));
    expect(await taken(TENANT.brent)).toBe(LARGE.length);
    expect((await filesKept(scene)).length).toBe(before + 1);
  });

  it('is taken by what is on its way to the store, and free again with what is removed', async () => {
    const [visitId, answerId] = [await visitWithoutPhotos(scene), await newAnswer(scene)];
    await leave(PDF.length - 1, inMinutes(5));
    await expectNoRoom(() => upload(brent, answerId));
    await forget();
    await leave(PDF.length - 1, inMinutes(-1));
    expect((await upload(brent, answerId)).errors).toBeUndefined();
    await forget();
    const photoId = await keptPhoto(visitor, visitId);
    await leave(PIXELS.length);
    await expectNoRoom(() => upload(brent, answerId));
    await visitor.data(REMOVE_PHOTO, { input: { photoId } });
    expect((await upload(brent, answerId)).errors).toBeUndefined();
  });

  it('is that of whose link a provider answers through: all files are refused, and the link still holds', async () => {
    const { id, token } = await newLink(scene);
    const form = new FormData();
    form.append('declaration', JSON.stringify({ token, answers: [{ code: GAS.code, value: '2026-01-15' }] }));
    for (const name of ['front.pdf', 'back.pdf']) form.append(GAS.code, large(name), name);
    const send = async () => {
      const response = await fetch(new URL('/declaration/answers', scene.accord.url), { method: 'POST', body: form });
      return (await response.json()) as Pick<Answer, 'errors'>;
    };
    await expectNoRoom(send);
    expect(await scene.sql('select used_at from due_diligence_link where id = $1', [id])).toEqual([{ used_at: null }]);
    form.delete(GAS.code);
    form.append(GAS.code, large(), 'certificate.pdf');
    expect(await send()).toEqual({ kept: 1 });
    expect(await taken(TENANT.brent)).toBe(LARGE.length);
    await forgetAnswers(scene);
  });
});
