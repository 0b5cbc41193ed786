import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BucketStore, FolderStore, type EvidenceStore } from './evidence-store.js';

const [ACCESS_KEY, SECRET_KEY, REGION] = ['AKEXAMPLE', 'a secret of tests', 'eu-west-2'];
const CONTENT = Buffer.from('%PDF-1.7 a certificate');

let folder: string;
let bucket: Server;
const objects = new Map<string, Buffer>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accord-evidence-'));
  bucket = createServer(
    (request, response) => void answer(request).then(([status, body]) => response.writeHead(status).end(body)),
  );
  await new Promise<void>((resolve) => bucket.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  bucket.close();
  await rm(folder, { recursive: true });
});

const address = (secretAccessKey: string) => ({
  endpoint: `http://127.0.0.1:${(bucket.address() as AddressInfo).port}`,
  bucket: 'accord',
  region: REGION,
  accessKeyId: ACCESS_KEY,
  secretAccessKey,
});

/** An object store that lets in whoever signs as AWS Signature Version 4 says, worked out here once more. */
async function answer(request: IncomingMessage): Promise<[number, (Buffer | string)?]> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (request.headers.authorization !== expectedSignature(request, body)) return [403, 'SignatureDoesNotMatch'];
  const key = request.url ?? '';
  if (request.method === 'PUT') {
    objects.set(key, body);
    return [200];
  }
  const found = objects.get(key);
  return found ? [200, found] : [404, 'NoSuchKey'];
}

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

function expectedSignature({ method = '', url = '', headers }: IncomingMessage, body: Buffer): string {
  const [, names = ''] = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '') ?? [];
  const at = String(headers['x-amz-date']);
  const payload = String(headers['x-amz-content-sha256']);
  if (payload !== 'UNSIGNED-PAYLOAD' && payload !== sha256(body)) return 'another body';
  const signed = names.split(';').map((name) => `${name}:${String(headers[name])}\n`);
  const canonical = [method, url, '', signed.join(''), names, payload].join('\n');
  const scope = `${at.slice(0, 8)}/${REGION}/s3/aws4_request`;
  const key = ['s3', 'aws4_request'].reduce(hmac, hmac(hmac(`AWS4${SECRET_KEY}`, at.slice(0, 8)), REGION));
  const signature = hmac(key, ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n')).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${ACCESS_KEY}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
}

describe.each([
  ['a folder', (): EvidenceStore => new FolderStore(join(folder, 'kept'))],
  ['a bucket', (): EvidenceStore => new BucketStore(address(SECRET_KEY))],
])('%s', (_name, open) => {
  it('keeps a file as it is, and has none that was not kept', async () => {
    const store = open();
    await store.put('one', CONTENT);
    expect(await store.get('one')).toEqual(CONTENT);
    expect(await store.get('another')).toBeUndefined();
  });
});

it('a folder leaves no part of a file under a name', async () => {
  expect(await readdir(join(folder, 'kept'))).toEqual(['one']);
});

it('a bucket that refuses is told of, and not taken for one that has kept', async () => {
  const store = new BucketStore(address('another secret'));
  await expect(store.put('two', CONTENT)).rejects.toThrow('answered 403');
  await expect(store.get('one')).rejects.toThrow('answered 403');
});
