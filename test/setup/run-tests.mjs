import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interruptedBy, passSignalsOn, runProgram } from './program.mjs';

const inModules = (path) => fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));
const COMPILER = inModules('typescript/bin/tsc');
const JEST = inModules('jest/bin/jest.js');
const COMPILED = inModules('.cache/accord-test/compiled');

/** A developer's own settings must not lead the suites to another database, or change what they expect. */
const NOT_FOR_SUITES =
  /^(DATABASE_|OIDC_|RATE_LIMIT_|PG|(REDIS_URL|ACCORD_SECRET|ACCORD_DATA|PORT|HOST|NODE_ENV|LOG_LEVEL)$)/;

/**
 * `pnpm test`: builds, starts a PostgreSQL and a Redis for this run, runs Jest, and stops everything,
 * also after Ctrl-C. Never returns: ends the process with Jest's exit code.
 * @param given arguments for Jest, such as a folder or `--selectProjects redis`.
 */
export async function runTests(given) {
  const jestArguments = given.filter((argument, index) => index > 0 || argument !== '--');
  passSignalsOn();
  const directory = temporaryFolder(tmpdir());
  const memory = hasRoom(MEMORY) ? temporaryFolder(MEMORY) : directory;
  const servers = [];
  let lastLine = '';
  let exitCode = 1;
  try {
    exitCode = await runProgram(COMPILER, ['-b']);
    if (exitCode === 0) {
      const environment = await provide({ directory, memory }, wantsRedis(jestArguments), servers);
      exitCode = await runJest(jestArguments, environment);
      if (interruptedBy() === undefined) lastLine = tally(directory);
    }
  } catch (error) {
    // What an interrupted step throws on its way out is nobody's news.
    if (interruptedBy() === undefined) console.error(error.message ?? error);
    exitCode = 1;
  }
  for (const server of servers.toReversed()) await server.stop().catch((error) => console.error(error));
  for (const folder of [directory, memory]) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  if (lastLine !== '') console.log(lastLine);
  process.exit(interruptedBy() ?? exitCode);
}

/** Linux's folder in memory, and what the databases of a run take at the most. */
const MEMORY = '/dev/shm';
const MEMORY_BYTES = 2 * 1024 ** 3;

/** A container's is often of 64 MB only. */
function hasRoom(folder) {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize >= MEMORY_BYTES && freemem() >= 2 * MEMORY_BYTES;
}

function temporaryFolder(parent) {
  const folder = mkdtempSync(join(parent, 'accord-test-'));
  // As root, PostgreSQL runs as a user of its own, who has to reach the folder.
  chmodSync(folder, 0o755);
  return folder;
}

/** @returns the environment that leads the suites to their servers. */
async function provide({ directory, memory }, redis, servers) {
  process.env.ACCORD_TEST_DIRECTORY = directory;
  process.env.ACCORD_TEST_MEMORY = memory;
  const began = performance.now();
  const { provision } = await import('./provision.mjs');
  const variables = await provision({ redis, servers, tell: (line) => console.error(line) });
  const names = redis ? 'PostgreSQL and Redis' : 'PostgreSQL';
  console.error(`${names} ready after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const own = Object.entries(process.env).filter(([name]) => !NOT_FOR_SUITES.test(name));
  return {
    ...Object.fromEntries(own),
    ...variables,
    ACCORD_TEST_TALLY: tallyFile(directory),
    // Gateways and workers of the suites load what Jest's processes have loaded before them.
    NODE_COMPILE_CACHE: COMPILED,
  };
}

function runJest(jestArguments, environment) {
  const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  return runProgram(JEST, jestArguments, { options, environment });
}

/** Whether the profile `redis` is among the projects that Jest was asked for. */
function wantsRedis(jestArguments) {
  const words = jestArguments.flatMap((argument) => argument.split('='));
  const from = words.indexOf('--selectProjects');
  if (from < 0) return true;
  const names = words.slice(from + 1);
  const to = names.findIndex((name) => name.startsWith('-'));
  return names.slice(0, to < 0 ? names.length : to).includes('redis');
}

const tallyFile = (directory) => join(directory, 'tally.json');

function tally(directory) {
  if (!existsSync(tallyFile(directory))) return 'no tests were run';
  const { passed, failed, skipped, broken } = JSON.parse(readFileSync(tallyFile(directory), 'utf8'));
  const parts = [`${passed} passed`, `${failed} failed`];
  if (skipped > 0) parts.push(`${skipped} skipped`);
  if (broken > 0) parts.push(`${broken} ${broken === 1 ? 'suite' : 'suites'} could not be run`);
  return parts.join(', ');
}
