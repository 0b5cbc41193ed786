import { expect, it } from '@jest/globals';
import { FileScan, UploadedFile } from './upload.js';

it('is written out as what its bytes are known by, and not byte by byte', () => {
  const file = new UploadedFile('photo.jpg', Buffer.alloc(1_000_000, 7), FileScan.CLEAN);
  expect(JSON.stringify({ file })).toBe(`{"file":"${file.hash}"}`);
});
