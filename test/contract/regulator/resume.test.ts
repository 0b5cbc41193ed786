import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { organisationId } from '@accord/infra';
import { newId } from '@accord/kernel';
import { createOrm } from '@accord/persistence';
import { importFile, regulatorFeature, runImport, type FileReport } from '@accord/regulator';
import { counts, Register } from '../support/register.js';
import { copiesOfSample, sample } from '../support/regulator-file.js';

/** 786 rows: two batches. */
const FILE = copiesOfSample(3);
const ROWS = 786;
const NAME = { fileName: 'national.csv', meanings: [], asAt: null, requestedBy: 'Test' };
const ALLIANCE = organisationId('ALLIANCE');

let whole: { report: FileReport; facts: unknown };
let register: Register;
let orm: Awaited<ReturnType<typeof createOrm>>;

async function open(): Promise<void> {
  register = await Register.open();
  orm = await createOrm({ url: register.gatewayUrl, entities: regulatorFeature.entities, pool: 3 });
}

async function close(): Promise<void> {
  await orm.close();
  await register.close();
}

/** Everything that the regulator says, without ids and times. */
const facts = () =>
  register.query(
    `select r.reference, r.category, r.status, r.registered_on, r.status_as_at, p.name, h.name as home, h.beds, h.version,
       (select jsonb_agg(i.event_number || i.judgements::text order by i.event_number) from inspection i where i.registration_id = r.id) as inspections
     from registration r join provider p on p.id = r.provider_id left join home h on h.id = r.home_id order by 1`,
  );

const bring = (onProgress: (rows: number) => void, dryRun = false, file = FILE): Promise<FileReport> =>
  importFile(orm, ALLIANCE, { ...NAME, content: Buffer.from(file), dryRun }, { onProgress });

/** Dies as a process does: in the middle, with nothing tidied up. */
class Killed extends Error {}
const dieAt = (rows: number) => (done: number) => {
  if (done >= rows) throw new Killed();
};

const imports = () =>
  register.query<{ id: string; state: string; rows_done: number; tries: number }>(
    'select id, state, rows_done, tries from regulator_import order by requested_at',
  );

beforeAll(async () => {
  await open();
  whole = { report: await bring(() => undefined), facts: await facts() };
  await close();
});

describe('an import that is stopped', () => {
  beforeEach(open);

  it.each([500, ROWS])('after %i rows goes on from there, as if it had not been', async (rows) => {
    await expect(bring(dieAt(rows))).rejects.toThrow(Killed);
    expect(await imports()).toMatchObject([{ state: 'RUNNING', rows_done: rows, tries: 0 }]);
    const seen: number[] = [];
    const report = await bring((done) => seen.push(done));
    // What had come in is not gone through again.
    expect(seen).toEqual([500, ROWS].filter((done) => done > rows));
    expect(await imports()).toMatchObject([{ state: 'DONE', rows_done: ROWS }]);
    expect(counts(report)).toEqual(counts(whole.report));
    expect({ ...report, changes: report.changes.length }).toEqual({
      ...whole.report,
      changes: whole.report.changes.length,
    });
    expect(await facts()).toEqual(whole.facts);
    await close();
  });

  it('in a dry run begins anew, and leaves nothing behind either time', async () => {
    const before = await register.everything();
    await expect(bring(dieAt(500), true)).rejects.toThrow(Killed);
    const report = await bring(() => undefined, true);
    expect(counts(report)).toEqual(counts(whole.report));
    expect(await register.everything()).toEqual(before);
    await close();
  });

  it('again and again, without getting further, is given up and says so', async () => {
    for (let tries = 1; tries <= 5; tries += 1) {
      await expect(bring(dieAt(0), true, sample())).rejects.toThrow(Killed);
      expect(await imports()).toMatchObject([{ state: 'RUNNING', tries }]);
    }
    await expect(bring(() => undefined, true, sample())).rejects.toThrow(
      /Given up after 5 tries.*Import the file again/,
    );
    expect(await imports()).toMatchObject([{ state: 'FAILED' }]);
    await close();
  });
});

describe('two at work on the same import', () => {
  beforeAll(open);
  afterAll(close);

  it('are one: who comes second leaves it to the first', async () => {
    let second: boolean | undefined;
    const other = await createOrm({ url: register.gatewayUrl, entities: regulatorFeature.entities, pool: 2 });
    const importId = async (): Promise<string> => (await imports())[0]?.id ?? newId();
    const asked: Promise<void>[] = [];
    const report = await bring((done) => {
      if (done === 500) asked.push(importId().then(async (id) => void (second = await runImport(other, ALLIANCE, id))));
    });
    await Promise.all(asked);
    await other.close();
    expect(second).toBe(false);
    expect(counts(report)).toEqual(counts(whole.report));
  });
});
