import { badInput } from '@accord/kernel';

/** A kind of file that is kept, and how it is told by its content: what it begins with, and how a whole one ends. */
export interface FileType {
  readonly mediaType: string;
  readonly name: string;
  readonly endings: readonly string[];
  readonly begins: (content: Buffer) => boolean;
  readonly isWhole: (content: Buffer) => boolean;
}

/** Readers look for a PDF's end in its last kilobyte. */
const PDF_END_BYTES = 1024;
const PNG_BEGINS = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const PNG_ENDS = Buffer.from('\0\0\0\0IEND\xae\x42\x60\x82', 'latin1');
const JPEG_BEGINS = Buffer.from([0xff, 0xd8, 0xff]);

const at = (content: Buffer, from: number, to?: number): string => content.subarray(from, to).toString('latin1');

/**
 * What can be read anywhere and has no macros. Nothing of a file is unpacked or drawn here, so that none can be a bomb;
 * office documents, which are archives, are not kept. Cameras write more behind the end of a JPEG, and of HEIC the end
 * says nothing: a torn photograph shows itself.
 */
const TYPES: readonly FileType[] = [
  {
    mediaType: 'application/pdf',
    name: 'PDF',
    endings: ['pdf'],
    begins: (content) => at(content, 0, 5) === '%PDF-',
    isWhole: (content) => at(content, -PDF_END_BYTES).includes('%%EOF'),
  },
  {
    mediaType: 'image/jpeg',
    name: 'JPEG',
    endings: ['jpg', 'jpeg'],
    begins: (content) => content.subarray(0, JPEG_BEGINS.length).equals(JPEG_BEGINS),
    isWhole: () => true,
  },
  {
    mediaType: 'image/png',
    name: 'PNG',
    endings: ['png'],
    begins: (content) => content.subarray(0, PNG_BEGINS.length).equals(PNG_BEGINS),
    isWhole: (content) => content.subarray(-PNG_ENDS.length).equals(PNG_ENDS),
  },
  {
    mediaType: 'image/heic',
    name: 'HEIC',
    endings: ['heic'],
    begins: (content) => ['ftypheic', 'ftypheix'].includes(at(content, 4, 12)),
    isWhole: () => true,
  },
];

/** The kinds by name, as a client is told them. */
export const FILE_TYPES = 'PDF, JPEG, PNG or HEIC';

/** What a file is by how it begins; undefined for what is not kept. */
export const recognised = (content: Buffer): FileType | undefined => TYPES.find(({ begins }) => begins(content));

/**
 * What a file is by its content. Its name has to say the same: whoever keeps what was downloaded opens it by its name.
 * @throws AccordError `BAD_USER_INPUT` for what is not kept.
 */
export function typeOf(path: string, name: string, content: Buffer): FileType {
  if (content.length === 0) throw badInput(path, 'The file is empty: choose it again.');
  const type = recognised(content);
  if (!type) throw badInput(path, `This is no ${FILE_TYPES} by its content: send a PDF, a scan or a photograph.`);
  if (!type.isWhole(content)) throw badInput(path, `This ${type.name} is not whole: save it once more and send that.`);
  const endings = type.endings.map((ending) => `.${ending}`);
  if (!endings.some((ending) => name.toLowerCase().endsWith(ending) && name.length > ending.length))
    throw badInput(path, `By its content this is a ${type.name}: give it a name that ends in ${endings.join(' or ')}.`);
  return type;
}
