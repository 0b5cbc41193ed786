import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BucketStore } from '@accord/files';
import { exampleId } from '@accord/infra';
import { readConfig } from '@accord/kernel';
import { startObjectStore, TestAccord, type ObjectStore } from '@accord/testkit';
import { fetchFile, openedUrl, PDF, upload } from '../isolation/support/evidence-file.js';

const CONTENT = Buffer.from('%PDF-1.7 a certificate');

let server: ObjectStore;

beforeAll(async () => {
  server = await startObjectStore();
});
afterAll(() => server.close());

const bucket = (more: Partial<ObjectStore> = {}, patienceMs?: number) =>
  new BucketStore({ ...server, region: 'eu-west-2', ...more }, patienceMs);

describe('a bucket of an S3-compatible server', () => {
  it('keeps a file as it is, and has none that was not kept', async () => {
    const store = bucket({ endpoint: `${server.endpoint}/` });
    await store.put('one', CONTENT);
    expect(await store.get('one')).toEqual(CONTENT);
    expect(await store.get('another')).toBeUndefined();
    await store.put('old', CONTENT);
    for (const _again of [1, 2]) await store.remove('old');
    expect([await store.get('old'), await store.get('one')]).toEqual([undefined, CONTENT]);
  });

  it('that refuses is told of, and not taken for one that has kept', async () => {
    const store = bucket({ secretAccessKey: 'another secret' });
    await expect(store.put('two', CONTENT)).rejects.toThrow('answered 403');
    await expect(store.get('one')).rejects.toThrow('answered 403');
    await expect(store.remove('one')).rejects.toThrow('answered 403');
    await expect(bucket({ bucket: 'elsewhere' }).put('two', CONTENT)).rejects.toThrow('answered 404');
    expect(await bucket().get('two')).toBeUndefined();
  });

  it('that does not answer is not waited for, nor followed elsewhere', async () => {
    let signedHash: unknown;
    const silent = createServer((request, response) => {
      if (request.method === 'PUT') signedHash = request.headers['x-amz-content-sha256'];
      if (request.method === 'GET') response.writeHead(307, { location: `${server.endpoint}/accord/one` }).end();
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const store = bucket({ endpoint: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` }, 200);
    await expect(store.put('three', CONTENT)).rejects.toThrow(/timeout/);
    // What is signed is the content too: a store takes no other in its place.
    expect(signedHash).toBe(createHash('sha256').update(CONTENT).digest('hex'));
    await expect(store.get('one')).rejects.toThrow('fetch failed');
    silent.closeAllConnections();
    silent.close();
  });

  it('keeps what is uploaded and gives what is opened, where the configuration names it', async () => {
    const accord = await TestAccord.start({
      EVIDENCE_S3_ENDPOINT: server.endpoint,
      EVIDENCE_S3_ACCESS_KEY_ID: server.accessKeyId,
      EVIDENCE_S3_SECRET_ACCESS_KEY: server.secretAccessKey,
    });
    try {
      const barnet = await accord.as('barnet-placements');
      const answerId = exampleId('answer', 'Tidewell Care Ltd Tidewell Lodge GAS_SAFETY');
      const { data, errors } = await upload(barnet, answerId);
      expect(errors).toBeUndefined();
      const id = data?.uploadDueDiligenceEvidence?.evidence.id ?? '';
      expect(await bucket().get(id)).toEqual(PDF);
      const havering = await accord.as('havering-quality');
      const response = await fetchFile(havering, await openedUrl(havering, id));
      expect(Buffer.from(await response.arrayBuffer())).toEqual(PDF);
    } finally {
      await accord.stop();
    }
  });
});

describe('the configuration', () => {
  const env = {
    DATABASE_URL: 'postgres://localhost/accord',
    DATABASE_WORKER_URL: 'postgres://localhost/accord',
    OIDC_ISSUER: 'https://sign-in.example',
    OIDC_AUDIENCE: 'accord',
    ACCORD_SECRET: 'a secret of tests, long enough to be one',
  };

  it('that names a bucket and no keys to it does not start', () => {
    expect(() => readConfig({ ...env, EVIDENCE_S3_ENDPOINT: 'https://objects.example' })).toThrow(
      /EVIDENCE_S3_ENDPOINT: needs EVIDENCE_S3_ACCESS_KEY_ID and EVIDENCE_S3_SECRET_ACCESS_KEY/,
    );
    expect(readConfig(env).EVIDENCE_S3_ENDPOINT).toBeUndefined();
  });
});
