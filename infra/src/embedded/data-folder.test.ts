import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { dataFolder, hasCluster, prepareDataFolder, resetDataFolder, type DataFolder } from './data-folder.js';
import { readOrCreateSecrets } from './secrets.js';

let folder: DataFolder;

beforeEach(() => {
  folder = dataFolder({ ACCORD_DATA: mkdtempSync(join(tmpdir(), 'accord-folder-')) });
  prepareDataFolder(folder);
});
afterEach(() => rmSync(folder.path, { recursive: true, force: true }));

/** As far as its folder can tell. */
function pretendDatabase(): void {
  mkdirSync(folder.cluster);
  writeFileSync(join(folder.cluster, 'PG_VERSION'), '18\n');
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('secrets are made once, each its own, and only their owner can read them', () => {
  const first = readOrCreateSecrets(folder);
  expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length);
  expect(first.accordSecret.length).toBeGreaterThanOrEqual(32);
  expect(readOrCreateSecrets(folder)).toEqual(first);
  expect(modeOf(folder.secrets)).toBe(0o600);
});

test('secrets that were opened to others are closed again', () => {
  readOrCreateSecrets(folder);
  chmodSync(folder.secrets, 0o644);
  readOrCreateSecrets(folder);
  expect(modeOf(folder.secrets)).toBe(0o600);
});

test('a secret that a newer Accord needs is added to those of an older one', () => {
  const { machine, ...older } = readOrCreateSecrets(folder);
  writeFileSync(folder.secrets, JSON.stringify(older));
  const newer = readOrCreateSecrets(folder);
  expect(newer).toMatchObject(older);
  expect(newer.machine).not.toBe(machine);
});

test('a database without its password is not given a new one', () => {
  pretendDatabase();
  expect(() => readOrCreateSecrets(folder)).toThrow('is missing, and with it the password of the database');
  expect(existsSync(folder.secrets)).toBe(false);
});

test('damaged secrets are kept and told', () => {
  writeFileSync(folder.secrets, '{"superuser": "a pass');
  expect(() => readOrCreateSecrets(folder)).toThrow(`${folder.secrets} is damaged`);
  expect(readFileSync(folder.secrets, 'utf8')).toBe('{"superuser": "a pass');
});

test('other people cannot look into the folder', () => {
  chmodSync(folder.path, 0o755);
  prepareDataFolder(folder);
  expect(modeOf(folder.path) & 0o066).toBe(0);
});

test('a file in the place of the folder is told', () => {
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  for (const path of [file, join(file, 'inner')]) {
    expect(() => prepareDataFolder(dataFolder({ ACCORD_DATA: path }))).toThrow(`${path} is not a folder`);
  }
});

test('a reset deletes what Accord made, and nothing else', () => {
  readOrCreateSecrets(folder);
  pretendDatabase();
  mkdirSync(join(folder.path, 'postgres.new-unfinished'));
  writeFileSync(join(folder.path, 'notes.txt'), 'of somebody');
  resetDataFolder(folder);
  expect(hasCluster(folder)).toBe(false);
  expect([folder.secrets, join(folder.path, 'postgres.new-unfinished')].filter((path) => existsSync(path))).toEqual([]);
  expect(readFileSync(join(folder.path, 'notes.txt'), 'utf8')).toBe('of somebody');
});
