import multipart, { type MultipartFile } from '@fastify/multipart';
import { MOST_FILE_MEGABYTES, UploadedFile } from '@accord/access';
import { AccordError, badInput } from '@accord/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FileScanner } from './file-scan.js';

const MOST_BYTES = MOST_FILE_MEGABYTES * 1_000_000;
/** No file system has longer ones. */
const LONGEST_NAME = 255;
const DAMAGED =
  'The request with the file is damaged or was cut off, or has more than one file: send "operations", "map" and one file again.';

const operations = z.looseObject({ query: z.string(), variables: z.record(z.string(), z.unknown()).optional() });
const map = z.record(z.string(), z.tuple([z.string()]));

/** Lets `POST /graphql` take a file, as the GraphQL multipart request specification says. One file; no batch. */
export async function acceptFiles(app: FastifyInstance, bodyBytes: number): Promise<void> {
  await app.register(multipart, {
    limits: { fields: 2, fieldSize: bodyBytes, files: 1, fileSize: MOST_BYTES, parts: 3, headerPairs: 20 },
    // Told below in words of ours.
    throwFileSizeLimit: false,
  });
}

/**
 * The request's operation with its file in the place where the map says. Read to its end and looked through before
 * anything is asked of the database: neither a client that sends slowly nor a scanner that hangs holds a transaction.
 * @throws AccordError `BAD_USER_INPUT` for a request that is not as the specification says, and for a file that is too
 * large or not clean.
 */
export async function readOperation(request: FastifyRequest, scan: FileScanner): Promise<Record<string, unknown>> {
  const { fields, files } = await readParts(request);
  const operation = parsed(operations, 'operations', fields.get('operations'));
  const places = parsed(map, 'map', fields.get('map'));
  for (const [field, [path]] of Object.entries(places)) {
    const file = files.get(field);
    if (!file) throw notAsSpecified(`The map names a file "${field}", and the request has none of that name.`);
    const place = placeIn(operation, path);
    place(await accepted(path.replace(/^variables\./, ''), file, scan));
  }
  return operation;
}

/** A form of one field and files after it. */
interface Form {
  readonly field: string;
  readonly mostFiles: number;
  readonly mostMegabytes: number;
}

/**
 * The files of a form, each with the name of its part, looked through as they come.
 * @param begin is given the field before any file is taken: whoever may send none is sent away then.
 * @throws AccordError `BAD_USER_INPUT` for a form that is not so, and for a file that is too large or not clean.
 */
export async function readForm(
  request: FastifyRequest,
  { field, mostFiles, mostMegabytes }: Form,
  scan: FileScanner,
  begin: (text: string) => Promise<void>,
): Promise<{ name: string; file: UploadedFile }[]> {
  const files: { name: string; file: UploadedFile }[] = [];
  const limits = { fields: 1, files: mostFiles, parts: mostFiles + 1 };
  const words = `Send a form with the part "${field}" first, and then at most ${mostFiles} files.`;
  let [hasBegun, bytes] = [false, 0];
  let fault: unknown;
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        if (part.fieldname !== field) throw notAsSpecified(words);
        await begin(String(part.value)).catch((error: unknown) => {
          fault = error;
          throw error;
        });
        hasBegun = true;
        continue;
      }
      if (!hasBegun) throw notAsSpecified(words);
      const sent = await filePartOf(part);
      bytes += sent.content.length;
      const path = `files.${part.fieldname}`;
      if (bytes > mostMegabytes * 1_000_000)
        throw badInput(path, `The files have more than ${mostMegabytes} MB together: scan them more coarsely.`);
      files.push({ name: part.fieldname, file: await accepted(path, sent, scan) });
    }
  } catch (error) {
    // The library's own words are about boundaries and limits of parts.
    throw error instanceof AccordError || error === fault ? error : notAsSpecified(words);
  }
  if (!hasBegun) throw notAsSpecified(words);
  return files;
}

interface FilePart {
  readonly name: string;
  readonly content: Buffer;
  /** Whether there is more of it than is taken. */
  readonly isTooLarge: boolean;
}

async function filePartOf(part: MultipartFile): Promise<FilePart> {
  const content = await part.toBuffer();
  return { name: nameOf(part.filename), content, isTooLarge: part.file.truncated };
}

interface Parts {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, FilePart>;
}

async function readParts(request: FastifyRequest): Promise<Parts> {
  const fields = new Map<string, string>();
  const files = new Map<string, FilePart>();
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields.set(part.fieldname, String(part.value));
      else files.set(part.fieldname, await filePartOf(part));
    }
  } catch {
    // The library's own words are about boundaries and limits of parts.
    throw notAsSpecified(DAMAGED);
  }
  return { fields, files };
}

/** @param path of the input that the file is. */
async function accepted(
  path: string,
  { name, content, isTooLarge }: FilePart,
  scan: FileScanner,
): Promise<UploadedFile> {
  if (isTooLarge)
    throw badInput(
      path,
      `The file has more than ${MOST_FILE_MEGABYTES} MB, which is more than any file that Accord takes. Send it in parts or scanned more coarsely; Ofsted's of a year has about two.`,
    );
  const verdict = await scan(content);
  if (verdict === undefined)
    throw badInput(
      path,
      'This file was found to hold malware and was not kept. Tell whoever looks after your computers.',
    );
  return new UploadedFile(name, content, verdict);
}

function parsed<T>(schema: z.ZodType<T>, name: string, text: string | undefined): T {
  if (text === undefined) throw notAsSpecified(`The request has no part "${name}"; it comes before the file.`);
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw notAsSpecified(`The part "${name}" is not as the GraphQL multipart request specification says.`);
  }
}

/** Where the operation has null for a file. @param path such as `variables.input.file`. */
function placeIn(operation: Record<string, unknown>, path: string): (file: UploadedFile) => void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let target: unknown = operation;
  for (const key of keys) target = isRecord(target) && Object.hasOwn(target, key) ? target[key] : undefined;
  // Only where the client left room for it: a path cannot reach into what objects have by nature.
  if (keys[0] !== 'variables' || !isRecord(target) || !Object.hasOwn(target, last) || target[last] !== null) {
    throw notAsSpecified(`The map puts a file at "${path}", where the operation’s variables have no null for it.`);
  }
  const room = target;
  return (file) => (room[last] = file);
}

/** About the request, and nothing in its input. */
const notAsSpecified = (message: string): AccordError => new AccordError('BAD_USER_INPUT', message);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Its last part, without what no text may have and what makes a name look like another. */
function nameOf(filename: string | undefined): string {
  const name =
    (filename ?? '')
      .split(/[/\\]/)
      .pop()
      ?.slice(0, LONGEST_NAME)
      .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
      .trim() ?? '';
  return name === '' ? 'file' : name;
}
