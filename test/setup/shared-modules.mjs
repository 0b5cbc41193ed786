import { mkdirSync, readdirSync, existsSync, writeFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the suites use that Accord uses too: one copy of each, or its objects would be strangers to the other's. */
const LIBRARIES = [
  '@mikro-orm/postgresql',
  'graphql',
  'graphql-http',
  'graphql-sse',
  'graphql-ws',
  'jose',
  'pg',
  'undici',
  'ws',
  'zod',
];

/** The name under which a suite's world has the modules of the process around it. */
const SHARED = 'accordSharedModules';

const packages = ['packages', 'services', '.']
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => ({ folder, name })))
  .filter(({ folder, name }) => existsSync(join(root, folder, name, 'src/index.ts')))
  .map(({ folder, name }) => ({ name: `@accord/${name}`, file: join(root, folder, name, 'dist/index.js') }));

/**
 * Jest gives each suite a world of its own and loads every module anew for it: of Accord with all that it stands on
 * that is some three seconds, a hundred times over. So the process around the suites loads them once, as they were
 * built, and a suite finds them there.
 * @returns the modules by name.
 */
export async function loadSharedModules() {
  const loaded = [
    ...packages.map(async ({ name, file }) => [name, await import(pathToFileURL(file).href)]),
    ...LIBRARIES.map(async (name) => [name, await import(name)]),
  ];
  const modules = Object.fromEntries(await Promise.all(loaded));
  // Now and not at the end, for the processes that are started meanwhile.
  flushCompileCache();
  return modules;
}

/** Puts the modules into a suite's world. */
export const share = (world, modules) => {
  world[SHARED] = modules;
};

/**
 * Writes a module for each that hands on what is there.
 * @returns Jest's `moduleNameMapper` to them.
 */
export async function writeSharedModules() {
  const folder = join(root, 'node_modules/.cache/accord-test');
  mkdirSync(folder, { recursive: true });
  const modules = Object.entries(await loadSharedModules());
  return Object.fromEntries(
    modules.map(([name, exported]) => {
      const from = `globalThis.${SHARED}[${JSON.stringify(name)}]`;
      // By way of a constant each: some are called what no constant may be, such as `catch`.
      const names = Object.keys(exported).filter((each) => each !== 'module.exports');
      const lines = names.map(
        (each, index) => `const _${index} = ${from}[${JSON.stringify(each)}];\nexport { _${index} as ${each} };`,
      );
      const file = join(folder, `${name.replaceAll('/', '__')}.mjs`);
      writeFileSync(file, lines.join('\n'));
      return [`^${name}$`, file];
    }),
  );
}
