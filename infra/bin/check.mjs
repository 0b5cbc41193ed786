import './guard.mjs';
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TOOLS = join(ROOT, 'node_modules/.bin');

/** Types come before lint, which reads the declarations that the build writes. */
const STEPS = [
  { name: 'format', command: 'oxfmt --check .' },
  { name: 'types', command: 'tsc -b' },
  { name: 'types of tests', command: 'tsc -p tsconfig.tests.json' },
  { name: 'lint', command: 'oxlint' },
  {
    name: 'boundaries',
    command: 'depcruise --config .dependency-cruiser.mjs packages/*/src services/*/src infra/src infra/bin test',
  },
  { name: 'dead code', command: 'knip --no-progress --no-config-hints' },
  { name: 'generated files', command: 'node infra/bin/generate.mjs --check' },
];

/** Every step runs, also after one failed, and says in one line how it went. */
let failed = 0;
for (const { name, command } of STEPS) {
  const began = performance.now();
  const { code, output } = await run(command);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(16)} ${seconds.padStart(5)} s`);
  if (code === 0) continue;
  failed += 1;
  console.log(`\n$ ${command}\n${output.trim()}\n`);
}
console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${STEPS.length} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;

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
