import { MOST_PARTS } from './most-parts.js';

const BEGINS = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const [FIRST, LAST] = ['IHDR', 'IEND'];
/** What pixels are made of, and how their colours are to be read. */
const OF_PIXELS = new Set([FIRST, 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'IDAT', LAST]);
/** Its length, its name and its check sum. */
const FRAME_BYTES = 12;

/** The pixels of a PNG, and nothing else that is in it. @returns undefined for what is none, or none that is whole. */
export function pixelsOfPng(content: Buffer): Buffer | undefined {
  if (!content.subarray(0, BEGINS.length).equals(BEGINS)) return undefined;
  const kept: Buffer[] = [BEGINS];
  const names = new Set<string>();
  for (let [at, chunks] = [BEGINS.length, 0]; at + FRAME_BYTES <= content.length;) {
    if ((chunks += 1) > MOST_PARTS) return undefined;
    const to = at + FRAME_BYTES + content.readUInt32BE(at);
    const name = content.toString('latin1', at + 4, at + 8);
    if (to > content.length || (names.size === 0 && name !== FIRST)) return undefined;
    names.add(name);
    if (OF_PIXELS.has(name)) kept.push(content.subarray(at, to));
    if (name === LAST) return names.has('IDAT') ? Buffer.concat(kept) : undefined;
    at = to;
  }
  return undefined;
}
