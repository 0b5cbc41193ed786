import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FolderStore } from './file-store.js';

const CONTENT = Buffer.from('%PDF-1.7 a certificate');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accord-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a folder', () => {
  it('keeps a file as it is, for its process alone, and has none that was not kept', async () => {
    const path = join(folder, 'kept');
    const store = new FolderStore(path);
    expect(await store.get('one')).toBeUndefined();
    await store.put('one', CONTENT);
    expect(await store.get('one')).toEqual(CONTENT);
    expect(await store.get('another')).toBeUndefined();
    expect(await readdir(path)).toEqual(['one']);
    for (const kept of [path, join(path, 'one')]) expect((await stat(kept)).mode & 0o077).toBe(0);
  });

  it('removes a file, and is content where there is none', async () => {
    const path = join(folder, 'removed');
    const store = new FolderStore(path);
    await store.put('one', CONTENT);
    await store.put('another', CONTENT);
    for (const _again of [1, 2]) await store.remove('one');
    expect(await readdir(path)).toEqual(['another']);
  });

  it('keeps nothing of a file that it could not write to its end', async () => {
    const path = join(folder, 'taken');
    // A folder stands where the file should.
    await new FolderStore(join(path, 'one')).put('inner', CONTENT);
    await expect(new FolderStore(path).put('one', CONTENT)).rejects.toThrow(/EISDIR|EEXIST|ENOTEMPTY/);
    expect(await readdir(path)).toEqual(['one']);
  });
});
