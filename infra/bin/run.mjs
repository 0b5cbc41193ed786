// Compiles what changed, then runs one command of infra/src. Only ever imported after guard.mjs.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMPILER = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
/** An up-to-date tree takes less, and then there is nothing to tell. */
const QUIET_MILLISECONDS = 1500;

/**
 * Runs `main` of `infra/dist/<command>.js` with the command line's arguments.
 * Progress goes to standard error: the output of some commands is for other programs.
 */
export async function run(command) {
  await compile();
  const { main } = await import(new URL(`../dist/${command}.js`, import.meta.url).href);
  await main(process.argv.slice(2));
}

async function compile() {
  if (!existsSync(COMPILER)) {
    console.error(
      'The packages of Accord are not installed. Run   npx --yes pnpm@12.21.0 install   and read what it reports.',
    );
    process.exit(1);
  }
  const tell = setTimeout(() => console.error('Compiling (the first time, or after a change) …'), QUIET_MILLISECONDS);
  const compiler = spawn(process.execPath, [COMPILER, '-b'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [compiler.stdout, compiler.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => compiler.on('close', resolve));
  clearTimeout(tell);
  if (code === 0) return;
  console.error(`${output}\nAccord does not compile: see the errors above.`);
  process.exit(1);
}
