import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';

/** Where the bytes of files lie, each under the id of its row. Nothing but Accord reads there. */
export interface FileStore {
  /** Keeps it; resolves once it would outlive a crash of this process. */
  put(id: string, content: Buffer): Promise<void>;
  /** Undefined for what is not there. */
  get(id: string): Promise<Buffer | undefined>;
  /** Removes it; also where it is not there. */
  remove(id: string): Promise<void>;
}

/** A folder of this machine: for the embedded Accord, and where one gateway is enough. */
export class FolderStore implements FileStore {
  constructor(private readonly folder: string) {}

  async put(id: string, content: Buffer): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, id);
    const part = `${path}.part`;
    try {
      // Whole or not at all under its name, whenever the process ends.
      await writeFile(part, content, { mode: 0o600, flush: true });
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  async get(id: string): Promise<Buffer | undefined> {
    try {
      return await readFile(join(this.folder, id));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.folder, id), { force: true });
  }
}

export interface BucketAddress {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A file is put while a transaction waits for it. */
const PATIENCE_MS = 10_000;

/** A bucket of an S3-compatible store, addressed by path. The bucket is there before, private, and encrypted by the store. */
export class BucketStore implements FileStore {
  readonly #client: AwsClient;

  /** @param patienceMs for how long an answer is waited for. */
  constructor(
    private readonly address: BucketAddress,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    const { accessKeyId, secretAccessKey, region } = address;
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 });
  }

  async put(id: string, content: Buffer): Promise<void> {
    // Signed with what is in it: what arrives otherwise is not kept.
    const headers = { 'x-amz-content-sha256': createHash('sha256').update(content).digest('hex') };
    const response = await this.#send(id, { method: 'PUT', headers, body: new Uint8Array(content) });
    if (!response.ok) throw new Error(`The store of files answered ${response.status} to a file.`);
  }

  async get(id: string): Promise<Buffer | undefined> {
    const response = await this.#send(id, { method: 'GET' });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`The store of files answered ${response.status} to a question.`);
    return Buffer.from(await response.arrayBuffer());
  }

  async remove(id: string): Promise<void> {
    const response = await this.#send(id, { method: 'DELETE' });
    if (!response.ok && response.status !== 404)
      throw new Error(`The store of files answered ${response.status} to a removal.`);
  }

  #send(id: string, init: RequestInit): Promise<Response> {
    const { endpoint, bucket } = this.address;
    const signal = AbortSignal.timeout(this.patienceMs);
    return this.#client.fetch(`${endpoint.replace(/\/$/, '')}/${bucket}/evidence/${id}`, {
      ...init,
      signal,
      redirect: 'error',
    });
  }
}
