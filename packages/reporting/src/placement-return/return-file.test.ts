import { describe, expect, it } from '@jest/globals';
import { PlacementType } from '@accord/providers';
import { PLACEMENT_TYPES } from '../categories.js';
import { readReturnFile } from './return-file.js';

const HEADER = 'Placement type,Sought,Matched,Weekly spend';
const read = (...lines: readonly string[]) => readReturnFile(bytes(`${lines.join('\n')}\n`));

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('a file with a return', () => {
  it('is read by name or in words, whatever the order of its columns', async () => {
    const file = await read(
      'Matched,Weekly  spend,placement TYPE,Sought',
      '6,29100,CHILDRENS_HOME,10',
      '',
      '2,0,"fostering, in house",2',
      `0,0,Secure children's home,1`,
    );
    expect(file).toEqual({
      refusals: [],
      lines: [
        { placementType: 'CHILDRENS_HOME', sought: 10, matched: 6, weeklySpend: 29100 },
        { placementType: 'FOSTERING_IN_HOUSE', sought: 2, matched: 2, weeklySpend: 0 },
        { placementType: 'SECURE_CHILDRENS_HOME', sought: 1, matched: 0, weeklySpend: 0 },
      ],
    });
  });

  it('takes every placement type', async () => {
    const rows = Object.values(PlacementType).map((type) => `"${PLACEMENT_TYPES[type]}",1,0,0`);
    const { lines } = await read(HEADER, ...rows);
    expect(lines.map(({ placementType }) => placementType)).toEqual(Object.values(PlacementType));
  });

  it('may have no row: nothing was sought', async () => {
    expect(await read(HEADER)).toEqual({ lines: [], refusals: [] });
  });

  it('is told row by row what cannot be right, and repeats nothing of a cell', async () => {
    const { refusals } = await read(
      HEADER,
      'CHILDRENS_HOME,10,11,0',
      'Kit Smith of Year 9,x,,-1.5',
      'FOSTERING_IFA,5,5,5000',
      'Fostering by an agency,1,1,900',
      '"Fostering, by an agency",1,1,900',
      'SUPPORTED_LIVING,-1,0,0',
      'SHARED_LIVES,1',
    );
    expect(refusals.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '2 Matched',
      '3 Placement type',
      '3 Sought',
      '3 Matched',
      '3 Weekly spend',
      '5 Placement type',
      '6 Placement type',
      '7 Sought',
      '8 Matched',
      '8 Weekly spend',
    ]);
    expect(JSON.stringify(refusals)).not.toMatch(/Kit|Smith|Year|-1\.5/);
  });

  it.each<[string, string, RegExp]>([
    ['nothing', '', /empty/],
    ['another file', 'URN,Home\n1,2\n', /Accord does not take column 1, 2 of this file/],
    ['a column too many', `${HEADER},Child\nCHILDRENS_HOME,1,1,900,Kit\n`, /does not take column 5.*no names/],
    ['a column twice', `${HEADER},Sought\n`, /two columns "Sought"/],
    ['a column too few', 'Placement type,Sought,Matched\n', /has not all of "Placement type"/],
    ['semicolons', `${HEADER.replaceAll(',', ';')}\n`, /semicolons/],
    ['one that was cut off', `${HEADER}\nCHILDRENS_HOME,10,6`, /cut off/],
    ['a workbook', 'PK\u0003\u0004 and what follows', /spreadsheet program/],
  ])('is refused where it is %s', async (_what, text, message) => {
    await expect(readReturnFile(bytes(text))).rejects.toMatchObject({
      message: expect.stringMatching(message),
      details: { path: 'file' },
    });
  });
});
