import './guard.mjs';
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TOOLS = join(ROOT, 'node_modules/.bin');

/** Types come before all else, which reads what the build writes or runs it; the others side by side. */
const TYPES = { name: 'types', command: 'tsc -b' };
const OTHERS = [
  { name: 'generated files', command: 'node infra/bin/generate.mjs --check' },
  {
    name: 'boundaries',
    command: 'depcruise --config .dependency-cruiser.mjs packages/*/src services/*/src infra/src infra/bin test',
  },
  { name: 'lint', command: 'oxlint' },
  { name: 'types of tests', command: 'tsc -p tsconfig.tests.json' },
  { name: 'dead code', command: 'knip --no-progress --no-config-hints' },
  { name: 'format', command: 'oxfmt --check .' },
];

/** Every step runs, also after one failed, and says in one line how it went. */
const went = [await check(TYPES), ...(await Promise.all(OTHERS.map(check)))];
const failed = went.filter((well) => !well).length;
console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${went.length} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;

/** @returns whether it went well. */
async function check({ name, command }) {
  const began = performance.now();
  const { code, output } = await run(command);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(16)} ${seconds.padStart(5)} s`);
  if (code !== 0) console.log(`\n$ ${command}\n${output.trim()}\n`);
  return code === 0;
}

function run(command) {
  const env = { ...process.env, PATH: [TOOLS, process.env.PATH].join(delimiter) };
  const tool = spawn(command, { cwd: ROOT, shell: true, stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  for (const stream of [tool.stdout, tool.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    tool.once('error', reject);
    tool.once('close', (code) => resolve({ code, output }));
  });
}
