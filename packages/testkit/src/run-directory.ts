import { tmpdir } from 'node:os';

/** How `pnpm test` says where files of this run go; it removes that folder at the end, whatever happened. */
export const DIRECTORY_VARIABLE = 'ACCORD_TEST_DIRECTORY';
/** The same for a folder in memory, where the machine has one with room. */
export const MEMORY_VARIABLE = 'ACCORD_TEST_MEMORY';

export const runDirectory = (): string => process.env[DIRECTORY_VARIABLE] ?? tmpdir();

/**
 * For databases: each suite makes and drops one of a thousand files, and a disk's file system, which must not forget,
 * takes the longer to make the next the more have just been dropped.
 */
export const databaseDirectory = (): string => process.env[MEMORY_VARIABLE] ?? runDirectory();
