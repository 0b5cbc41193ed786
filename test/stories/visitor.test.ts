import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import { TestAccord, type TestClient } from '@accord/testkit';
import { fetchFile } from '../isolation/support/evidence-file.js';
import { addPhoto, myPhotos, photoUrl, PIXELS, REMOVE_PHOTO } from '../isolation/support/photo-file.js';
import { act, ask, key, start, type Input, type Visit } from './support/visits.js';

/** User story 10: a care-experienced visitor gives their view. */

let accord: TestAccord;
let quality: TestClient;
let visitor: TestClient;
let barnet: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  quality = await accord.as('brent-quality');
  visitor = await accord.as('brent-visitor');
  barnet = await accord.as('barnet-placements');
});

afterAll(() => accord.stop());

describe('a care-experienced visitor', () => {
  const mine = 'visitId version submittedOn showsName words { code words }';
  const part = 'visitorParts { by words { code words } }';

  it('writes their own part, sees their own visit alone, and is named to others only if they agree', async () => {
    const visit = await start(quality);
    const { myVisits } = await visitor.data<{ myVisits: { visitId: string; place: string; words: unknown[] }[] }>(
      '{ myVisits { visitId place words { code words } } }',
    );
    const own = myVisits.find(({ visitId }) => visitId === visit.id);
    expect(own).toMatchObject({ place: 'Copperbeech House' });
    expect(own?.words).toHaveLength(5);
    expect((await visitor.send(`{ visit(id: "${visit.id}") { id } }`)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');

    const write = (input: Input) =>
      act<Visit>(visitor, 'writeVisitorPart', { visitId: visit.id, ...input }, `visit { ${mine} }`);
    await write({ words: [{ code: 'CEV.4', words: 'Cold. I would not sleep here.' }], expectedVersion: 0 });
    expect(await ask(quality, visit.id, part)).toEqual({ visitorParts: [] });
    await write({ submit: true, expectedVersion: 1 });
    const shown = { code: 'CEV.4', words: 'Cold. I would not sleep here.' };
    expect(await ask(quality, visit.id, part)).toMatchObject({
      visitorParts: [{ by: 'Brent care-experienced visitor', words: expect.arrayContaining([shown]) }],
    });

    const saved = await act(quality, 'saveVisit', {
      visitId: visit.id,
      expectedVersion: visit.version,
      outcome: 'SIGNIFICANT_CONCERNS',
    });
    await act(quality, 'shareVisit', { visitId: visit.id, expectedVersion: saved.version, ...key() });
    expect(await ask(barnet, visit.id, part)).toMatchObject({
      visitorParts: [{ by: null, words: expect.arrayContaining([shown]) }],
    });
    await write({ showName: true, expectedVersion: 2 });
    expect(await ask(barnet, visit.id, part)).toMatchObject({
      visitorParts: [{ by: 'Brent care-experienced visitor' }],
    });
  });

  it('adds a photo of what they saw, which others see once they show it, and nobody edits', async () => {
    const visit = await start(quality);
    const photos = 'visitorParts { photos { id shownToOthers } }';
    const part = (input: Input) =>
      act<Visit>(visitor, 'writeVisitorPart', { visitId: visit.id, ...input }, `visit { ${mine} }`);
    // Kept on the phone while there was no connection, and sent when there is one: twice, as phones do.
    const words = [{ code: 'CEV.4', words: 'The radiator is off the wall.' }];
    await part({ words, expectedVersion: 0 });
    const idempotencyKey = newId();
    for (const _again of [1, 2]) expect((await addPhoto(visitor, visit.id, { idempotencyKey })).errors).toBeUndefined();
    const [kept] = await myPhotos(visitor, visit.id);
    const id = kept?.id ?? '';
    expect(await ask(quality, visit.id, photos)).toEqual({ visitorParts: [] });
    await part({ submit: true, expectedVersion: 1 });

    // Beside the officer’s findings, and not theirs to change.
    expect(await ask(quality, visit.id, photos)).toEqual({
      visitorParts: [{ photos: [{ id, shownToOthers: false }] }],
    });
    const response = await fetchFile(quality, await photoUrl(quality, id));
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PIXELS);
    expect((await quality.send(REMOVE_PHOTO, { input: { photoId: id } })).errors?.[0]?.extensions.code).toBe(
      'FORBIDDEN',
    );

    const saved = await act(quality, 'saveVisit', {
      visitId: visit.id,
      expectedVersion: visit.version,
      outcome: 'SIGNIFICANT_CONCERNS',
    });
    await act(quality, 'shareVisit', { visitId: visit.id, expectedVersion: saved.version, ...key() });
    expect(await ask(barnet, visit.id, photos)).toEqual({ visitorParts: [{ photos: [] }] });
    await part({ shownPhotoIds: [id], expectedVersion: 2 });
    expect(await ask(barnet, visit.id, photos)).toEqual({ visitorParts: [{ photos: [{ id, shownToOthers: true }] }] });
    expect((await fetchFile(barnet, await photoUrl(barnet, id))).status).toBe(200);
    const log = await (
      await accord.as('brent-ig')
    ).data<{ readLog: { nodes: object[] } }>(
      'query($id: ID!) { readLog(first: 5, filter: { itemId: $id }) { nodes { kind reader { displayName } } } }',
      { id },
    );
    expect(log.readLog.nodes).toEqual([{ kind: 'FILE', reader: { displayName: 'Barnet placements officer' } }]);
    // They change their mind: for everybody else it is gone at once.
    await visitor.data(REMOVE_PHOTO, { input: { photoId: id } });
    expect(await ask(barnet, visit.id, photos)).toEqual({ visitorParts: [{ photos: [] }] });
  });

  it('is the only one who can: an officer’s statement changes nothing', async () => {
    const { errors } = await quality.send(
      'mutation { writeVisitorPart(input: { visitId: "x", expectedVersion: 0 }) { visit { visitId } } }',
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
