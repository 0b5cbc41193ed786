import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { runDirectory } from './run-directory.js';

const BUCKET = 'accord';
/** The one pair of keys that the server knows, which is the same word twice. */
const KEY = 'S3RVER';

/** An S3-compatible server with an empty bucket. It lets in whoever signs as AWS Signature Version 4 says. */
export interface ObjectStore {
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  close(): Promise<void>;
}

export async function startObjectStore(): Promise<ObjectStore> {
  const directory = await mkdtemp(join(runDirectory(), 'bucket-'));
  const address = '127.0.0.1';
  const server = new S3rver({ address, port: 0, silent: true, directory, configureBuckets: [{ name: BUCKET }] });
  const { port } = await server.run();
  return {
    endpoint: `http://${address}:${port}`,
    bucket: BUCKET,
    accessKeyId: KEY,
    secretAccessKey: KEY,
    close: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
