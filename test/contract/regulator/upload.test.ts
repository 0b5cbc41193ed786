import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestAccord, type TestClient } from '@accord/testkit';
import { Register } from '../support/register.js';
import { lineOf, regulatorFile, sample } from '../support/regulator-file.js';
import { bringFile, sendFile } from '../support/upload.js';

let accord: TestAccord;
let register: Register;
let alliance: TestClient;

beforeAll(async () => {
  accord = await TestAccord.start();
  register = new Register(accord.database);
  alliance = await accord.as('alliance-accreditation');
});

afterAll(() => accord.stop());

const header = (file: string): string => file.split('\r\n')[3] ?? '';

describe('a file that alliance staff sends', () => {
  it('is queued, comes in by the worker, and says at the end what became of every row', async () => {
    const file = regulatorFile({}, { URN: '9900002', Places: 'some' }, { URN: '9900003' });
    const queued = await sendFile(alliance, file);
    expect(queued.data).toEqual({
      importRegulatorFile: { import: { id: expect.any(String), state: 'QUEUED', rows: 3, rowsDone: 0 } },
    });
    const report = await bringFile(alliance, file.replaceAll('Thistledown Homes', 'Thistledown  homes'));
    expect(report).toMatchObject({
      fileName: 'ofsted.csv',
      asAt: '2024-03-31',
      dryRun: false,
      state: 'DONE',
      rows: 3,
      rowsDone: 3,
      refusedRows: 1,
      problem: null,
      requestedBy: 'Alliance accreditation officer',
      flagsRaised: 0,
      // Another file of the same rows: what the first brought is there.
      providers: { added: 0, changed: 0, unchanged: 1 },
      homes: { added: 0, changed: 0, unchanged: 2 },
      registrations: { added: 0, changed: 0, unchanged: 2 },
      inspections: { added: 0, changed: 0, unchanged: 2 },
      findings: {
        nodes: [{ kind: 'REFUSED', line: lineOf(1), column: 'Places', reason: '"some" is no number of places.' }],
      },
      changes: { nodes: [] },
    });
    expect(await register.registered('9900003')).toMatchObject({ provider: 'Thistledown Homes Limited' });
    expect(await register.query('select from regulator_import_part')).toEqual([]);
  });

  it('shows in a dry run what would change, fact by fact, and writes nothing of it', async () => {
    const known = { URN: '9900010', 'Inspection event number': '90000110' };
    await bringFile(alliance, regulatorFile(known));
    const before = await register.everything();
    const file = regulatorFile(
      { ...known, Places: '5', 'Registration status': 'Suspended' },
      { URN: '9900011', 'Inspection event number': '90000111' },
    );
    const report = await bringFile(alliance, file, { dryRun: true });
    expect(report).toMatchObject({
      state: 'DONE',
      dryRun: true,
      rowsDone: 2,
      homes: { added: 1, changed: 1, unchanged: 0 },
      registrations: { added: 1, changed: 1, unchanged: 0 },
    });
    expect(report.changes.nodes.filter(({ outcome }) => outcome === 'CHANGED')).toEqual([
      {
        kind: 'HOME',
        outcome: 'CHANGED',
        label: 'Home 9900010',
        differences: [{ field: 'beds', before: '4', after: '5' }],
      },
      {
        kind: 'REGISTRATION',
        outcome: 'CHANGED',
        label: "9900010, Children's home",
        differences: [{ field: 'status', before: 'REGISTERED', after: 'SUSPENDED' }],
      },
    ]);
    expect(await register.everything()).toEqual(before);
  });

  it('is queued once under one key, and not with another file', async () => {
    const key = randomUUID();
    const file = regulatorFile({ URN: '9900020' });
    const [first, second] = [
      await sendFile(alliance, file, { idempotencyKey: key }),
      await sendFile(alliance, file, { idempotencyKey: key }),
    ];
    expect(second.data?.importRegulatorFile?.import.id).toBe(first.data?.importRegulatorFile?.import.id);
    const other = await sendFile(alliance, regulatorFile({ URN: '9900021' }), { idempotencyKey: key });
    expect(other.errors).toMatchObject([{ extensions: { code: 'CONFLICT', path: 'input.idempotencyKey' } }]);
  });

  it('may say what a column means that no year had, and which to pass over', async () => {
    const supported = {
      URN: '9900030',
      'Inspection event number': '90000130',
      'Provision type': 'Supported Accommodation',
      'Overall experiences and progress of children and young people': '',
      'How well children and young people are helped and protected': '',
      'The effectiveness of leaders and managers': '',
    };
    const file = regulatorFile(supported)
      .replace(header(sample()), `${header(sample())},Overall outcome,Wing`)
      .replace(/(9900030.*)\r\n/, '$1,Outcome 2,x\r\n');
    const refused = await sendFile(alliance, file);
    expect(refused.errors).toMatchObject([
      {
        message: expect.stringContaining('"Overall outcome", "Wing"'),
        extensions: { code: 'BAD_USER_INPUT', path: 'file', unseenColumns: ['Overall outcome', 'Wing'] },
      },
    ]);
    const columns = [{ name: 'Overall outcome', meaning: 'SUPPORTED_OUTCOME' }, { name: 'Wing' }];
    expect(await bringFile(alliance, file, { columns })).toMatchObject({ state: 'DONE', inspections: { added: 1 } });
    const [inspection] = await register.query(
      "select i.judgements from inspection i join registration r on r.id = i.registration_id where r.reference = '9900030'",
    );
    expect(inspection).toEqual({
      judgements: [
        {
          aspect: 'Outcome',
          judgement: 'Inconsistent quality of service delivery',
          scale: 'SUPPORTED_ACCOMMODATION_OUTCOME',
        },
      ],
    });
  });
});
