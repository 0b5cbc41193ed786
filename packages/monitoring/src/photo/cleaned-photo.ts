import { recognised } from '@accord/files';
import { badInput } from '@accord/kernel';
import { pixelsOfJpeg } from './jpeg.js';
import { pixelsOfPng } from './png.js';

/** A photograph as it is kept. */
export interface CleanedPhoto {
  readonly mediaType: string;
  readonly content: Buffer;
}

const PIXELS: Readonly<Record<string, (content: Buffer) => Buffer | undefined>> = {
  'image/jpeg': pixelsOfJpeg,
  'image/png': pixelsOfPng,
};

const HEIC = 'image/heic';
const NO_HEIC =
  'This is a HEIC, out of which the place where it was taken cannot be removed here: send it as a JPEG or PNG. On an iPhone choose Settings, Camera, Formats, Most Compatible and take it again, or send a screenshot of it.';

/**
 * A photograph without anything that says where, when and with what it was taken: its pixels, and which side is up.
 * @throws AccordError `BAD_USER_INPUT` for what is no JPEG or PNG, or not whole.
 */
export function cleanedPhoto(path: string, sent: Buffer): CleanedPhoto {
  const type = recognised(sent);
  if (type?.mediaType === HEIC) throw badInput(path, NO_HEIC);
  const pixelsOf = type && PIXELS[type.mediaType];
  if (!pixelsOf) throw badInput(path, 'This is no JPEG or PNG by its content: send a photo.');
  const content = pixelsOf(sent);
  if (!content) throw badInput(path, `This ${type.name} is not whole: take or save it once more and send that.`);
  return { mediaType: type.mediaType, content };
}
