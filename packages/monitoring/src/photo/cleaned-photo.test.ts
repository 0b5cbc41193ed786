import { AccordError } from '@accord/kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanedPhoto } from './cleaned-photo.js';
import { orientationOf, orientationSegment } from './orientation.js';

/** A grey square of eight by eight pixels, as an encoder writes it that says nothing of itself. */
const JPEG = Buffer.from(
  '/9j/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAL/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AJAB/9k=',
  'base64',
);
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAD0lEQVQImWOowAEYhpYEACrVWgHfA7Y0AAAAAElFTkSuQmCC',
  'base64',
);
const SECRET = '51.5074 N, 0.1278 W at 14:35 with the phone of somebody';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

function segment(marker: number, body: string | Buffer): Buffer {
  const content = Buffer.from(body as string, 'latin1');
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

function chunk(name: string, body: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, bytes(name + body), Buffer.alloc(4)]);
}

/** More segments or chunks than any camera makes. */
const TOO_MANY = 10_001;

/** Puts something between the beginning of a file and the rest of it. */
const after = (length: number, file: Buffer, ...parts: Buffer[]): Buffer =>
  Buffer.concat([file.subarray(0, length), ...parts, file.subarray(length)]);

/** Exif of either order of bytes, with a secret beside the orientation. */
function exif(order: 'II' | 'MM', orientation: number): Buffer {
  const isLittle = order === 'II';
  const tiff = Buffer.alloc(34);
  const short = (value: number, at: number) =>
    isLittle ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    isLittle ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(order, 0, 'latin1');
  short(42, 2);
  long(8, 4);
  short(2, 8);
  for (const [at, tag, type, value] of [
    [10, 0x010f, 2, 0],
    [22, 0x0112, 3, orientation],
  ] as const) {
    short(tag, at);
    short(type, at + 2);
    long(1, at + 4);
    short(value, at + 8);
  }
  return Buffer.concat([bytes('Exif\0\0'), tiff, bytes(SECRET)]);
}

const clean = (content: Buffer) => cleanedPhoto('input.file', content);

/** What is kept: nothing of what is refused in our own words. */
function cleanedOrRefused(content: Buffer): Buffer {
  try {
    return clean(content).content;
  } catch (error) {
    if (error instanceof AccordError) return Buffer.alloc(0);
    throw error;
  }
}

describe('a photograph', () => {
  it('of pixels alone stays as it is', () => {
    expect(clean(JPEG)).toEqual({ mediaType: 'image/jpeg', content: JPEG });
    expect(clean(PNG)).toEqual({ mediaType: 'image/png', content: PNG });
  });

  it.each<[string, Buffer]>([
    ['Exif', after(2, JPEG, segment(0xe1, exif('II', 1)))],
    ['XMP', after(2, JPEG, segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${SECRET}`))],
    ['IPTC', after(2, JPEG, segment(0xed, `Photoshop 3.0\0${SECRET}`))],
    ['a colour profile', after(2, JPEG, segment(0xe2, `ICC_PROFILE\0\x01\x01${SECRET}`))],
    ['a comment', after(2, JPEG, segment(0xfe, SECRET))],
    ['what only one maker writes', after(2, JPEG, segment(0xeb, SECRET))],
    ['fill bytes before a marker', after(2, JPEG, Buffer.from([0xff, 0xff]), segment(0xe1, exif('MM', 1)))],
    ['a comment after its pixels', after(JPEG.length - 2, JPEG, segment(0xfe, SECRET))],
    ['a second picture behind its end', Buffer.concat([JPEG, after(2, JPEG, segment(0xe1, exif('MM', 1)))])],
    ['a film behind its end', Buffer.concat([JPEG, bytes(`MotionPhoto_Data${SECRET}`)])],
  ])('is kept without %s', (_what, content) => {
    expect(content.includes(SECRET)).toBe(true);
    expect(clean(content).content).toEqual(JPEG);
  });

  it.each(['tEXt', 'iTXt', 'zTXt', 'eXIf', 'tIME', 'iCCP', 'prVt'])('that is a PNG is kept without %s', (name) => {
    expect(clean(after(33, PNG, chunk(name, SECRET))).content).toEqual(PNG);
  });

  it('says of its colours what a JPEG says of them, without a word of its maker’s', () => {
    const adobe = segment(0xee, `Adobe\0\x64\0\0\0\0\x02${SECRET}`);
    const jfif = segment(0xe0, `JFIF\0\x01\x02\x01\0\x48\0\x48\x01\x01${SECRET}`);
    const { content } = clean(after(2, JPEG, jfif, adobe));
    const plain = [segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\0\0'), segment(0xee, 'Adobe\0\x64\0\0\0\0\x02')];
    expect(content).toEqual(after(2, JPEG, ...plain));
  });

  it.each([
    ['II', 6],
    ['MM', 8],
  ] as const)('of bytes in the order %s has the same side up as before', (order, orientation) => {
    const { content } = clean(after(2, JPEG, segment(0xe1, exif(order, orientation))));
    expect(content).toEqual(after(2, JPEG, orientationSegment(orientation)));
    expect(orientationOf(content.subarray(6))).toBe(orientation);
    expect(clean(content).content).toEqual(content);
  });

  it('that says nonsense of which side is up is kept as it lies', () => {
    for (const orientation of [0, 9, 258])
      expect(clean(after(2, JPEG, segment(0xe1, exif('II', orientation)))).content).toEqual(JPEG);
    for (const body of ['Exif\0\0', 'Exif\0\0II*\0\xff\xff\xff\xff', 'Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01'])
      expect(clean(after(2, JPEG, segment(0xe1, body))).content).toEqual(JPEG);
  });

  it.each<[string, Buffer, RegExp]>([
    ['is empty', Buffer.alloc(0), /no JPEG or PNG/],
    ['is a PDF', bytes('%PDF-1.7\n%%EOF'), /no JPEG or PNG/],
    ['is a page', bytes('<html><script>'), /no JPEG or PNG/],
    ['is a HEIC, whose place cannot be taken out', bytes('\0\0\0\x18ftypheic\0\0\0\0'), /HEIC.*Most Compatible/],
    ['is a JPEG cut off in its pixels', JPEG.subarray(0, -4), /JPEG is not whole/],
    ['is a JPEG cut off before them', JPEG.subarray(0, 100), /JPEG is not whole/],
    [
      'is a JPEG without pixels',
      Buffer.concat([JPEG.subarray(0, 2), segment(0xfe, SECRET), JPEG.subarray(-2)]),
      /whole/,
    ],
    ['is a JPEG with rubbish in it', after(71, JPEG, bytes('rubbish')), /JPEG is not whole/],
    ['is a PNG cut off', PNG.subarray(0, 60), /PNG is not whole/],
    ['is a PNG without pixels', Buffer.concat([PNG.subarray(0, 33), PNG.subarray(-12)]), /PNG is not whole/],
    ['is a PNG that begins with something else', after(8, PNG, chunk('tEXt', SECRET)), /PNG is not whole/],
  ])('is refused where it %s', (_what, content, message) => {
    expect(() => clean(content)).toThrow(message);
  });

  it('however it is broken is cleaned for good, or refused', () => {
    const full = after(2, JPEG, segment(0xe1, exif('II', 6)), segment(0xfe, SECRET));
    const broken = fc.tuple(fc.nat(full.length - 1), fc.nat(255), fc.nat(full.length)).map(([at, byte, end]) => {
      const copy = Buffer.from(full);
      copy[at] = byte;
      return end % 2 === 0 ? copy : copy.subarray(0, end);
    });
    fc.assert(
      fc.property(broken, (content) => {
        const kept = cleanedOrRefused(content);
        expect(cleanedOrRefused(kept)).toEqual(kept);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a picture of very many parts', () => {
  it.each([
    ['JPEG', (parts: number) => after(2, JPEG, ...Array.from({ length: parts }, () => segment(0xc4, '')))],
    ['PNG', (parts: number) => after(33, PNG, ...Array.from({ length: parts }, () => chunk('IDAT', '')))],
  ])('is not taken apart: %s', (_type, withParts) => {
    expect(() => cleanedPhoto('file', withParts(100))).not.toThrow();
    expect(() => cleanedPhoto('file', withParts(TOO_MANY))).toThrow(AccordError);
  });
});
