import { resolve } from 'node:path';
import { AccordError } from '@accord/kernel';
import type { ImportCount, ImportReport, Refusal } from '@accord/providers';
import { COMMAND } from './command.js';
import { dataFolder } from './embedded/data-folder.js';
import { findRunningDatabase } from './embedded/running-database.js';
import { codeOf, describeError, Problem } from './problem.js';
import { createProgress, type Report } from './progress.js';
import { importRegulatorFile } from './regulator-file.js';

const USAGE = `Usage: ${COMMAND.importOfsted} FILE
  FILE   Ofsted's "Children's social care data in England: provider level in year 2023-24", as CSV from GOV.UK
Imports into the database of DATABASE_URL (the gateway's login); without it, into the embedded Accord that is running
(ACCORD_DATA, else .accord). Importing a file again changes nothing.`;

/** `pnpm import:ofsted FILE`: brings the regulator's file into the register, and says what came of it. */
export async function main(argv: readonly string[]): Promise<void> {
  const report = createProgress((text) => void process.stdout.write(text));
  try {
    process.stdout.write(describe(await importInto(process.env, fileOf(argv), report)));
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}

function fileOf(argv: readonly string[]): string {
  const [file, ...more] = argv.filter((argument) => argument !== '--');
  if (file === undefined || more.length > 0 || file.startsWith('--')) throw new Problem(USAGE);
  // Where the person typed it: pnpm runs its scripts in the folder of the workspace.
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
}

async function importInto(env: NodeJS.ProcessEnv, path: string, report: Report): Promise<ImportReport> {
  const url = env['DATABASE_URL'] || embeddedUrl(env);
  report(`reading ${path}`);
  try {
    return await importRegulatorFile(url, path, (rows) => report(`${count(rows)} rows`));
  } catch (error) {
    throw translated(error, path);
  }
}

function embeddedUrl(env: NodeJS.ProcessEnv): string {
  const folder = dataFolder(env);
  const running = findRunningDatabase(folder);
  if (running === undefined) {
    throw new Problem(
      `No Accord is running on ${folder.path}. Start one:   ${COMMAND.start}\n` +
        `For a database of your own, set DATABASE_URL to the gateway's login.`,
    );
  }
  return running.gateway;
}

function translated(error: unknown, path: string): unknown {
  switch (codeOf(error)) {
    case 'ENOENT':
      return new Problem(`There is no file ${path}.`);
    case 'EISDIR':
      return new Problem(`${path} is a folder: name the CSV file in it.`);
    case 'EACCES':
      return new Problem(`${path} is closed to you: ask its owner, or copy it.`);
    case 'ECONNREFUSED':
      return new Problem('The database does not answer: start Accord, or see where DATABASE_URL points.');
    default:
      return error;
  }
}

const explain = (error: unknown): string =>
  error instanceof AccordError
    ? `Nothing was imported. ${error.message}`
    : describeError(error, process.env['LOG_LEVEL'] === 'debug');

function describe(report: ImportReport): string {
  const { rows, refusedRows, providers, homes, registrations, inspections, refusals, remarks } = report;
  const lines = [
    '',
    `${count(rows)} rows, ${count(refusedRows)} of them refused.`,
    '',
    row('', 'added', 'changed', 'unchanged'),
    counts('Providers', providers),
    counts('Homes', homes),
    counts('Registrations', registrations),
    counts('Inspections', inspections),
    ...list('Refused:', refusals),
    ...list('To look at:', remarks),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

const counts = (name: string, { added, changed, unchanged }: ImportCount): string =>
  row(name, count(added), count(changed), count(unchanged));

const count = (number: number): string => number.toLocaleString('en-GB');

const row = (name: string, ...cells: string[]): string =>
  `  ${name.padEnd(14)}${cells.map((cell) => cell.padStart(11)).join('')}`;

const list = (title: string, entries: readonly Refusal[]): string[] =>
  entries.length === 0
    ? []
    : ['', title, ...entries.map(({ line, column, reason }) => `  line ${line}, ${column}: ${reason}`)];
