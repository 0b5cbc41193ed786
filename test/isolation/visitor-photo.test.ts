import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { londonDate, newId } from '@accord/kernel';
import type { TestClient } from '@accord/testkit';
import { classesOf } from './support/classification.js';
import { fetchFile } from './support/evidence-file.js';
import { expectNothingKept } from './support/files-kept.js';
import {
  addPhoto,
  keptPhoto,
  myPhotos,
  openPhoto,
  PHOTO,
  photoUrl,
  PIXELS,
  PLACE,
  REMOVE_PHOTO,
  type SeenPhoto,
  visitWithoutPhotos,
} from './support/photo-file.js';
import { codesOf, expectRefused } from './support/refusal.js';
import { Scene } from './support/scene.js';
import { newVisit } from './support/visit-scene.js';
import { TENANT } from './support/world.js';

const PHOTOS = `query($id: ID!) { visit(id: $id) { visitorParts { photos { ${PHOTO} } } } }`;
const WRITE = `mutation($input: WriteVisitorPartInput!) { writeVisitorPart(input: $input) { visit { version } } }`;
const LOG = `query($id: ID!) { readLog(first: 5, filter: { itemId: $id }) { nodes { itemId kind purpose note reader { displayName } } } }`;

let scene: Scene;
let visitor: TestClient;
let brent: TestClient;
let barnet: TestClient;
let camden: TestClient;
/** A visit of Brent's that goes to Barnet and not to Camden, without photos. */
let visitId: string;

beforeAll(async () => {
  scene = await Scene.start();
  visitor = await scene.caller('brent-visitor');
  brent = await scene.caller('brent-quality');
  barnet = await scene.caller('barnet-placements');
  camden = await scene.caller('camden QUALITY');
});
afterAll(() => scene.stop());
beforeEach(async () => {
  visitId = await visitWithoutPhotos(scene);
});

async function photosSeen(client: TestClient): Promise<readonly SeenPhoto[]> {
  const { visit } = await client.data<{ visit: { visitorParts: { photos: SeenPhoto[] }[] } }>(PHOTOS, { id: visitId });
  return visit.visitorParts.flatMap(({ photos }) => photos);
}

const idsSeen = async (client: TestClient): Promise<string[]> => (await photosSeen(client)).map(({ id }) => id);

/** Shows these photos to others, and no other. */
const show = (shownPhotoIds: readonly string[], client = visitor) =>
  client.send(WRITE, { input: { visitId, expectedVersion: 1, shownPhotoIds } });

/** The part stands at version 1 for `show`, whatever was written. */
const showing = async (...ids: readonly string[]): Promise<void> => {
  expect((await show(ids)).errors).toBeUndefined();
  await scene.sql('update visitor_part set version = 1 where visit_id = $1', [visitId]);
};

const setState = async (change: string): Promise<void> => {
  await scene.sql(change, [visitId]);
};

const statusOf = async (client: TestClient, url: string): Promise<number> => (await fetchFile(client, url)).status;
const entries = (photoId: string) =>
  scene.sql('select owner_id, kind, purpose, note from read_log_entry where item_id = $1', [photoId]);

describe('a photo of a care-experienced visitor', () => {
  it('is shown as their part is: to the borough, and to others where they agreed to this one', async () => {
    const [kept, shown] = [await keptPhoto(visitor, visitId), await keptPhoto(visitor, visitId)];
    expect(new Set(await idsSeen(brent))).toEqual(new Set([kept, shown]));
    expect(await photosSeen(barnet)).toEqual([]);
    await showing(shown);
    const one = {
      id: shown,
      mediaType: 'image/jpeg',
      bytes: PIXELS.length,
      scan: 'NOT_SCANNED',
      addedOn: londonDate(new Date()),
      shownToOthers: true,
    };
    expect(new Set(Object.keys(one))).toEqual(new Set(classesOf('VisitorPhoto').keys()));
    expect(await photosSeen(barnet)).toEqual([one]);
    expect(await photosSeen(brent)).toContainEqual(one);
    expect(await photosSeen(brent)).toContainEqual({ ...one, id: kept, shownToOthers: false });
    expect(await myPhotos(visitor, visitId)).toHaveLength(2);
    expectRefused(await camden.send(PHOTOS, { id: visitId }), 'NOT_FOUND');
    expectRefused(await openPhoto(barnet, kept), 'NOT_FOUND');
    expectRefused(await openPhoto(camden, shown), 'NOT_FOUND');
    // A new one is not shown by itself, and what is shown no longer is gone for others.
    const later = await keptPhoto(visitor, visitId);
    expect(await idsSeen(barnet)).toEqual([shown]);
    await showing(kept);
    expect(await idsSeen(barnet)).toEqual([kept]);
    expectRefused(await openPhoto(barnet, shown), 'NOT_FOUND');
    expectRefused(await openPhoto(barnet, later), 'NOT_FOUND');
  });

  it('is nobody else’s before the part is handed in', async () => {
    const id = await keptPhoto(visitor, visitId);
    await showing(id);
    await setState('update visitor_part set submitted_on = null where visit_id = $1');
    for (const client of [brent, barnet]) expectRefused(await openPhoto(client, id), 'NOT_FOUND');
    expect(await statusOf(visitor, await photoUrl(visitor, id))).toBe(200);
    await setState('delete from visitor_part where visit_id = $1');
    expectRefused(await openPhoto(brent, id), 'NOT_FOUND');
    expect((await myPhotos(visitor, visitId)).map((one) => one.id)).toEqual([id]);
  });

  it('is kept without its name and what the phone wrote into it, and fetched once, under its owner’s log', async () => {
    const id = await keptPhoto(visitor, visitId);
    await showing(id);
    const url = await photoUrl(barnet, id);
    const response = await fetchFile(barnet, url);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''photo.jpg`);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PIXELS);
    const [row] = await scene.sql('select to_jsonb(p)::text as row from visitor_photo p where id = $1', [id]);
    expect(JSON.stringify(row)).not.toMatch(new RegExp(`IMG_|143501|${PLACE}`));
    expect(await statusOf(barnet, url)).toBe(404);
    expect(await entries(id)).toEqual([{ owner_id: TENANT.brent, kind: 'FILE', purpose: 'MONITORING', note: null }]);
    // Its own borough and its visitor open it without a log.
    for (const own of [brent, visitor]) expect(await statusOf(own, await photoUrl(own, id))).toBe(200);
    expect((await openPhoto(brent, id, {})).errors).toBeUndefined();
    expect(await entries(id)).toHaveLength(1);
    const log = await (await scene.caller('brent-ig')).data<{ readLog: { nodes: object[] } }>(LOG, { id });
    const reader = { displayName: 'Barnet placements officer' };
    expect(log.readLog.nodes).toMatchObject([{ itemId: id, kind: 'FILE', purpose: 'MONITORING', reader }]);
  });

  it('of another organisation’s is opened for a purpose alone', async () => {
    const id = await keptPhoto(visitor, visitId);
    await showing(id);
    await expectNothingKept(scene, async () => {
      const { errors } = await openPhoto(barnet, id, {});
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', path: 'input.purpose' } }]);
    });
  });

  it('stays closed once the right to it has ended since it was opened', async () => {
    const id = await keptPhoto(visitor, visitId);
    const closes = async (end: () => Promise<unknown>, again: () => Promise<unknown>, status = 404): Promise<void> => {
      await showing(id);
      const url = await photoUrl(barnet, id);
      await end();
      expect(await statusOf(barnet, url)).toBe(status);
      await again();
      expect(await statusOf(barnet, url)).toBe(200);
    };
    await closes(
      () => showing(),
      () => showing(id),
    );
    const level = (to: string) => setState(`update sharing set level = '${to}' where id = $1`);
    await closes(
      () => level('OWN_BOROUGH'),
      () => level('BOROUGHS_CONCERNED'),
    );
    const state = (to: string, reason: string) =>
      setState(`update visit set state = '${to}', withdrawal_reason = ${reason} where id = $1`);
    await closes(
      () => state('WITHDRAWN', `'Another home.'`),
      () => state('SHARED', 'null'),
    );
    const roles = (to: string) => scene.sql(`update principal set roles = '${to}' where subject = 'barnet-placements'`);
    await closes(
      () => roles('{DASHBOARD}'),
      () => roles('{PLACEMENTS}'),
      403,
    );
    const [url, own] = [await photoUrl(barnet, id), await photoUrl(brent, id)];
    await visitor.data(REMOVE_PHOTO, { input: { photoId: id } });
    for (const [client, opened] of [
      [barnet, url],
      [brent, own],
    ] as const)
      expect(await statusOf(client, opened)).toBe(404);
  });

  it('goes to nobody who is not signed in', async () => {
    const id = await keptPhoto(visitor, visitId);
    const url = await photoUrl(visitor, id);
    const nobody = scene.accord.anonymous();
    expect(codesOf(await openPhoto(nobody, id))).toEqual(['UNAUTHENTICATED']);
    await expectNothingKept(scene, async () => {
      expect(codesOf(await addPhoto(nobody, visitId))).toEqual(['UNAUTHENTICATED']);
      expect(await statusOf(nobody, url)).toBe(401);
    });
  });

  it('is its visitor’s alone to add, to show and to remove', async () => {
    const id = await keptPhoto(visitor, visitId);
    const other = await scene.caller('brent CARE_EXPERIENCED_VISITOR');
    const barnets = await scene.caller('barnet CARE_EXPERIENCED_VISITOR');
    await expectNothingKept(scene, async () => {
      for (const officer of [brent, await scene.caller('brent-director'), barnet]) {
        expect(codesOf(await addPhoto(officer, visitId))).toEqual(['FORBIDDEN']);
        expect(codesOf(await officer.send(REMOVE_PHOTO, { input: { photoId: id } }))).toEqual(['FORBIDDEN']);
        expect(codesOf(await show([id], officer))).toEqual(['FORBIDDEN']);
      }
      // Who went somewhere else sees nothing of this visit, nor of its photos.
      for (const stranger of [other, barnets]) {
        expect(codesOf(await addPhoto(stranger, visitId))).toEqual(['NOT_FOUND']);
        expect(codesOf(await stranger.send(REMOVE_PHOTO, { input: { photoId: id } }))).toEqual(['NOT_FOUND']);
        expect(codesOf(await openPhoto(stranger, id))).toEqual(['NOT_FOUND']);
      }
    });
  });

  it('is not another visitor’s of the same visit either', async () => {
    const id = await keptPhoto(visitor, visitId);
    const other = await scene.caller('brent CARE_EXPERIENCED_VISITOR');
    const { viewer } = await other.data<{ viewer: { id: string } }>('{ viewer { id } }');
    const row = { visit_id: visitId, principal_id: viewer.id, owner_id: TENANT.brent, name: 'Another' };
    await scene.insert('visit_visitor', { ...row, is_care_experienced: true, named_to_others: false });
    const own = await keptPhoto(other, visitId);
    expect((await myPhotos(other, visitId)).map((one) => one.id)).toEqual([own]);
    await expectNothingKept(scene, async () => {
      expect(codesOf(await other.send(REMOVE_PHOTO, { input: { photoId: id } }))).toEqual(['NOT_FOUND']);
      expect(codesOf(await openPhoto(other, id))).toEqual(['NOT_FOUND']);
    });
    // Each in their own part, and what is not handed in in none.
    expect(await idsSeen(brent)).toEqual([id]);
    expectRefused(await openPhoto(brent, own), 'NOT_FOUND');
  });

  it('of a withdrawn visit is neither added nor removed, and one under a legal hold is not removed', async () => {
    const id = await keptPhoto(visitor, visitId);
    const remove = () => visitor.send(REMOVE_PHOTO, { input: { photoId: id } });
    const held = { owner_id: TENANT.brent, record_id: visitId, kind: 'VISIT', reason: 'A claim', held_by: 'IG' };
    await scene.insert('record_hold', { ...held, held_on: '2026-11-20' });
    await expectNothingKept(scene, async () => expect(codesOf(await remove())).toEqual(['CONFLICT']));
    await setState('delete from record_hold where record_id = $1');
    await setState(`update visit set state = 'WITHDRAWN', withdrawal_reason = 'Another home.' where id = $1`);
    await expectNothingKept(scene, async () => {
      expect(codesOf(await remove())).toEqual(['CONFLICT']);
      expect(codesOf(await addPhoto(visitor, visitId))).toEqual(['CONFLICT']);
    });
    await setState(`update visit set state = 'SHARED', withdrawal_reason = null where id = $1`);
    expect((await remove()).errors).toBeUndefined();
    expect(await scene.sql('select remove_from <= now() as gone from stored_file where id = $1', [id])).toEqual([
      { gone: true },
    ]);
  });

  it('of somebody else, or of another visit, cannot be shown', async () => {
    const own = await keptPhoto(visitor, visitId);
    const { kept: other } = await newVisit(scene);
    await expectNothingKept(scene, async () => {
      for (const id of [other, newId(), 'nobody', '{'])
        expect((await show([own, id])).errors).toMatchObject([
          { extensions: { code: 'BAD_USER_INPUT', path: 'input.shownPhotoIds.1' } },
        ]);
    });
  });
});
