import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';

/** Where the bytes of evidence lie, each under the id of its row. Nothing but Accord reads there. */
export interface EvidenceStore {
  /** Keeps it; resolves once it would outlive a crash of this process. */
  put(id: string, content: Buffer): Promise<void>;
  /** Undefined for what is not there. */
  get(id: string): Promise<Buffer | undefined>;
}

/** A folder of this machine: for the embedded Accord, and where one gateway is enough. */
export class FolderStore implements EvidenceStore {
  constructor(private readonly folder: string) {}

  async put(id: string, content: Buffer): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, id);
    // Whole or not at all, whenever the process ends.
    await writeFile(`${path}.part`, content, { mode: 0o600, flush: true });
    await rename(`${path}.part`, path);
  }

  async get(id: string): Promise<Buffer | undefined> {
    try {
      return await readFile(join(this.folder, id));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Takes away what was kept for a row that never came to be. */
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

const PATIENCE_MS = 30_000;

/** A bucket of an S3-compatible store, addressed by path. The bucket is there before, private, and encrypted by the store. */
export class BucketStore implements EvidenceStore {
  readonly #client: AwsClient;

  constructor(private readonly address: BucketAddress) {
    const { accessKeyId, secretAccessKey, region } = address;
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' });
  }

  async put(id: string, content: Buffer): Promise<void> {
    const response = await this.#send(id, 'PUT', content);
    if (!response.ok) throw new Error(`The store of evidence answered ${response.status} to a file.`);
  }

  async get(id: string): Promise<Buffer | undefined> {
    const response = await this.#send(id, 'GET');
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`The store of evidence answered ${response.status} to a question.`);
    return Buffer.from(await response.arrayBuffer());
  }

  #send(id: string, method: string, body?: Buffer): Promise<Response> {
    const { endpoint, bucket } = this.address;
    const url = `${endpoint.replace(/\/$/, '')}/${bucket}/evidence/${id}`;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return this.#client.fetch(url, { method, signal, ...(body && { body: new Uint8Array(body) }) });
  }
}
