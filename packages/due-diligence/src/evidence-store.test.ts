import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BucketStore, FolderStore, type EvidenceStore } from './evidence-store.js';

/** An object store that lets in whoever signs as AWS Signature Version 4 says. It comes without types. */
interface S3Server {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
}
const S3rver = createRequire(import.meta.url)('@20minutes/s3rver') as new (options: object) => S3Server;
/** The one pair of keys that it knows. */
const KEY = 'S3RVER';

const CONTENT = Buffer.from('%PDF-1.7 a certificate');

let folder: string;
let server: S3Server;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accord-evidence-'));
  server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(folder, 'bucket'),
    configureBuckets: [{ name: 'accord' }],
  });
  ({ port } = await server.run());
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const bucket = (more: { endpoint?: string; bucket?: string; secretAccessKey?: string } = {}) => ({
  endpoint: `http://127.0.0.1:${port}/`,
  bucket: 'accord',
  region: 'eu-west-2',
  accessKeyId: KEY,
  secretAccessKey: KEY,
  ...more,
});

describe.each([
  ['a folder', (): EvidenceStore => new FolderStore(join(folder, 'kept'))],
  ['a bucket of an S3-compatible server', (): EvidenceStore => new BucketStore(bucket())],
])('%s', (_name, open) => {
  it('keeps a file as it is, and has none that was not kept', async () => {
    const store = open();
    await store.put('one', CONTENT);
    expect(await store.get('one')).toEqual(CONTENT);
    expect(await store.get('another')).toBeUndefined();
  });
});

describe('a folder', () => {
  it('is its process’s alone, and leaves no part of a file under a name', async () => {
    const path = join(folder, 'kept');
    expect(await readdir(path)).toEqual(['one']);
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect((await stat(join(path, 'one'))).mode & 0o077).toBe(0);
  });

  it('keeps nothing of a file that it could not write to its end', async () => {
    const path = join(folder, 'taken');
    const store = new FolderStore(path);
    await new FolderStore(join(path, 'one')).put('inner', CONTENT);
    // A folder stands where the file should.
    await expect(store.put('one', CONTENT)).rejects.toThrow();
    expect(await readdir(path)).toEqual(['one']);
  });
});

describe('a bucket', () => {
  it('that refuses is told of, and not taken for one that has kept', async () => {
    const store = new BucketStore(bucket({ secretAccessKey: 'another secret' }));
    await expect(store.put('two', CONTENT)).rejects.toThrow('answered 403');
    await expect(store.get('one')).rejects.toThrow('answered 403');
    await expect(new BucketStore(bucket({ bucket: 'elsewhere' })).put('two', CONTENT)).rejects.toThrow('answered 404');
    expect(await new BucketStore(bucket()).get('two')).toBeUndefined();
  });

  it('that does not answer is not waited for, nor followed elsewhere', async () => {
    const silent = createServer((request, response) => {
      if (request.method === 'GET') response.writeHead(307, { location: `http://127.0.0.1:${port}/accord/one` }).end();
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const store = new BucketStore(bucket({ endpoint }), 200);
    await expect(store.put('three', CONTENT)).rejects.toThrow(/timeout/);
    await expect(store.get('one')).rejects.toThrow();
    silent.closeAllConnections();
    silent.close();
  });
});
