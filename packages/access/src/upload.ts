import { createHash } from 'node:crypto';
import { AccordError } from '@accord/kernel';
import { GraphQLScalarType } from 'graphql';
import { registerEnumType } from 'type-graphql';

/** More than any file has that Accord takes. */
export const MOST_FILE_MEGABYTES = 10;

export enum FileScan {
  CLEAN = 'CLEAN',
  NOT_SCANNED = 'NOT_SCANNED',
}

registerEnumType(FileScan, {
  name: 'FileScan',
  description: 'Whether a file was looked through for malware when it came. One that is not clean is never kept.',
});

/** A file that came with a request, whole. */
export class UploadedFile {
  /** SHA-256, hexadecimal. */
  readonly hash: string;

  constructor(
    readonly name: string,
    readonly content: Buffer,
    readonly scan: FileScan,
  ) {
    this.hash = createHash('sha256').update(content).digest('hex');
  }

  /** Written out, its bytes would be ten times as many: what stands for it is what they are known by. */
  toJSON(): string {
    return this.hash;
  }
}

function parse(value: unknown): UploadedFile {
  if (value instanceof UploadedFile) return value;
  throw new AccordError(
    'BAD_USER_INPUT',
    'Expected a file: send the request as multipart/form-data with the parts "operations", "map" and the file (GraphQL multipart request specification).',
  );
}

/** A file. What goes to the client is never one. */
export const Upload = new GraphQLScalarType<UploadedFile, never>({
  name: 'Upload',
  description: 'A file, sent as the GraphQL multipart request specification says.',
  parseValue: parse,
  parseLiteral: () => parse(undefined),
  serialize: () => {
    throw new Error('A file is never an answer.');
  },
});
