import '@accord/persistence';
import { expect, it } from '@jest/globals';
import { exportFile, ExportFormat } from './export-file.js';

const ROWS = [
  { id: '1', words: '=HYPERLINK("http://x")', note: null },
  { id: '2', words: 'a "b", c\nd', note: '-1' },
];

it('marks every row of a CSV, and none of them is run by a spreadsheet', () => {
  const { name, content, rowCount, mediaType } = exportFile('reads', ExportFormat.CSV, ['id', 'words', 'note'], ROWS);
  expect({ name, rowCount, mediaType }).toEqual({
    name: 'reads.csv',
    rowCount: 2,
    mediaType: 'text/csv; charset=utf-8',
  });
  expect(content).toBe(
    'marking,id,words,note\n' +
      `OFFICIAL-SENSITIVE,1,"'=HYPERLINK(""http://x"")",\n` +
      `OFFICIAL-SENSITIVE,2,"a ""b"", c\nd",'-1\n`,
  );
});

it('marks every row of JSON', () => {
  const { content } = exportFile('reads', ExportFormat.JSON, ['id'], ROWS);
  expect(JSON.parse(content)).toEqual({
    marking: 'OFFICIAL-SENSITIVE',
    rows: ROWS.map((row) => ({ marking: 'OFFICIAL-SENSITIVE', ...row })),
  });
});
