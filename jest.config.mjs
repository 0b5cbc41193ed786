import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSharedModules } from './test/setup/shared-modules.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

/** Each package of the workspace stands for its sources, so that a suite tests the code as it is now. */
const packageSources = Object.fromEntries(
  ['packages', 'services', '.']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => ({ folder, name })))
    .filter(({ folder, name }) => existsSync(join(root, folder, name, 'src/index.ts')))
    .map(({ folder, name }) => [`^@accord/${name}$`, join(root, folder, name, 'src/index.ts')]),
);

const common = {
  rootDir: root,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    ...packageSources,
    // TypeScript's sources name the `.js` that a build would make of the `.ts` beside them.
    '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1.ts'],
  },
  modulePathIgnorePatterns: ['/dist/', '/\\.accord/'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

/** A suite that drives Accord as it was built; unit tests are with the sources. */
const shared = await writeSharedModules();

/** What comes by the queue or by a wake-up: proven on each of the two. */
const BY_QUEUE_OR_WAKE_UP = [
  'contract/streams/*',
  'contract/{endpoints,events}',
  'faults/*',
  'isolation/{access-request-told,alert,canary,inbox,intelligence-race,subscription,wire-world}',
  'stories/*',
];

/** Suites that drive Accord from outside; `testProfile()` of the test kit tells which profile they are on. */
const onProfile = (profile, suites) => ({
  ...common,
  displayName: profile,
  testEnvironment: './test/setup/environment.mjs',
  moduleNameMapper: { ...common.moduleNameMapper, ...shared },
  globals: { ACCORD_TEST_PROFILE: profile },
  testMatch: suites.map((suite) => `<rootDir>/test/${suite}.test.ts`),
});

export default {
  rootDir: root,
  // The suites start gateways and workers too, but those wait more than they work.
  maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
  // Native modules stay in memory between the files of one worker.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/test/setup/tally-reporter.mjs'],
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['packages', 'services', 'infra'].map((folder) => `<rootDir>/${folder}/**/*.test.ts`),
    },
    onProfile('postgres', ['{contract,faults,isolation,stories}/**/*']),
    onProfile('redis', BY_QUEUE_OR_WAKE_UP),
  ],
};
