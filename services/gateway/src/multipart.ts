import multipart from '@fastify/multipart';
import { UploadedFile } from '@accord/access';
import { AccordError, badInput } from '@accord/kernel';
import { MOST_MEGABYTES } from '@accord/providers';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

const MOST_BYTES = MOST_MEGABYTES * 1_000_000;
const LONGEST_NAME = 200;
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
 * The request's operation with its file in the place where the map says. Read to its end before anything is asked of
 * the database: a client that sends slowly holds nothing but its own connection.
 * @throws AccordError `BAD_USER_INPUT` for a request that is not as the specification says, and a file too large.
 */
export async function readOperation(request: FastifyRequest): Promise<Record<string, unknown>> {
  const { fields, files } = await readParts(request);
  const operation = parsed(operations, 'operations', fields.get('operations'));
  const places = parsed(map, 'map', fields.get('map'));
  for (const [field, [path]] of Object.entries(places)) {
    const file = files.get(field);
    if (!file) throw notAsSpecified(`The map names a file "${field}", and the request has none of that name.`);
    place(operation, path, file);
  }
  return operation;
}

interface Parts {
  readonly fields: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, UploadedFile>;
}

async function readParts(request: FastifyRequest): Promise<Parts> {
  const fields = new Map<string, string>();
  const files = new Map<string, UploadedFile>();
  try {
    await readInto(request, fields, files);
  } catch (error) {
    // The library's own words are about boundaries and limits of parts.
    throw error instanceof AccordError ? error : notAsSpecified(DAMAGED);
  }
  return { fields, files };
}

async function readInto(
  request: FastifyRequest,
  fields: Map<string, string>,
  files: Map<string, UploadedFile>,
): Promise<void> {
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields.set(part.fieldname, String(part.value));
      continue;
    }
    const content = await part.toBuffer();
    if (part.file.truncated) {
      throw badInput(
        'file',
        `The file has more than ${MOST_MEGABYTES} MB, which is more than any file that Accord takes. Ofsted's of a year has about two: see whether it is the right one.`,
      );
    }
    files.set(part.fieldname, new UploadedFile(nameOf(part.filename), content));
  }
}

function parsed<T>(schema: z.ZodType<T>, name: string, text: string | undefined): T {
  if (text === undefined) throw notAsSpecified(`The request has no part "${name}"; it comes before the file.`);
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw notAsSpecified(`The part "${name}" is not as the GraphQL multipart request specification says.`);
  }
}

/** Puts the file where the operation has null for it. @param path such as `variables.input.file`. */
function place(operation: Record<string, unknown>, path: string, file: UploadedFile): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let target: unknown = operation;
  for (const key of keys) target = isRecord(target) && Object.hasOwn(target, key) ? target[key] : undefined;
  // Only where the client left room for it: a path cannot reach into what objects have by nature.
  if (keys[0] !== 'variables' || !isRecord(target) || !Object.hasOwn(target, last) || target[last] !== null) {
    throw notAsSpecified(`The map puts a file at "${path}", where the operation’s variables have no null for it.`);
  }
  target[last] = file;
}

/** About the request, and nothing in its input. */
const notAsSpecified = (message: string): AccordError => new AccordError('BAD_USER_INPUT', message);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Its last part, without what no text may have. */
function nameOf(filename: string | undefined): string {
  const name =
    (filename ?? '')
      .split(/[/\\]/)
      .pop()
      ?.replaceAll(/\p{Cc}/gu, '')
      .trim() ?? '';
  return name === '' ? 'file' : name.slice(0, LONGEST_NAME);
}
