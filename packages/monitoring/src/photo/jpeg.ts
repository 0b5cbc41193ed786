import { MOST_PARTS } from './most-parts.js';
import { orientationOf, orientationSegment } from './orientation.js';

const MARK = 0xff;
const [START, END, SCAN] = [0xd8, 0xd9, 0xda];
const [EXIF, JFIF, ADOBE] = [0xe1, 0xe0, 0xee];
/** What pixels are made of: frames (baseline, extended, progressive), Huffman and quantisation tables, restart intervals. */
const FRAMES = [0xc0, 0xc1, 0xc2];
const OF_PIXELS = new Set([...FRAMES, 0xc4, 0xdb, 0xdd, SCAN]);

const segment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.from([MARK, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};

/** The beginning that says how its colours are to be read, without a word of the camera's. */
const PLAIN_JFIF = segment(JFIF, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'));

/**
 * The pixels of a JPEG and which side of it is up; nothing else that is in it. What is left out is not looked for: what
 * is kept is, so that nothing a camera may think of goes along (Exif, XMP, IPTC, comments, thumbnails, colour profiles,
 * and the second pictures and films that phones put behind the end).
 * @returns undefined for what is none, or none that is whole.
 */
export function pixelsOfJpeg(content: Buffer): Buffer | undefined {
  if (content.length < 2 || content[0] !== MARK || content[1] !== START) return undefined;
  const kept: Buffer[] = [];
  let [orientation, hasFrame, hasScan, isJfif] = [1, false, false, false];
  for (let [at, segments] = [2, 0]; ;) {
    if ((segments += 1) > MOST_PARTS) return undefined;
    // Any number of fill bytes may stand before a marker.
    if (content[at] !== MARK) return undefined;
    while (content[at] === MARK) at += 1;
    const marker = content[at] ?? 0;
    const from = at + 1;
    if (marker === END) break;
    if (from + 2 > content.length) return undefined;
    const to = from + content.readUInt16BE(from);
    if (to < from + 2 || to > content.length) return undefined;
    const body = content.subarray(from + 2, to);
    if (marker === JFIF) isJfif ||= body.toString('latin1', 0, 5) === 'JFIF\0';
    if (marker === EXIF) orientation = orientationOf(body) ?? orientation;
    if (marker === ADOBE && body.length >= 12 && body.toString('latin1', 0, 5) === 'Adobe')
      kept.push(segment(ADOBE, Buffer.from([...Buffer.from('Adobe\0\x64\0\0\0\0', 'latin1'), body[11] ?? 0])));
    if (OF_PIXELS.has(marker)) kept.push(segment(marker, body));
    hasFrame ||= FRAMES.includes(marker);
    at = to;
    if (marker === SCAN) {
      at = endOfScan(content, to);
      kept.push(content.subarray(to, at));
      hasScan = true;
    }
  }
  if (!hasFrame || !hasScan) return undefined;
  return Buffer.concat([
    Buffer.from([MARK, START]),
    ...(isJfif ? [PLAIN_JFIF] : []),
    ...(orientation === 1 ? [] : [orientationSegment(orientation)]),
    ...kept,
    Buffer.from([MARK, END]),
  ]);
}

/** Where the next marker is after the coded pixels: in them a marker's byte has a nought behind it, or a restart. */
function endOfScan(content: Buffer, from: number): number {
  for (let at = from; at < content.length; at += 1) {
    if (content[at] !== MARK) continue;
    const next = content[at + 1] ?? 0;
    if (next !== 0 && next !== MARK && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return content.length;
}
