import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AccordError } from '@accord/kernel';
import type { ImportCount, Refusal } from '@accord/providers';
import { RegulatorImportKind, RegulatorImportOutcome, type FileReport } from '@accord/regulator';
import { COMMAND } from './command.js';
import { dataFolder } from './embedded/data-folder.js';
import { findRunningDatabase } from './embedded/running-database.js';
import { codeOf, describeError, Problem } from './problem.js';
import { createProgress, type Report } from './progress.js';
import { importRegulatorFile } from './regulator-file.js';

const USAGE = `Usage: ${COMMAND.importOfsted} [--dry-run] [--as-at YYYY-MM-DD] FILE
  FILE        Ofsted's "Children's social care data in England: provider level in year", 2016-17 to 2023-24, as CSV from GOV.UK
  --dry-run   shows what would change, and writes nothing of it
  --as-at     the day as of which the file tells, where its title does not say so: 2020-03-31 for the year 2019-20
Imports into the database of DATABASE_URL (the gateway's login); without it, into the embedded Accord that is running
(ACCORD_DATA, else .accord). Importing a file again changes nothing; one that was stopped goes on from where it was.`;

/** `pnpm import:ofsted FILE`: brings the regulator's file into the register, and says what came of it. */
export async function main(argv: readonly string[]): Promise<void> {
  const report = createProgress((text) => void process.stdout.write(text));
  try {
    const file = readArguments(argv);
    process.stdout.write(describe(await importInto(process.env, file, report), file.dryRun));
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}

interface Arguments {
  readonly path: string;
  readonly dryRun: boolean;
  readonly asAt: string | undefined;
}

function readArguments(argv: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({
      args: argv.filter((argument) => argument !== '--'),
      options: { 'dry-run': { type: 'boolean', default: false }, 'as-at': { type: 'string' } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    const asAt = values['as-at'];
    const isDay = asAt === undefined || new Date(`${asAt}T00:00:00Z`).toJSON()?.startsWith(`${asAt}T`) === true;
    if (file === undefined || more.length > 0 || !isDay) throw new Problem(USAGE);
    // Where the person typed it: pnpm runs its scripts in the folder of the workspace.
    return { path: resolve(process.env['INIT_CWD'] ?? process.cwd(), file), dryRun: values['dry-run'], asAt };
  } catch {
    throw new Problem(USAGE);
  }
}

async function importInto(env: NodeJS.ProcessEnv, file: Arguments, report: Report): Promise<FileReport> {
  const url = env['DATABASE_URL'] || embeddedUrl(env);
  report(`reading ${file.path}`);
  const onProgress = (done: number, rows: number): void => report(`${count(done)} of ${count(rows)} rows`);
  try {
    return await importRegulatorFile(url, { ...file, onProgress });
  } catch (error) {
    throw translated(error, file.path);
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

function describe(report: FileReport, dryRun: boolean): string {
  const { rows, refusedRows, providers, homes, registrations, inspections, refusals, remarks, changes } = report;
  const flags = changes.filter(({ kind }) => kind === RegulatorImportKind.FLAG);
  const changed = changes.filter(({ outcome }) => outcome === RegulatorImportOutcome.CHANGED);
  const lines = [
    '',
    ...(dryRun ? ['A dry run: nothing of this was written.', ''] : []),
    `${count(rows)} rows, ${count(refusedRows)} of them refused.`,
    '',
    row('', 'added', 'changed', 'unchanged'),
    counts('Providers', providers),
    counts('Homes', homes),
    counts('Registrations', registrations),
    counts('Inspections', inspections),
    ...titled(
      dryRun ? 'Flags that it would raise:' : 'Flags raised:',
      flags.map(({ label }) => label),
    ),
    ...titled('Changed:', dryRun ? changed.map(differencesOf) : []),
    ...titled('Refused:', refusals.map(place)),
    ...titled('To look at:', remarks.map(place)),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

const differencesOf = ({ label, differences }: FileReport['changes'][number]): string =>
  `${label}: ${differences.map(({ field, before, after }) => `${field} ${before ?? 'none'} → ${after ?? 'none'}`).join('; ')}`;

const counts = (name: string, { added, changed, unchanged }: ImportCount): string =>
  row(name, count(added), count(changed), count(unchanged));

const count = (number: number): string => number.toLocaleString('en-GB');

const row = (name: string, ...cells: string[]): string =>
  `  ${name.padEnd(14)}${cells.map((cell) => cell.padStart(11)).join('')}`;

const place = ({ line, column, reason }: Refusal): string => `line ${line}, ${column}: ${reason}`;

const titled = (title: string, entries: readonly string[]): string[] =>
  entries.length === 0 ? [] : ['', title, ...entries.map((entry) => `  ${entry}`)];
