import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Register } from './support/register.js';
import { lineOf, copiesOfSample, regulatorFile, sample } from './support/regulator-file.js';

describe('rows that cannot be right', () => {
  let register: Register;

  beforeEach(async () => {
    register = await Register.open();
  });

  afterEach(() => register.close());

  it('are told of with line, column and reason, and the others come in', async () => {
    const report = await register.bringIn(
      regulatorFile(
        {},
        { URN: '99' },
        { URN: '9900003', 'Inspection date': '31/02/2023', Places: 'some' },
        { URN: '9900004' },
        { URN: '9900005', 'Previous event number': '90000055', 'Previous inspection Date': 'NULL' },
        { URN: '9900006', 'Inspection event number': '90000000' },
      ),
    );
    expect(report).toMatchObject({ rows: 6, refusedRows: 3 });
    expect(report.refusals).toEqual([
      { line: lineOf(1), column: 'URN', reason: expect.stringMatching(/^"99" cannot be right/) },
      { line: lineOf(2), column: 'Places', reason: '"some" is no number of places.' },
      { line: lineOf(2), column: 'Inspection date', reason: expect.stringMatching(/^"31\/02\/2023" is no date/) },
      { line: lineOf(4), column: 'Previous Event type', reason: expect.stringMatching(/^is empty.*Only the previous/) },
      {
        line: lineOf(4),
        column: 'Previous inspection Date',
        reason: expect.stringMatching(/^is empty.*Only the previous/),
      },
      { line: lineOf(5), column: 'Inspection event number', reason: `90000000 is on line ${lineOf(0)} already.` },
    ]);
    const urns = await register.query<{ reference: string }>(
      "select reference from registration where reference like '99%' order by 1",
    );
    expect(urns.map(({ reference }) => reference)).toEqual(['9900001', '9900004', '9900005']);
  });

  it('include an inspection that is known as another registration’s', async () => {
    await register.bringIn(regulatorFile({}));
    const stolen = {
      'Previous Event type': 'Full inspection',
      'Previous inspection Date': '01/02/2023',
      'Previous event number': '90000000',
    };
    const report = await register.bringIn(
      regulatorFile(
        { URN: '9900002', 'Inspection event number': '90000000' },
        { URN: '9900003', 'Inspection event number': '90000003', ...stolen },
      ),
    );
    expect(report.refusedRows).toBe(1);
    expect(report.refusals.map(({ line, column }) => [line, column])).toEqual([
      [lineOf(0), 'Inspection event number'],
      [lineOf(1), 'Previous event number'],
    ]);
    expect(await register.query("select from registration where reference = '9900002'")).toEqual([]);
    expect(await register.query("select from inspection where event_number like '9000%'")).toHaveLength(2);
  });
});

describe('files that are something else', () => {
  let register: Register;

  beforeAll(async () => {
    register = await Register.open();
  });

  afterAll(() => register.close());

  it.each<[string, string | Buffer]>([
    ['a workbook', Buffer.from('PK\u0003\u0004 and what follows')],
    ['a PDF', '%PDF-1.7'],
    ['nothing', ''],
    ['another regulator’s', 'CQC Locations data\n\n\nName,Also known as\n'],
    ['the genuine file cut off in a quoted cell', `${sample()}Ofsted Social Care Provider Webpage,"2612`],
    // The first 500 rows have been written when its end is read.
    ['a long file cut off in a quoted cell', `${copiesOfSample(3)}"Ofsted Social Care`],
    ['a long file with a byte that is no letter', Buffer.concat([Buffer.from(copiesOfSample(3)), Buffer.from([0xff])])],
  ])('write nothing: %s', async (_, content) => {
    const before = await register.everything();
    await expect(register.bringIn(content)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { path: 'file' },
    });
    expect(await register.everything()).toEqual(before);
  });
});
