import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from '@accord/infra';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { added, counts, Register, unchanged } from './support/register.js';
import { copiesOfSample, sample } from './support/regulator-file.js';

let register: Register;

beforeEach(async () => {
  register = await Register.open();
});

afterEach(() => register.close());

it('the genuine London rows come in, silently, and a second time change nothing', async () => {
  const before = await register.query('select * from outbox_event');
  const first = await register.bringIn(sample());
  expect(first).toMatchObject({ rows: 262, refusedRows: 0, refusals: [], remarks: [] });
  expect(counts(first)).toEqual({
    providers: added(167),
    homes: added(193),
    registrations: added(213),
    // One for each row, and 165 previous ones, two of which have rows of their own.
    inspections: added(262 + 165 - 2),
  });
  expect(await register.query('select * from outbox_event')).toEqual(before);

  const then = await register.everything();
  const second = await register.bringIn(sample());
  expect(counts(second)).toEqual({
    providers: unchanged(167),
    homes: unchanged(193),
    registrations: unchanged(213),
    inspections: unchanged(425),
  });
  expect(await register.everything()).toEqual(then);
});

it('as many rows as England has come in, and a second time change nothing', async () => {
  const file = copiesOfSample(16);
  const first = await register.bringIn(file);
  expect(first).toMatchObject({ rows: 262 * 16, refusedRows: 0 });
  expect(counts(first)).toMatchObject({ registrations: added(213 * 16), inspections: added(425 * 16) });
  const second = await register.bringIn(file);
  expect(counts(second)).toEqual({
    providers: unchanged(first.providers.added),
    homes: unchanged(193 * 16),
    registrations: unchanged(213 * 16),
    inspections: unchanged(425 * 16),
  });
}, 60_000);

it('a borough cannot import', async () => {
  const before = await register.everything();
  await expect(register.bringIn(sample(), { organisation: 'E09000005' })).rejects.toThrow(/row-level security/);
  expect(await register.everything()).toEqual(before);
});

it('two imports at once are as one after the other', async () => {
  // Another file of the same rows: of the very same one, the second joins the first.
  const reports = await Promise.all([register.bringIn(sample()), register.bringIn(`${sample()}\n`)]);
  expect(new Set(reports.map(({ registrations }) => registrations.added))).toEqual(new Set([0, 213]));
});

describe('pnpm import:ofsted', () => {
  async function importOfstedCommand(...args: string[]) {
    const command = spawn(process.execPath, [join(REPOSITORY, 'infra/bin/import-ofsted.mjs'), ...args], {
      env: { PATH: process.env['PATH'], DATABASE_URL: register.gatewayUrl, INIT_CWD: join(REPOSITORY, 'infra') },
    });
    let output = '';
    for (const stream of [command.stdout, command.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const code = await new Promise((resolve) => command.once('close', resolve));
    return { code, output };
  }

  it('says what came in', async () => {
    const { code, output } = await importOfstedCommand('data/ofsted-2023-24-london-sample.csv');
    expect(output).toContain('262 rows, 0 of them refused.');
    expect(output).toMatch(/Registrations +213 +0 +0\n/);
    expect(output).toContain('262 of 262 rows');
    expect(code).toBe(0);
  });

  it('shows in a dry run what would come in, and writes nothing', async () => {
    const before = await register.everything();
    const { code, output } = await importOfstedCommand('--dry-run', 'data/ofsted-2023-24-london-sample.csv');
    expect(output).toContain('A dry run: nothing of this was written.');
    expect(output).toMatch(/Registrations +213 +0 +0\n/);
    expect(code).toBe(0);
    expect(await register.everything()).toEqual(before);
  });

  it.each([[['--as-at', '31/03/2024', 'x.csv']], [['--dry', 'x.csv']], [[]], [['x.csv', 'y.csv']]])(
    'says how it is used when asked %j',
    async (args) => {
      const { code, output } = await importOfstedCommand(...args);
      expect(output).toContain('--as-at     the day as of which the file tells');
      expect(code).toBe(1);
    },
  );

  it('fails on a file that is something else', async () => {
    const { code, output } = await importOfstedCommand('data/london_local_authorities.csv');
    expect(output).toContain('Nothing was imported. No row has the cells "URN"');
    expect(code).toBe(1);
  });

  it('fails on a file that is not there', async () => {
    const { code, output } = await importOfstedCommand('data/none.csv');
    expect(output).toMatch(/There is no file .*none\.csv/);
    expect(code).toBe(1);
  });
});
