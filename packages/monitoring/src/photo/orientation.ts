/** Of Exif: the tag that says which side of a picture is up, as 1 to 8 (1: as it is). */
const ORIENTATION = 0x0112;
const SHORT = 3;
const ENTRY_BYTES = 12;
const EXIF = 'Exif\0\0';

/** Which side is up, out of the body of an Exif segment; undefined where it does not say. */
export function orientationOf(body: Buffer): number | undefined {
  if (body.toString('latin1', 0, EXIF.length) !== EXIF) return undefined;
  const tiff = body.subarray(EXIF.length);
  const order = tiff.toString('latin1', 0, 2);
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return undefined;
  const [short, long] =
    order === 'II'
      ? [tiff.readUInt16LE.bind(tiff), tiff.readUInt32LE.bind(tiff)]
      : [tiff.readUInt16BE.bind(tiff), tiff.readUInt32BE.bind(tiff)];
  const directory = long(4);
  if (directory + 2 > tiff.length) return undefined;
  const last = Math.min(directory + 2 + short(directory) * ENTRY_BYTES, tiff.length) - ENTRY_BYTES;
  for (let entry = directory + 2; entry <= last; entry += ENTRY_BYTES) {
    if (short(entry) !== ORIENTATION || short(entry + 2) !== SHORT) continue;
    const value = short(entry + 8);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** An Exif segment that says this and nothing else. */
export function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1');
  tiff.writeUInt16BE(orientation, 18);
  const head = Buffer.from('\xff\xe1\0\0', 'latin1');
  head.writeUInt16BE(2 + EXIF.length + tiff.length, 2);
  return Buffer.concat([head, Buffer.from(EXIF, 'latin1'), tiff]);
}
