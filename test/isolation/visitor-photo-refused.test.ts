import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@accord/kernel';
import type { TestClient } from '@accord/testkit';
import { expectNothingKept } from './support/files-kept.js';
import { addPhoto, myPhotos, photo, PIXELS, visitWithoutPhotos } from './support/photo-file.js';
import { codesOf } from './support/refusal.js';
import { Scene } from './support/scene.js';

let scene: Scene;
let visitor: TestClient;
let visitId: string;

beforeAll(async () => {
  scene = await Scene.start();
  visitor = await scene.caller('brent-visitor');
});
afterAll(() => scene.stop());
beforeEach(async () => {
  visitId = await visitWithoutPhotos(scene);
});

describe('a photo that is sent', () => {
  it.each<[string, object, RegExp, string]>([
    ['somebody may be recognised', { nobodyIsRecognisable: false }, /nobody can be recognised/, 'nobodyIsRecognisable'],
    ['is a PDF', { file: photo('a.jpg', Buffer.from('%PDF-1.7\n%%EOF')) }, /no JPEG or PNG/, 'file'],
    ['is a page', { file: photo('a.jpg', Buffer.from('<html><script>')) }, /no JPEG or PNG/, 'file'],
    ['is a HEIC', { file: photo('a.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0')) }, /as a JPEG or PNG/, 'file'],
    ['is cut off', { file: photo('a.jpg', PIXELS.subarray(0, 200)) }, /not whole/, 'file'],
    ['is empty', { file: photo('a.jpg', Buffer.alloc(0)) }, /no JPEG or PNG/, 'file'],
    [
      'is too large',
      { file: photo('a.jpg', Buffer.concat([PIXELS, Buffer.alloc(10_000_001)])) },
      /more than 10 MB/,
      'file',
    ],
  ])('is refused where it %s, and nothing is kept', async (_what, more, message, field) => {
    await expectNothingKept(scene, async () => {
      expect((await addPhoto(visitor, visitId, more)).errors).toMatchObject([
        {
          message: expect.stringMatching(message),
          extensions: { code: 'BAD_USER_INPUT', path: `input.${field}` },
        },
      ]);
    });
  });

  it('is one of three at most, also of those that come at the same time; sent again with its key it is one', async () => {
    const idempotencyKey = newId();
    for (const _again of [1, 2]) expect((await addPhoto(visitor, visitId, { idempotencyKey })).errors).toBeUndefined();
    expect(await myPhotos(visitor, visitId)).toHaveLength(1);
    const answers = await Promise.all(Array.from({ length: 4 }, () => addPhoto(visitor, visitId)));
    expect(answers.flatMap(codesOf)).toEqual(['CONFLICT', 'CONFLICT']);
    expect(await myPhotos(visitor, visitId)).toHaveLength(3);
  });
});
