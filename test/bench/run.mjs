import '../../infra/bin/guard.mjs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BENCHMARKS = [
  'provider-list',
  'provider-dossier',
  'provider-due-diligence',
  'home-visits',
  'provider-page',
  'visit-form',
  'intelligence-feed',
  'intelligence-curve',
  'alerts',
];

// `pnpm bench [name] [options]`: builds what is to be measured, then runs one benchmark, or each in turn.
const [first, ...rest] = process.argv.slice(2).filter((argument) => argument !== '--');
const isNamed = first !== undefined && !first.startsWith('--');
const names = isNamed ? [first] : BENCHMARKS;
const options = isNamed || first === undefined ? rest : [first, ...rest];

if (names.some((name) => !BENCHMARKS.includes(name))) {
  console.error(`There is no benchmark "${first}". There are: ${BENCHMARKS.join(', ')}`);
  process.exit(1);
}

run([fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url)), '-b']);
for (const name of names) {
  run(['--disable-warning=ExperimentalWarning', fileURLToPath(new URL(`${name}.ts`, import.meta.url)), ...options]);
}

function run(words) {
  const { status, signal } = spawnSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) process.exit(signal === null ? (status ?? 1) : 1);
}
