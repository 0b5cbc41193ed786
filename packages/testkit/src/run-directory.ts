import { tmpdir } from 'node:os';

/** How `pnpm test` says where files of this run go; it removes that folder at the end, whatever happened. */
export const DIRECTORY_VARIABLE = 'ACCORD_TEST_DIRECTORY';

export const runDirectory = (): string => process.env[DIRECTORY_VARIABLE] ?? tmpdir();
